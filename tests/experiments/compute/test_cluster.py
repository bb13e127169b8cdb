"""Sweeps on real Dask schedulers and workers, and through SLURM's commands: what a loss costs."""

import os
import time
from contextlib import ExitStack
from multiprocessing import active_children

import pytest
from in_process import whole
from loopback import engine, killed, sanxiang, scheduler, slurm, started, sweep_command, wait_for, worker

from experiments import digest
from experiments.__main__ import main
from experiments.compute.engines import cluster
from experiments.compute.engines.engine import Job, in_order
from experiments.plan.settings import ExecutorSettings
from experiments.store.store import Store

SWEEP = ("scenario=as_in_2020,plan", "replications=24")
SLOW_START = """
import os, time

def first():
    try:
        os.mkdir("{folder}/first")
        return True
    except FileExistsError:
        return False

if {slow}:
    time.sleep(60)  # as long as a start takes on a busy machine
"""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The digest of the sweep on this machine."""
    return whole(tmp_path_factory.mktemp("local") / "r", *SWEEP)


def test_a_cluster_of_the_sweeps_own_gives_the_same_digest(tmp_path, undisturbed):
    done = sanxiang("sweep", *SWEEP, f"results={tmp_path / 'r'}", "executor=dask", "executor.workers=2")
    assert (done.returncode, "48/48 runs, 0 failed" in done.stderr) == (0, True), done.stderr
    assert digest(tmp_path / "r") == undisturbed


@pytest.mark.parametrize("slow", ["True", "not first()"])
def test_who_stops_while_workers_start_does_not_wait_for_them(tmp_path, monkeypatch, capfd, slow):
    """Whether none has joined, or the first has and would be started again by its nanny."""
    preload = tmp_path / "preload.py"
    preload.write_text(SLOW_START.format(folder=tmp_path, slow=slow))
    monkeypatch.setattr(cluster, "PRELOAD", str(preload))
    begun = time.monotonic()
    settings = ExecutorSettings(kind="dask", workers=2)
    with cluster.Cluster(settings, lambda: time.monotonic() > begun + 6) as own:
        assert list(own.run(abs, in_order([Job(-1)]))) == []
    assert time.monotonic() - begun < 36
    assert [child for child in active_children() if "Dask" in child.name] == []
    assert capfd.readouterr().err == ""


def test_workers_that_cannot_start_end_the_sweep(tmp_path, monkeypatch):
    preload = tmp_path / "preload.py"
    preload.write_text("import os\nos._exit(1)\n")
    monkeypatch.setattr(cluster, "PRELOAD", str(preload))
    own = cluster.Cluster(ExecutorSettings(kind="dask", workers=1))
    with pytest.raises(RuntimeError, match="failed to start"), own:
        pass


def test_a_worker_that_joins_late_is_used_and_one_that_is_killed_costs_its_batch_only(tmp_path, undisturbed):
    with ExitStack() as stack:
        _, address = stack.enter_context(scheduler(tmp_path))
        words = ["sweep", *SWEEP, f"results={tmp_path / 'r'}", *engine(address, tmp_path)]
        running = started(*sweep_command(*words), TOY_PAUSE="0.2")
        wait_for((tmp_path / "r" / "heartbeat.json").exists)
        first = stack.enter_context(worker(address, tmp_path / "a", TOY_PAUSE="0.2"))
        wait_for(lambda: sealed_runs(tmp_path / "r") > 0 or beat(tmp_path / "r")["done"] > 2)
        stack.enter_context(worker(address, tmp_path / "b", TOY_PAUSE="0.2"))
        wait_for(lambda: len(beat(tmp_path / "r")["running"]) >= 6)  # more than one batch: it is counted in
        killed(first)
        _, said = running.communicate(timeout=100)
    assert (running.returncode, "0 failed" in said) == (0, True), said
    assert digest(tmp_path / "r") == undisturbed


def sealed_runs(folder):
    return sum(len(chunk.runs) for chunk in Store(folder).chunks())


def beat(folder):
    from experiments.store.heartbeat import last_beat

    return last_beat(folder) or {"done": 0, "running": []}


def test_a_scheduler_that_dies_is_exit_74_and_the_sweep_is_resumed_without_it(tmp_path, undisturbed):
    folder = tmp_path / "r"
    with scheduler(tmp_path) as (process, address), worker(address, tmp_path / "a", TOY_PAUSE="0.1"):
        words = ["sweep", *SWEEP, f"results={folder}", *engine(address, tmp_path)]
        running = started(*sweep_command(*words))
        wait_for(lambda: beat(folder)["done"] > 2)
        killed(process)
        _, said = running.communicate(timeout=60)
    assert (running.returncode, "Traceback" in said) == (74, False), said
    assert f"the scheduler at {address} was lost" in said
    assert sanxiang("resume", str(folder), "executor=local").returncode == 0
    assert digest(folder) == undisturbed


def test_no_scheduler_at_the_address_is_exit_74(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("experiments.compute.engines.cluster.CONNECTING", 0.5)  # seconds
    words = engine("tls://127.0.0.1:9", tmp_path)
    code = main(["sweep", *SWEEP, f"results={tmp_path / 'r'}", *words])
    said = capsys.readouterr().err
    assert (code, "no scheduler answers at tls://127.0.0.1:9" in said, "Traceback" in said) == (
        74,
        True,
        False,
    )


def test_slurm_is_given_a_script_whose_workers_join_and_whose_jobs_end_with_the_sweep(tmp_path, undisturbed):
    commands = slurm(tmp_path / "slurm")
    settings = ["executor=slurm", "executor.workers=2", "executor.queue=long", "executor.account=hn"]
    done = sanxiang(
        "sweep",
        *SWEEP,
        f"results={tmp_path / 'r'}",
        *settings,
        "executor.walltime=00:30:00",
        PATH=f"{commands}:{os.environ['PATH']}",
    )
    assert done.returncode == 0, done.stderr
    assert digest(tmp_path / "r") == undisturbed
    script = next(commands.glob("submitted.*")).read_text()
    for line in ("-p long", "-A hn", "-t 00:30:00", "--cpus-per-task=1", "--mem=4G", "-J sanxiang"):
        assert f"#SBATCH {line}" in script, script
    jobs = (commands / "jobs").read_text().split()
    assert len(jobs) == 2
    wait_for(lambda: not any(os.path.exists(f"/proc/{job}") for job in jobs), seconds=15)


def test_without_sbatch_slurm_is_refused_in_one_line(tmp_path):
    done = sanxiang("sweep", *SWEEP, f"results={tmp_path / 'r'}", "executor=slurm")
    assert (done.returncode, "Traceback" in done.stderr) == (74, False), done.stderr
    assert "no sbatch on the PATH" in done.stderr


def test_the_memory_of_a_job_of_slurm_is_shared_by_its_workers():
    settings = ExecutorSettings(kind="slurm", cores=4, memory="8GB")
    assert settings.memory_bytes == 2_000_000_000


def test_an_amount_of_memory_is_read_as_it_is_written():
    amounts = {"4GB": 4e9, "512 MiB": 512 * 2**20, "1.5GB": 1.5e9, "2TiB": 2 * 2**40}
    assert {text: ExecutorSettings(kind="local", memory=text).memory_bytes for text in amounts} == amounts
