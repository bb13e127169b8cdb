"""Sets of the posterior moved by what their own whole runs gave: an ensemble smoother after the sampler.

The sampler knows the model through a surrogate and has to add its error to that of the figures, so that its
draws are conditioned on less than the figures say. A whole run of each draw says what the model gives
there. What the figures say beyond the sampler's likelihood is then taken in one or more steps of Kalman's
gain, each with figures perturbed by its error, on the surrogate's slopes (Emerick and Reynolds 2013,
Computers & Geosciences 55: the ensemble smoother with multiple data assimilation). It is exact where the
model is linear.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.calibration.posterior import Problem, only
from experiments.calibration.statistics import covariance

STEP = 1e-3  # of a score, for slopes
LEAST = 1e-9  # information below this part of the largest is none


@dataclass(frozen=True)
class Information:
    """What one draw's figures say: in all, and as far as the sampler took it in [fitted, fitted].

    whole: covariance of figures about the model without the surrogate's error. taken: with it.
    """

    whole: np.ndarray
    taken: np.ndarray

    def left(self, steps: int) -> np.ndarray:
        """Precision of the figures for each of so many steps, so that all of them add up to what is left."""
        difference = np.linalg.inv(self.whole) - np.linalg.inv(self.taken)
        values, vectors = np.linalg.eigh((difference + difference.T) / 2.0)
        kept = np.where(values > LEAST * values.max(), values, 0.0)
        return np.asarray((vectors * kept) @ vectors.T / steps)


def information(problem: Problem, discrepancy: np.ndarray, luck: np.ndarray) -> list[Information]:
    """Of draws with these discrepancies [draw, series]; luck: covariance of a whole run's statistics."""
    figures, members, errors = covariance(problem.fitted), problem.members, problem.errors
    surrogate = errors - figures
    wide = [figures + np.diag(members @ one**2) for one in discrepancy]
    return [Information(one + luck, one + surrogate) for one in wide]


def slopes(problem: Problem, scores: np.ndarray) -> np.ndarray:
    """Slopes of the surrogate's fitted statistics at scores [parameter]: [fitted, parameter]."""
    surrogate = only(problem.emulator, problem.chosen)
    moves = STEP * np.eye(len(scores))
    return np.asarray((surrogate.mean(scores + moves) - surrogate.mean(scores - moves)).T / (2.0 * STEP))


def moved(
    scores: np.ndarray,
    given: np.ndarray,
    figures: np.ndarray,
    slope: np.ndarray,
    before: np.ndarray,
    precision: np.ndarray,
    luck: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """One step of one draw: its scores moved [parameter], and the precision of scores after it.

    given: what the draw's whole run gave [fitted]. slope: of the statistics [fitted, parameter]. before:
    precision of the scores before the step [parameter, parameter]. precision: of the figures [fitted,
    fitted].
    """
    after = before + slope.T @ precision @ slope
    # The perturbation of figures enters as precision x error, whose covariance is the precision itself.
    values, vectors = np.linalg.eigh(precision)
    error = vectors @ (np.sqrt(np.maximum(values, 0.0)) * luck.standard_normal(len(figures)))
    pull = slope.T @ (precision @ (figures - given) + error)
    return scores + np.linalg.solve(after, pull), after


def smoothed(
    problem: Problem,
    scores: np.ndarray,
    given: np.ndarray,
    information_of: list[Information],
    before: list[np.ndarray] | None,
    steps: int,
    seed: int,
) -> tuple[np.ndarray, list[np.ndarray]]:
    """One step of all draws [draw, parameter] whose whole runs gave `given` [draw, fitted].

    before: precision of each draw's scores, None in the first step: the prior's and what the sampler took in.
    Returns the scores, and each precision for the step after.
    """
    luck, found, precisions = np.random.default_rng(seed), [], []
    for k, one in enumerate(information_of):
        slope = slopes(problem, scores[k])
        usual = np.eye(len(slope.T)) + slope.T @ np.linalg.inv(one.taken) @ slope
        place, after = moved(
            scores[k], given[k], problem.published, slope, usual if before is None else before[k],
            one.left(steps), luck,
        )  # fmt: skip
        found.append(place)
        precisions.append(after)
    return np.stack(found), precisions
