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
from scenarios.values.file_names import at_home, yaml_files
from scenarios.values.number import read_number
from scenarios.values.tables import Vector, entry, frozen, read_constant, read_grid, read_named, read_table
from scenarios.values.yaml_reader import read_yaml
from scenarios.worlds.calendar import (
    FIRST_QUARTER,
    FIRST_YEAR,
    LAST_KNOWN_YEAR,
    YEARS,
    quarter_of,
)
from scenarios.worlds.fan import DISCREPANCIES, fan_of
from scenarios.worlds.given import is_file

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
    "market_year_persistence",
    "slump_chance",
    "slump_least",
    "slump_most",
    "slump_shortest",
    "slump_longest",
    "slump_of_gdp",
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
    "price_year_sd",
    "price_year_persistence",
    "material_price_year_sd",
    "material_follows_output",
    "deduction_rise_goods",
    "deduction_rise_others",
    "deduction_step",
    "deduction_most",
    "deduction_lapse",
    "deduction_for_good",
    "deduction_term_ends",
    "central_transfers_2015",
    "transfers_growth_after",
    "transfers_growth_sd",
    "patent_applications_sd",
    "high_value_share_sd",
    "recognition_sd",
    "institutions_money_sd",
    "entry_growth_after",
    "entry_growth_sd",
    "coverage_drift_after",
    "coverage_drift_sd",
    "coverage_of_research",
    "research_coverage_sd",
    "discrepancy_persistence",
    *(f"discrepancy_{name}_sd" for name in DISCREPANCIES),
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
        return fan_of(self.industries.names)


def world_names(home: Path) -> list[str]:
    """The worlds in a region's folder."""
    return [path.stem for path in yaml_files(home / "world")]


@cache
def load_world(name: str, region: str = DEFAULT_REGION, folder: Path = CONFIGS) -> World:
    """Reads and checks world/NAME.yaml of a region, or a file of the user's, and the world it builds on.

    Raises:
        InputError: no such world, or one line per mistake in its numbers.
    """
    industries = load_region(region, folder).industries
    home = region_folder(region, folder)
    content, where = _with_base(name, home), str(_path_of(name, home))
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


def held(dated: Mapping[int, float], when: int) -> float:
    """The value that holds at a date, given from when each holds."""
    return dated[max(start for start in dated if start <= when)]


def _with_base(name: str, home: Path, above: tuple[str, ...] = ()) -> dict[str, Any]:
    """The tables of a world's file over those of the world it builds on."""
    if name not in world_names(home) and (above or not is_file(name)):
        raise InputError(unknown("world", name, world_names(home)))
    if name in above:
        raise InputError(f"world {name}: its bases go in a circle: {' -> '.join((*above, name))}")
    content = read_yaml(_path_of(name, home))
    if "base" not in content:
        return content
    return {**_with_base(str(content["base"]), home, (*above, name)), **content}


def _path_of(name: str, home: Path) -> Path:
    """The file of a world that exists."""
    return at_home(name) if is_file(name) else home / "world" / f"{name}.yaml"


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
    if len(found) <= LAST_KNOWN_YEAR - FIRST_YEAR:
        raise InputError(f"{where}: market_growth needs a row for each year to {LAST_KNOWN_YEAR}")
    return found
