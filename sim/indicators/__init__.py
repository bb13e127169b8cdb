"""What is recorded of each quarter in a region: a series is an entry with unit and how it adds up over time.

Each module holds the series of one part of the economy; a new series is one entry in its module.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from agents.economy import INDUSTRIES, Economy
from agents.firms import totals as column
from agents.money.chart import PREFECTURES
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from sim.indicators import finance, government, industry, money, talent, transfer
from sim.indicators.indicator import F, Indicator, Kind, Part, S
from sim.setting import Setting

__all__ = ["CELL_INDICATORS", "CellIndicator", "Indicator", "Kind", "Recorded", "read_cells", "series_of"]


@dataclass(frozen=True)
class Recorded:
    """The series of a region, part by part."""

    parts: tuple[Part, ...]

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every series by name, in the order in which they are read."""
        return {name: one for part in self.parts for name, one in part.entries.items()}

    @cached_property
    def column(self) -> dict[str, int]:
        """The place of every series in that order."""
        return {name: place for place, name in enumerate(self.indicators)}

    def read(self, economy: Economy, setting: Setting) -> np.ndarray:
        """One value per series, in their order [float64]."""
        values = [value for part in self.parts for value in part.read(economy, setting)]
        return np.array(values, np.float64)


@cache
def series_of(region: str = DEFAULT_REGION) -> Recorded:
    """What is recorded in a region: some series are told by its prefectures and groups.

    Raises:
        InputError: no such region, or a mistake in its files.
    """
    places = load_region(region).prefectures
    return Recorded(
        (
            *industry.PARTS,
            *money.parts(),
            *transfer.parts(places),
            *government.parts(places),
            *talent.PARTS,
            *finance.PARTS,
        )
    )


@dataclass(frozen=True)
class CellIndicator:
    """One series by prefecture and industry, and its column in the firms' totals."""

    unit: str
    kind: Kind
    label_en: str
    label_zh: str
    column: int


CELL_INDICATORS: dict[str, CellIndicator] = {
    "firms": CellIndicator("firms", S, "technology firms", "科技企业数", column.FIRMS),
    "certified": CellIndicator(
        "firms", S, "certified high-tech enterprises", "高新技术企业", column.CERTIFIED
    ),
    "value_added": CellIndicator("yuan", F, "value added", "增加值", column.VALUE_ADDED),
    "sei_value_added": CellIndicator("yuan", F, "emerging value added", "新兴产业增加值", column.EMERGING),
    "research": CellIndicator("yuan", F, "R&D of firms", "企业研发经费", column.RESEARCH),
    "patents": CellIndicator("inventions", S, "inventions in force", "有效发明专利", column.PATENTS),
    "employment": CellIndicator("workers", S, "employment", "从业人员", column.EMPLOYMENT),
    "sales": CellIndicator("yuan", F, "sales", "销售收入", column.SALES),
    "talent": CellIndicator("persons", S, "high-end talent", "高端人才", column.TALENT),
    "skilled_workers": CellIndicator("persons", S, "skilled workers", "技能人才", column.SKILLED),
}

COLUMNS_OF_CELLS = np.array([one.column for one in CELL_INDICATORS.values()])


def read_cells(economy: Economy) -> np.ndarray:
    """One value per cell indicator [prefecture, industry, indicator]: flows, and stocks at the end."""
    chosen = economy.totals.cells[:, COLUMNS_OF_CELLS]
    shaped = chosen.reshape(INDUSTRIES, PREFECTURES, len(CELL_INDICATORS))
    return shaped.transpose(1, 0, 2).astype(np.float64)
