"""A store of 100,000 runs: its table of targets within 10 s and 2 GB, and no work on single runs."""

import cProfile
import os
import pstats
import subprocess
import sys
from collections import Counter

import pytest
from many_runs import folder_of_many_runs

from experiments.answer.table import targets
from experiments.answer.target_table import render_targets
from experiments.store import sealed

MOST_SECONDS, MOST_BYTES = 10.0, 2e9
FEW = 2_000  # runs, the slice of `make test`
MOST_CALLS_PER_RUN = 40
TIMED = """
import sys, time
from pathlib import Path
from experiments.__main__ import main
code = main(["targets", sys.argv[1]])
# Not ru_maxrss, which begins with what the process took that started this one
most = next(line for line in Path("/proc/self/status").read_text().split("\\n") if line.startswith("VmHWM"))
print(code, time.process_time(), most.split()[1], file=sys.stderr)
"""


@pytest.fixture(scope="module")
def two_thousand(tmp_path_factory):
    return folder_of_many_runs(tmp_path_factory.mktemp("many") / "r", FEW)


def calls(folder) -> int:
    """Python functions called for the table, a count of the work that a busy machine does not change."""
    render_targets(folder)  # imports everything
    profile = cProfile.Profile()
    profile.runcall(render_targets, folder)
    return pstats.Stats(profile).total_calls  # type: ignore[attr-defined]


def test_the_table_costs_no_call_per_run(battery, two_thousand, tmp_path):
    few = folder_of_many_runs(tmp_path / "few", FEW // 4)
    per_run = (calls(two_thousand) - calls(few)) / (FEW - FEW // 4)
    battery.record("size", per_run < MOST_CALLS_PER_RUN, f"{per_run:.1f} calls per run")


def test_the_table_reads_the_ends_of_runs_once_and_no_series(battery, two_thousand, monkeypatch):
    read, known = Counter(), sealed._bytes_of

    def counted(path, most):
        read[path.name] += 1
        return known(path, most)

    monkeypatch.setattr(sealed, "_bytes_of", counted)
    assert len(targets(two_thousand)) == 5 * 8
    tables = [name for name in read if name.endswith(".parquet") and "." in name.removesuffix(".parquet")]
    only_ends = tables and all(name.endswith(".runs.parquet") for name in tables)
    battery.record("size", only_ends and {read[name] for name in tables} == {1}, f"{read.most_common(3)}")


def test_the_table_of_a_hundred_thousand_runs_takes_ten_seconds_and_two_gigabytes(
    battery, two_thousand, tmp_path
):
    runs = battery.trials(FEW, 100_000)
    folder = two_thousand if runs == FEW else folder_of_many_runs(tmp_path / "r", runs)
    done = subprocess.run(
        [sys.executable, "-c", TIMED, str(folder)], capture_output=True, text=True, check=True, env=os.environ
    )
    code, seconds, kilobytes = done.stderr.split()[-3:]
    fine = code == "0" and float(seconds) <= MOST_SECONDS and 1024 * int(kilobytes) <= MOST_BYTES
    battery.record("size", fine, f"{runs} runs: {seconds} s of processor, {kilobytes} kB")
    assert f"N = {runs // 5} runs per scenario" in done.stdout
