"""What is read off the panel of firms where statistics of 2016-20 have a figure: taxes, sizes, places.

A reading gives an array [year], or [year, place] where it is told by place.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from experiments.evidence.facts.lived import Lived
from experiments.evidence.firm_moments import ABOVE_SCALE
from experiments.evidence.past import YEARS, Yearly
from scenarios.region.region import load_region
from scenarios.values.tables import WAN, YI

LARGE = 1e8  # yuan of sales a year: the line of the published count in high-tech statistics
SMALL_SALES, SMALL_STAFF = 2e8, 500.0  # most that a registered technology SME sells [yuan/year] and employs

OfFirms = Callable[[pd.DataFrame], float]
OfRun = Callable[[Lived], np.ndarray]


def each_year(value: OfFirms) -> OfRun:
    """A value of the firms of each year."""
    return lambda run: np.array([value(run.by_year[year]) for year in YEARS])


def total(column: str, unit: float = YI) -> OfFirms:
    """The sum over firms, in 100 million yuan unless said otherwise."""
    return lambda firms: float(firms[column].sum()) / unit


def of_certified(column: str) -> OfFirms:
    """The sum over firms that are certified at the year's end [100 million yuan]."""
    return lambda firms: float(firms[column][firms["certified"]].sum()) / YI


def deduction_users(firms: pd.DataFrame) -> float:
    """Certified firms whose tax the super-deduction lowered in the year [%]."""
    return 100.0 * float((firms["deduction_relief"][firms["certified"]] > 0.0).mean())


def large_firms(firms: pd.DataFrame) -> float:
    """Firms above the line of the published count."""
    return float((firms["sales"] >= LARGE).sum())


def share_of_large(column: str) -> OfFirms:
    """Share of the firms above that line [%]."""
    return lambda firms: 100.0 * float(firms[column][firms["sales"] >= LARGE].sum() / firms[column].sum())


def profit_margin(firms: pd.DataFrame) -> float:
    """Profit before tax over sales [%]."""
    return 100.0 * float(firms["pretax"].sum() / firms["sales"].sum())


def per_worker(firms: pd.DataFrame) -> float:
    """Value added over workers [10,000 yuan a year]."""
    return float(firms["value_added"].sum() / firms["labour"].sum()) / WAN


def small_performers(firms: pd.DataFrame) -> float:
    """Firms with research that are small enough to register as technology SMEs."""
    small = (firms["sales"] <= SMALL_SALES) & (firms["labour"] <= SMALL_STAFF)
    return float((small & (firms["research"] > 0.0)).sum())


def debt_ratio(firms: pd.DataFrame) -> float:
    """Loans over deposits, stocks and fixed capital at its price [%]."""
    assets = firms["deposits"].sum() + firms["inventory_value"].sum() + firms["capital_value"].sum()
    return 100.0 * float(firms["loans"].sum() / assets)


def above_scale(run: Lived) -> pd.DataFrame:
    """Firms of goods industries from the size on that statistics of industry count."""
    goods = load_region(run.past.region).industries.goods
    return run.panel[goods[run.panel["industry"]] & (run.panel["sales"] >= ABOVE_SCALE)]


def of_above_scale(value: OfFirms) -> OfRun:
    """A value of those firms, each year."""

    def read(run: Lived) -> Yearly:
        known = above_scale(run)
        return np.array([value(known[known["year"] == year]) for year in YEARS])

    return read


def sales_of_performers(firms: pd.DataFrame) -> float:
    """Sales of firms with research [100 million yuan]."""
    return float(firms["sales"][firms["research"] > 0.0].sum()) / YI


def relative_intensity(run: Lived) -> np.ndarray:
    """Research over sales of above-scale firms by prefecture, over that of all of them [ratio]."""
    known = above_scale(run)
    spent, sold = (by_place(known, column, run.past.region) for column in ("research", "sales"))
    whole = spent.sum(axis=1, keepdims=True) / np.maximum(sold.sum(axis=1, keepdims=True), 1.0)
    return np.asarray(spent / np.maximum(sold, 1.0) / np.maximum(whole, 1e-12))


def margin_by_place(run: Lived) -> np.ndarray:
    """Profit before tax over sales by prefecture [%]."""
    earned, sold = (by_place(run.panel, column, run.past.region) for column in ("pretax", "sales"))
    return np.asarray(100.0 * earned / np.maximum(sold, 1.0))


def by_place(firms: pd.DataFrame, column: str, region: str) -> np.ndarray:
    """Sums of a column [year, prefecture]."""
    places = len(load_region(region).prefectures.names)
    found = np.zeros((len(YEARS), places))
    np.add.at(found, (firms["year"] - YEARS[0], firms["prefecture"]), firms[column])
    return found
