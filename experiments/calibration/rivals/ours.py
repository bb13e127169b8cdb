"""The method of `sanxiang calibrate`: a surrogate and a sampler, without and with the smoother; the prior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from experiments.calibration.emulator import covariance_of, fit
from experiments.calibration.posterior import Problem, Sampled, Sampler
from experiments.calibration.rivals.trial import Given, Learnt, Trial
from experiments.calibration.smoother import information, smoothed
from experiments.calibration.statistics import Statistic

DRAWS, CHAINS, WARM_UP = 200, 2, 150
STEPS = 2
SETS, RUNS = 10, 5  # whose runs say how large luck is


class Prior:
    """Nothing is learnt: what every method has to beat."""

    name = "prior alone"
    needs: Sequence[str] = ()

    def takes(self, trial: Trial) -> bool:
        """Always."""
        return True

    def prepared(self, trial: Trial) -> Given:
        """Draws from the prior, whatever the figures."""

        def given(figures: np.ndarray, seed: int) -> Learnt:
            luck = np.random.default_rng(seed)
            return Learnt(luck.standard_normal((DRAWS * CHAINS, len(trial.scored))))

        return given


class Exact:
    """The true posterior, where it is known: what no method can beat for long."""

    name = "exact posterior"
    needs: Sequence[str] = ()

    def takes(self, trial: Trial) -> bool:
        """Where it is known."""
        return trial.exact is not None

    def prepared(self, trial: Trial) -> Given:
        """Draws from it."""

        def given(figures: np.ndarray, seed: int) -> Learnt:
            assert trial.exact is not None
            return Learnt(trial.exact(figures, DRAWS * CHAINS, np.random.default_rng(seed))[:, trial.scored])

        return given


class Ours:
    """Surrogate and No-U-Turn Sampler; smoothing: moved afterwards by runs of the draws themselves."""

    needs: Sequence[str] = ()

    def __init__(self, smoothing: bool = False) -> None:
        self.smoothing = smoothing
        self.name = "surrogate, NUTS" + (", smoother" if smoothing else "")

    def takes(self, trial: Trial) -> bool:
        """The smoother needs runs of its own."""
        return not self.smoothing or trial.simulate is not None

    def prepared(self, trial: Trial) -> Given:
        """Learns the surrogate and compiles the sampler."""
        emulator = fit(trial.names, trial.scores, trial.given)
        problem = Problem(emulator, trial.statistics, np.arange(len(trial.statistics)))
        sampler = Sampler(problem, DRAWS, CHAINS, WARM_UP)
        sampler.given(trial.figures[0])  # compiled here, and at no truth's cost

        def given(figures: np.ndarray, seed: int) -> Learnt:
            sampled, luck = sampler.given(figures, seed), np.random.default_rng(seed)
            found = luck.standard_normal((len(sampled.scores), len(trial.names)))  # of the others: the prior
            found[:, emulator.places] = sampled.scores
            if not self.smoothing:
                return Learnt(found[:, trial.scored])
            of_figures = replace(problem, statistics=with_figures(problem, figures))
            found, runs = smooth(trial, of_figures, sampled, found, luck)
            return Learnt(found[:, trial.scored], runs)

        return given


def with_figures(problem: Problem, figures: np.ndarray) -> tuple[Statistic, ...]:
    """The statistics with other published figures, given on the scale of comparison."""
    told = [np.exp(value) if one.log else value for one, value in zip(problem.fitted, figures, strict=True)]
    return tuple(replace(one, value=float(value)) for one, value in zip(problem.fitted, told, strict=True))


def smooth(
    trial: Trial, problem: Problem, sampled: Sampled, scores: np.ndarray, luck: np.random.Generator
) -> tuple[np.ndarray, int]:
    """Draws [draw, parameter] moved by their own runs, and how many runs that took."""
    assert trial.simulate is not None
    places = problem.emulator.places
    again = np.repeat(scores[np.linspace(0, len(scores) - 1, SETS).round().astype(int)], RUNS, axis=0)
    values = trial.simulate(again, luck).reshape(SETS, RUNS, -1)
    apart = (values - values.mean(axis=1, keepdims=True)).reshape(SETS * RUNS, -1)
    told = information(problem, sampled.discrepancy, covariance_of(apart) * RUNS / (RUNS - 1))
    found, precisions = scores.copy(), None
    for step in range(STEPS):
        given = trial.simulate(found, luck)
        moved, precisions = smoothed(problem, found[:, places], given, told, precisions, STEPS, step)
        found[:, places] = moved
    return found, len(again) + STEPS * len(found)
