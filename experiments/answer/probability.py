"""How likely a target is, and how sure that is: counts of runs turned into intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.language.words import translated, word

Values = NDArray[np.float64] | NDArray[np.int64]
CONFIDENCE = 0.95
NORMAL_QUANTILE = NormalDist().inv_cdf(0.5 + 0.5 * CONFIDENCE)


@dataclass(frozen=True)
class Probability:
    """Hits among runs, the share of finished runs that hit, and its 95 % interval."""

    hits: int
    runs: int
    failed: int
    value: float
    low: float
    high: float
    method: str

    def __str__(self) -> str:
        return in_words(self)


def probability(hits: Sequence[bool | None] | Values, draws: Sequence[int] | Values) -> Probability:
    """The probability of a target from a hit or miss per run (None or nan: it failed) and the run's draw.

    Wilson's interval when every run has its own draw or all share one; otherwise the spread of the
    draws' means, or Wilson's with one observation per draw where all draws agree. Failed runs widen
    it: its lower end counts them as misses, its upper end as hits.
    """
    met = np.asarray(hits, dtype=np.float64)
    failed, met_by = int(np.isnan(met).sum()), int(np.nansum(met))
    low, method = _bounds(np.nan_to_num(met, nan=0.0), draws)
    high, _ = _bounds(np.nan_to_num(met, nan=1.0), draws)
    value = met_by / (len(met) - failed) if len(met) > failed else math.nan
    note = f"{method}, failed runs as bounds" if failed else method
    return Probability(met_by, len(met), failed, value, low[0], high[1], note)


def methods_said(methods: str) -> str:
    """Methods of intervals, a semicolon between them, in the language that is spoken."""
    return word("answer.separator").join(translated("methods", one) for one in methods.split("; "))


def wilson(hits: float, runs: int) -> tuple[float, float]:
    """Wilson's 95 % score interval; (0, 1) for no runs.

    Source: Wilson (1927), JASA 22, 209-212. scipy's `binomtest` gives the same with a p-value that nobody
    reads, and searches for it the longer the more runs there are.
    """
    if runs == 0:
        return 0.0, 1.0
    share, squared = int(hits) / runs, NORMAL_QUANTILE**2
    centre = (2.0 * runs * share + squared) / (2.0 * (runs + squared))
    spread = math.sqrt(4.0 * runs * share * (1.0 - share) + squared)
    half = NORMAL_QUANTILE * spread / (2.0 * (runs + squared))
    return max(0.0, centre - half) if hits else 0.0, min(1.0, centre + half) if hits < runs else 1.0


def _bounds(hits: Values, draws: Sequence[int] | Values) -> tuple[tuple[float, float], str]:
    _, group, sizes = np.unique(np.asarray(draws), return_inverse=True, return_counts=True)
    runs, total = len(hits), int(hits.sum())
    if len(sizes) in (runs, 1):
        return wilson(total, runs), "Wilson"
    if total in (0, runs):
        return wilson(len(sizes) if total else 0, len(sizes)), "Wilson over parameter draws"
    means = np.bincount(group, weights=hits) / sizes
    return _spread(means.tolist()), "t over the means of parameter draws"


def _by_draw(values: Sequence[float], draws: Sequence[int]) -> list[list[float]]:
    groups: dict[int, list[float]] = {}
    for value, draw in zip(values, draws, strict=True):
        groups.setdefault(draw, []).append(value)
    return list(groups.values())


def _spread(means: list[float]) -> tuple[float, float]:
    """Student's interval of a mean of shares, kept inside 0 to 1."""
    low, high = mean_interval(means)
    return max(0.0, low), min(1.0, high)


def mean_interval(values: Sequence[float] | Values) -> tuple[float, float]:
    """Student's 95 % interval of a mean; infinite for fewer than two values."""
    from scipy.special import stdtrit

    if len(values) < 2:
        return -math.inf, math.inf
    half = stdtrit(len(values) - 1, 0.5 + CONFIDENCE / 2) * np.std(values, ddof=1) / math.sqrt(len(values))
    return float(np.mean(values) - half), float(np.mean(values) + half)


def known_interval(values: Sequence[float] | Values) -> tuple[float | None, float | None]:
    """The ends of mean_interval; None where fewer than two values leave them open."""
    low, high = (end if math.isfinite(end) else None for end in mean_interval(values))
    return low, high


def in_words(p: Probability) -> str:
    """The probability as it is printed: never 0 % or 100 %, but the end of the interval instead.

    While runs are without a result it is two bounds, all of those missing the target or all meeting it.
    """
    if math.isnan(p.value):
        return "no finished run"
    if p.failed:
        return f"[{p.hits}/{p.runs}, {p.hits + p.failed}/{p.runs}] {_interval(p)}"
    if p.hits == 0:
        return f"<{_percent(p.high)} %"
    if p.hits == p.runs - p.failed:
        return f">{_percent(p.low)} %"
    return f"{_percent(p.value)} % ({_percent(p.low)}–{_percent(p.high)})"


def _interval(p: Probability) -> str:
    """The interval of a probability between bounds, open at an end that would be 0 or 1."""
    if p.hits == 0:
        return f"<{_percent(p.high)} %"
    if p.hits + p.failed == p.runs:
        return f">{_percent(p.low)} %"
    return f"({_percent(p.low)}–{_percent(p.high)} %)"


def _percent(share: float) -> str:
    """A share in per cent with one decimal, and as many as it takes near 0 and 1."""
    for decimals in range(1, 12):
        text = f"{100 * share:.{decimals}f}"
        if share in (0.0, 1.0) or float(text) not in (0.0, 100.0):
            return text
    return f"{100 * share:g}"


class Split(NamedTuple):
    """A variance in two parts: between parameter draws, and within them (luck and the world's path)."""

    between: float
    within: float


def split_variance(values: Sequence[float], draws: Sequence[int]) -> Split:
    """The law of total variance: how much of the spread is parameters, and how much is luck.

    The variance of the draws' means is corrected for the luck left in them, so pure luck gives 0
    between draws in expectation; nan where a part cannot be told (one draw, or one run per draw).
    """
    groups = _by_draw(values, draws)
    degrees = len(values) - len(groups)
    within = sum(float(np.var(group)) * len(group) for group in groups) / degrees if degrees else math.nan
    if len(groups) < 2 or math.isnan(within):
        return Split(math.nan, within)
    means = [float(np.mean(group)) for group in groups]
    luck_in_means = within * float(np.mean([1 / len(group) for group in groups]))
    return Split(max(0.0, float(np.var(means, ddof=1)) - luck_in_means), within)
