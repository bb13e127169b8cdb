"""The series that runs of a region record: how each is called, summed over a year and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from experiments.read.runs_region import region_of_store
from experiments.store.own_levers import held_in

if TYPE_CHECKING:
    from experiments.store.store import Store
    from scenarios.own.own_lever import OwnLever
    from sim.indicator import CellIndicator, Indicator


def series_of(region: str, own: tuple[OwnLever, ...] = ()) -> Mapping[str, Indicator]:
    """By name, in the order of a run's columns. own: levers from outside that the runs had."""
    from experiments.model import indicators  # the model takes seconds to load, and few tables need it

    return indicators(region, own) if own else indicators(region)


def series_held(store: Store) -> Mapping[str, Indicator]:
    """The series that the runs of a results folder record.

    Raises: as Store.header.
    """
    return series_of(region_of_store(store), held_in(store.header()))


def cells_of() -> Mapping[str, CellIndicator]:
    """What is recorded by prefecture and industry, by name."""
    from experiments.model import CELL_INDICATORS

    return CELL_INDICATORS
