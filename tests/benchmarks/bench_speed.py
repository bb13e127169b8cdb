"""How fast the model is: run by `sanxiang bench`, which reads pytest-benchmark's report; not by `make test`.

The figures are seconds; what they are divided by stands in `extra_info`.
"""

import os
import subprocess
import sys
import time
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.compute.engines.engine import Job, in_order
from experiments.compute.engines.local import Local
from experiments.speed.twin import TwinModel, quarter_of, run_compiled
from scenarios.spec import RunSpec
from sim.model import IndustrialPolicyModel, choose
from sim.run import simulate

ROOT = Path(__file__).resolve().parents[2]
FIRMS = 20_000
UNITS = 12
QUARTERS = 4  # timed together: some decisions fall due once or twice a year


@cache
def scale_for(firms: int) -> float:
    """Scale of the population at which about so many firms begin."""
    sample = 0.1
    return firms * sample / len(IndustrialPolicyModel(choose(scale=sample)).economy.firms)


@cache
def scale_of_a_run(firms: int) -> float:
    """Scale at which a run of forty quarters has about so many firms, on average over its quarters."""
    sample = 0.1
    model, count = IndustrialPolicyModel(choose(scale=sample)), 0
    for _ in range(model.quarters):
        model.step()
        count += len(model.economy.firms)
    return firms * sample * model.quarters / count


def spec_of(firms: int, replication: int = 0) -> RunSpec:
    return choose(scale=scale_for(firms), replication=replication)


def bytes_held(thing: Any, seen: set[int]) -> int:
    """Bytes of all arrays that an object holds, each memory once, however deep."""
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        return bytes_held(thing.base, seen) if isinstance(thing.base, np.ndarray) else thing.nbytes
    if isinstance(thing, dict):
        return sum(bytes_held(value, seen) for value in thing.values())
    if isinstance(thing, list | tuple):
        return sum(bytes_held(value, seen) for value in thing)
    return bytes_held(vars(thing), seen) if hasattr(thing, "__dict__") and not isinstance(thing, type) else 0


@pytest.mark.parametrize(("firms", "rounds"), [(FIRMS, 5), (200_000, 2), (1_000_000, 1)])
def test_quarters(benchmark, firms, rounds):
    """A year of the whole model."""
    model = IndustrialPolicyModel(spec_of(firms))
    for _ in range(QUARTERS):
        model.step()
    counts = [len(model.economy.firms)]
    benchmark.pedantic(lambda: [model.step() for _ in range(QUARTERS)], rounds=rounds)
    counts.append(len(model.economy.firms))
    held = bytes_held([model.economy.firms, model.luck, model.scratch], set())
    benchmark.extra_info.update(
        firms=firms, firm_quarters=QUARTERS * sum(counts) / 2, bytes_per_firm=held / counts[-1]
    )


def test_a_run(benchmark):
    """Forty quarters with their beginning: one unit of one scenario."""
    spec = choose(scale=scale_of_a_run(FIRMS))
    simulate([spec])
    benchmark.pedantic(simulate, ([spec],), rounds=5)


@pytest.fixture(scope="module")
def a_year_old():
    model = IndustrialPolicyModel(spec_of(FIRMS))
    for _ in range(QUARTERS):
        model.step()
    return model


def test_firms_compiled(benchmark, a_year_old):
    """The quarter of the firms, as the model computes it."""
    firms, quarter = deepcopy(a_year_old.economy.firms), quarter_of(a_year_old)
    run_compiled(firms, quarter)
    benchmark.pedantic(run_compiled, (firms, quarter), rounds=10, iterations=10)


def test_firms_as_agents(benchmark, a_year_old):
    """The same quarter of the same firms by the twin."""
    quarter, twin = quarter_of(a_year_old), TwinModel(a_year_old.economy.firms)
    twin.hand_out_luck(quarter)
    twin.run(quarter)
    benchmark.pedantic(twin.run, (quarter,), rounds=3)


@pytest.mark.parametrize("workers", [1, 2])
def test_workers(benchmark, workers):
    """Runs in processes of their own, which have loaded the model."""
    jobs = [Job([spec_of(FIRMS, replication)]) for replication in range(UNITS)]
    with Local(workers) as local:
        list(local.run(simulate, in_order(jobs[: 2 * workers])))
        statuses = benchmark.pedantic(
            lambda: [outcome.status for outcome in local.run(simulate, in_order(jobs))], rounds=3
        )
    assert statuses == ["ok"] * UNITS


def test_start(benchmark, tmp_path):
    """From the command to the first sealed result, everything compiled."""
    sweep = [sys.executable, "-m", "experiments", "sweep", "scenario=as_in_2020", "replications=1"]
    started: list[subprocess.Popen[bytes]] = []

    def first_result(folder: Path) -> None:
        started.append(subprocess.Popen([*sweep, f"results={folder}"], cwd=ROOT, stdout=subprocess.DEVNULL))
        while not any(folder.glob("chunks/*.json")):
            assert started[-1].poll() in (None, os.EX_OK)
            time.sleep(0.01)

    folders = (((tmp_path / str(n),), {}) for n in range(4))
    first_result(tmp_path / "warm")
    started[-1].wait()
    benchmark.pedantic(first_result, setup=lambda: (started[-1].wait(), next(folders))[1], rounds=3)
    started[-1].wait()
