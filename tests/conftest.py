"""What every test shares: one thread, no window, the folder of compiled rules set before Numba comes."""

import gc
import os
import signal

os.environ.setdefault("MPLBACKEND", "Agg")
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

# Begun with nohup, tests and all that they start would not hear that a terminal is closed.
signal.signal(signal.SIGHUP, signal.SIG_DFL)

from collections import defaultdict

import pytest
from hypothesis import settings

import agents  # noqa: F401  sets the folder of compiled rules

# The first call of a compiled rule may take seconds: no deadline. CI tries the same examples each time.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def central_unless_a_test_asks():
    """Sweeps of tests have the central parameters unless they ask for others.

    What a sweep takes by itself hangs on the region's posterior, which changes; tests/experiments/plan/
    test_posterior.py tries that.
    """
    from experiments.plan import drawn_sets

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn_sets, "usual", lambda *_: drawn_sets.ALL_CENTRAL)
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--battery", action="store_true", help="every trial of tests/battery, not a slice")


LONGEST = (
    "test_reach.py", "test_figures.py", "test_run.py", "test_cluster.py", "test_executors.py",
    "test_hostile_names.py", "test_plain_python.py", "test_f3_failures.py", "test_open_ports.py",
    "test_indicators.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest first: else one worker is alone with one of them at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_collection_finish() -> None:
    """Leave what is imported by now out of every later search for garbage, which was a fifth of the time."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each fault that tests/battery tried: code, what it is, trials, passes."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    recorded = [value for report in reports for value in _recorded(report)]
    for code, fault, trials, passes in recorded:
        count = counts[code, fault]
        count[0] += trials
        count[1] += passes
    if counts:
        terminalreporter.section("battery")
    for (code, fault), (trials, passes) in sorted(counts.items()):
        terminalreporter.write_line(f"{code:<4}  {fault:<90} {trials:>6} trials {passes:>6} passes")


def _recorded(report: object) -> list[list]:
    """What a test recorded; each test has three reports, and the last one has all of it."""
    properties = report.user_properties if getattr(report, "when", "") == "teardown" else []
    return [value for name, value in properties if name == "battery"]
