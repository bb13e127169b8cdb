"""The columns of the table of runs that hold what a run says about a target, and its bases of 2020."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from scenarios.targets import Outcome, Target

BASE = "base_"


class OutcomeColumns(NamedTuple):
    """Where each part of an Outcome of one target stands."""

    value: str
    unscaled: str
    hit: str
    also: str
    also_hit: str

    @classmethod
    def of(cls, target: str) -> OutcomeColumns:
        """The columns of a target; those of a second definition are there only where it has one."""
        return cls(target, f"{target}_unscaled", f"{target}_hit", f"{target}_also", f"{target}_also_hit")

    def cells(self, outcome: Outcome) -> dict[str, float | bool]:
        """The outcome as a part of a run's row."""
        return {
            column: found
            for name, column in self._asdict().items()
            if (found := getattr(outcome, name)) is not None
        }


def outcome_columns(targets: Mapping[str, Target]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of values and of hits that a finished run has for these targets."""
    known = [(OutcomeColumns.of(name), target.about.also is not None) for name, target in targets.items()]
    values = [(one.value, one.unscaled, one.also) if also else one[:2] for one, also in known]
    hits = [(one.hit, one.also_hit) if also else (one.hit,) for one, also in known]
    return tuple(chain(*values)), tuple(chain(*hits))


def targets_stored(columns: Iterable[str]) -> list[str]:
    """The targets that the runs of a table were judged by."""
    held = dict.fromkeys(columns)
    judged = [name for name in held if OutcomeColumns.of(name).hit in held]
    seconds = {OutcomeColumns.of(name).also for name in judged}
    return [name for name in judged if name not in seconds]


def base_column(base: str) -> str:
    """Where a base of 2020 stands that a run drew."""
    return f"{BASE}{base}"


def bases_stored(columns: Iterable[str]) -> dict[str, str]:
    """{base of 2020: its column}, of those that a table holds."""
    return {column.removeprefix(BASE): column for column in columns if column.startswith(BASE)}
