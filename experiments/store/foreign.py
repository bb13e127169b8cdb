"""Refuses a results folder that holds somebody else's work, before anything in it is made or written."""

from __future__ import annotations

from experiments.exits import CorruptData
from experiments.store import lock, own_names, sealed
from experiments.store.kept_records import FOLDERS
from experiments.store.own_files import OwnPath, is_half_written
from scenarios.values.errors import InputError, quoted

SHOWN = 3
DESKTOP = (".DS_Store", "Thumbs.db", "desktop.ini", ".directory")
"""What a desktop puts into a folder that somebody looked at; a folder with nothing else counts as empty."""


def refuse_foreign(root: OwnPath) -> None:
    """Let a sweep into a folder that is new, empty or ours.

    Ours is one with a header, or whose header is lost or damaged beside results that are sealed.

    Raises: InputError naming what is there, InTheWay when a link or the like has one of our names.
    """
    kind = root.kind()
    if kind not in (None, "folder"):
        raise InputError(f"{root} is a {kind} and no folder; name a new or empty folder")
    refuse_what_is_no_file(root)
    if has_header(root) or has_sealed_results(root):
        return
    found = _not_ours(root)
    if found and not has_header(root):  # another sweep may have begun meanwhile
        raise InputError(
            f"{root} is not empty and holds no results of sanxiang, but {told(found)}; "
            "name a new or empty folder"
        )


def refuse_what_is_no_file(root: OwnPath) -> None:
    """Refuse links, pipes and the like under the names of our files and folders.

    Raises: InTheWay.
    """
    for name in own_names.FILES:
        (root / name).exists("file")
    for name in own_names.FOLDERS:
        (root / name).exists("folder")


def has_header(root: OwnPath) -> bool:
    """Whether folder.json is sealed by us."""
    try:
        sealed.read_json(root / "folder.json", "header")
        return True
    except CorruptData:
        return False


def has_sealed_results(root: OwnPath) -> bool:
    """Whether a card, a record of a sweep, a response or an explanation is whole."""
    cards = ((card, "card") for card in own_names.cards(root / "chunks"))
    records = ((record, "sweep") for record in own_names.records(root / "sweeps"))
    kept = (
        (path, kind)
        for kind, name in FOLDERS.items()
        for path in own_names.named(root / name, own_names.CARD)
    )
    return any(_is_sealed(path, kind) for files in (cards, records, kept) for path, kind in files)


def _is_sealed(path: OwnPath, kind: str) -> bool:
    try:
        sealed.read_json(path, kind)
        return True
    except CorruptData:
        return False


def _not_ours(root: OwnPath) -> list[str]:
    """What a sweep that was killed before it wrote its header does not leave."""
    found = [name for name in root.names() if name not in ("chunks", "sweeps", "quarantine", "lock")]
    found += ["lock"] if not lock.is_ours(root / "lock") else []
    found += [f"{name}/{one}" for name in ("chunks", "sweeps") for one in own_names.strangers(root / name)]
    return [name for name in found if not _is_nobodys(name.rpartition("/")[2])]


def _is_nobodys(name: str) -> bool:
    """Whether the file is one that a killed sweep or a desktop left."""
    return is_half_written(name) or name in DESKTOP or name.startswith("._")


def told(names: list[str]) -> str:
    """A few of the names, and how many more there are."""
    few = ", ".join(quoted(name) for name in names[:SHOWN])
    return few + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
