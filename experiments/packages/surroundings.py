"""What surrounds a run and may be other than one expects: national markets, entry, coverage, prices,
parameters.

Each is read off a run's own path, in its own unit. Those that a world's file has a mean for can be moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log
from typing import NamedTuple

import numpy as np

from experiments.store.outcome_columns import base_column
from scenarios.region.region import load_region
from scenarios.spec import FIRST_YEAR, LAST_YEAR, POLICY_YEAR, RunSpec
from scenarios.worlds.calendar import first_quarter
from scenarios.worlds.path import WorldPath
from sim.luck.draws import Draws
from sim.setting import Setting, luck_seed, setting_of

YEARS = LAST_YEAR - POLICY_YEAR + 1
PER_CENT = 100.0


class Factor(NamedTuple):
    """Something of the world that a run drew.

    read: in percent a year, or in percent. constant: of a world's file, by which its mean is moved; None
    where it has none. by_industry: whether the constant has a value for each industry.
    """

    name: str
    label: str
    unit: str
    read: Callable[[WorldPath], float]
    constant: str | None = None
    by_industry: bool = False


def growth(path: np.ndarray) -> float:
    """Mean growth of a quarterly path from the end of 2020 to that of 2025 [% a year]."""
    first = WorldPath.row(first_quarter(POLICY_YEAR) - 1)
    last = WorldPath.row(first_quarter(LAST_YEAR + 1) - 1)
    return PER_CENT * float(np.mean(np.log(path[last] / path[first]))) / YEARS


def at_the_end(path: np.ndarray) -> float:
    """The value of the last quarter of 2025 [%]."""
    return PER_CENT * float(path[WorldPath.row(first_quarter(LAST_YEAR + 1) - 1)])


def of_years(path: np.ndarray) -> float:
    """The mean of 2021-25 of a path by year [%]."""
    return PER_CENT * float(path[POLICY_YEAR - FIRST_YEAR : LAST_YEAR + 1 - FIRST_YEAR].mean())


A_YEAR = "% a year"
FACTORS = (
    Factor("markets", "national markets grow, all emerging industries", A_YEAR,
           lambda path: growth(path.market), "market_growth_after", by_industry=True),
    Factor("entry", "number of new technology firms grows", A_YEAR,
           lambda path: at_the_end(path.entry), "entry_growth_after"),
    Factor("coverage", "published over actual value added drifts (statistics, no activity)", A_YEAR,
           lambda path: at_the_end(path.coverage_drift), "coverage_drift_after"),
    Factor("gdp", "GDP of the rest of the province grows, real", A_YEAR,
           lambda path: of_years(path.gdp_real_growth), "gdp_growth_after"),
    Factor("wages", "wages grow", A_YEAR, lambda path: growth(path.wage), "wage_growth_after"),
    Factor("population", "residents grow", A_YEAR,
           lambda path: growth(path.population), "population_growth_after"),
    Factor("transfers", "transfers of the centre grow", A_YEAR,
           lambda path: growth(path.central_transfers), "transfers_growth_after"),
    Factor("prices", "prices of outputs grow", A_YEAR, lambda path: growth(path.output_price)),
    Factor("materials", "prices of materials grow", A_YEAR, lambda path: growth(path.material_price)),
    Factor("research_coverage", "reported over actual research drifts", A_YEAR,
           lambda path: at_the_end(path.research_coverage)),
    Factor("recognition", "applications for certificates recognised", "%",
           lambda path: at_the_end(path.recognition)),
    Factor("applications", "patents applied for at the same research", "%",
           lambda path: at_the_end(path.patent_applications)),
    Factor("high_value", "share of grants of high value, shift", "%",
           lambda path: at_the_end(path.high_value_shift)),
    Factor("institutions", "money of institutions grows beyond the expected", A_YEAR,
           lambda path: at_the_end(path.institutions_money)),
    Factor("deduction", "super-deduction of research, mean of industries", "%",
           lambda path: at_the_end(path.super_deduction.mean(axis=1))),
)  # fmt: skip
NAMED = ("markets", "entry", "coverage")
"""Told of whatever the runs say."""


def surroundings(spec: RunSpec) -> dict[str, float]:
    """Every factor of a run's path, what the model misses of each indicator [log points], and the bases of
    2020 that it drew and nobody has published."""
    region = load_region(spec.region)
    found = setting_of(spec, region, Draws(luck_seed(spec)))
    return (
        {one.name: one.read(found.world) for one in FACTORS}
        | missed(found)
        | drawn_bases(found, region.bases)
    )


def missed(setting: Setting) -> dict[str, float]:
    """What would be observed in 2025 over what the model says, by indicator [log points times 100]."""
    last = first_quarter(LAST_YEAR + 1) - 1
    return {f"missed_{name}": PER_CENT * log(value) for name, value in setting.discrepancy(last).items()}


def drawn_bases(setting: Setting, bases: Mapping[str, object]) -> dict[str, float]:
    """The bases of 2020 that a run drew [plain units]."""
    return {base_column(name): setting.bases[name] for name in bases if not bases[name].known}  # type: ignore[attr-defined]
