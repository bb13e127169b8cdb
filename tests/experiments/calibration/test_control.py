"""A part of the province as a control variate: what it costs follows from a correlation and two costs."""

import numpy as np
import pytest

from experiments.calibration import control as module
from experiments.calibration.control import Control, OfTarget, control, correlation, cost, lines, section
from experiments.calibration.page import HEAD
from experiments.evidence.page_sections import merged
from experiments.plan.drawn_sets import ALL_CENTRAL


def test_a_companion_that_is_free_and_agrees_costs_nothing_and_one_that_tells_nothing_the_same():
    assert cost(1.0, 0.0) == pytest.approx(0.0)
    assert cost(0.0, 0.5) == pytest.approx(1.0)
    assert cost(1.0, 0.6) == pytest.approx(0.6)  # as many runs, all of them cheap


def test_what_is_saved_is_what_the_best_division_of_work_saves():
    """Against all divisions of a budget between pairs and further runs of the part."""
    tied, ratio = 0.9, 0.1
    shares = np.linspace(0.01, 0.99, 9801)  # of the budget, in pairs
    pairs = shares / (1.0 + ratio)
    further = pairs + (1.0 - shares) / ratio  # runs of the part, those in pairs among them
    variance = (1.0 - tied**2) / pairs + tied**2 / further
    assert cost(tied, ratio) == pytest.approx(variance.min(), rel=1e-3)


def test_what_never_varies_has_no_correlation():
    assert np.isnan(correlation(np.array([[0.0, 1.0], [0.0, 0.0], [0.0, 1.0]])))
    assert correlation(np.array([[0.0, 1.0], [1.0, 3.0], [2.0, 5.0], [np.nan, 0.0]])) == pytest.approx(1.0)


def test_the_same_runs_are_made_twice(monkeypatch):
    monkeypatch.setattr(module, "in_parallel", lambda work, items: [work(item) for item in items])
    monkeypatch.setattr(module, "usual", lambda *_: ALL_CENTRAL)  # of no posterior: candidates of the priors
    found = control("hunan", 3, 0.005)
    assert found.pairs == 3 and 0.0 < found.ratio < 1.0
    by_name = {one.name: one for one in found.targets}
    assert by_name["sei_va"].tied > 0.3 and "all" in by_name
    assert any(f"at scale {found.scale:g} and whole" in line for line in lines(found))


def made_up(*costs: float) -> Control:
    targets = tuple(OfTarget(f"t{n}", 0.9, 0.5, (0.4, 0.5), 0.8, one) for n, one in enumerate(costs))
    return Control(0.1, 60, "parameters: 60 candidates of the priors", (0.6, 1.0), targets)


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ((1.2, 1.4), "costs 1.20 to 1.40 times as much with it: it pays for no target"),
        ((0.7, 1.4), "it pays for t0 alone"),
        ((0.7, 0.9), "it pays for every target"),
        ((np.nan,), "nothing can be said"),
    ],
)
def test_whether_it_pays_is_said(costs, said):
    text = merged(None, module.SECTION, section(made_up(*costs), "sanxiang calibrate --control 60"), HEAD)
    assert said in text and "60 % " not in text and "1.00 s: 60%" in text
