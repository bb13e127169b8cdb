"""Several processes compile what a small run in plain Python finds, before a run would do it alone."""

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest
from toy_work import line_of_python

from agents.engine import cache_folder
from experiments.compute import ahead
from sim.model import choose

ROOT = Path(__file__).parents[3]
SAYS = """
import os, pickle, sys
from multiprocessing.connection import Connection
calls = Connection(os.dup(1), readable=False)
for number in range(4):
    calls.send_bytes(pickle.dumps(({script!r}, number)))
{end}
"""


@pytest.fixture
def scout(tmp_path, monkeypatch):
    """Lets another script find the calls: each makes a worker run a line of Python that knows its number."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "0")
    monkeypatch.setattr(cache_folder, "_noted", set())

    def says(script: str, end: str = "") -> None:
        file = tmp_path / "scout.py"
        file.write_text(SAYS.format(script=script, end=end))
        monkeypatch.setattr(ahead, "SCOUT", [str(file)])
        monkeypatch.setattr(ahead, "compile_for", line_of_python)

    return says


def test_every_call_is_compiled_for_and_then_all_is(scout, tmp_path):
    scout(f"open({str(tmp_path)!r} + f'/{{number}}-{{os.getpid()}}', 'w')")
    assert ahead.compiled_ahead([], 2, lambda: False) and cache_folder.is_whole()
    numbers, processes = zip(*(path.name.split("-") for path in tmp_path.glob("[0-9]-*")), strict=True)
    assert sorted(numbers) == list("0123") and str(os.getpid()) not in processes


@pytest.mark.parametrize(
    ("script", "end"),
    [("1 / number", ""), ("number or os._exit(3)", ""), ("", "sys.exit(1)")],
    ids=["a call that cannot be compiled", "a process that died", "a scout that failed"],
)
def test_what_was_not_compiled_is_left_to_the_first_run(scout, script, end):
    scout(script, end)
    assert not ahead.compiled_ahead([], 2, lambda: False) and not cache_folder.is_whole()


def test_whoever_stops_it_does_not_wait_for_the_scout(scout):
    scout("", "import time; time.sleep(60)")
    begun = time.monotonic()
    assert not ahead.compiled_ahead([], 1, lambda: time.monotonic() > begun + 3)
    assert time.monotonic() < begun + 30 and not cache_folder.is_whole()


def test_nothing_is_compiled_ahead_in_plain_python(scout, monkeypatch):
    scout("")
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    assert not ahead.compiled_ahead([], 2, lambda: False)


CALLED = """
import gc
from agents.engine.rules import Compiled
from sim.model import choose
from sim.run import simulate
simulate([choose("plan", scale=0.004)])
outers = [outer for one in gc.get_objects() if isinstance(one, Compiled) for outer in one.outers]
for outer in outers:
    for given in outer.signatures:
        print(outer.py_func.__module__, outer.py_func.__name__, *given)
"""


def test_the_scout_finds_every_call_of_a_run():
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", CALLED], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with ahead.calls_of([choose("plan")], lambda: False) as calls:
        jobs = iter(calls.take, None)
        told = {_line(pickle.loads(job.what)) for job in jobs}
    assert calls.are_all and told == set(done.stdout.splitlines())


def _line(call):
    """A call as CALLED prints it."""
    from agents.engine.records import digest_of

    made = f"_of_{digest_of(list(call.made_of.values()), list(call.made_of))}" if call.made_of else ""
    return " ".join([call.module, call.name + made, *map(str, call.given)])
