"""A second copy of the project runs what the first compiled, wherever it lies."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MISSED = """
import gc, sim
from agents.engine.rules import Compiled
from sim.model import choose
from sim.run import simulate
simulate([choose("plan", scale=0.004)])
told = [outer.stats for one in gc.get_objects() if isinstance(one, Compiled) for outer in one.outers]
print(sum(sum(one.cache_hits.values()) for one in told), sum(sum(one.cache_misses.values()) for one in told))
print(sim.__path__[0])
"""


def in_process(folder: Path) -> tuple[int, int, str]:
    """How many compiled functions a run found and did not find, and where its sources lie."""
    done = subprocess.run(
        [sys.executable, "-c", MISSED], cwd=folder, env={**os.environ, "NUMBA_DISABLE_JIT": "0"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found, missed, place = done.stdout.split()
    return int(found), int(missed), place


@pytest.fixture
def copy(tmp_path):
    """The floors below experiments, in another folder and with other times."""
    for name in ("agents", "sim", "scenarios", "configs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        for file in (tmp_path / name).rglob("*.py"):
            os.utime(file, (1, 1))
    return tmp_path


def test_a_copy_of_the_project_compiles_nothing_again(copy):
    found, missed, _ = in_process(ROOT)
    assert in_process(copy) == (found + missed, 0, str(copy / "sim"))
    assert found + missed > 100
