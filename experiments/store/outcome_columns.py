"""The columns of the table of runs that hold what a run says about a target, and its bases of 2020."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scenarios.targets import Outcome, Target

BASE = "base_"
COVERAGE = "statistical_coverage"
"""Published over actual emerging value added at the end of a run, as its series is called too."""
DISCREPANCY = "model_discrepancy"
"""What the model may miss of a target, as tables call it."""


class OutcomeColumns(NamedTuple):
    """Where each part of an Outcome of one target stands."""

    value: str
    unscaled: str
    hit: str
    also: str
    also_hit: str
    activity: str
    activity_hit: str
    modelled: str

    @classmethod
    def of(cls, target: str) -> OutcomeColumns:
        """The columns of a target; those of a second definition, of activity beside what is published, and
        of what the model says beside what would be observed, are there only where it has them."""
        return cls(
            target,
            f"{target}_unscaled",
            f"{target}_hit",
            f"{target}_also",
            f"{target}_also_hit",
            f"{target}_activity",
            f"{target}_activity_hit",
            f"{target}_modelled",
        )

    def cells(self, outcome: Outcome) -> dict[str, float | bool]:
        """The outcome as a part of a run's row."""
        return {
            column: found
            for name, column in self._asdict().items()
            if (found := getattr(outcome, name)) is not None
        }


def outcome_columns(targets: Mapping[str, Target]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of values and of hits that a finished run has for these targets."""
    values, hits = [], []
    for name, target in targets.items():
        one = OutcomeColumns.of(name)
        values += [one.value, one.unscaled]
        hits.append(one.hit)
        if target.about.also is not None:
            values.append(one.also)
            hits.append(one.also_hit)
        if target.about.activity is not None or target.about.discrepancy is not None:
            values.append(one.activity)
            hits.append(one.activity_hit)
        if target.about.discrepancy is not None:
            values.append(one.modelled)
    return tuple(values), tuple(hits)


def targets_stored(columns: Iterable[str]) -> list[str]:
    """The targets that the runs of a table were judged by."""
    held = dict.fromkeys(columns)
    judged = [name for name in held if OutcomeColumns.of(name).hit in held]
    known = [OutcomeColumns.of(name) for name in judged]
    seconds = {name for each in known for name in (each.also, each.activity, each.modelled)}
    return [name for name in judged if name not in seconds]


def base_column(base: str) -> str:
    """Where a base of 2020 stands that a run drew."""
    return f"{BASE}{base}"


def bases_stored(columns: Iterable[str]) -> dict[str, str]:
    """{base of 2020: its column}, of those that a table holds."""
    return {column.removeprefix(BASE): column for column in columns if column.startswith(BASE)}
