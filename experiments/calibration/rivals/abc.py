"""Approximate Bayesian computation: pyABC's sequential Monte Carlo, adaptive distance, then regression.

Distance: absolute differences of statistics over their spread among the draws of a generation, found anew in
each (Prangle 2017, Bayesian Analysis 12). Where there is nothing to run but a table, its rows are the one
generation. Regression: local-linear, weights of Epanechnikov (Beaumont, Zhang and Balding 2002, Genetics
162).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.calibration.rivals.trial import Given, Learnt, Trial

PARTICLES = 200
BUDGET = 2_000
"""Simulations for a truth, after which no generation is begun: as many as the table has for all of them."""
GENERATIONS = 12
NEAREST, FOR_EACH = 0.1, 5
"""Part of a table that is accepted, and at least so many rows for each coefficient of the regression."""


class Abc:
    """pyABC, its draws adjusted by regression afterwards."""

    name = "SMC-ABC, regression"
    needs: Sequence[str] = ("pyabc",)

    def takes(self, trial: Trial) -> bool:
        """Always."""
        return True

    def prepared(self, trial: Trial) -> Given:
        """Nothing is learnt ahead: each truth is a search of its own."""

        def given(figures: np.ndarray, seed: int) -> Learnt:
            luck = np.random.default_rng(seed)
            if trial.simulate is None:
                return Learnt(adjusted(*nearest_rows(trial, figures, luck), figures, luck))
            scores, values, weights, runs = searched(trial, figures, luck, seed)
            return Learnt(adjusted(scores, values, weights, figures, luck), runs)

        return given


def adjusted(
    scores: np.ndarray,
    values: np.ndarray,
    weights: np.ndarray,
    figures: np.ndarray,
    luck: np.random.Generator,
) -> np.ndarray:
    """Draws of equal weight, moved by regression."""
    found = regressed(scores, values, weights, figures)
    return found[luck.choice(len(found), 2 * PARTICLES, p=weights / weights.sum())]


def searched(
    trial: Trial, figures: np.ndarray, luck: np.random.Generator, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """The last generation: scores of scored parameters, statistics, weights; and the simulations it took."""
    import pyabc

    np.random.seed(seed)  # noqa: NPY002 - pyABC draws from numpy's old generator alone
    logging.getLogger("ABC").setLevel(logging.ERROR)
    keys = [f"p{k:03}" for k in range(len(trial.names))]

    def run(parameters: Mapping[str, Any]) -> dict[str, np.ndarray]:
        assert trial.simulate is not None
        scores = np.array([[parameters[key] for key in keys]])
        return {"all": trial.publish(trial.simulate(scores, luck), luck)[0]}

    search = pyabc.ABCSMC(
        run,
        pyabc.Distribution(**{key: pyabc.RV("norm", 0.0, 1.0) for key in keys}),
        pyabc.AdaptivePNormDistance(p=1),
        PARTICLES,
        sampler=pyabc.sampler.SingleCoreSampler(),
    )
    search.new("sqlite://", {"all": figures})
    history = search.run(max_total_nr_simulations=BUDGET, max_nr_populations=GENERATIONS)
    particles = history.get_population().particles
    scores = np.array([[one.parameter[key] for key in keys] for one in particles])
    values = np.stack([one.sum_stat["all"] for one in particles])
    weights = np.array([one.weight for one in particles])
    return scores[:, trial.scored], values, weights, int(history.total_nr_simulations)


def nearest_rows(
    trial: Trial, figures: np.ndarray, luck: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows of a table that come nearest: scores of scored parameters, statistics, weights."""
    values = trial.publish(trial.given, luck)
    distance = distances(values, figures)
    wanted = max(int(NEAREST * len(values)), FOR_EACH * (values.shape[1] + 1))
    kept = np.argsort(distance)[:wanted]
    return trial.scores[kept][:, trial.scored], values[kept], np.ones(len(kept))


def distances(values: np.ndarray, figures: np.ndarray) -> np.ndarray:
    """Sums of absolute differences over each statistic's median absolute deviation [row]."""
    spread = np.median(np.abs(values - np.median(values, axis=0)), axis=0)
    return np.asarray((np.abs(values - figures) / np.maximum(spread, 1e-12)).sum(axis=1))


def regressed(scores: np.ndarray, values: np.ndarray, weights: np.ndarray, figures: np.ndarray) -> np.ndarray:
    """Scores moved along their regression on statistics to where the figures are [draw, parameter]."""
    from sklearn.linear_model import LinearRegression

    distance = distances(values, figures)
    near = weights * (1.0 - (distance / distance.max()) ** 2)
    line = LinearRegression().fit(values - figures, scores, sample_weight=near)
    return np.asarray(scores - (values - figures) @ line.coef_.T)
