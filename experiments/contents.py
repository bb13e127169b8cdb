"""Runs are what they contain; names are labels: two contents under one label are told apart.

A reform that was edited and swept again under its old name has two contents in one folder. Each then carries
its fingerprint behind the scenario's name, `my_reform#1a2b3c4d rate=0.1`: no name of a scenario holds a `#`.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

CONTENT = ("closure", "levers", "world", "parameters_sha256", "scale", "first_year", "last_year")
"""What a run is, apart from its luck: replication, draw and seed."""
MARK, DIGITS = "#", 8


def told_apart(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of runs, their points marked by content where one point has several."""
    parts = [rows[name].astype(str) for name in CONTENT if name in rows]
    if rows.empty or not parts:
        return rows
    content = list(zip(*parts, strict=True))
    known: dict[str, set[tuple[str, ...]]] = {}
    for point, own in zip(rows.point, content, strict=True):
        known.setdefault(point, set()).add(own)
    marked = [
        _marked(point, fingerprint(own)) if len(known[point]) > 1 else point
        for point, own in zip(rows.point, content, strict=True)
    ]
    return rows.assign(point=marked)


def fingerprint(content: tuple[str, ...]) -> str:
    """A few digits that tell a content from others."""
    return sha256("\n".join(content).encode()).hexdigest()[:DIGITS]


def _marked(point: str, mark: str) -> str:
    scenario, space, values = point.partition(" ")
    return f"{scenario}{MARK}{mark}{space}{values}"


def unmarked(scenario: str) -> str:
    """The name of a scenario without the mark of its content."""
    return scenario.partition(MARK)[0]
