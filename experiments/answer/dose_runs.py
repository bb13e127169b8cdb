"""Runs of equal luck that go on from one past, and what is measured in each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from experiments.compute.parallel import in_parallel
from experiments.compute.run_values import annual, end_values, public_cost
from experiments.store.forms import MONEY_SPENT
from experiments.store.outcome_columns import COVERAGE, OutcomeColumns
from scenarios.spec import BASELINE, Scenario
from scenarios.targets import load_targets
from scenarios.values.tables import YI
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import RunOutcome, past_of, simulate_from

MONEY, VALUE_ADDED, GDP, RESEARCH = MONEY_SPENT, "value_added", "gdp", "research"
OTHERS = dict.fromkeys((MONEY, VALUE_ADDED, GDP, RESEARCH), "亿") | {COVERAGE: "% of value added"}
"""What is measured beside targets. Coverage is reclassification: no part of value added or of any target."""
ROOM = 100.0
"""Whole provinces of 2020, about 30 MB each, that are held at once; of more, each is run anew when needed."""


def units_of_measures() -> dict[str, str]:
    """Every measure with its unit, money first."""
    return {**OTHERS, **{name: one.about.shown.unit_en for name, one in load_targets().items()}}


@dataclass(frozen=True)
class Pasts:
    """The province at the end of 2020 under what is in force, with the luck of each replication.

    held: the models, or the numbers of the replications where the models need too much memory.
    """

    scale: float
    held: Sequence[IndustrialPolicyModel | int]

    @classmethod
    def of(cls, replications: int, scale: float) -> Pasts:
        """The pasts of some replications, each run once where all of them can be held."""
        if replications * scale > ROOM:
            return cls(scale, range(replications))
        return cls(scale, in_parallel(partial(past_with, scale), range(replications)))

    def measured(self, scenarios: Sequence[Scenario]) -> dict[str, np.ndarray]:
        """Every measure in each scenario, in runs of equal luck [scenario, replication]."""
        runs = in_parallel(partial(of_one, scenarios, self.scale), self.held)
        return {name: np.array([[run[name] for run in one] for one in runs]).T for name in runs[0][0]}


def past_with(scale: float, replication: int) -> IndustrialPolicyModel:
    """The province at the end of 2020 with the luck of one replication."""
    return past_of(choose(BASELINE, scale=scale, replication=replication))


def of_one(
    scenarios: Sequence[Scenario], scale: float, held: IndustrialPolicyModel | int
) -> list[dict[str, float]]:
    """What is measured in each scenario, with the luck and past of one replication."""
    past = past_with(scale, held) if isinstance(held, int) else held
    specs = [replace(past.spec, scenario=one) for one in scenarios]
    return [measures(run, scale) for run in simulate_from(past, specs)]


def measures(run: RunOutcome, scale: float) -> dict[str, float]:
    """Money, emerging value added (expensed), GDP, firms' research [亿, at the province's size]; targets.

    Targets without statistical coverage, which stands apart: above actual value added, in percent of it.
    """
    yearly = annual(run.series, series_of(run.spec.region, run.spec.scenario.own).indicators)
    size = YI * scale
    found = {
        MONEY: public_cost(yearly) / size,
        VALUE_ADDED: float(yearly["sei_value_added"][-1]) / size,
        GDP: float(yearly["gdp"][-1]) / size,
        RESEARCH: float(yearly["rd_firms_real"][-1]) / size,
        COVERAGE: 100.0 * (float(yearly[COVERAGE][-1]) - 1.0),
    }
    return found | target_values(run, yearly, published=False)


def published_targets(run: RunOutcome) -> dict[str, float]:
    """Every target as it is judged [as the table shows it]."""
    return target_values(
        run, annual(run.series, series_of(run.spec.region, run.spec.scenario.own).indicators), published=True
    )


def target_values(run: RunOutcome, yearly: Mapping[str, np.ndarray], *, published: bool) -> dict[str, float]:
    """Every target in a run [as the table shows it], as published or without statistical coverage."""
    ends = end_values(yearly, run.bases, run.spec.region)
    found = {}
    for name, target in load_targets(region=run.spec.region).items():
        actual = None if published else ends.get(OutcomeColumns.of(name).activity)
        found[name] = float(ends[name] if actual is None else actual) * target.about.shown.factor
    return found
