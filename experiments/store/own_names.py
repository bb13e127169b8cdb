"""Which names in a results folder are ours: others are somebody else's, neither read, counted nor touched.

A positive rule, so that no list of desktops, editors and synchronisers has to be kept: "a copy (1).json",
"._a.json" and ".a.json.swp" are no names of ours.
"""

from __future__ import annotations

import re

from experiments.store.own_files import OwnPath

CARD = re.compile(r"[0-9a-f]{20}\.json")
TABLE = re.compile(r"[0-9a-f]{20}\.(runs|series|cells)\.parquet")
RECORD = re.compile(r"([0-9a-f]{20}|last)\.json")
INPUT = re.compile(r"[a-z]{1,20}\.[0-9a-f]{12}\.[a-z]{1,10}")
ASKED = re.compile(r"[0-9a-f]{20}\.parquet")

FILES = ("folder.json", "lock", "heartbeat.json", "report.html")
FOLDERS = (
    *("chunks", "sweeps", "inputs", "responses", "explanations", "splits", "tries", "reaches", "searches"),
    *("sensitivities", "reforms", "worlds", "quarantine", "outputs", "figures", "csv"),
)
RECORDS = ("responses", "explanations", "splits", "tries", "reaches", "searches", "sensitivities")
WITHIN = {"chunks": (CARD, TABLE), "sweeps": (RECORD, ASKED), **dict.fromkeys(RECORDS, (CARD,))}
"""What we write into the folders that hold results."""


def named(folder: OwnPath, *forms: re.Pattern[str]) -> list[OwnPath]:
    """The files of a folder whose names have one of the forms, in order."""
    return [folder / name for name in folder.names() if _has_form(name, forms)]


def cards(chunks: OwnPath) -> list[OwnPath]:
    """The cards of chunks."""
    return named(chunks, CARD)


def records(sweeps: OwnPath) -> list[OwnPath]:
    """The records of sweeps."""
    return named(sweeps, RECORD)


def of_one(folder: OwnPath, stem: str) -> list[OwnPath]:
    """The files of one chunk, sweep or response: its card or record, and its tables."""
    ours = named(folder, *WITHIN[folder.name])
    return [path for path in ours if path.name.partition(".")[0] == stem]


def strangers(folder: OwnPath) -> list[str]:
    """The names in `chunks` or `sweeps` that are not ours."""
    return [name for name in folder.names() if not _has_form(name, WITHIN[folder.name])]


def _has_form(name: str, forms: tuple[re.Pattern[str], ...]) -> bool:
    return any(form.fullmatch(name) for form in forms)
