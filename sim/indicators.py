"""What is recorded of each quarter in a region: a series is an entry with unit and how it adds up over time.

The series of a part stand in its folder (sim/PART/series.py); a new series is one entry there.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from agents.economy import Economy
from scenarios.own.own_lever import OwnLever
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from sim.indicator import CellIndicator, Group, Indicator, Kind
from sim.quarter import PARTS
from sim.setting import Setting
from sim.state.series import of_own

__all__ = ["CELL_INDICATORS", "CellIndicator", "Indicator", "Kind", "Recorded", "read_cells", "series_of"]

FIRST = (  # the groups whose columns stand first in what is stored; others follow in the order of the parts
    "gdp", "output", "research", "firms", "patents", "population", "carriers", "sales", "money of firms",
    "prices", "budgets", "programmes", "transfer", "tiers", "movers and missions", "money by programme",
    "prefectures", "people", "scarcity", "networks and taxes", "finance", "portfolios", "demand",
)  # fmt: skip


def in_order(groups: dict[str, Group]) -> list[Group]:
    """The groups of series in the order of their columns."""
    return [groups[name] for name in (*FIRST, *(name for name in groups if name not in FIRST))]


@dataclass(frozen=True)
class Recorded:
    """The series of a region, group by group."""

    groups: tuple[Group, ...]

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every series by name, in the order in which they are read."""
        return {name: one for group in self.groups for name, one in group.entries.items()}

    @cached_property
    def column(self) -> dict[str, int]:
        """The place of every series in that order."""
        return {name: place for place, name in enumerate(self.indicators)}

    def read(self, economy: Economy, setting: Setting) -> np.ndarray:
        """One value per series, in their order [float64]."""
        values: list[float] = []
        for group in self.groups:
            values += group.read(economy, setting)
        return np.fromiter(values, np.float64, len(values))


@cache
def series_of(region: str = DEFAULT_REGION, own: tuple[OwnLever, ...] = ()) -> Recorded:
    """What is recorded in a region: some series are told by its prefectures and groups.

    own: levers from outside that runs have; what is told of their programmes stands last.

    Raises:
        InputError: no such region, or a mistake in its files.
    """
    known = load_region(region)
    groups = {
        name: one for part in PARTS for name, one in (*part.series.items(), *part.series_of(known).items())
    }
    return Recorded((*in_order(groups), *of_own(own).values()))


CELL_INDICATORS: dict[str, CellIndicator] = {name: one for part in PARTS for name, one in part.cells.items()}

COLUMNS_OF_CELLS = np.array([one.column for one in CELL_INDICATORS.values()])


def read_cells(economy: Economy) -> np.ndarray:
    """One value per cell indicator [prefecture, industry, indicator]: flows, and stocks at the end."""
    chosen = economy.geography.by_industry(economy.totals.cells[:, COLUMNS_OF_CELLS])
    return chosen.transpose(1, 0, 2).astype(np.float64)
