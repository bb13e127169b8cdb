"""Runs of a hindcast: each to the end of the year that is asked for.

runs = lives(specs_of(setting), last=2020)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from experiments.compute.parallel import in_parallel
from experiments.compute.run_values import annual
from experiments.evidence.past import inventions, value_added_of_the_start
from experiments.hindcast.forecast import Life, Setting
from experiments.hindcast.past_plan_file import STARTS
from scenarios.spec import FIRST_YEAR, POLICY_YEAR, RunSpec
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose

SEED = 1


def specs_of(setting: Setting) -> list[RunSpec]:
    """The descriptions of all runs: run n takes set n mod their number."""
    spec = choose(setting.scenario, setting.world, region=setting.region, scale=setting.scale, seed=SEED)
    sets = setting.sets.parameters
    return [
        replace(spec, parameters=sets[n % len(sets)], draw=n % len(sets), replication=n)
        for n in range(setting.runs)
    ]


def lives(specs: Sequence[RunSpec], last: int, workers: int | None = None) -> list[Life]:
    """All runs to the end of a year, in parallel over processes."""
    return in_parallel(partial(life, last), specs, workers)


def life(last: int, spec: RunSpec) -> Life:
    """One run to the end of a year."""
    model = IndustrialPolicyModel(replace(spec, last_year=max(last, POLICY_YEAR)))
    start = start_of(model)
    for _ in range(4 * (last - FIRST_YEAR + 1)):
        model.step()
    found = Life(
        annual(model.series, model.recorded.indicators), dict(model.setting.bases), start, spec.scale
    )
    model.__dict__.clear()  # it refers to itself: its memory is free now, not at some later collection
    return found


def start_of(model: IndustrialPolicyModel) -> dict[str, float]:
    """What stood at the end of 2015, and flows of that year, at the size of the run."""
    firms, world, setting = model.economy.firms, model.setting.world, model.setting
    rows = firms.rows()
    of_2015 = [world.row(-quarter) for quarter in (4, 3, 2, 1)]
    found = {
        "hnte": float((firms.certificate_expiry[rows] > 0).sum()),
        "patents_valid": sum(inventions(model).values()),
        "technology_value_added": value_added_of_the_start(model) * model.spec.scale,
        "population": setting.population(-1),
        "gdp": float(sum(world.gdp[row] for row in of_2015)) * model.spec.scale,
    }
    return {name: found[name] for name in STARTS}


def recorded(region: str) -> tuple[str, ...]:
    """The names of the series that a run of a region records."""
    return tuple(series_of(region).indicators)
