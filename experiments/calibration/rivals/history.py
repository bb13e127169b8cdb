"""Gaussian-process history matching: what figures rule out is thrown away, what is left is the answer.

A Gaussian process stands for each statistic (scikit-learn). A draw of the prior is implausible where any
statistic lies further from its figure than three standard deviations of all errors together. Source: Craig,
Goldstein, Seheult and Smith (1997), Case Studies in Bayesian Statistics 3; three sigma from Pukelsheim
(1994), American Statistician 48.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np

from experiments.calibration.posterior import DISCREPANCY, has_discrepancy
from experiments.calibration.rivals.trial import Given, Learnt, Trial
from experiments.calibration.statistics import covariance

ROWS = 300
"""Of the table so many are learnt from: the cost grows with their cube."""
TRIED = 20_000
LEFT = 400
CUT = 3.0


class History:
    """History matching in one wave, on the table."""

    name = "GP history matching"
    needs: Sequence[str] = ()

    def takes(self, trial: Trial) -> bool:
        """Always."""
        return True

    def prepared(self, trial: Trial) -> Given:
        """Fits the processes, and knows what they give at draws of the prior."""
        tried = np.random.default_rng(0).standard_normal((TRIED, len(trial.scored)))
        means, spreads = processes(trial, tried)
        wide = covariance(trial.statistics).diagonal() + [
            DISCREPANCY**2 * has_discrepancy(one) for one in trial.statistics
        ]

        def given(figures: np.ndarray, seed: int) -> Learnt:
            apart = np.abs(means - figures) / np.sqrt(spreads**2 + wide)
            order = np.argsort(apart.max(axis=1))
            plausible = int((apart.max(axis=1) <= CUT).sum())
            kept = order[: max(plausible, LEFT)]  # the least implausible, where hardly any is plausible
            return Learnt(tried[np.random.default_rng(seed).choice(kept, LEFT)])

        return given


def processes(trial: Trial, tried: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means and standard deviations, luck included, at draws of the scored parameters [draw, statistic]."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    scores, means, spreads = trial.scores[:ROWS, trial.scored], [], []
    for values in trial.given[:ROWS].T:
        kernel = ConstantKernel(1.0) * RBF(np.full(scores.shape[1], 3.0), (0.3, 1e3)) + WhiteKernel(0.3)
        with warnings.catch_warnings():
            # A parameter that moves nothing has the longest scale there is.
            warnings.simplefilter("ignore", ConvergenceWarning)
            process = GaussianProcessRegressor(kernel, normalize_y=True).fit(scores, values)
        mean, spread = process.predict(tried, return_std=True)
        means.append(mean)
        spreads.append(spread)
    return np.column_stack(means), np.column_stack(spreads)
