"""The path of one run through a world: quarterly arrays, published first, then drawn from the fan."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from agents.numbers.elementary import normal_quantile, pow_
from scenarios.values.tables import WAN, YI, Vector, frozen
from scenarios.worlds.world import FIRST_QUARTER, FIRST_YEAR, LAST_QUARTER, QUARTERS, YEARS, World, year_of

LAST_KNOWN_YEAR = 2020  # what the country does about patents and certificates is drawn after it


@dataclass(frozen=True)
class WorldPath:
    """What a run meets from outside. Row `t - FIRST_QUARTER` is quarter t: 8 for 2016Q1, 47 for 2025Q4.

    The quarters before 2016 hold the values of 2015, for the warm-up. Nothing is scaled to the model's size.
    """

    market: Vector  # nominal national market by industry, 2015Q4 = 1 [quarter, industry]
    wage: Vector  # 2015Q4 = 1
    material_price: Vector  # 2015Q4 = 1
    output_price: Vector  # 2015Q4 = 1
    gdp: Vector  # nominal, yuan a quarter; published to 2020, then grown as the rest of the province
    population: Vector  # persons, end of quarter
    central_transfers: Vector  # yuan a quarter
    super_deduction: Vector  # share of R&D [quarter, industry]
    super_deduction_small: Vector  # the same for technology SMEs
    corporate_tax: Vector  # share of taxable profit
    corporate_tax_certified: Vector  # the same for certified high-tech enterprises
    vat: Vector  # share of value added sold [quarter, industry]
    gdp_real_growth: Vector  # share a year [year from 2016]
    carrier_rounds: Vector  # size of the national round over a usual year's [year from 2016]
    patent_applications: Vector  # level over that of 2020 at the same research, 1 to 2020
    high_value_shift: Vector  # of the share of grants of high value, 0 to 2020
    coverage_drift: Vector  # published over actual emerging value added, growth a year, 0 to 2020 [quarter]
    coverage_of_research: Vector  # part of it with which reported research moves, 0 to 2020 [quarter]
    recognition: Vector  # share of applications for a certificate recognised, over that to 2020 [quarter]

    @staticmethod
    def row(quarter: int) -> int:
        """The row of a quarter, 0 being 2016Q1."""
        if quarter not in QUARTERS:
            raise IndexError(f"quarter {quarter} is outside {FIRST_QUARTER} to {LAST_QUARTER}")
        return quarter - FIRST_QUARTER


def draw_world(world: World, uniforms: Mapping[str, float]) -> WorldPath:
    """The path of one run; `uniforms` holds one in (0, 1) for each name of `world.fan`.

    Raises:
        KeyError: a name of the fan has no uniform.
    """
    z = {name: float(normal_quantile(uniforms[name])) for name in world.fan}
    real, deflator = gdp_growth(world, z), drawn_growth(world, "gdp_deflator", z, path="gdp_deflator_growth")
    price = {year: _drawn(world, "price", z) for year in YEARS}
    arrays = {
        "market": market_levels(world, z),
        "wage": levels(drawn_growth(world, "wage", z)),
        "material_price": levels(price | known(world, "material_price_growth")),
        "output_price": levels(price | known(world, "output_price_growth")),
        "gdp": gdp_by_quarter(world, real, deflator),
        "population": population_by_quarter(world, z),
        "central_transfers": transfers_by_quarter(world, z),
        **tax_rules(world),
        "gdp_real_growth": np.array([real[year] for year in YEARS]),
        "carrier_rounds": np.array([_held(world.paths["carrier_rounds"], year) for year in YEARS]),
        "patent_applications": 1.0
        + after_2020(world.constants["patent_applications_sd"] * z["patent_applications"]),
        "high_value_shift": after_2020(world.constants["high_value_share_sd"] * z["high_value_share"]),
        "recognition": recognition_by_quarter(world, z),
        "coverage_drift": after_2020(
            world.constants["coverage_drift_after"]
            + world.constants["coverage_drift_sd"] * z["statistical_coverage"]
        ),
        "coverage_of_research": after_2020(
            world.constants["coverage_of_research"] * uniforms["coverage_of_research"]
        ),
    }
    return WorldPath(**{name: frozen(array) for name, array in arrays.items()})


def known(world: World, path: str) -> dict[int, float]:
    """The years of the run for which the world states a value."""
    return {year: value for year, value in world.paths[path].items() if year in YEARS}


def drawn_growth(world: World, name: str, z: Mapping[str, float], path: str = "") -> dict[int, float]:
    """Growth by year: stated, and where it is not, the run's draw [share a year]."""
    return {year: _drawn(world, name, z) for year in YEARS} | known(world, path or f"{name}_growth")


def gdp_growth(world: World, z: Mapping[str, float]) -> dict[int, float]:
    """Real growth of the rest of the province by year; partly the cycle that moves national markets too."""
    shared = world.constants["gdp_follows_market"]
    both = shared * z["market_common"] + sqrt(1.0 - shared * shared) * z["gdp"]
    after = world.constants["gdp_growth_after"] + world.constants["gdp_growth_sd"] * both
    return dict.fromkeys(YEARS, after) | known(world, "gdp_real_growth")


