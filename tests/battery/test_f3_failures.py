"""F3: a worker killed; a run that raises, kills its worker, hangs or eats memory: it alone has no result."""

import random
import time

import pytest
from in_process import whole
from loopback import sanxiang, wait_for
from toy_sweeps import begun, kill_a_worker

from experiments import digest, load_runs
from experiments.store.heartbeat import last_beat

EXPECTED = {  # status, stage, a part of the error
    "raises": ("failed", "experiments.misbehave", "ZeroDivisionError: no firms left in cell 3"),
    "kills": ("lost", "worker", "was killed by SIGKILL"),
    "hangs": ("timeout", "experiments.misbehave", "it took longer than 5 s"),
    "eats": ("lost", "experiments.misbehave", "MemoryError"),
}
SECONDS = 300  # a job that hangs without its limit never ends


def reforms(folder, names):
    """Scenario files whose names tell the toy what to do."""
    for place, name in enumerate(names):
        text = f"name: {name}\nbase: as_in_2020\nlever: {{rd_subsidy: {{rate: {0.11 + 0.01 * place:.2f}}}}}\n"
        (folder / f"{name}.yaml").write_text(text)
    return ",".join(str(folder / f"{name}.yaml") for name in names)


def swept(folder, names, kind):
    """A sweep with scenarios that go wrong in their third replication, and how long it took."""
    words = [
        "scenario=as_in_2020",
        f"reform={reforms(folder, names)}",
        "replications=5",
        f"executor={kind}",
        "executor.workers=2",
        "executor.timeout=5",
        "executor.memory=1GB",
    ]
    begin = time.monotonic()
    done = sanxiang("sweep", *words, f"results={folder / 'r'}")
    return done, time.monotonic() - begin


@pytest.mark.parametrize("kind", ["local", "dask"])
def test_a_run_that_goes_wrong_is_recorded_and_all_others_complete(battery, tmp_path, kind):
    names = list(EXPECTED) if kind == "local" or battery.whole else ["kills", "raises"]
    done, seconds = swept(tmp_path, names, kind)
    columns = ["status", "stage", "error", "rerun", "traceback", "seed"]
    runs = load_runs(tmp_path / "r", columns=columns).set_index(["scenario", "n"])
    for name in names:
        row = runs.loc[(name, 2)]
        status, stage, error = EXPECTED[name]
        told = (row.status, row.stage, error in row.error) == (status, stage, True)
        told &= row.rerun.startswith(f"sanxiang rerun {tmp_path / 'r'} ") and row.rerun in done.stderr
        told &= name == "kills" or "in misbehave" in row.traceback
        battery.record("F3", told, f"{kind} {name}: {row.to_dict()}")
    others = runs.drop([(name, 2) for name in names])
    well = (others.status == "ok").all() and len(runs) == 5 * (1 + len(names))
    bounds = "0/5, 1/5]" in done.stdout or "4/5, 5/5]" in done.stdout
    battery.record("F3", well and bounds and done.returncode == 1, f"{kind}: {done.stderr}")
    battery.record("F3", seconds < SECONDS, f"{kind}: {seconds:.0f} s")


def test_workers_killed_by_others_cost_their_batch_and_nothing_more(battery, tmp_path):
    words = ("scenario=as_in_2020,plan", "replications=40", "executor.workers=2")
    undisturbed = whole(tmp_path / "whole", *words[:2])
    for n in range(battery.trials(1, 10)):
        luck, folder = random.Random(n), tmp_path / str(n)
        process = begun(folder, *words, TOY_PAUSE="0.15")  # seconds: long enough for three kills
        wait_for(lambda folder=folder: last_beat(folder)["done"] > 0)
        kills = 0
        for _ in range(3):
            time.sleep(luck.uniform(0.3, 0.9))
            kills += process.poll() is None and kill_a_worker(process.pid, luck)
        _, said = process.communicate(timeout=60)
        well = process.returncode == 0 and digest(folder) == undisturbed and kills > 0
        battery.record("F3", well, f"seed {n}: {kills} kills, {said}")


def test_on_error_stop_ends_at_the_first_failure(battery, tmp_path):
    words = ["replications=30", "on_error=stop", "executor.workers=1", f"results={tmp_path / 'r'}"]
    done = sanxiang("sweep", f"reform={reforms(tmp_path, ['raises'])}", *words, TOY_PAUSE="0.05")
    statuses = load_runs(tmp_path / "r").status.value_counts()
    stopped = done.returncode == 1 and statuses["failed"] == 1 and statuses.get("pending", 0) > 0
    battery.record("F3", stopped, f"{done.stderr} {statuses.to_dict()}")
