"""What happens to the other units when one raises, kills its worker or hangs."""

import os
import signal
import time
from pathlib import Path

import pytest
from joblib.externals.loky import get_reusable_executor

from experiments.executor import Local


def square(x):
    return x * x


def misbehaving(x):
    if x == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if x == "raise":
        raise ValueError("not a number")
    if x == "hang":
        time.sleep(600)
    time.sleep(0.05)
    return x


def killed_once(path):
    """Kills its worker unless the file says that it did so before."""
    time.sleep(1.0 if "later" in path else 0.0)
    if not os.path.exists(path):
        with open(path, "w"):
            os.kill(os.getpid(), signal.SIGKILL)
    return "second attempt"


def counted(path):
    """Notes in the file that it began, and takes long enough to be in flight when its neighbour dies."""
    if path == "kill":
        time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGKILL)
    with open(path, "a") as file:
        file.write("x")
    time.sleep(0.5)


def ran_with(name):
    return os.environ.get(name)


def outcomes(function, items, workers=2, **settings):
    return {items[outcome.unit]: outcome for outcome in Local(workers, **settings).run(function, items)}


def test_every_item_comes_back_once_whatever_the_number_of_workers():
    for workers in (1, 2):
        found = [(o.unit, o.result) for o in Local(workers).run(square, list(range(20)))]
        assert sorted(found) == [(x, x * x) for x in range(20)]


def test_a_unit_that_raises_is_reported_with_its_traceback_and_the_rest_completes():
    found = outcomes(misbehaving, ["a", "raise", "b", "c"])
    assert found["raise"].status == "failed"
    assert found["raise"].error == "ValueError: not a number"
    assert "misbehaving" in found["raise"].trace
    assert [found[name].result for name in "abc"] == ["a", "b", "c"]


def test_a_unit_that_kills_its_worker_twice_is_lost_and_the_rest_completes():
    found = outcomes(misbehaving, ["a", "b", "kill", "c", "d"])
    assert (found["kill"].status, found["kill"].error) == ("lost", "its worker process died, 2 times")
    assert [found[name].result for name in "abcd"] == ["a", "b", "c", "d"]


def test_a_worker_that_dies_once_costs_nothing(tmp_path):
    found = outcomes(killed_once, [str(tmp_path / "one")])
    assert [o.result for o in found.values()] == ["second attempt"]


def test_a_death_in_company_does_not_count_against_a_unit(tmp_path):
    later = str(tmp_path / "later")  # still asleep when the other takes the pool down, dies once when alone
    found = outcomes(killed_once, [str(tmp_path / "at once"), later])
    assert found[later].result == "second attempt"


def test_a_unit_in_the_company_of_a_killer_is_run_at_most_twice(tmp_path):
    innocent = [str(tmp_path / name) for name in "abcd"]
    found = outcomes(counted, ["kill", *innocent])
    assert found["kill"].status == "lost"
    assert all(len(Path(path).read_text()) <= 2 for path in innocent)


def test_a_unit_that_hangs_is_given_up_after_two_attempts_and_the_rest_completes():
    started = time.monotonic()
    found = outcomes(misbehaving, ["a", "hang", "b", "c"], timeout_s=6)
    assert (found["hang"].status, found["hang"].error) == ("timeout", "it took longer than 6 s, 2 times")
    assert [found[name].result for name in "abc"] == ["a", "b", "c"]
    assert time.monotonic() - started < 60


def test_an_executor_told_to_stop_ends_within_seconds_although_a_unit_hangs():
    started = time.monotonic()
    found = list(
        Local(2, stopping=lambda: time.monotonic() - started > 1).run(misbehaving, ["hang", "hang", "a"])
    )
    assert found == []
    assert time.monotonic() - started < 6


@pytest.mark.parametrize("name", ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"])
def test_a_new_worker_has_one_thread_whatever_the_parent_has(name, monkeypatch):
    get_reusable_executor().shutdown(wait=True)
    monkeypatch.setenv(name, "7")
    assert [o.result for o in Local(1).run(ran_with, [name])] == ["1"]
