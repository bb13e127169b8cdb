"""The cases of a results folder with their runs, and the baseline that each is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.read.case import Case, case_of
from experiments.read.reading import load_runs
from scenarios.spec import BASELINE

if TYPE_CHECKING:
    import pandas as pd


def cases(folder: Path | str, which: str | None = None) -> dict[str, pd.DataFrame]:
    """{case: the runs asked for, also those that are still left to compute}, in the order of the sweep.

    which: as sweeps.chosen takes it.
    """
    runs = load_runs(folder, sweep=which)
    return {str(point): rows for point, rows in runs.groupby("point", sort=False)}


def baselines(found: Mapping[str, pd.DataFrame]) -> dict[str, str | None]:
    """The case that each is compared with, from {case: its rows of load_runs}; None for the baseline."""
    return compared_with([case_of(rows) for rows in found.values()])


def compared_with(cases: list[Case]) -> dict[str, str | None]:
    """By name: the baseline scenario at the same swept values, or else without a change."""
    first = next((case for case in cases if case.scenario == BASELINE), cases[0])
    beside = {(case.given, case.sweep): case.name for case in cases if _same_scenario(case, first)}
    found: dict[str, str | None] = {}
    for case in cases:
        same_values = None if _same_scenario(case, first) else beside.get((case.given, case.sweep))
        chosen = same_values or first.name
        found[case.name] = None if chosen == case.name else chosen
    return found


def _same_scenario(one: Case, other: Case) -> bool:
    return (one.scenario, one.mark) == (other.scenario, other.mark)
