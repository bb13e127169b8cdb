"""What a world draws, as quantities with names and units: one number a run for each thing it does not know.

A quantity has the uniforms of the world's fan that decide it, and says what they come to in 2021-25.
Quantities share no uniform, so those of one run are independent of each other. `totals` are what several of
them come to together, for conditions in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np

from agents.numbers.elementary import exp_, normal_quantile
from experiments.change.named import Named
from scenarios.spec import LAST_YEAR, POLICY_YEAR
from scenarios.worlds.calendar import QUARTERS, first_quarter
from scenarios.worlds.drawn import DrawnNumbers, autoregressive, wandering
from scenarios.worlds.fan import DISCREPANCIES, SLUMP
from scenarios.worlds.markets import grown, market_levels, price_growth
from scenarios.worlds.slumps import slumps
from scenarios.worlds.tax_rules import tax_rules
from scenarios.worlds.world import World

YEARS = range(POLICY_YEAR, LAST_YEAR + 1)
PATH = slice(first_quarter(POLICY_YEAR) - QUARTERS.start, first_quarter(LAST_YEAR + 1) - QUARTERS.start)
"""The quarters of the plan among those of a path."""
PER_CENT = 100.0
SHARE, A_YEAR = Named("%", "%"), Named("%/yr", "%/年")

Places = Mapping[str, float]
"""By name of the fan, where in its distribution a run's draw lies: above 0 and below 1."""
Read = Callable[[World, Places, DrawnNumbers], float]

CALLED: dict[str, tuple[Named, Named]] = {
    "market_growth": (Named("lasting growth of national markets", "全国市场长期增长"), A_YEAR),
    "market_years": (Named("good and bad years of national markets", "全国市场年际波动"), A_YEAR),
    "markets": (Named("growth of national markets in all", "全国市场增长（合计）"), A_YEAR),
    "slump": (Named("national markets lost in a slump", "衰退造成的全国市场损失"), SHARE),
    "prices": (Named("lasting rise of producer prices", "出厂价格长期涨幅"), A_YEAR),
    "price_years": (Named("producer prices from year to year", "出厂价格年际波动"), A_YEAR),
    "material_years": (Named("prices of materials over those of products", "原材料相对价格波动"), A_YEAR),
    "wages": (Named("growth of wages", "工资增长"), A_YEAR),
    "rest_growth": (Named("growth of the rest of the province beside markets", "其他行业增长"), A_YEAR),
    "deflator": (Named("prices of GDP", "GDP平减指数涨幅"), A_YEAR),
    "population": (Named("growth of the population", "人口增长"), A_YEAR),
    "transfers": (Named("growth of central transfers", "中央转移支付增长"), A_YEAR),
    "entry": (Named("growth of entry of technology firms", "科技企业进入数增长"), A_YEAR),
    "institutions_money": (Named("institutions' own money over its trend", "高校院所自有经费增长"), A_YEAR),
    "deduction": (Named("super-deduction of research", "研发加计扣除比例"), SHARE),
    "recognition": (Named("certificates recognised, over those to 2020", "高企认定宽严"), SHARE),
    "patent_applications": (Named("patent applications at equal research", "同等研发的专利申请"), SHARE),
    "high_value_share": (Named("shift of the share of high-value grants", "高价值专利占比变动"), SHARE),
    "coverage": (Named("drift of statistical coverage, emerging industries", "新兴产业统计口径变动"), A_YEAR),
    "coverage_of_research": (Named("part of that drift in reported research", "该变动计入研发的部分"), SHARE),
    "research_coverage": (Named("drift of statistical coverage, research", "研发统计口径变动"), A_YEAR),
    "missed_emerging": (Named("what the model may miss of emerging value added", "新兴产业模型偏差"), SHARE),
    "missed_research": (Named("what the model may miss of research", "研发模型偏差"), SHARE),
    "missed_certified": (Named("what the model may miss of certificates", "高新技术企业模型偏差"), SHARE),
    "missed_patents": (Named("what the model may miss of patents", "专利模型偏差"), SHARE),
    "missed_digital": (Named("what the model may miss of the digital core", "数字经济模型偏差"), SHARE),
}
"""How each quantity is called, and its unit; means of 2021-25, what is missed in 2025."""


class Quantity(NamedTuple):
    """Something that a world draws. members: names of the fan that decide it; read: its value in its unit."""

    name: str
    label: Named
    unit: Named
    members: tuple[str, ...]
    read: Read


def values_of(those: Iterable[Quantity], world: World, places: Places) -> dict[str, float]:
    """What a run draws of some quantities [own units]."""
    z = {name: float(normal_quantile(places[name])) for name in world.fan}
    return {one.name: PER_CENT * one.read(world, places, z) for one in those}


def quantities(world: World) -> dict[str, Quantity]:
    """What is drawn for the years of the plan, by name; what a world states for itself stays among them."""
    found = (
        *_of_markets(world),
        *(_called(name, (drawn,), _grown(drawn)) for name, drawn in GROWN.items()),
        *(
            _called(name, (drawn,), _spread(drawn, sd, middle))
            for name, (drawn, sd, middle) in SPREAD.items()
        ),
        *_of_years(),
        *_of_rules(),
        *(_called(f"missed_{name}", by_year(f"discrepancy_{name}"), _missed(name)) for name in DISCREPANCIES),
    )
    return {one.name: one for one in found}


