"""What is recorded of each quarter: one entry per series, with unit and how to add it up over time.

Each module holds the series of one part of the economy; a new series is one entry in its module.
"""

from dataclasses import dataclass

import numpy as np

from agents.economy import INDUSTRIES, Economy
from agents.firms import totals as column
from agents.money.chart import PREFECTURES
from sim.indicators import finance, government, industry, money, talent, transfer
from sim.indicators.indicator import F, Indicator, Kind, S
from sim.setting import Setting

__all__ = ["CELL_INDICATORS", "INDICATORS", "CellIndicator", "Indicator", "Kind", "read_cells", "read_series"]

PARTS = (
    *industry.PARTS,
    *money.PARTS,
    *transfer.PARTS,
    *government.PARTS,
    *talent.PARTS,
    *finance.PARTS,
)
INDICATORS: dict[str, Indicator] = {name: one for part in PARTS for name, one in part.entries.items()}


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


def read_series(economy: Economy, setting: Setting) -> np.ndarray:
    """One value per indicator, in their order [float64]."""
    values = [value for part in PARTS for value in part.read(economy, setting)]
    return np.array(values, np.float64)


def read_cells(economy: Economy) -> np.ndarray:
    """One value per cell indicator [prefecture, industry, indicator]: flows, and stocks at the end."""
    chosen = economy.totals.cells[:, COLUMNS_OF_CELLS]
    shaped = chosen.reshape(INDUSTRIES, PREFECTURES, len(CELL_INDICATORS))
    return shaped.transpose(1, 0, 2).astype(np.float64)
