"""What the posterior forecasts of a statistic that it was not shown: the posterior predictive distribution.

A run misses the surrogate's mean by its own luck, which moves several statistics together. Figures that were
shown say something of that luck, so that the forecast of another statistic of the same run is conditional on
what they miss: joint Normal, as the sampler takes it.
"""

from __future__ import annotations

import numpy as np

from experiments.calibration.posterior import Problem


def forecast(
    problem: Problem,
    scores: np.ndarray,
    discrepancy: np.ndarray,
    figures: np.ndarray,
    places: np.ndarray,
    luck: np.random.Generator,
) -> np.ndarray:
    """What the run behind figures [fitted] gives of the statistics at `places`: [draw, place].

    scores, discrepancy: draws from the posterior given these figures [draw, parameter], [draw, series].
    Without errors of figures: what the run itself gives.
    """
    shown, residual = problem.chosen, problem.emulator.residual
    own, across = residual[np.ix_(places, places)], residual[np.ix_(places, shown)]
    errors, members, means = problem.errors, problem.members, problem.emulator.mean(scores)
    found = []
    for mean, wide in zip(means, discrepancy**2 @ members.T, strict=True):
        gain = np.linalg.solve(errors + np.diag(wide), across.T).T
        centre = mean[places] + gain @ (figures - mean[shown])
        found.append(luck.multivariate_normal(centre, own - gain @ across.T, method="eigh"))
    return np.stack(found)
