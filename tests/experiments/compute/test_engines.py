"""What happens to the other jobs when one raises, kills its worker, hangs or eats memory."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import toy_work

from experiments.compute.engines.engine import EngineFailed, Job, Prepared, in_order
from experiments.compute.engines.local import Local, share_of_memory
from experiments.compute.engines.process import WorkerProcess
from experiments.compute.task import Task

HERE = Path(__file__).parents[1]


def jobs(items, seconds=60.0):
    return in_order([Job(item, seconds) for item in items])


def outcomes(function, items, workers=2, seconds=60.0, **settings):
    with Local(workers, **settings) as local:
        return {outcome.job.what: outcome for outcome in local.run(function, jobs(items, seconds))}


def test_every_job_comes_back_once_whatever_the_number_of_workers():
    for workers in (1, 2):
        with Local(workers) as local:
            found = [(o.job.what, o.result) for o in local.run(toy_work.square, jobs(range(20)))]
        assert sorted(found) == [(x, x * x) for x in range(20)]


@pytest.mark.parametrize(
    ("what", "status", "error", "trace"),
    [
        ("raise", "failed", "ValueError: not a number", "in misbehaving"),
        ("exit", "failed", "SystemExit: 3", "in misbehaving"),
        ("kill", "lost", "its worker process was killed by SIGKILL (out of memory?)", ""),
        ("crash", "lost", "its worker process was killed by SIGSEGV", "in misbehaving"),
        ("hang", "timeout", "it took longer than 2 s", "in misbehaving"),
        ("stopped", "timeout", "it took longer than 2 s", ""),
        ("eat", "failed", "MemoryError: ", "in misbehaving"),
    ],
)
def test_a_job_that_goes_wrong_costs_itself_alone(what, status, error, trace):
    seconds = 2.0 if status == "timeout" else 20.0
    found = outcomes(toy_work.misbehaving, ["a", what, "b", "c"], seconds=seconds, memory=2 << 30)
    assert (found[what].status, found[what].error) == (status, error)
    assert trace in found[what].trace
    assert [found[name].result for name in "abc"] == ["a", "b", "c"]


def test_a_job_may_be_handed_in_again_after_its_outcome_was_seen(tmp_path):
    left, found = [Job(str(tmp_path / "one"))], []
    with Local(1) as local:
        for outcome in local.run(toy_work.killed_once, lambda: left.pop() if left else None):
            found.append(outcome)
            if outcome.status == "lost":
                left.append(outcome.job)
    assert [(o.status, o.result) for o in found] == [("lost", None), ("ok", "second attempt")]


def test_a_signal_to_a_whole_group_does_not_reach_a_workers_job():
    """The parent alone decides: a run that was interrupted would be recorded as one that failed."""
    assert outcomes(toy_work.misbehaving, ["signalled"])["signalled"].status == "ok"


def test_workers_stay_between_two_runs_of_an_engine():
    with Local(1) as local:
        pids = {o.result for _ in range(2) for o in local.run(toy_work.pid_of, jobs([1, 2]))}
    assert len(pids) == 1


def test_an_engine_told_to_stop_ends_although_a_job_hangs():
    started = time.monotonic()
    found = outcomes(
        toy_work.misbehaving, ["hang", "hang2", "a"], stopping=lambda: time.monotonic() - started > 1
    )
    assert "hang" not in found
    assert time.monotonic() - started < 60


def test_workers_end_after_their_parent_was_killed(tmp_path):
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r})\nimport toy_work\n"
        "from experiments.compute.engines.engine import Job, in_order\n"
        "from experiments.compute.engines.local import Local\n"
        f"list(Local(1).run(toy_work.noted, in_order([Job({str(tmp_path / 'pid')!r})])))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=HERE.parents[1])
    worker = wait_for_number(tmp_path / "pid")
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 60
    while os.path.exists(f"/proc/{worker}") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not os.path.exists(f"/proc/{worker}")


def wait_for_number(path, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError(f"{path} was not written")


def test_what_a_model_prints_does_not_get_onto_standard_output(capfd):
    assert outcomes(toy_work.printing, [1])[1].result == 1
    said = capfd.readouterr()
    assert (said.out, "not for the table" in said.err) == ("", True)


def test_workers_that_cannot_start_end_the_sweep_instead_of_failing_every_run(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(EngineFailed, match="a worker process ended with code 1 at its start, 5 times"):
        outcomes(toy_work.square, [1, 2, 3])


@pytest.mark.parametrize("name", ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"])
def test_a_worker_has_one_thread_whatever_the_parent_has(name, monkeypatch):
    monkeypatch.setenv(name, "7")
    assert outcomes(toy_work.ran_with, [name])[name].result == "1"


def test_workers_share_the_memory_of_the_machine():
    assert share_of_memory(1) >= share_of_memory(4) >= 2 << 30


def test_a_limit_of_time_does_not_count_what_is_imported():
    function = Prepared(toy_work.square, toy_work.slow_to_import)
    found = outcomes(function, [3, 4], workers=1, seconds=2.0)
    assert [(found[x].status, found[x].result) for x in (3, 4)] == [("ok", 9), ("ok", 16)]
    assert found[3].seconds < 2.0


def test_a_limit_of_time_does_not_count_the_compiler():
    """Which holds its lock while it compiles and while it loads what was kept."""
    function = Prepared(toy_work.compiling, toy_work.with_numba)
    found = outcomes(function, [(0.5, 3.0, 0.5), (1.5, 1.0, 1.5), (0.0, 0.1, 9.0)], seconds=2.0)
    told = {what: (one.status, one.error, 0 < one.seconds < 2.5) for what, one in found.items()}
    too_long = "timeout", "it took longer than 2 s", True
    assert told == {
        (0.5, 3.0, 0.5): ("ok", "", True),
        (1.5, 1.0, 1.5): too_long,
        (0.0, 0.1, 9.0): too_long,
    }


def test_what_cannot_be_imported_is_no_jobs_fault():
    with Local(1) as local:
        (found,) = local.run(Prepared(toy_work.square, Task("no_such_model").prepare), jobs([3]))
    assert found.status == "refused" and isinstance(found.result, EngineFailed)


def test_a_worker_does_not_hear_that_the_terminal_was_closed():
    assert outcomes(toy_work.closed_terminal, ["a"])["a"].result == "a"


class SlowToTell:
    """A connection of which two threads hear that it is open before one of them closes it."""

    def __init__(self, connection) -> None:
        self.connection, self.times = connection, 0

    @property
    def closed(self) -> bool:
        was = self.connection.closed
        time.sleep(0.2)
        return was

    def close(self) -> None:
        self.times += 1
        self.connection.close()


def test_a_worker_that_two_threads_end_is_closed_once():
    worker = WorkerProcess(share_of_memory(1))
    worker.connection = slow = SlowToTell(worker.connection)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: worker.kill(), range(2)))
    assert slow.times == 1
