"""The stored effects of levers: docs/effects.json, which `sanxiang levers --effects --write` makes.

Beside the effects it keeps the command, the version and the digests of sources and data with which they were
computed, so that a reader is told where a figure is of another version, and where there is none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from experiments.language.words import word
from experiments.store.own_files import own
from scenarios.digests import digests
from scenarios.region.folder import CONFIGS
from scenarios.values.errors import InputError

STORED = CONFIGS.parent / "docs" / "effects.json"
REMEDY = "sanxiang levers --effects --write"
SHORT = 12  # letters of a digest that are shown


MADE = ("command", "version", "of", "data", "region", "sources")


@dataclass(frozen=True)
class Stored:
    """What is stored: the table as `levers --effects --format json` prints it, and how it was made.

    made: command, version, the name of the region (`of`), and the digests of data, region and sources.
    """

    made: Mapping[str, str]
    table: Mapping[str, Any]

    @property
    def levers(self) -> dict[str, Mapping[str, Any]]:
        """What is stored of each lever."""
        return {one["lever"]: one for one in self.table["levers"]}

    def stale(self) -> list[str]:
        """In what today's model differs from the one that was measured: sources, data, region."""
        today = digests(region=self.made["of"])
        return [name for name in ("sources", "data", "region") if self.made[name] != today[name]]

    def said(self) -> list[str]:
        """Which model the effects are of and how they were made, in lines."""
        conditions = self.table["conditions"]
        scale, pairs = f"{conditions['scale']:g}", conditions["pairs"]
        sources, data = (self.made[name][:SHORT] for name in ("sources", "data"))
        lines = [
            word("plan.effects", command=self.made["command"]),
            word("plan.runs", pairs=pairs, scale=scale, region=self.made["of"]),
            word("plan.version", version=self.made["version"], sources=sources, data=data),
        ]
        changed = self.stale()
        if changed:
            told = word("plan.and").join(word(f"plan.{name}") for name in changed)
            lines.append(word("plan.stale", changed=told, remedy=REMEDY))
        return lines


def load_stored(path: Path | None = None) -> Stored | None:
    """What is stored; None where nothing is.

    Raises:
        InputError: the file is damaged.
    """
    file = path or STORED
    if not file.is_file():
        return None
    try:
        table = json.loads(file.read_text("utf-8"))
        made = table.pop("made")
        found = Stored({name: str(made[name]) for name in MADE}, table)
        found.said()
        effects = [one for lever in found.levers.values() for one in lever["effects"].values() if one]
        _ = [float(one[name]) for one in effects for name in ("value", "low", "high")]
        _ = [lever["dose"]["values"] for lever in found.levers.values()]
        _ = dict(table["base"]), dict(table["units"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{file} is damaged; {REMEDY} makes it again") from None
    return found


def store(table: Mapping[str, Any], region: str, command: str, path: Path | None = None) -> None:
    """Writes the effects of today's model.

    Raises:
        CannotWrite: with the reason.
    """
    made = {"command": command, "version": version("sanxiang"), "of": region, **digests(region=region)}
    text = json.dumps({"made": made, **table}, ensure_ascii=False, indent=1, allow_nan=False)
    own(path or STORED).write(f"{text}\n".encode())
