"""The runs behind the table of effects: one past and one base for each set of parameters and luck.

From a past every case goes on: the base, each lever at its dose, all together. What was measured can be kept
in a folder, so that a computation that was stopped goes on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.answer.dose_runs import measures
from experiments.compute.parallel import in_parallel
from experiments.compute.run_values import annual
from experiments.store.own_files import OwnPath, own
from scenarios.digests import digests
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import BASELINE, Parameters, RunSpec, Scenario, run_id
from scenarios.values.tables import WAN
from sim.indicators import series_of
from sim.model import choose
from sim.run import RunOutcome, simulate

JOBS = "jobs"
Measured = dict[str, dict[str, float]]
"""By case and measure."""


class Unit(NamedTuple):
    """A set of parameters, by its place among those drawn, and a replication."""

    place: int
    parameters: Parameters
    replication: int


@dataclass(frozen=True)
class Cases:
    """Scenarios that go on from one past, by name. digests: of sources and data, for what is kept."""

    scenarios: Mapping[str, Scenario]
    scale: float
    region: str = DEFAULT_REGION
    kept: Path | None = None
    digests: Mapping[str, str] | None = None

    def specs(self, unit: Unit) -> list[RunSpec]:
        """The runs of a unit."""
        usual = choose(BASELINE, scale=self.scale, replication=unit.replication, region=self.region)
        usual = replace(usual, parameters=unit.parameters, draw=unit.place)
        return [replace(usual, scenario=one) for one in self.scenarios.values()]


def measured(
    cases: Cases, sets: Sequence[Parameters], replications: int, workers: int | None = None
) -> dict[str, dict[str, np.ndarray]]:
    """Every measure of every case [set of parameters, replication].

    Raises:
        CannotWrite, InTheWay: the folder of what is kept.
    """
    units = [Unit(place, one, n) for place, one in enumerate(sets) for n in range(replications)]
    if cases.kept is not None:
        own(cases.kept).make()
        cases = replace(cases, digests=digests(region=cases.region))
    found = in_parallel(partial(of_unit, cases), units, workers)
    shape = (len(sets), replications)
    return {
        case: {name: np.array([one[case][name] for one in found]).reshape(shape) for name in found[0][case]}
        for case in cases.scenarios
    }


def of_unit(cases: Cases, unit: Unit) -> Measured:
    """What is measured in each case with one set of parameters and one luck; read where it is kept."""
    specs = cases.specs(unit)
    if cases.kept is None or cases.digests is None:
        return simulated(cases, specs)
    ids = "".join(run_id(spec, cases.digests) for spec in specs)
    name = sha256("\n".join([*cases.scenarios, ids]).encode()).hexdigest()[:20]
    file = own(cases.kept) / f"{name}.json"
    known = read_kept(file, cases) if file.exists() else None
    if known is not None:
        return known
    found = simulated(cases, specs)
    file.write(json.dumps(found).encode())
    return found


def read_kept(file: OwnPath, cases: Cases) -> Measured | None:
    """What a file keeps of a unit; None where it is damaged, so that the unit is run again."""
    try:
        content: Any = json.loads(file.read())
        return {
            case: {str(name): float(value) for name, value in content[case].items()}
            for case in cases.scenarios
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def simulated(cases: Cases, specs: Sequence[RunSpec]) -> Measured:
    """The runs, measured."""
    runs = simulate(specs)
    return {case: of_run(run, cases.scale) for case, run in zip(cases.scenarios, runs, strict=True)}


def of_run(run: RunOutcome, scale: float) -> dict[str, float]:
    """What `response` measures, and jobs in technology firms at the end [10,000, at the province's size]."""
    series = series_of(run.spec.region).indicators
    jobs = float(annual(run.series, series)["employment"][-1]) / (WAN * scale)
    return {**measures(run, scale), JOBS: jobs}
