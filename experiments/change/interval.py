"""Means over pairs of equal luck with their intervals, and of what one mean is over another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.answer.probability import CONFIDENCE, known_interval

if TYPE_CHECKING:
    import pandas as pd

DETERMINED, OPEN, LOSS, FREE = "determined", "not determined", "loss", "no cost"


class Ratio(NamedTuple):
    """Cost over effect: {status, value, low, high}; a value only where the effect is sure to be a gain."""

    status: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


def by_observation(values: pd.DataFrame, draw: pd.Series) -> pd.DataFrame:
    """One row per pair, or the mean of each draw's pairs where some share a draw and others do not."""
    return values if draw.nunique() in (1, len(draw)) else values.groupby(draw.to_numpy()).mean()


def mean_of(values: Sequence[float]) -> dict[str, Any]:
    """{mean, low, high}: Student's 95 % interval, None where one observation leaves it open."""
    low, high = known_interval(values)
    return {"mean": float(np.mean(values)), "low": low, "high": high}


def ratio_of(cost: Sequence[float], effect: Sequence[float]) -> Ratio:
    """Mean cost over mean effect with Fieller's 95 % interval.

    Not determined where the interval of the effect includes zero, or one observation leaves it open: the
    ratio may then be anything. A loss where all of it lies below zero: nothing was bought.
    Source: Fieller (1954), Journal of the Royal Statistical Society B 16.
    """
    low, high = known_interval(effect)
    if low is None or high is None or low <= 0.0 <= high:
        return Ratio(OPEN)
    if high < 0.0:
        return Ratio(LOSS)
    if not np.any(cost):
        return Ratio(FREE)
    return _fieller(np.asarray(cost, float), np.asarray(effect, float))


def _fieller(cost: np.ndarray, effect: np.ndarray) -> Ratio:
    from scipy.special import stdtrit

    n = len(cost)
    spread = np.cov(cost, effect, ddof=1) * float(stdtrit(n - 1, 0.5 + CONFIDENCE / 2)) ** 2 / n
    x, y = float(cost.mean()), float(effect.mean())
    a, b, c = y * y - spread[1, 1], x * y - spread[0, 1], x * x - spread[0, 0]
    root = math.sqrt(max(b * b - a * c, 0.0))
    return Ratio(DETERMINED, x / y, (b - root) / a, (b + root) / a)
