"""Before the first year nothing is remembered: 2015 is not simulated, so 2016 has no change."""

from typing import Any

from agents.change.decomposition import Change
from agents.economy import Economy
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """The account of the change, empty."""
    return {Change: Change.of(start.region.geography.cells)}


def forget(economy: Economy) -> None:
    """A year begins in January."""
    if economy.quarter % 4 == 0:
        economy.of(Change).begin_year()
