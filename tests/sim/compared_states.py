"""What a run holds quarter by quarter, from a process of its own, and where two of them differ."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENARIO, SCALE, QUARTERS = "plan", 0.004, 24  # all of 2021, when the plan's levers differ from the past
EVERY_LEVER, OF_EVERY_LEVER = (
    "every_lever",
    14,
)  # all at work from 2016 on, until basic research brings results
SEEDS = (3, 13)  # the second has everything that must happen, a firm founded on an invention among it


@cache
def states(
    seed: int, scenario: str = SCENARIO, quarters: int = QUARTERS, **environment: str
) -> list[dict[str, str]]:
    """What is held at the start and after each quarter."""
    script = Path(__file__).with_name("whole_state.py")
    done = subprocess.run(
        [sys.executable, script, scenario, str(seed), str(SCALE), str(quarters)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "0", "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def first_difference(ours: list[dict[str, str]], theirs: list[dict[str, str]]) -> str:
    """The first quarter in which two runs differ, and in what; empty if in none."""
    for quarter, (one, other) in enumerate(zip(ours, theirs, strict=True), start=-1):
        names = [name for name in one | other if one.get(name) != other.get(name)]
        if names:
            return f"quarter {quarter}: {len(names)} differ, the first are {names[:8]}"
    return ""
