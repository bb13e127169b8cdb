"""The battery: faults tried on purpose, a slice of each in `make test`, all of them in `make battery`.

A test says how many trials it makes and records each one; the last lines of pytest count them by fault:

    def test_a_killed_sweep_ends_as_an_undisturbed_one(battery):
        for n in range(battery.trials(2, 20)):
            battery.record("F1", killed_and_resumed(seed=n) == undisturbed, f"seed {n}")

A test whose recorded trial failed fails at its end, so that one failure does not hide the next.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHARED = ("sim", "experiments", "experiments/compute")  # what tests share
sys.path[:0] = [str(HERE), *(str(HERE.parent / name) for name in SHARED)]

# What is tried, by its code; the figures to reach stand in the tests.
FAULTS = {
    "F1": "the whole sweep killed at random moments, workers and executor changed at each restart",
    "F2": "Ctrl-C, SIGTERM and a closed terminal",
    "F3": "a worker killed; a run that raises, hangs or eats memory",
    "F4": "disk full, folder read-only",
    "F5": "result files cut, flipped, swapped, emptied, of another version",
    "F6": "simultaneous starts on one folder",
    "F7": "sources or data changed before a resume",
    "C1": "configurations that are wrong",
    "C2": "configurations drawn at random, and mutated",
    "R1": "workers, executor, order, locale, threads, processor features",
    "R4": "a reporter, trace or plot added",
    "R5": "a lever added at zero; a lever for one firm, markets frozen",
    "B1": "identities over random configurations",
    "S1": "hostile YAML; hostile names in report, CSV, SVG",
    "W1": "files of somebody else in a results folder, and folders that are somebody else's",
    "W2": "links, pipes and folders in the place of files of results",
    "S2": "received folders: any value anywhere in a record that is well sealed",
    "S3": "open ports: what a sweep on a cluster opens, and what a stranger hears there",
    "K1": "identity by content: contents, labels and pairs told apart one to one",
    "K2": "missing values: neither hit nor miss, and no number in JSON",
    "I1": "tables, comparisons, figures and reports of a sweep that was interrupted, or failed",
    "N1": "notebooks of docs/notebooks, run to their ends",
    "Q1": "the questions of docs/QUESTIONS.md: every command, and what its answer quotes",
    "A1": "something that README invites to add, added to a copy of the project",
    "P1": "the report and the brief on paper, on a phone and in the dark, in both languages",
    "U1": "the explorer as somebody new uses it, in a browser",
    "size": "a store of many runs",
}
RECORDED = "battery"  # name of the property that carries trials from a worker of pytest to its last lines


class Battery:
    """Counts the trials of one test."""

    def __init__(self, whole: bool) -> None:
        self.whole = whole
        self.counts: dict[str, list[int]] = {}
        self.failures: list[str] = []

    def trials(self, slice_n: int, full_n: int) -> int:
        """How many trials to make: the slice of `make test`, or all with `--battery`."""
        return full_n if self.whole else slice_n

    def record(self, code: str, passed: bool, trial: str = "") -> None:
        """Counts one trial of a fault; `trial` says which, should it have failed."""
        if code not in FAULTS:
            raise ValueError(f"{code} is no fault of the battery: {', '.join(FAULTS)}")
        count = self.counts.setdefault(code, [0, 0])
        count[0] += 1
        count[1] += bool(passed)
        if not passed:
            self.failures.append(f"{code} {trial}".rstrip())


@pytest.fixture
def battery(request: pytest.FixtureRequest) -> Iterator[Battery]:
    """Counts trials; see the head of this file."""
    counted = Battery(request.config.getoption("--battery"))
    yield counted
    for code, (trials, passes) in counted.counts.items():
        request.node.user_properties.append((RECORDED, [code, FAULTS[code], trials, passes]))
    if counted.failures:
        pytest.fail(f"{len(counted.failures)} trials failed:\n" + "\n".join(counted.failures), pytrace=False)


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep that is not refused fails the test at once instead of running."""

    def begins(*_: object, **__: object) -> None:
        raise AssertionError("a run would begin")

    monkeypatch.setattr("experiments.answer.sweep.carry_out", begins)


@pytest.fixture(scope="module")
def chromium(request, tmp_path_factory):
    """A fresh Chromium without a window."""
    if not request.config.getoption("--battery"):
        pytest.skip("a browser is opened by `make battery` alone")
    from browser import QUIET, chromium_here
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"), executable_path=chromium_here(), args=QUIET, headless=True
        )
        yield context
        context.close()
