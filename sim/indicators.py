"""What is recorded of each quarter: one entry per series, with unit and how to add it up over time.

The series of a part stand in its folder (sim/PART/series.py); a new series is one entry there.
"""

import numpy as np

from agents.economy import INDUSTRIES, Economy
from agents.money.chart import PREFECTURES
from sim.indicator import CellIndicator, Group, Indicator, Kind
from sim.parts import PARTS
from sim.setting import Setting

__all__ = ["CELL_INDICATORS", "INDICATORS", "CellIndicator", "Indicator", "Kind", "read_cells", "read_series"]

FIRST = (  # the groups whose columns stand first in what is stored; others follow in the order of the parts
    "gdp", "output", "research", "firms", "patents", "population", "carriers", "sales", "money of firms",
    "prices", "budgets", "programmes", "transfer", "tiers", "movers and missions", "money by programme",
    "prefectures", "people", "scarcity", "networks and taxes", "finance", "portfolios",
)  # fmt: skip


def in_order(groups: dict[str, Group]) -> list[Group]:
    """The groups of series in the order of their columns."""
    return [groups[name] for name in (*FIRST, *(name for name in groups if name not in FIRST))]


GROUPS = in_order({name: group for part in PARTS for name, group in part.series.items()})
INDICATORS: dict[str, Indicator] = {name: one for group in GROUPS for name, one in group.entries.items()}
CELL_INDICATORS: dict[str, CellIndicator] = {name: one for part in PARTS for name, one in part.cells.items()}

COLUMNS_OF_CELLS = np.array([one.column for one in CELL_INDICATORS.values()])


def read_series(economy: Economy, setting: Setting) -> np.ndarray:
    """One value per indicator, in their order [float64]."""
    values = [value for group in GROUPS for value in group.read(economy, setting)]
    return np.array(values, np.float64)


def read_cells(economy: Economy) -> np.ndarray:
    """One value per cell indicator [prefecture, industry, indicator]: flows, and stocks at the end."""
    chosen = economy.totals.cells[:, COLUMNS_OF_CELLS]
    shaped = chosen.reshape(INDUSTRIES, PREFECTURES, len(CELL_INDICATORS))
    return shaped.transpose(1, 0, 2).astype(np.float64)