def market_growth(world: World, year: int, z: Mapping[str, float]) -> Vector:
    """Growth of the national markets in a year by industry [share a year]."""
    if year in world.market_growth:
        return world.market_growth[year]
    sd = world.constants
    common = sd["market_common_sd"] * z["market_common"] + sd["market_year_sd"] * z[f"market_year_{year}"]
    own = np.array([z[f"market_{name}"] for name in world.industries.names])
    return world.market_growth_after + common + sd["market_industry_sd"] * own


def market_levels(world: World, z: Mapping[str, float]) -> Vector:
    """Nominal national markets, 2015Q4 = 1, with the shocks of their quarters [quarter, industry]."""
    growth = [market_growth(world, year, z).tolist() for year in YEARS]
    by_industry = [levels(dict(zip(YEARS, own, strict=True))) for own in zip(*growth, strict=True)]
    shock = np.array([world.shocks["market_shock"].get(quarter, 1.0) for quarter in QUARTERS])
    return np.stack(by_industry, axis=1) * shock[:, None]


def levels(growth: Mapping[int, float]) -> Vector:
    """A quarterly index that grows evenly within each year, 1 up to 2015Q4."""
    level, path = 1.0, []
    for quarter in QUARTERS:
        if quarter >= 0:
            level *= pow_(1.0 + growth[year_of(quarter)], 0.25)
        path.append(level)
    return np.array(path)


def gdp_by_quarter(world: World, real: Mapping[int, float], deflator: Mapping[int, float]) -> Vector:
    """Nominal GDP by quarter: the four quarters of a year add to its GDP [yuan]."""
    year_before = world.constants["gdp_2015"] * YI
    path = [year_before / 4] * -FIRST_QUARTER
    for year in YEARS:
        grown = year_before * (1.0 + real[year]) * (1.0 + deflator[year])
        amount = world.paths["gdp"][year] * YI if year in world.paths["gdp"] else grown
        shock = [world.shocks["gdp_shock"].get(4 * (year - FIRST_YEAR) + j, 1.0) for j in range(4)]
        shape = [shock[j] * pow_(amount / year_before, j / 4) for j in range(4)]
        path += [amount * part / sum(shape) for part in shape]
        year_before = amount
    return np.array(path)


def population_by_quarter(world: World, z: Mapping[str, float]) -> Vector:
    """Residents at the end of each quarter, straight between the ends of years [persons]."""
    before = world.constants["population_2015"] * WAN
    path = [before] * -FIRST_QUARTER
    for year in YEARS:
        stated = world.paths["population"]
        end = stated[year] * WAN if year in stated else before * (1.0 + _drawn(world, "population", z))
        path += [before + (end - before) * (j + 1) / 4 for j in range(4)]
        before = end
    return np.array(path)


def transfers_by_quarter(world: World, z: Mapping[str, float]) -> Vector:
    """The centre's transfers to the province, the same in each quarter of a year [yuan a quarter]."""
    amount = world.constants["central_transfers_2015"] * YI
    path = [amount / 4] * -FIRST_QUARTER
    for year in YEARS:
        stated = world.paths["central_transfers"]
        amount = stated[year] * YI if year in stated else amount * (1.0 + _drawn(world, "transfers", z))
        path += [amount / 4] * 4
    return np.array(path)


def after_2020(value: float) -> Vector:
    """A value from 2021 on, 0 before, by quarter."""
    return np.array([value if year_of(quarter) > LAST_KNOWN_YEAR else 0.0 for quarter in QUARTERS])


def recognition_by_quarter(world: World, z: Mapping[str, float]) -> Vector:
    """How easily certificates are given: as is known to 2020, then more or less so by the run's draw."""
    after = max(0.0, 1.0 + world.constants["recognition_sd"] * z["recognition"])
    return np.array([after if year_of(quarter) > LAST_KNOWN_YEAR else 1.0 for quarter in QUARTERS])


def tax_rules(world: World) -> dict[str, Vector]:
    """Rates of the centre's taxes and deductions by quarter, and by industry where they differ."""
    rate = {name: np.array([_held(rule, q) for q in QUARTERS]) for name, rule in world.rules.items()}
    goods, services = rate["super_deduction_manufacturing"], rate["super_deduction_services"]
    deduction = np.where(world.industries.goods[None, :], goods[:, None], services[:, None])
    return {
        "super_deduction": deduction,
        "super_deduction_small": np.maximum(deduction, rate["super_deduction_small"][:, None]),
        "corporate_tax": rate["corporate_tax"],
        "corporate_tax_certified": rate["corporate_tax_certified"],
        "vat": np.stack([rate[f"vat_{kind}"] for kind in world.industries.vat_class], axis=1),
    }


def _drawn(world: World, name: str, z: Mapping[str, float]) -> float:
    """Growth a year after the last published year: mean of the fan and the run's distance from it."""
    stem = name if name.startswith("gdp") else f"{name}_growth"
    return world.constants[f"{stem}_after"] + world.constants[f"{stem}_sd"] * z[name]


def _held(dated: Mapping[int, float], when: int) -> float:
    """The value that holds at a date, given from when each holds."""
    return dated[max(start for start in dated if start <= when)]
