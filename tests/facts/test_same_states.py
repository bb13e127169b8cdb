"""The whole model reaches the same states bit for bit, whatever runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUARTERS = 22  # into the second quarter of 2021, so that the levers of the plan act
PLAIN = {"NUMBA_DISABLE_JIT": "1"}
# Other instructions, and every index checked: what reads beside its array would raise.
OTHER_PROCESSOR = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_BOUNDSCHECK": "1"}


def states(seed: int, **environment: str) -> list[str]:
    """Firms and digest of the state after each quarter, from a process of its own."""
    script = Path(__file__).with_name("states_by_quarter.py")
    settings = {**os.environ, "NUMBA_DISABLE_JIT": "0", "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(
        [sys.executable, script, str(seed), str(QUARTERS)],
        env=settings, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def compiled():
    """The states of compiled runs by seed."""
    return {seed: states(seed) for seed in (1, 2)}


@pytest.mark.parametrize("seed", [1, 2])
def test_plain_python_agent_by_agent_reaches_the_same_states(seed, compiled):
    assert states(seed, **PLAIN) == compiled[seed]


def test_another_processor_reaches_the_same_states(compiled):
    assert states(1, **OTHER_PROCESSOR) == compiled[1]


def test_every_quarter_and_every_seed_has_a_state_of_its_own(compiled):
    found = [state for of_seed in compiled.values() for state in of_seed]
    assert len(set(found)) == len(found) == 2 * QUARTERS
