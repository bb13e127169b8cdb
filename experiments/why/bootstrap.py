"""Intervals by the bootstrap over observations: of means, of one mean over another, of shares of runs.

An observation is a pair of runs of equal luck, or the mean of the pairs of one set of parameters.
The percentiles are moved outward as far as Student's distribution asks for so few observations, and where
these are fewer than eight, of which no resample reaches far enough, the interval is at least Student's own.
Source: Efron (1979), Annals of Statistics 7; the small-sample percentiles are those of Hesterberg (2015),
The American Statistician 69.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np

from experiments.answer.probability import CONFIDENCE, mean_interval, wilson
from experiments.change.interval import DETERMINED, FREE, LOSS, OPEN, Ratio

RESAMPLES, LUCK = 2_000, 1979
FEW = 8  # observations
NOTHING = 1e-9  # of the level: a difference so small is rounding


class Estimate(NamedTuple):
    """A mean and its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0.0 or self.high < 0.0

    def times(self, factor: float) -> Estimate:
        """In another unit, or with the other sign."""
        ends = sorted((self.low * factor, self.high * factor))
        return Estimate(self.mean * factor, *ends)


@cache
def resamples(count: int) -> np.ndarray:
    """How often each observation stands in each resample, as shares [resample, observation]."""
    drawn = np.random.default_rng(LUCK).integers(0, count, (RESAMPLES, count))
    return np.stack([(drawn == one).mean(axis=1) for one in range(count)], axis=1)


@cache
def percentiles(count: int) -> tuple[float, float]:
    """The lower and the upper percentile of so many observations, as shares."""
    from scipy.special import ndtr, stdtrit

    reach = math.sqrt(count / (count - 1)) * float(stdtrit(count - 1, 0.5 + CONFIDENCE / 2))
    tail = float(ndtr(-reach))
    return tail, 1.0 - tail


def mean_of(values: np.ndarray) -> Estimate:
    """The mean of some observations; it needs two."""
    low, high = np.quantile(resamples(len(values)) @ values, percentiles(len(values)))
    if len(values) < FEW:
        least = mean_interval(values)
        low, high = min(low, least[0]), max(high, least[1])
    return Estimate(float(values.mean()), float(low), float(high))


def share_of(values: np.ndarray) -> Estimate:
    """As mean_of, of changes of a share of runs [percentage points].

    Where every pair says the same, the interval is Wilson's: that none of some pairs changed leaves a chance
    that the next one would.
    """
    found = mean_of(values)
    if np.ptp(values) > 0.0:
        return found
    if found.mean == 0.0:
        most = 100.0 * wilson(0, len(values))[1]
        return Estimate(0.0, -most, most)
    least = abs(found.mean) * wilson(len(values), len(values))[0]
    ends = sorted((math.copysign(least, found.mean), found.mean))
    return Estimate(found.mean, *ends)


def ratio_of(cost: np.ndarray, effect: np.ndarray) -> Ratio:
    """Mean cost over mean effect; a value only where the effect is sure to be a gain."""
    gain = mean_of(effect)
    if not gain.sure:
        return Ratio(OPEN)
    if gain.high < 0.0:
        return Ratio(LOSS)
    if not np.any(cost):
        return Ratio(FREE)
    shares = resamples(len(effect))
    bought = shares @ effect
    # Where the interval leaves zero out, the resamples beyond it may still hold a loss: they say no ratio.
    kept = bought > 0.0
    low, high = np.quantile((shares[kept] @ cost) / bought[kept], percentiles(len(effect)))
    return Ratio(DETERMINED, float(cost.mean() / effect.mean()), float(low), float(high))


def without_rounding(values: np.ndarray, level: np.ndarray | float) -> np.ndarray:
    """Differences with those that are rounding set to nothing; level: how large what differs is."""
    cleaned: np.ndarray = np.where(np.abs(values) <= NOTHING * np.abs(level), 0.0, values)
    return cleaned


def quotient_of(gain: np.ndarray, cost: np.ndarray) -> Estimate | None:
    """Mean gain over mean cost; None where the cost may be nothing or less."""
    if mean_of(cost).low <= 0.0:
        return None
    shares = resamples(len(cost))
    paid = shares @ cost
    kept = paid > 0.0
    low, high = np.quantile((shares[kept] @ gain) / paid[kept], percentiles(len(cost)))
    return Estimate(float(gain.mean() / cost.mean()), float(low), float(high))
