"""A world: the exogenous paths of a run. Published up to its last published year, then drawn from its fan.

world/NAME.yaml in a region's folder holds numbers by year, by quarter from which they hold, and by industry.
A world with a `base` is that world but for the numbers it states itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.region.folder import CONFIGS, DEFAULT_REGION, region_folder
from scenarios.region.region import Industries, load_region
from scenarios.values.errors import InputError, unknown
from scenarios.values.file_names import yaml_files
from scenarios.values.number import read_number
from scenarios.values.tables import Vector, entry, frozen, read_constant, read_grid, read_named, read_table
from scenarios.values.yaml_reader import read_yaml

FIRST_QUARTER, LAST_QUARTER = -8, 59  # 2014Q1, where the warm-up begins, and 2030Q4; 0 is 2016Q1
FIRST_YEAR, LAST_YEAR = 2016, 2030
PLAN_ENDS = 2025  # what follows is an outlook: every path goes on as its fan does from 2021 on
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
QUARTERS = range(FIRST_QUARTER, LAST_QUARTER + 1)
QUARTER = re.compile(r"[0-9]{4}Q[1-4]", re.ASCII)

PATHS = (
    "gdp",
    "gdp_real_growth",
    "gdp_deflator_growth",
    "population",
    "wage_growth",
    "material_price_growth",
    "output_price_growth",
    "central_transfers",
    "carrier_rounds",
)
SHOCKS = ("market_shock", "gdp_shock")
RULES = (
    "super_deduction_manufacturing",
    "super_deduction_services",
    "super_deduction_small",
    "corporate_tax",
    "corporate_tax_certified",
    "vat_manufacturing",
    "vat_modern_services",
)
CONSTANTS = (
    "market_common_sd",
    "market_industry_sd",
    "market_year_sd",
    "gdp_2015",
    "gdp_growth_after",
    "gdp_growth_sd",
    "gdp_follows_market",
    "gdp_deflator_after",
    "gdp_deflator_sd",
    "population_2015",
    "population_growth_after",
    "population_growth_sd",
    "wage_growth_after",
    "wage_growth_sd",
    "price_growth_after",
    "price_growth_sd",
    "central_transfers_2015",
    "transfers_growth_after",
    "transfers_growth_sd",
    "patent_applications_sd",
    "high_value_share_sd",
    "recognition_sd",
    "coverage_drift_after",
    "coverage_drift_sd",
    "coverage_of_research",
)
GRIDS = ("market_growth", "market_growth_after")
WORDS = ("label", "base")


@dataclass(frozen=True)
class World:
    """The numbers of a world, in the units of its file."""

    name: str
    label: Mapping[str, str]  # en, zh
    industries: Industries
    paths: Mapping[str, Mapping[int, float]]  # by year
    shocks: Mapping[str, Mapping[int, float]]  # by quarter, 1 elsewhere
    rules: Mapping[str, Mapping[int, float]]  # by quarter from which they hold
    constants: Mapping[str, float]
    market_growth: Mapping[int, Vector]  # share a year, by year and industry
    market_growth_after: Vector  # share a year, mean of the fan, by industry

    @property
    def fan(self) -> tuple[str, ...]:
        """The names of the uniforms that a run's path is drawn with, in a fixed order."""
        common = ("market_common", "gdp", "gdp_deflator", "population", "wage", "price", "transfers")
        own = tuple(f"market_{name}" for name in self.industries.names)
        drawn = [year for year in YEARS if year not in self.market_growth]
        by_year = tuple(f"market_year_{year}" for year in drawn if year <= PLAN_ENDS)
        # Behind all others, so that a run to 2025 has the luck that it has whatever follows.
        outlook = tuple(f"market_year_{year}" for year in drawn if year > PLAN_ENDS)
        country = ("patent_applications", "high_value_share", "recognition")
        return common + own + by_year + country + ("statistical_coverage", "coverage_of_research") + outlook


def world_names(home: Path) -> list[str]:
    """The worlds in a region's folder."""
    return [path.stem for path in yaml_files(home / "world")]


@cache
def load_world(name: str, region: str = DEFAULT_REGION, folder: Path = CONFIGS) -> World:
    """Reads and checks world/NAME.yaml of a region and the world it builds on.

    Raises:
        InputError: no such world, or one line per mistake in its numbers.
    """
    industries = load_region(region, folder).industries
    home = region_folder(region, folder)
    content, where = _with_base(name, home), f"{home / 'world' / name}.yaml"
    known = (*PATHS, *SHOCKS, *RULES, *CONSTANTS, *GRIDS, *WORDS)
    strangers = [key for key in content if key not in known]
    if strangers:
        raise InputError(*(f"{where}: {unknown('number', key, known)}" for key in strangers))
    after = read_table(content, "market_growth_after", industries.names, where)
    return World(
        name=name,
        label=entry(content, "label", where),
        industries=industries,
        paths={key: _by_year(content, key, where) for key in PATHS},
        shocks={key: _by_quarter(content, key, where) for key in SHOCKS},
        rules={key: _from_the_start(_by_quarter(content, key, where), key, where) for key in RULES},
        constants={key: read_constant(content, key, where) for key in CONSTANTS},
        market_growth=_markets(content, len(industries.names), where),
        market_growth_after=frozen(after.array(industries.names)),
    )


def quarter_of(text: str) -> int:
    """The index of a quarter written as 2016Q1, which is 0."""
    year, quarter = text.split("Q")
    return 4 * (int(year) - FIRST_YEAR) + int(quarter) - 1


def year_of(quarter: int) -> int:
    """The year in which a quarter lies."""
    return FIRST_YEAR + quarter // 4


def _with_base(name: str, home: Path, above: tuple[str, ...] = ()) -> dict[str, Any]:
    """The tables of a world's file over those of the world it builds on."""
    if name not in world_names(home):
        raise InputError(unknown("world", name, world_names(home)))
    if name in above:
        raise InputError(f"world {name}: its bases go in a circle: {' -> '.join((*above, name))}")
    content = read_yaml(home / "world" / f"{name}.yaml")
    if "base" not in content:
        return content
    return {**_with_base(str(content["base"]), home, (*above, name)), **content}


def _by_year(content: Mapping[str, Any], key: str, where: str) -> dict[int, float]:
    return dict(read_number(entry(content, key, where), f"{where}: {key}").dated)


def _by_quarter(content: Mapping[str, Any], key: str, where: str) -> dict[int, float]:
    table = read_named(content, key, where)
    wrong = [name for name in table.values if not QUARTER.fullmatch(name)]
    if wrong:
        raise InputError(*(f"{where}: {key}: {name!r} is not a quarter such as 2018Q1" for name in wrong))
    return {quarter_of(name): value for name, value in sorted(table.values.items())}


def _from_the_start(rule: dict[int, float], key: str, where: str) -> dict[int, float]:
    if min(rule) > FIRST_QUARTER:
        raise InputError(f"{where}: {key} has no value for 2014Q1, where a run begins")
    return rule


def _markets(content: Mapping[str, Any], columns: int, where: str) -> dict[int, Vector]:
    years = _consecutive(entry(content, "market_growth", where).get("rows", {}), where)
    grid = read_grid(content, "market_growth", years, columns, where)
    return {int(year): frozen(np.array(grid.rows[year], np.float64)) for year in years}


def _consecutive(years: Iterable[str], where: str) -> list[str]:
    found = sorted(years)
    if found != [str(year) for year in range(FIRST_YEAR, FIRST_YEAR + len(found))] or len(found) > len(YEARS):
        raise InputError(f"{where}: market_growth needs a row for each year from {FIRST_YEAR} on")
    return found
