"""The cases of a results folder: a scenario at one combination of swept values, with its runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.read.contents import unmarked
from experiments.read.reading import load_runs
from scenarios.spec import BASELINE

if TYPE_CHECKING:
    import pandas as pd


def cases(folder: Path | str, which: str | None = None) -> dict[str, pd.DataFrame]:
    """{point: the runs asked for, also those that are still left to compute}, in the order of the sweep.

    which: as sweeps.chosen takes it.
    """
    runs = load_runs(folder, sweep=which)
    return {str(point): rows for point, rows in runs.groupby("point", sort=False)}


def baseline_of(point: str, found: Mapping[str, pd.DataFrame]) -> str | None:
    """The point to compare with: the baseline scenario at the same swept values, or else without a change."""
    first = next((name for name in found if unmarked(name.split(" ")[0]) == BASELINE), next(iter(found)))
    scenario, _, values = point.partition(" ")
    beside = f"{first.split(' ')[0]} {values}".rstrip()
    chosen = beside if scenario != first.split(" ")[0] and beside in found else first
    return None if chosen == point else chosen
