"""What a sweep needs of the floors below: runs, and the names of what they record in a region."""

from collections.abc import Mapping

from scenarios.own.own_lever import OwnLever
from scenarios.region.region import load_region
from scenarios.spec import FIRST_YEAR
from sim.indicators import CELL_INDICATORS, Indicator, series_of
from sim.run import past_of, simulate, simulate_from

__all__ = [
    "CELL_INDICATORS", "FIRST_YEAR", "indicators", "industries", "past_of", "prefectures", "simulate",
    "simulate_from",
]  # fmt: skip


def indicators(region: str, own: tuple[OwnLever, ...] = ()) -> Mapping[str, Indicator]:
    """The series of a region by name, in the order of a run's columns. own: levers from outside."""
    return series_of(region, own).indicators


def prefectures(region: str) -> tuple[str, ...]:
    """The names of a region's prefectures, in the order of a run's cells."""
    return load_region(region).prefectures.names


def industries(region: str) -> tuple[str, ...]:
    """The names of a region's industries, in the order of a run's cells."""
    return load_region(region).industries.names
