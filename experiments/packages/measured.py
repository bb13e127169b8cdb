"""What is measured of a package in each run: targets as they are judged, money year by year, value added."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from experiments.compute.run_values import (
    CLAWED_BACK,
    INCENTIVES,
    OF_THE_PLAN,
    annual,
    end_values,
)
from experiments.store.forms import MONEY_SPENT
from scenarios.spec import LAST_YEAR, POLICY_YEAR
from scenarios.targets import load_targets
from scenarios.values.tables import WAN, YI
from sim.indicators import series_of
from sim.run import RunOutcome

COST, VALUE_ADDED, GDP, JOBS = MONEY_SPENT, "value_added", "gdp", "jobs"
YEARS = tuple(range(POLICY_YEAR, LAST_YEAR + 1))
PROGRAMME = "programme_"


def cost_of(year: int) -> str:
    """The measure of what is spent in a year."""
    return f"{COST}_{year}"


def measures(run: RunOutcome, scale: float) -> dict[str, float]:
    """Each target [plain units]; public cost of 2021-25 and of each year, what each programme spends,
    emerging value added and GDP of 2025 [100 m yuan], jobs [10,000], all at the size of the province."""
    region = run.spec.region
    yearly = annual(run.series, series_of(region).indicators)
    ends, size = end_values(yearly, run.bases, region), YI * scale
    by_year = cost_by_year(yearly) / size
    found = {name: float(ends[name]) for name in load_targets(region=region)}
    found[COST] = float(by_year.sum())
    found |= {cost_of(year): float(cost) for year, cost in zip(YEARS, by_year, strict=True)}
    for name, series, per in (
        (VALUE_ADDED, "sei_value_added", size),
        (GDP, "gdp", size),
        (JOBS, "employment", WAN * scale),
    ):
        found[name] = float(yearly[series][OF_THE_PLAN][-1]) / per
    spent = {name: values for name, values in yearly.items() if name.startswith(PROGRAMME)}
    return found | {name: float(values[OF_THE_PLAN].sum()) / size for name, values in spent.items()}


def cost_by_year(yearly: Mapping[str, np.ndarray]) -> np.ndarray:
    """Public cost of each year of the plan: what programmes and prefectures pay, less what comes back [yuan].

    Its sum is run_values.public_cost.
    """
    found = np.zeros(len(YEARS))
    for name, values in yearly.items():
        if name.startswith(PROGRAMME) or name == INCENTIVES:
            found += values[OF_THE_PLAN]
    return found - yearly[CLAWED_BACK][OF_THE_PLAN] if CLAWED_BACK in yearly else found
