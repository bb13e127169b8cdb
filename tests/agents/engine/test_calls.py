"""What Python will call is found in plain Python, and compiled for in another process before it is called."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

STAGES = """
from typing import NamedTuple
import numpy as np
from agents.engine.records import kept
from agents.engine.rules import rule, stage

@kept
class Work(NamedTuple):
    money: np.ndarray
    staff: np.ndarray

class Terms(NamedTuple):
    rate: float
    cap: int

@rule
def capped(x, terms):
    return min(x * terms.rate, float(terms.cap))

@stage
def inner(work, terms, i):
    work.money[i] = capped(work.money[i], terms)

@stage
def pay(work, terms, start, stop, shares):
    for i in range(start, stop):
        inner(work, terms, i)
        work.staff[i] += shares[0, i] > 0.5
    return stop - start

def act():
    work = Work(np.arange(1.0, 5.0), np.zeros(4, np.int32))
    for _ in range(3):
        pay(work, Terms(2.0, 7), 0, 4, np.ones((2, 4)))
    return [work.money.tolist(), work.staff.tolist(), capped(1.5, Terms(2.0, 7)), capped(1.5, Terms(2.0, 7))]
"""
TELL = """
import pickle
from agents.engine.calls import tell_new_calls
calls = []
tell_new_calls(calls.append)
import stages
print(stages.act())
open("calls", "wb").write(pickle.dumps(calls))
print(*(f"{call.module}.{call.name}" for call in calls))
"""
COMPILE = """
import agents, pickle
for call in pickle.load(open("calls", "rb")):
    call.compile()
"""
ACT = """
import agents, stages
print(stages.act())
outers = stages.pay.outers + stages.capped.outers + stages.inner.outers
print(*(sum(sum(getattr(o.stats, kind).values()) for o in outers) for kind in ("cache_hits", "cache_misses")))
"""


@pytest.fixture
def process(tmp_path):
    """Runs scripts beside the module of stages, with a folder of compiled code of their own."""
    (tmp_path / "stages.py").write_text(STAGES)

    def run(script: str, **more: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_CACHE_DIR": str(tmp_path), **more},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run


def test_what_python_calls_is_told_once_and_then_found_compiled(process):
    acted, told = process(TELL, NUMBA_DISABLE_JIT="1")
    assert told == "stages.pay stages.capped"  # what compiled code calls is no call by Python
    process(COMPILE, NUMBA_DISABLE_JIT="0")
    assert process(ACT, NUMBA_DISABLE_JIT="0") == [acted, "2 0"]
