"""The path of one run through a world: quarterly arrays, published first, then drawn from the fan."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from agents.numbers.elementary import exp_, normal_quantile
from scenarios.values.tables import WAN, YI, Vector, frozen
from scenarios.worlds.calendar import FIRST_QUARTER, LAST_QUARTER, QUARTERS, YEARS
from scenarios.worlds.drawn import DrawnNumbers, after_2020, by_quarter, levels, wandering
from scenarios.worlds.fan import DISCREPANCIES
from scenarios.worlds.markets import (
    drawn_growth,
    gdp_by_quarter,
    gdp_growth,
    grown,
    market_levels,
    price_growth,
)
from scenarios.worlds.slumps import slumps
from scenarios.worlds.tax_rules import tax_rules
from scenarios.worlds.world import World, held


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
    research_coverage: Vector  # reported over actual research, growth a year beside it, 0 to 2020 [quarter]
    institutions_money: Vector  # growth a year beyond its parameter's, 0 to 2020 [quarter]
    entry: Vector  # growth of entry a year from 2021 on, not a number before [quarter]
    discrepancy: Mapping[str, Vector]  # observed over modelled, by what is missed, 1 to 2020 [quarter]

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
    c, struck = world.constants, slumps(world, uniforms)
    real, deflator = gdp_growth(world, z), drawn_growth(world, "gdp_deflator", z, path="gdp_deflator_growth")
    outputs, materials = price_growth(world, z)
    arrays = {
        "market": market_levels(world, z, outputs, struck),
        "wage": levels(drawn_growth(world, "wage", z)),
        "material_price": levels(materials),
        "output_price": levels(outputs),
        "gdp": gdp_by_quarter(world, real, deflator, struck),
        "population": population_by_quarter(world, z),
        "central_transfers": transfers_by_quarter(world, z),
        **tax_rules(world, uniforms),
        "gdp_real_growth": np.array([real[year] for year in YEARS]),
        "carrier_rounds": np.array([held(world.paths["carrier_rounds"], year) for year in YEARS]),
        "patent_applications": 1.0 + after_2020(c["patent_applications_sd"] * z["patent_applications"]),
        "high_value_shift": after_2020(c["high_value_share_sd"] * z["high_value_share"]),
        "recognition": after_2020(max(0.0, 1.0 + c["recognition_sd"] * z["recognition"]), before=1.0),
        "coverage_drift": after_2020(
            c["coverage_drift_after"] + c["coverage_drift_sd"] * z["statistical_coverage"]
        ),
        "coverage_of_research": after_2020(c["coverage_of_research"] * uniforms["coverage_of_research"]),
        "research_coverage": after_2020(c["research_coverage_sd"] * z["research_coverage"]),
        "institutions_money": after_2020(c["institutions_money_sd"] * z["institutions_money"]),
        "entry": after_2020(c["entry_growth_after"] + c["entry_growth_sd"] * z["entry"], before=np.nan),
    }
    found = {name: frozen(array) for name, array in arrays.items()}
    return WorldPath(**found, discrepancy=discrepancies(world, z))


def discrepancies(world: World, z: DrawnNumbers) -> dict[str, Vector]:
    """What would be observed over what the model says, by what it may miss; 1 to 2020."""
    keeps = world.constants["discrepancy_persistence"]
    found = {}
    for name in DISCREPANCIES:
        logs = wandering(z, f"discrepancy_{name}", world.constants[f"discrepancy_{name}_sd"], keeps)
        found[name] = frozen(by_quarter({year: exp_(log) for year, log in logs.items()}, before=1.0))
    return found


def population_by_quarter(world: World, z: Mapping[str, float]) -> Vector:
    """Residents at the end of each quarter, straight between the ends of years [persons]."""
    before = world.constants["population_2015"] * WAN
    path = [before] * -FIRST_QUARTER
    for year in YEARS:
        stated = world.paths["population"]
        end = stated[year] * WAN if year in stated else before * (1.0 + grown(world, "population", z))
        path += [before + (end - before) * (j + 1) / 4 for j in range(4)]
        before = end
    return np.array(path)


def transfers_by_quarter(world: World, z: Mapping[str, float]) -> Vector:
    """The centre's transfers to the province, the same in each quarter of a year [yuan a quarter]."""
    amount = world.constants["central_transfers_2015"] * YI
    path = [amount / 4] * -FIRST_QUARTER
    for year in YEARS:
        stated = world.paths["central_transfers"]
        amount = stated[year] * YI if year in stated else amount * (1.0 + grown(world, "transfers", z))
        path += [amount / 4] * 4
    return np.array(path)
