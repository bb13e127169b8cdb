"""How good forecasts are: scores of a sample against an outcome, and pooled skill over a yardstick.

The continuous ranked probability score says how far a whole distribution lies from what came, in the unit of
the value (Gneiting and Raftery 2007, JASA 102); of a single value it is the absolute error. Series of
different units are pooled after division by the mean absolute yearly change that was published to the year
of training (Hyndman and Koehler 2006). Skill is one less the ratio of two such sums; its interval resamples
whole series, since the years of one series err alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
RESAMPLES = 2000
CONFIDENCE = 0.95


class Spread(NamedTuple):
    """Quantiles of a sample: the median, and the ends of its 50 % and 90 % intervals."""

    p05: float
    p25: float
    median: float
    p75: float
    p95: float

    def covers(self, outcome: float, share: int) -> bool:
        """Whether the interval of 50 or 90 % holds an outcome."""
        low, high = (self.p25, self.p75) if share == 50 else (self.p05, self.p95)
        return bool(low <= outcome <= high)


class Skill(NamedTuple):
    """One less the ratio of two mean scores, with its 95 % interval; nan where there are too few series."""

    value: float
    low: float
    high: float


def spread(sample: np.ndarray) -> Spread:
    """The quantiles of a sample."""
    return Spread(*np.quantile(sample, QUANTILES).tolist())


def crps(sample: np.ndarray, outcome: float) -> float:
    """The score of a sample, in the unit of the value: without the bias of a finite one.

    Source: Ferro (2014), QJRMS 140: the fair score of an ensemble.

    Raises:
        ValueError: fewer than two values.
    """
    from scoringrules import crps_ensemble

    if len(sample) < 2:
        raise ValueError("a sample of fewer than two values has no fair score")
    return float(crps_ensemble(outcome, np.sort(sample), estimator="fair", backend="numpy"))


def pit(sample: np.ndarray, outcome: float) -> float:
    """The share of a sample below an outcome, of those equal to it half: even over 0 to 1 if all is right."""
    return float((sample < outcome).mean() + 0.5 * (sample == outcome).mean())


def skill(ours: Sequence[float], theirs: Sequence[float], series: Sequence[str]) -> Skill:
    """Skill of our scaled scores over theirs, point by point, with an interval over series.

    Raises:
        ValueError: the lengths differ.
    """
    pairs: dict[str, list[tuple[float, float]]] = {}
    for name, mine, other in zip(series, ours, theirs, strict=True):
        pairs.setdefault(name, []).append((mine, other))
    sums = np.array([np.sum(of_one, axis=0) for of_one in pairs.values()]).reshape(-1, 2)
    if not len(sums) or sums[:, 1].sum() <= 0.0:
        return Skill(np.nan, np.nan, np.nan)
    value = float(1.0 - sums[:, 0].sum() / sums[:, 1].sum())
    return Skill(value, *(_interval(sums) if len(sums) > 1 else (np.nan, np.nan)))


def _interval(sums: np.ndarray) -> tuple[float, float]:
    from scipy.stats import bootstrap

    def ratio(mine: np.ndarray, other: np.ndarray, axis: int = -1) -> np.ndarray:
        return np.asarray(1.0 - mine.sum(axis) / other.sum(axis))

    found = bootstrap(
        (sums[:, 0], sums[:, 1]), ratio, paired=True, vectorized=True, method="percentile",
        n_resamples=RESAMPLES, confidence_level=CONFIDENCE, rng=np.random.default_rng(1),
    )  # fmt: skip
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def histogram(pits: Sequence[float]) -> list[int]:
    """How many values of the integral transform fall into each of five or ten equal parts of 0 to 1."""
    counts, _ = np.histogram(pits, bins=10 if len(pits) >= 50 else 5, range=(0.0, 1.0))
    return [int(count) for count in counts]


def brier(probability: float, came: bool) -> float:
    """The score of a probability: its squared distance from what came, 0 to 1. Source: Brier (1950)."""
    from scoringrules import brier_score

    return float(brier_score(float(came), probability, backend="numpy"))
