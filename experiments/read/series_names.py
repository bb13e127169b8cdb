"""The series that runs of a region record: how each is called, summed over a year and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.indicator import CellIndicator, Indicator


def series_of(region: str) -> Mapping[str, Indicator]:
    """By name, in the order of a run's columns."""
    from experiments.model import indicators  # the model takes seconds to load, and few tables need it

    return indicators(region)


def cells_of() -> Mapping[str, CellIndicator]:
    """What is recorded by prefecture and industry, by name."""
    from experiments.model import CELL_INDICATORS

    return CELL_INDICATORS
