"""Producer prices, national markets and GDP of a run: stated, then drawn from the world's fan."""

from collections.abc import Mapping
from math import sqrt

import numpy as np

from agents.numbers.elementary import pow_
from scenarios.values.tables import YI, Vector
from scenarios.worlds.calendar import FIRST_QUARTER, QUARTERS, YEARS, first_quarter
from scenarios.worlds.drawn import DrawnNumbers, autoregressive, levels
from scenarios.worlds.fan import DRAWN_YEARS
from scenarios.worlds.world import World

Growth = Mapping[int, float]
"""By year [share a year]."""


def known(world: World, path: str) -> dict[int, float]:
    """The years of the run for which the world states a value."""
    return {year: value for year, value in world.paths[path].items() if year in YEARS}


def drawn_growth(world: World, name: str, z: DrawnNumbers, path: str = "") -> Growth:
    """Growth by year: stated, and where it is not, the run's draw [share a year]."""
    return {year: grown(world, name, z) for year in YEARS} | known(world, path or f"{name}_growth")


def grown(world: World, name: str, z: DrawnNumbers) -> float:
    """Growth a year after the last published year: mean of the fan and the run's distance from it."""
    stem = name if name.startswith("gdp") else f"{name}_growth"
    return world.constants[f"{stem}_after"] + world.constants[f"{stem}_sd"] * z[name]


def price_growth(world: World, z: DrawnNumbers) -> tuple[Growth, Growth]:
    """Growth of the prices of outputs and of materials; both vary from year to year, mostly together."""
    c, mean = world.constants, grown(world, "price", z)
    together = c["material_follows_output"]
    apart = sqrt(1.0 - together * together)
    keeps = c["price_year_persistence"]
    of_outputs = autoregressive(z, "price_year", 1.0, keeps)
    own = autoregressive(z, "material_year", 1.0, keeps)
    outputs = {year: mean + c["price_year_sd"] * of_outputs.get(year, 0.0) for year in YEARS}
    materials = {
        year: mean
        + c["material_price_year_sd"] * (together * of_outputs.get(year, 0.0) + apart * own.get(year, 0.0))
        for year in YEARS
    }
    return outputs | known(world, "output_price_growth"), materials | known(world, "material_price_growth")


def gdp_growth(world: World, z: DrawnNumbers) -> Growth:
    """Real growth of the rest of the province by year; partly the cycle that moves national markets too."""
    shared = world.constants["gdp_follows_market"]
    both = shared * z["market_common"] + sqrt(1.0 - shared * shared) * z["gdp"]
    after = world.constants["gdp_growth_after"] + world.constants["gdp_growth_sd"] * both
    return dict.fromkeys(YEARS, after) | known(world, "gdp_real_growth")


def market_growth(world: World, z: DrawnNumbers, prices: Growth) -> dict[int, Vector]:
    """Growth of the national markets by year and industry [share a year]: real, and prices on top of it.

    prices: growth of the prices of outputs, of which the mean of the fan is in that of the markets.
    """
    c = world.constants
    of_year = autoregressive(z, "market_year", c["market_year_sd"], c["market_year_persistence"])
    own = np.array([z[f"market_{name}"] for name in world.industries.names])
    lasting = world.market_growth_after + c["market_common_sd"] * z["market_common"]
    lasting = lasting + c["market_industry_sd"] * own
    drawn = {year: lasting + of_year[year] + (prices[year] - c["price_growth_after"]) for year in DRAWN_YEARS}
    return drawn | dict(world.market_growth)


def market_levels(world: World, z: DrawnNumbers, prices: Growth, slumps: Vector) -> Vector:
    """Nominal national markets, 2015Q4 = 1, with the shocks of their quarters [quarter, industry]."""
    growth = market_growth(world, z, prices)
    rows = [growth[year].tolist() for year in YEARS]
    by_industry = [levels(dict(zip(YEARS, own, strict=True))) for own in zip(*rows, strict=True)]
    shock = np.array([world.shocks["market_shock"].get(quarter, 1.0) for quarter in QUARTERS])
    return np.stack(by_industry, axis=1) * (shock * slumps)[:, None]


def gdp_by_quarter(world: World, real: Growth, deflator: Growth, slumps: Vector) -> Vector:
    """Nominal GDP by quarter: the four quarters of a year add to its GDP [yuan].

    A slump takes its part of the quarters that it strikes, where the world does not state the year.
    """
    year_before = world.constants["gdp_2015"] * YI
    path = [year_before / 4] * -FIRST_QUARTER
    for year in YEARS:
        amount = year_before * (1.0 + real[year]) * (1.0 + deflator[year])
        amount = world.paths["gdp"][year] * YI if year in world.paths["gdp"] else amount
        quarters = [first_quarter(year) + j for j in range(4)]
        shock = [world.shocks["gdp_shock"].get(quarter, 1.0) for quarter in quarters]
        shape = [shock[j] * pow_(amount / year_before, j / 4) for j in range(4)]
        path += [amount * part / sum(shape) for part in shape]
        year_before = amount
    return np.array(path) * _gdp_in_slumps(world, slumps)


def _gdp_in_slumps(world: World, slumps: Vector) -> Vector:
    stated = {*world.paths["gdp"], *world.paths["gdp_real_growth"]}
    drawn = [year for year in DRAWN_YEARS if year not in stated]
    first = first_quarter(min(drawn, default=YEARS.stop)) - FIRST_QUARTER
    struck = np.ones(len(slumps))
    struck[first:] = 1.0 - world.constants["slump_of_gdp"] * (1.0 - slumps[first:])
    return struck
