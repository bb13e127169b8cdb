"""What a sweep adds to its runs: checks, records, the way to the store, the store, progress, the heartbeat.

.venv/bin/python tests/benchmarks/overhead.py [UNITS]

Processor time of the shipped scenarios at scale 1 in one process: in the model, and in all that is around it.
The smallest share of several rounds counts. Ends with 1 when the sweep adds more than it may.
"""

import os
import pickle
import sys
import tempfile
from pathlib import Path
from time import process_time

from experiments import model
from experiments.compute.compute import Sealing
from experiments.compute.progress import Progress
from experiments.compute.room import refuse_too_little
from experiments.compute.task import Task, columns_of
from experiments.plan.ensemble import ensemble
from experiments.plan.sweep_plan import plan_sweep
from experiments.store.header import header
from experiments.store.heartbeat import Heartbeat
from experiments.store.store import claimed
from scenarios.digests import digests
from sim.run import simulate

MOST = 0.05
ROUNDS = 3
MODEL = "experiments.model"


class Timed:
    """The model's runs, with the seconds they took."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, specs):
        begun = process_time()
        try:
            return simulate(specs)
        finally:
            self.seconds += process_time() - begun


def swept(plan, folder: Path) -> float:
    """Seconds of a sweep in one process, from taking the folder to the last seal."""
    begun = process_time()
    with claimed(folder, header()) as store:
        store.quarantine_damaged()
        asked = ensemble(plan.units(), digests())
        store.keep_sweep({"words": [], "started": "", "asked": ""}, asked.table())
        missing = asked.missing(store.finished())
        refuse_too_little(store, missing)
        task, sealing = Task(MODEL, sources=digests()), Sealing(store, lambda: columns_of(MODEL))
        progress = Progress(len(asked.runs), quiet=True)
        heartbeat = Heartbeat(store.path, lambda: {"done": progress.done})
        for unit in missing:
            records = pickle.loads(pickle.dumps(task(pickle.loads(pickle.dumps(unit)))))
            sealing.add(records)
            progress.add(len(records), 0)
            heartbeat.beat()
        sealing.seal()
    return process_time() - begun


def main(units: int) -> int:
    """Print the shares, and whether the largest that is allowed is kept."""
    plan = plan_sweep([f"replications={units}"])
    simulate(next(iter(plan.units())))
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(ROUNDS):
            model.simulate = timed = Timed()
            whole = swept(plan, Path(folder) / str(n))
            rounds.append((whole / timed.seconds - 1, timed.seconds))
        size = sum(path.stat().st_size for path in (Path(folder) / "0" / "chunks").iterdir())
    share, seconds = min(rounds)
    each = 1000 * seconds / plan.runs
    print(f"{units} replications of {plan.runs // units} scenarios, {os.cpu_count()} processors")
    print(f"the model {each:.1f} ms a run, around it {each * share:.1f} ms: {100 * share:.1f} %")
    print(f"at most {100 * MOST:.0f} %; {size / plan.runs / 1000:.1f} kB a run on disk, cells of 20 in it")
    return int(share > MOST)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
