"""How fast it is: one table of figures and goals, from pytest-benchmark's report on tests/benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from experiments.answer.text_table import fitted, terminal_width
from experiments.exits import Stop

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "tests" / "benchmarks" / "bench_speed.py"
QUESTIONS = ROOT / "tests" / "benchmarks" / "bench_questions.py"
SIZES = ("20000", "200000", "1000000")


@dataclass(frozen=True)
class Timing:
    """One benchmark: seconds of its fastest and of its median round, and what was done in one."""

    fastest: float
    median: float
    extra: dict[str, Any]


def measure(file: Path | None = None) -> dict[str, Timing]:
    """Runs the benchmarks of a file in a process of their own, those of the model unless given.

    Returns: {name: timing}. Raises: Stop when they are not there or one of them fails.
    """
    file = file or BENCHMARKS
    if not file.exists():
        raise Stop(f"{file} is missing: benchmarks come with the sources, not with an installed package")
    with TemporaryDirectory() as folder:
        report = Path(folder) / "benchmark.json"
        words = ["-q", "--benchmark-json", str(report), "--benchmark-disable-gc", "-p", "no:cacheprovider"]
        command = [sys.executable, "-m", "pytest", str(file), *words]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise Stop(f"a benchmark failed: {' '.join(done.stdout.splitlines()[-1:])}")
        return timings_in(json.loads(report.read_text("utf-8")))


def timings_in(report: Mapping[str, Any]) -> dict[str, Timing]:
    """The timings in a report of pytest-benchmark, by the name of the test."""
    return {
        entry["name"].removeprefix("test_"): Timing(
            entry["stats"]["min"], entry["stats"]["median"], entry["extra_info"]
        )
        for entry in report["benchmarks"]
    }


def figures_of(timings: Mapping[str, Timing]) -> dict[str, Any]:
    """The figures by their names in JSON, all of one run of the benchmarks.

    Computing is the same in every round, so the fastest round is the least disturbed by others.
    """
    quarters = {str(t.extra["firms"]): t for name, t in timings.items() if name.startswith("quarters")}
    return {
        "ns_per_firm_quarter": {
            size: 1e9 * quarters[size].fastest / quarters[size].extra["firm_quarters"] for size in SIZES
        },
        "runs_per_second": 1.0 / timings["a_run"].fastest,
        "twin_ratio": timings["firms_as_agents"].fastest / timings["firms_compiled"].fastest,
        "two_workers_ratio": timings["workers[1]"].fastest / timings["workers[2]"].fastest,
        "bytes_per_firm": max(timing.extra["bytes_per_firm"] for timing in quarters.values()),
        "warm_start_s": timings["start"].median,
    }


def multiples_of(timings: Mapping[str, Timing]) -> dict[str, dict[str, float]]:
    """What questions take, by the verb that asks them.

    runs: runs behind the answer. seconds: until it is there. plain_s: of a sweep of as many runs.
    multiple: the one over the other.
    """
    found = {}
    for name, one in timings.items():
        verb, plain = name.removeprefix("question[").removesuffix("]"), one.extra["plain_s"]
        found[verb] = {
            "runs": one.extra["runs"],
            "seconds": one.median,
            "plain_s": plain,
            "multiple": one.median / plain,
        }
    return found


def questions_told(multiples: Mapping[str, Mapping[str, float]]) -> str:
    """What questions take, one a line."""
    head = ("", "runs", "s", "s, a sweep of as many", "times")
    lines = [
        (
            verb,
            f"{one['runs']:,.0f}",
            *(f"{one[name]:.1f}" for name in ("seconds", "plain_s")),
            f"{one['multiple']:.2f}",
        )
        for verb, one in multiples.items()
    ]
    return "\n".join(fitted([head, *lines], left=(0,), limit=terminal_width()))


def table_of(figures: Mapping[str, Any]) -> str:
    """The figures beside their goals, one a line."""
    ns = figures["ns_per_firm_quarter"]
    lines = [
        ("ns per firm and quarter, 20,000 firms", f"{ns['20000']:.0f}", "<= 100"),
        ("ns per firm and quarter, 200,000 firms", f"{ns['200000']:.0f}", ""),
        ("ns per firm and quarter, 1,000,000 firms", f"{ns['1000000']:.0f}", ""),
        ("growth from 20,000 to 1,000,000 firms", f"{ns['1000000'] / ns['20000']:.2f}", "<= 1.5"),
        ("runs of 20,000 firms a second, one process", f"{figures['runs_per_second']:.1f}", ">= 12"),
        ("times the twin of plain Mesa agents", f"{figures['twin_ratio']:.0f}", ">= 150"),
        ("two processes against one", f"{figures['two_workers_ratio']:.2f}", ">= 1.8"),
        ("bytes per firm, state and scratch", f"{figures['bytes_per_firm']:.0f}", "<= 1000"),
        ("s from a warm start to the first result", f"{figures['warm_start_s']:.1f}", "<= 5"),
    ]
    return "\n".join(fitted([("", "here", "goal"), *lines], left=(0,), limit=terminal_width()))
