"""What a question costs beside a plain sweep of as many runs: run by `sanxiang bench --questions`.

Each question is asked once in a folder of its own, with fewer pairs and trials than usual; then as many runs
as it left there are swept, on as many processes. Both begin with everything compiled and no process started.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import experiments as sanxiang
from experiments.store.store import Store

SIZE = 0.1  # of the province, as questions have it unless another is given
SCENARIOS = "scenario=as_in_2020,plan"
LEVERS = "levers=high_tech_award,approval_reform,startup_loans,research_consortia"
FEWER = (LEVERS, "evaluations=60", "pairs=4", "replications=12", f"scale={SIZE}")
"""Of a search."""


def swept(folder: Path, replications: int) -> None:
    """A plain sweep of two scenarios."""
    words = [SCENARIOS, f"replications={replications}", f"population.scale={SIZE}"]
    sanxiang.sweep(*words, f"results={folder}", quiet=True)


def explained(folder: Path) -> None:
    sanxiang.explain(f"{folder}:plan", by="thrust", replications=12, orders=2, scale=SIZE)


def hangs_on(folder: Path) -> None:
    words = [f"results={folder}", "scenario=as_in_2020", "runs=100", "trajectories=2", f"scale={SIZE}"]
    sanxiang.sensitivity(*words)


def reached(folder: Path) -> None:
    sanxiang.reach("rd_growth", "probability=.9", "cost<=50", *FEWER, f"results={folder}")


def searched(folder: Path) -> None:
    sanxiang.search("value_added", "cost", "cap=50", *FEWER, f"results={folder}")


ASKED = {"explain": explained, "sensitivity": hangs_on, "reach": reached, "search": searched}


def runs_in(folder: Path) -> int:
    """Runs of which the folder holds something: of sweeps, and those behind answers."""
    store, runs = Store(folder), len(sanxiang.load_runs(folder))
    for kind, behind in BEHIND.items():
        runs += sum(map(behind, store.kept[kind].held()))
    return runs


BEHIND: dict[str, Callable[[dict[str, Any]], int]] = {
    "explanation": lambda kept: sum(len(unit["values"]) for unit in kept["units"]),
    "sensitivity": lambda kept: sum(len(row) for rows in kept["rows"].values() for row in rows),
    "try": lambda kept: len(kept["packages"]),
}
"""By kind of record: the runs behind one."""


@pytest.mark.parametrize("name", ASKED)
def test_question(benchmark, tmp_path, name):
    """A question, and the sweep that it is held against."""
    asked, folder = ASKED[name], tmp_path / name
    swept(folder, 1)  # what is asked about
    before = runs_in(folder)
    benchmark.pedantic(asked, (folder,), rounds=1)
    runs = runs_in(folder) - before
    begun = time.perf_counter()
    swept(tmp_path / "plain", -(-runs // 2))
    benchmark.extra_info.update(runs=runs, plain_s=time.perf_counter() - begun)
