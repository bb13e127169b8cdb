"""Several processes compile what a small run in plain Python finds, before a run would do it alone."""

import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from toy_work import line_of_python

from agents.engine import cache_folder
from experiments.compute import ahead, sweep_run
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


@pytest.mark.parametrize(
    ("kind", "compiled", "workers", "alone", "asked"),
    [
        ("local", False, None, False, None),
        ("local", True, 3, False, (["a", "b"], 3)),
        ("local", True, None, True, (["a", "b"], 2)),
        ("dask", True, 3, True, None),
    ],
    ids=["compiled before", "compiled ahead", "not all of it", "other machines"],
)
def test_a_sweep_lets_the_first_unit_compile_only_what_this_machine_did_not(
    monkeypatch, kind, compiled, workers, alone, asked
):
    given = []
    monkeypatch.setattr(sweep_run, "compiles_first", lambda: compiled)
    monkeypatch.setattr(sweep_run, "cores", lambda: 2)
    monkeypatch.setattr(sweep_run, "compiled_ahead", lambda *it: given.append(it[:2]) or not alone)
    plan = SimpleNamespace(executor=SimpleNamespace(kind=kind, workers=workers))
    units = [[("id of a", "a"), ("id of b", "b")], [("id of c", "c")]]
    assert sweep_run._first_compiles(plan, units, lambda: False) == alone
    assert given == ([asked] if asked else [])


RUN = """
import gc, sys
from agents.engine.rules import Compiled
from sim.model import choose
from sim.run import simulate
simulate([choose("plan", scale=0.01)])
outers = [outer for one in gc.get_objects() if isinstance(one, Compiled) for outer in one.outers]
print(sum(sum(outer.stats.cache_hits.values()) for outer in outers))
for outer in outers:
    for given in outer.stats.cache_misses:
        print(outer.py_func.__module__, outer.py_func.__name__, *given)
"""


def test_a_run_finds_all_compiled_that_the_scout_told_of():
    """Minutes where nothing is compiled yet."""
    assert ahead.compiled_ahead([choose("plan")], 2, lambda: False)
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    hits, *missed = done.stdout.splitlines()
    assert missed == [] and int(hits) > 200
