"""Runs that tell what a target varies with: pairs of them, and mixtures of each pair, all from one sweep.

A row is two runs A and B of different parameters, world, luck and unknown bases, and for each of these a run
like A that has it from B. Rows are independent of each other: row r takes sets of parameters and replications
2r and 2r + 1, so that more rows extend fewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from experiments.compute.parallel import in_parallel
from experiments.compute.run_values import annual, end_values
from experiments.plan.points import SweepPlan
from experiments.store.outcome_columns import OutcomeColumns
from scenarios.spec import RunSpec
from scenarios.targets import ALL, load_targets
from scenarios.values.errors import InputError
from sim.indicators import series_of
from sim.run import RunOutcome, simulate

FIRST, SECOND = "a", "b"
PARAMETERS, WORLD, LUCK, BASES = "parameters", "world", "luck", "bases"
VALUE, HIT = "value", "hit"

type Measured = dict[str, dict[str, float | None]]
"""By target: its value, and 1 for a hit and 0 for a miss; None where a run has none. `all` has hits alone."""
type Kept = dict[str, dict[str, dict[str, dict[str, list[float | None]]]]]
"""By case, target, measure and kind of run: a number a row."""


class Job(NamedTuple):
    """The runs of one kind of one row that share their past."""

    kind: str
    specs: tuple[RunSpec, ...]


def parts_of(plan: SweepPlan) -> tuple[str, ...]:
    """What runs of a plan differ in."""
    return (PARAMETERS, WORLD, LUCK, BASES) if plan.sets.values else (WORLD, LUCK, BASES)


def rows_run(plan: SweepPlan, workers: int | None = None) -> Kept:
    """What every run of the rows comes to; the plan has two replications for each row.

    Raises:
        InputError: it has fewer sets of parameters than replications.
    """
    if plan.sets.values and len(plan.sets.values) < plan.replications:
        raise InputError(
            f"{plan.replications // 2} rows take {plan.replications} sets of parameters, two each; there are "
            f"{len(plan.sets.values)}"
        )
    jobs = list(jobs_of(plan))
    found = in_parallel(partial(measured, region=plan.region), jobs, workers)
    kept: Kept = {}
    for job, runs in zip(jobs, found, strict=True):
        for spec, by_target in zip(job.specs, runs, strict=True):
            for target, measures in by_target.items():
                for measure, value in measures.items():
                    by_kind = kept.setdefault(spec.point, {}).setdefault(target, {}).setdefault(measure, {})
                    by_kind.setdefault(job.kind, []).append(value)
    return kept


def jobs_of(plan: SweepPlan) -> Iterator[Job]:
    """The runs of all rows, one job for each past."""
    units: dict[int, list[list[RunSpec]]] = {}
    for unit in plan.units():
        units.setdefault(unit[0].replication, []).append(unit)
    for row in range(plan.replications // 2):
        for first, second in zip(units[2 * row], units[2 * row + 1], strict=True):
            yield Job(FIRST, tuple(first))
            yield Job(SECOND, tuple(second))
            for part in parts_of(plan):
                yield Job(part, tuple(mixed(a, b, part) for a, b in zip(first, second, strict=True)))


def mixed(a: RunSpec, b: RunSpec, part: str) -> RunSpec:
    """Run `a` with one thing as in run `b`."""
    if part == PARAMETERS:
        return replace(a, draw=b.draw, parameters=b.parameters)
    if part == WORLD:
        return replace(a, world_of=b.replication)
    if part == BASES:
        return replace(a, bases_of=b.replication)
    return replace(a, replication=b.replication, world_of=a.replication, bases_of=a.replication)


def measured(job: Job, region: str) -> list[Measured]:
    """What each run of a job comes to; nothing is known of runs that fail."""
    try:
        return [of_run(run) for run in simulate(job.specs)]
    except Exception:  # whatever ended it, as in a sweep
        return [nothing(region) for _ in job.specs]


def of_run(run: RunOutcome) -> Measured:
    """What a run says about each target, and about all together."""
    region = run.spec.region
    cells = end_values(
        annual(run.series, series_of(region, run.spec.scenario.own).indicators), run.bases, region
    )
    found: Measured = {}
    for name in load_targets(region=region):
        columns = OutcomeColumns.of(name)
        value = float(cells[columns.value])
        known = bool(np.isfinite(value))
        hit = float(cells[columns.hit]) if known else None
        found[name] = {VALUE: value if known else None, HIT: hit}
    hits = [one[HIT] for one in found.values()]
    every = None if None in hits else float(min(one for one in hits if one is not None))
    return {**found, ALL: {HIT: every}}


def nothing(region: str) -> Measured:
    """What is known of a run without a result."""
    found: Measured = {name: {VALUE: None, HIT: None} for name in load_targets(region=region)}
    return {**found, ALL: {HIT: None}}


def in_rows(values: Sequence[Any]) -> np.ndarray:
    """Kept numbers as an array, nan where there was none."""
    return np.array([np.nan if one is None else one for one in values], dtype=np.float64)
