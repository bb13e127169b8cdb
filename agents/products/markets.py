"""National markets of the industries: finite demand shared by attraction with the rest of China."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np

from agents.engine.population import Population
from agents.engine.rules import stage
from agents.firms.conditions import ByIndustry, Conditions
from agents.geography import Geography
from agents.numbers.elementary import log_

LOG_RESEARCH_SIZE = log_(1e8)  # yuan of annual sales at which research_scale holds
LOG_PATENT_RESEARCH, LOG_PATENT_KNOWLEDGE = log_(1e6), log_(2e6)  # yuan; where patent_scale holds


@dataclass
class ProductMarkets:
    """Demand, rivals and the size of firms in each industry; one element each.

    The outside attraction is set once, so that the firms hold `home_share` of the market at the start;
    it grows with the world's rivals and their answer to policy (agents/products/rivals.py), never with the
    firms' own share.
    """

    national: np.ndarray  # yuan/quarter
    outside: np.ndarray  # attraction of firms outside the province
    home: np.ndarray  # attraction of the firms
    demand_per_attraction: np.ndarray  # yuan/quarter
    log_median_sales: np.ndarray  # of the firms, yuan/year
    mean_productivity: np.ndarray  # mean log over the firms
    mean_quality: np.ndarray
    digital: np.ndarray  # mean digital share of the firms
    rivals_encouraged: np.ndarray  # research of rivals over what it would be but for national rules, less one
    rivals_ahead: np.ndarray  # knowledge of rivals over what it would be without their answer, less one
    orders_at_home: (
        np.ndarray
    )  # of other firms, mean over the cells of the industry, yuan/quarter per attraction

    @classmethod
    def at_start(cls, firms: Population, home_share: float) -> "ProductMarkets":
        """Markets in which the firms' trailing sales are `home_share` of national demand."""
        sums = count_firms(firms.arrays(), firms.start, firms.stop)
        home = np.maximum(0.25 * sums[0], 1.0)  # an industry without firms still has a market to enter
        national = home / home_share
        outside = home * (1.0 / home_share - 1.0)
        ones = np.ones(firms.segments)
        median, productivity, quality = ones.copy(), ones.copy(), ones.copy()
        zeros = (np.zeros_like(ones) for _ in range(4))
        markets = cls(national, outside, home, ones, median, productivity, quality, *zeros)
        markets.take_stock(firms)
        return markets

    def take_stock(self, firms: Population) -> None:
        """Median size and mean technology of each industry, as a yearly census finds them."""
        sums = count_firms(firms.arrays(), firms.start, firms.stop)
        for k, (a, b) in enumerate(segments(firms)):
            if b > a:
                self.log_median_sales[k] = median_of(firms.log_sales[a:b])
                self.mean_productivity[k], self.mean_quality[k] = sums[1:3, k] / (b - a)

    def clear(self) -> None:
        """Demand per unit of attraction, given the attraction of firms and rivals."""
        self.demand_per_attraction = self.national / (self.home + self.outside)


def median_of(values: np.ndarray) -> float:
    """The median, as np.median gives it in several times the time."""
    lower, upper = (len(values) - 1) // 2, len(values) // 2
    parts = np.partition(values, (lower, upper))
    return float(0.5 * (parts[lower] + parts[upper]))


def count_firms(firms, starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """Sums over each industry's firms [3, industries]: trailing sales, log productivity, log quality."""
    sums = np.zeros((3, len(starts)))
    _add_up(firms, starts, stops, sums)
    return sums


@stage
def _add_up(firms, starts, stops, sums):
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            sums[0, k] += firms.trailing_sales[i]
            sums[1, k] += firms.log_productivity[i]
            sums[2, k] += firms.log_quality[i]


def segments(firms: Population) -> list[tuple[int, int]]:
    """First and last-plus-one row of each industry."""
    return list(zip(firms.start.tolist(), firms.stop.tolist(), strict=True))


@dataclass(frozen=True)
class Circumstances:
    """What the world and the law give all firms in a quarter."""

    quarter: int
    active: bool  # false while the economy warms up: no jumps, no exit
    wage: float  # yuan/worker/quarter
    material_price: float  # of materials and machines; 2015Q4 = 1
    outside_price: float  # of rivals' goods; 2015Q4 = 1
    frontier: float  # log productivity of the best practice
    usual_productivity: float  # log productivity at which materials per unit are the usual ones
    super_deduction: np.ndarray  # share of research, by industry
    standard_tax: float
    certified_tax: float
    value_added_tax: np.ndarray  # effective share, by industry
    surcharge: float
    log_reference_user_cost: float
    log_normal_capital_output: float
    patent_applications: float  # level over that of 2020 at the same research
    high_value_shift: float  # of the share of grants of high value since 2020
    maturing: float  # share of firms' other inventions that turns ten
    high_value_factor: float = 1.0  # of the share of grants of high value, by how they were filed

    @cached_property
    def alike(self) -> dict[str, Iterable[float]]:
        """Columns of what is the same in all industries; what differs is nan or the first cell."""
        one = Conditions(
            quarter=self.quarter,
            first_cell=0,
            active=1.0 if self.active else 0.0,
            wage=self.wage,
            material_price=self.material_price,
            log_outside_price=log_(self.outside_price),
            log_normal_capital_output=self.log_normal_capital_output,
            log_median_sales=math.nan,
            demand_per_attraction=math.nan,
            frontier=self.frontier,
            usual_productivity=self.usual_productivity,
            super_deduction=math.nan,
            standard_tax=self.standard_tax,
            certified_tax=self.certified_tax,
            value_added_tax=math.nan,
            surcharge=self.surcharge,
            log_reference_user_cost=self.log_reference_user_cost,
            log_research_size=LOG_RESEARCH_SIZE,
            log_patent_research=LOG_PATENT_RESEARCH,
            log_patent_knowledge=LOG_PATENT_KNOWLEDGE,
            patent_applications=self.patent_applications,
            high_value_shift=self.high_value_shift,
            maturing=self.maturing,
            high_value_factor=self.high_value_factor,
        )
        return dict(zip(Conditions._fields, map(repeat, one), strict=True))


def conditions_of(markets: ProductMarkets, now: Circumstances, geography: Geography) -> ByIndustry:
    """The conditions of each industry, as compiled stages take them."""
    columns = now.alike.copy()
    columns["first_cell"] = geography.first_cells
    columns["log_median_sales"] = markets.log_median_sales.tolist()
    columns["demand_per_attraction"] = (markets.demand_per_attraction + markets.orders_at_home).tolist()
    columns["super_deduction"] = now.super_deduction.tolist()
    columns["value_added_tax"] = now.value_added_tax.tolist()
    return ByIndustry(map(Conditions._make, zip(*columns.values(), strict=False)))
