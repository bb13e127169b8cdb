"""Methods on truths that are known: what they are scored by; the right posterior cannot be beaten."""

import numpy as np
import pytest

from experiments.calibration.page import HEAD
from experiments.calibration.pasts_table import PastsTable
from experiments.calibration.rivals import contest as module
from experiments.calibration.rivals import known
from experiments.calibration.rivals.abc import Abc, nearest_rows, regressed
from experiments.calibration.rivals.contest import METHODS, held, marks_of, verdicts
from experiments.calibration.rivals.flow import Flow
from experiments.calibration.rivals.history import History
from experiments.calibration.rivals.known import LINEAR, bent, linear, strongest
from experiments.calibration.rivals.ours import Exact, Ours, Prior
from experiments.calibration.rivals.told import lines, section
from experiments.evidence.page_sections import merged
from scenarios.values.errors import InputError

TRUTHS, ROWS = 10, 500


@pytest.fixture(scope="module")
def trial():
    return linear(ROWS, TRUTHS)


@pytest.fixture(scope="module")
def contest(trial):
    """The methods that need no package of their own."""
    return held(trial, (Prior(), Exact(), Ours(), Ours(smoothing=True), History()), say=str)


def crps(contest, name: str) -> float:
    return float(contest.of(name).crps.mean())


def test_a_method_that_learns_comes_near_the_posterior_that_is_known(contest):
    prior, exact = crps(contest, Prior.name), crps(contest, Exact.name)
    assert exact < 0.6 * prior
    assert crps(contest, Ours().name) < exact + 0.25 * (prior - exact)
    assert crps(contest, Ours(smoothing=True).name) < exact + 0.25 * (prior - exact)


def test_runs_beyond_the_table_are_counted(contest):
    assert contest.of(Ours().name).simulations == 0
    assert contest.of(Ours(smoothing=True).name).simulations == 2 * 400 + 50


def test_the_exact_posterior_of_a_linear_problem_has_its_mean_and_spread():
    figures = np.array([1.0, 0.0, 0.5, 0.2, -0.3, 0.4])
    draws = linear(10, 1).exact(figures, 40_000, np.random.default_rng(0))
    wide = known.LUCK**2 + known.ERROR**2
    spread = np.linalg.inv(np.eye(4) + LINEAR @ LINEAR.T / wide)
    assert draws.mean(axis=0) == pytest.approx(spread @ LINEAR @ figures / wide, abs=0.02)
    assert np.cov(draws.T) == pytest.approx(spread, abs=0.02)


def test_the_exact_posterior_of_a_bent_problem_covers_truths_as_often_as_it_says():
    trial = bent(10, 60)
    scores = held(trial, (Prior(), Exact()), say=str).of(Exact.name)
    assert scores.coverage() == pytest.approx((0.5, 0.8, 0.9), abs=0.12)
    assert scores.crps.mean() < 0.35


def test_a_truth_is_scored_by_draws_near_and_around_it():
    draws = np.random.default_rng(1).standard_normal((4000, 2))
    near, far = (marks_of(draws, np.array([at, at])) for at in (0.0, 3.0))
    assert near[0] == pytest.approx([0.234, 0.234], abs=0.02)  # CRPS of a standard Normal at its mean
    assert near[1] == pytest.approx([-0.919, -0.919], abs=0.05)
    assert (far[0] > near[0]).all() and (far[1] < near[1]).all()
    assert near[2].all() and not far[2].any()


def test_regression_takes_draws_to_where_the_figures_are():
    luck = np.random.default_rng(2)
    scores = luck.standard_normal((2000, 2))
    values = scores @ np.array([[1.0, 0.2], [0.3, 0.8]])
    figures = np.array([0.5, -0.4])
    found = regressed(scores, values, np.ones(2000), figures)
    true = np.linalg.solve(np.array([[1.0, 0.2], [0.3, 0.8]]).T, figures)
    assert found.mean(axis=0) == pytest.approx(true, abs=1e-6)


def test_of_a_table_the_nearest_rows_are_accepted(trial):
    figures = trial.figures[0]
    scores, values, _ = nearest_rows(trial, figures, np.random.default_rng(0))
    assert len(scores) == max(ROWS // 10, 5 * 7)
    assert np.abs(values - figures).mean() < 0.7 * np.abs(trial.given - figures).mean()


@pytest.mark.parametrize("method", [Abc(), Flow()])
def test_a_method_from_a_package_learns_from_figures(trial, method):
    pytest.importorskip(method.needs[0])
    few = linear(ROWS, 3)
    found = held(few, (Prior(), method), say=str)
    assert found.left_out == ()
    assert crps(found, method.name) < 0.85 * crps(found, Prior.name)


def test_what_is_not_installed_is_left_out_and_said(trial, monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    found = held(linear(50, 10), [one for one in METHODS if one.needs or one.name == Prior.name], say=str)
    assert [one.method for one in found.scores] == [Prior.name]
    assert set(found.left_out) == {one.name for one in METHODS if one.needs}


def test_the_winner_is_named_with_how_much_the_others_lost(contest):
    first, *others = verdicts(contest)
    best = min((Ours(), Ours(smoothing=True), History()), key=lambda one: crps(contest, one.name))
    assert f"by {best.name}," in first and len(others) == 2
    assert all("%" in line for line in others)


def test_the_comparison_is_a_section_of_the_page(contest):
    text = merged(None, "methods", section([contest], "sanxiang calibrate --methods 10"), HEAD)
    assert "`sanxiang calibrate --methods 10`" in text and "| linear | exact posterior | 0." in text
    assert "### CRPS by parameter: linear" in text and "| p4 |" in text
    assert any("10 truths" in line for line in lines([contest]))


def test_the_parameters_that_move_a_statistic_most_are_scored():
    luck = np.random.default_rng(3)
    scores = luck.standard_normal((400, 20))
    values = scores[:, [4]] + 0.5 * scores[:, [9]] + 0.1 * luck.standard_normal((400, 1))
    assert {4, 9} <= set(strongest(scores, values).tolist())
    assert len(strongest(scores, values)) == known.STRONGEST


def test_a_table_has_truths_for_one_row_in_ten(monkeypatch):
    table = PastsTable("hunan", 0.1, ("a",), np.zeros((40, 1)))
    monkeypatch.setattr(known, "values_of_rows", lambda statistics, table: np.zeros((40, 2)))
    with pytest.raises(InputError, match="5 truths: one row in 10 is one, and the table has 4"):
        known.of_table(table, 5)
