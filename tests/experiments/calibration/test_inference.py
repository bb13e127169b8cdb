"""The method on a model whose posterior is known: linear, with Normal errors."""

import numpy as np
import pytest

from experiments.calibration import smoother
from experiments.calibration.emulator import Emulator, fit, influential, scores_of, with_correction
from experiments.calibration.posterior import Problem, Sampler
from experiments.calibration.smoother import Information, information, moved
from experiments.calibration.statistics import covariance
from tests.experiments.calibration.test_statistics import one

SLOPE = np.array([[1.0, 0.3], [-0.5, 0.8]])  # [parameter, statistic]
FIGURES = np.array([0.4, -0.2])
ERROR = 0.5


def linear(residual: float = 0.0) -> Emulator:
    """A surrogate that is linear and misses by a Normal error."""
    nothing = ((np.zeros((2, 2)), np.zeros(2)),)
    return Emulator(
        ("a", "b"), np.arange(2), np.zeros(2), np.ones(2), (nothing,), SLOPE, np.zeros(2), np.zeros(2),
        residual**2 * np.eye(2),
    )  # fmt: skip


def exact(error: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of the posterior under standard Normal priors."""
    precision = np.eye(2) + SLOPE @ SLOPE.T / error**2
    spread = np.linalg.inv(precision)
    return spread @ SLOPE @ FIGURES / error**2, spread


def statistics():
    """Two statistics that no discrepancy touches."""
    rows = ("first", "second")
    return tuple(one(fact=name, log=False, year=None, level_error=0.0, year_error=ERROR) for name in rows)


def test_the_sampler_finds_a_posterior_that_is_known():
    problem = Problem(linear(), statistics(), np.arange(2))
    found = Sampler(problem, draws=2000, chains=2, warm_up=300).given(FIGURES)
    mean, spread = exact(ERROR)
    error = 4.0 / np.sqrt(found.effective)
    assert found.scores.mean(axis=0) == pytest.approx(mean, abs=error * np.sqrt(spread.diagonal().max()))
    assert np.cov(found.scores.T) == pytest.approx(spread, abs=3.0 * error * spread.max())
    assert found.split < 1.05


def test_a_sampler_is_given_other_figures_and_compiles_nothing():
    sampler = Sampler(Problem(linear(), statistics(), np.arange(2)), draws=400, chains=2, warm_up=200)
    first, second = (sampler.given(figures).scores.mean(axis=0) for figures in (FIGURES, -FIGURES))
    assert sampler.drawn._cache_size() == 1
    assert first == pytest.approx(exact(ERROR)[0], abs=0.1)
    assert second == pytest.approx(-exact(ERROR)[0], abs=0.1)


def test_what_errors_of_figures_take_in_is_laid_out_once_for_all_draws(monkeypatch):
    asked = []
    monkeypatch.setattr(smoother, "covariance", lambda rows: asked.append(rows) or covariance(rows))
    problem = Problem(linear(0.3), statistics(), np.arange(2))
    found = information(problem, np.zeros((5, 0)), 0.1 * np.eye(2))
    assert len(asked) == 1 and len(found) == 5
    assert found[0].whole == pytest.approx((ERROR**2 + 0.1) * np.eye(2))
    assert found[0].taken == pytest.approx((ERROR**2 + 0.3**2) * np.eye(2))


def test_the_error_of_the_surrogate_is_taken_out_again_by_whole_runs():
    """Draws given figures and a surrogate's error, moved twice: the posterior without that error."""
    luck = np.random.default_rng(1)
    wide = np.sqrt(ERROR**2 + 0.7**2)
    mean, spread = exact(wide)
    draws, precision = luck.multivariate_normal(mean, spread, 4000), np.linalg.inv(spread)
    told = Information(ERROR**2 * np.eye(2), wide**2 * np.eye(2))
    for _ in range(2):
        steps = [moved(draw, draw @ SLOPE, FIGURES, SLOPE.T, precision, told.left(2), luck) for draw in draws]
        draws, precision = np.stack([place for place, _ in steps]), steps[0][1]
    wanted, of_all = exact(ERROR)
    assert draws.mean(axis=0) == pytest.approx(wanted, abs=0.04)
    assert np.cov(draws.T) == pytest.approx(of_all, abs=0.04)


def toy_rows(count: int = 1500) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names, scores and two statistics that two of twelve parameters move, one of them not linearly."""
    names = [f"g.p{k}" for k in range(12)]
    scores = scores_of(names, np.arange(count))
    luck = 0.1 * np.random.default_rng(2).standard_normal((count, 2))
    first, second = scores[:, 3], scores[:, 7]
    return names, scores, np.column_stack([first + 0.5 * second, np.tanh(first) * second]) + luck


def test_parameters_that_move_nothing_are_left_out():
    _, scores, values = toy_rows()
    assert influential(scores, values).tolist() == [3, 7]
    nothing = np.random.default_rng(3).standard_normal((len(scores), 2))
    assert influential(scores, nothing).tolist() == []


def test_a_surrogate_learns_the_mean_and_says_how_far_it_misses():
    names, scores, values = toy_rows()
    found = fit(names, scores, values)
    assert found.keys == ("g.p3", "g.p7")
    fresh = scores_of(names, np.arange(5000, 6000))
    first, second = fresh[:, 3], fresh[:, 7]
    truth = np.column_stack([first + 0.5 * second, np.tanh(first) * second])
    missed = np.sqrt(((found.mean(fresh[:, found.places]) - truth) ** 2).mean(axis=0))
    assert missed.max() < 0.12
    told = np.sqrt(found.residual.diagonal())
    assert told == pytest.approx(np.sqrt(missed**2 + 0.1**2), rel=0.35)


def test_whole_runs_correct_a_surrogate_that_is_off():
    luck = np.random.default_rng(4)
    scores = luck.standard_normal((200, 2))
    values = scores @ (SLOPE + 0.3) + 2.0 + 0.05 * luck.standard_normal((200, 2))
    found = with_correction(linear(1.0), scores, values)
    assert found.shift == pytest.approx([2.0, 2.0], abs=0.03)
    assert found.slope == pytest.approx(SLOPE + 0.3, abs=0.03)
    assert np.sqrt(found.residual.diagonal()) == pytest.approx([0.05, 0.05], rel=0.3)