def totals() -> dict[str, Quantity]:
    """What several quantities come to together; no uniform is their own."""
    return {"markets": _called("markets", (), _markets_in_all)}


GROWN = {
    "prices": "price",
    "wages": "wage",
    "deflator": "gdp_deflator",
    "population": "population",
    "transfers": "transfers",
}
"""Quantities that grow at the mean of the fan and a run's distance from it, by the fan's name of it."""
SPREAD: dict[str, tuple[str, str, str | float]] = {
    "rest_growth": ("gdp", "gdp_growth_sd", "gdp_growth_after"),
    "entry": ("entry", "entry_growth_sd", "entry_growth_after"),
    "institutions_money": ("institutions_money", "institutions_money_sd", 0.0),
    "recognition": ("recognition", "recognition_sd", 1.0),
    "patent_applications": ("patent_applications", "patent_applications_sd", 1.0),
    "high_value_share": ("high_value_share", "high_value_share_sd", 0.0),
    "coverage": ("statistical_coverage", "coverage_drift_sd", "coverage_drift_after"),
    "research_coverage": ("research_coverage", "research_coverage_sd", 0.0),
}
"""Quantities by the fan's name, the number of the world that is their spread, and their middle."""


def by_year(name: str) -> tuple[str, ...]:
    """The names of the fan that are drawn for each year of the plan."""
    return tuple(f"{name}_{year}" for year in YEARS)


def _called(name: str, members: tuple[str, ...], read: Read) -> Quantity:
    return Quantity(name, *CALLED[name], members, read)


def _of_markets(world: World) -> tuple[Quantity, ...]:
    c = world.constants

    def of_all(_: World, __: Places, z: DrawnNumbers) -> float:
        return float(world.market_growth_after.mean()) + c["market_common_sd"] * z["market_common"]

    def lost(_: World, places: Places, __: DrawnNumbers) -> float:
        return float(1.0 - slumps(world, places)[PATH].mean())

    return (
        _called("market_growth", ("market_common",), of_all),
        _called("slump", SLUMP, lost),
        *(_of_industry(world, at, name) for at, name in enumerate(world.industries.names)),
    )


def _of_industry(world: World, at: int, name: str) -> Quantity:
    def growth(_: World, __: Places, z: DrawnNumbers) -> float:
        own = world.constants["market_industry_sd"] * z[f"market_{name}"]
        return float(world.market_growth_after[at]) + own

    short = world.industries.short_en[at].lower(), world.industries.short_zh[at]
    label = Named(f"lasting growth of the market: {short[0]}", f"市场长期增长：{short[1]}")
    return Quantity(f"market_{name}", label, A_YEAR, (f"market_{name}",), growth)


def _markets_in_all(world: World, places: Places, z: DrawnNumbers) -> float:
    outputs, _ = price_growth(world, z)
    path = market_levels(world, z, outputs, slumps(world, places))
    last, before = path[PATH][-4:], path[PATH.start - 4 : PATH.start]
    rise = last.sum(axis=0) / before.sum(axis=0)
    return float(np.mean(rise ** (1.0 / len(YEARS)) - 1.0))


def _of_years() -> tuple[Quantity, ...]:
    spreads = {
        "market_year": ("market_years", "market_year_sd", "market_year_persistence"),
        "price_year": ("price_years", "price_year_sd", "price_year_persistence"),
        "material_year": ("material_years", "material_price_year_sd", "price_year_persistence"),
    }

    def mean_of(drawn: str, sd: str, persistence: str) -> Read:
        def read(world: World, _: Places, z: DrawnNumbers) -> float:
            path = autoregressive(z, drawn, world.constants[sd], world.constants[persistence])
            return float(np.mean([path[year] for year in YEARS]))

        return read

    return tuple(
        _called(name, by_year(drawn), mean_of(drawn, *how)) for drawn, (name, *how) in spreads.items()
    )


def _of_rules() -> tuple[Quantity, ...]:
    def deduction(world: World, places: Places, _: DrawnNumbers) -> float:
        return float(tax_rules(world, places)["super_deduction"][PATH].mean())

    def with_research(world: World, places: Places, _: DrawnNumbers) -> float:
        return world.constants["coverage_of_research"] * places["coverage_of_research"]

    steps = (*by_year("deduction_rise"), *by_year("deduction_lapse"))
    return (
        _called("deduction", steps, deduction),
        _called("coverage_of_research", ("coverage_of_research",), with_research),
    )


def _missed(name: str) -> Read:
    def read(world: World, _: Places, z: DrawnNumbers) -> float:
        c, drawn = world.constants, f"discrepancy_{name}"
        path = wandering(z, drawn, c[f"{drawn}_sd"], c["discrepancy_persistence"])
        return exp_(path[LAST_YEAR]) - 1.0

    return read


def _grown(drawn: str) -> Read:
    """Growth a year after 2020 that the fan gives."""
    return lambda world, _, z: grown(world, drawn, z)


def _spread(drawn: str, sd: str, middle: str | float) -> Read:
    """A number of the world, or one that is given, and the run's distance from it."""

    def read(world: World, _: Places, z: DrawnNumbers) -> float:
        mean = world.constants[middle] if isinstance(middle, str) else middle
        return mean + world.constants[sd] * z[drawn]

    return read
