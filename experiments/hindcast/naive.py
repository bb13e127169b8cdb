"""Naive forecasts, each with a distribution of its own, from nothing but figures published before.

bell = walk(history, 2020)      # None where too little is published
bell.median, bell.crps(787.2)

All are normal, or normal on the logarithm, with the spread that the figures themselves show, as is usual for
such yardsticks (Hyndman and Athanasopoulos 2021, Forecasting: Principles and Practice, 3rd ed., chapter 5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np

STEADY = 0.95
"""The largest autoregression of growth: beyond it growth would never come back to its mean."""
LEAST_CHANGES, LEAST_PAIRS, LEAST_SPARE = 2, 3, 1


@dataclass(frozen=True)
class Bell:
    """A normal distribution of the value, or of its logarithm; a single value where sd is 0."""

    mean: float
    sd: float
    on_log: bool = False

    def quantile(self, share: float) -> float:
        """The value below which `share` (0 to 1) of it lies."""
        at = NormalDist(self.mean, self.sd).inv_cdf(share) if self.sd > 0.0 else self.mean
        return exp(at) if self.on_log else at

    @property
    def median(self) -> float:
        """Its middle."""
        return self.quantile(0.5)

    def crps(self, outcome: float) -> float:
        """Its continuous ranked probability score, in the unit of the value: 0 is best.

        Source: Gneiting and Raftery (2007), JASA 102, for the normal; Baran and Lerch (2015), QJRMS 141, for
        the lognormal.
        """
        from scoringrules import crps_lognormal, crps_normal

        if self.sd <= 0.0:
            return abs(self.median - outcome)
        score = crps_lognormal if self.on_log else crps_normal
        return float(score(outcome, self.mean, self.sd, backend="numpy"))


@dataclass(frozen=True)
class History:
    """What was published of an indicator, in order of years, in parts between which nothing is compared.

    rate: it is a growth rate itself, whose logarithm and growth say nothing.
    """

    parts: tuple[tuple[tuple[int, float], ...], ...]
    rate: bool = False

    @property
    def figures(self) -> int:
        """How many there are."""
        return sum(map(len, self.parts))

    @property
    def last(self) -> tuple[int, float]:
        """The year and value from which a forecast begins. Raises: IndexError where nothing is published."""
        return self.parts[-1][-1]

    def changes(self, of: Callable[[float], float] = float) -> list[tuple[int, float]]:
        """Years between neighbouring figures of a part, and the change of a function of the value."""
        return [step for part in self.steps(of) for step in part]

    def steps(self, of: Callable[[float], float] = float) -> list[list[tuple[int, float]]]:
        """The same, part by part."""
        return [
            [(later - year, of(after) - of(value)) for (year, value), (later, after) in pairwise(part)]
            for part in self.parts
        ]

    @property
    def usual_change(self) -> float | None:
        """Mean absolute change a year, by which errors are scaled; None where no two figures compare.

        Source: Hyndman and Koehler (2006), International Journal of Forecasting 22: the scaled error.
        """
        changes = self.changes()
        years = sum(span for span, _ in changes)
        moved = sum(abs(change) for _, change in changes)
        return moved / years if moved > 0.0 else None


def history(figures: Mapping[int, float], breaks: Iterable[int], to: int, rate: bool = False) -> History:
    """What was known by the end of a year: figures to it, parted where a series begins to count otherwise."""
    known = sorted((year, value) for year, value in figures.items() if year <= to)
    starts = sorted(breaks)
    parts = [
        tuple((year, value) for year, value in known if low <= year < high)
        for low, high in pairwise([-(10**9), *starts, 10**9])
    ]
    return History(tuple(part for part in parts if part), rate)


def drifted(known: History, year: int, of: Callable[[float], float], on_log: bool) -> Bell | None:
    """A random walk with drift; the drift's own error is part of the spread."""
    changes = known.changes(of)
    if len(changes) < LEAST_CHANGES:
        return None
    spans = sum(span for span, _ in changes)
    drift = sum(change for _, change in changes) / spans
    variance = sum((change - drift * span) ** 2 / span for span, change in changes) / (len(changes) - 1)
    begun, level = known.last
    ahead = year - begun
    return Bell(of(level) + drift * ahead, sqrt(variance * (ahead + ahead**2 / spans)), on_log)


def walk(known: History, year: int) -> Bell | None:
    """A random walk with drift in levels; None for fewer than two changes."""
    return drifted(known, year, float, False)


def walk_in_logs(known: History, year: int) -> Bell | None:
    """A random walk with drift in logarithms; None for fewer than two changes, or of a growth rate."""
    return None if known.rate or not positive(known) else drifted(known, year, log, True)


def positive(known: History) -> bool:
    """Whether every figure has a logarithm."""
    return all(value > 0.0 for part in known.parts for _, value in part)


def growth_comes_back(known: History, year: int) -> Bell | None:
    """An autoregression of order one of yearly growth in logarithms, by least squares.

    Between figures some years apart growth counts as even. None for fewer than three pairs of growth rates.
    """
    if known.rate or not positive(known):
        return None
    rates = [[change / span for span, change in part] for part in known.steps(log)]
    pairs = np.array([pair for part in rates for pair in pairwise(part)]).reshape(-1, 2)
    if len(pairs) < LEAST_PAIRS:
        return None
    before, after = pairs.T
    spread = float(((before - before.mean()) ** 2).sum())
    slope = float(((before - before.mean()) * (after - after.mean())).sum()) / spread if spread > 0 else 0.0
    slope = min(max(slope, -STEADY), STEADY)
    constant = float(after.mean() - slope * before.mean())
    variance = float(((after - constant - slope * before) ** 2).sum()) / (len(pairs) - 2)
    begun, level = known.last
    rate, total, weight, weights = rates[-1][-1] if rates[-1] else float(after[-1]), 0.0, 0.0, 0.0
    for _ in range(year - begun):
        rate = constant + slope * rate
        total += rate
        weight = 1.0 + slope * weight
        weights += weight**2
    return Bell(log(level) + total, sqrt(variance * weights), True)


def trend(known: History, year: int) -> Bell | None:
    """A straight line through the figures by least squares, of one slope and a level for each part.

    None where no figure is left beside those that the line takes.
    """
    spare = known.figures - len(known.parts) - 1
    if spare < LEAST_SPARE:
        return None
    points = np.array([(n, *point) for n, part in enumerate(known.parts) for point in part], np.float64)
    part, years, values = points.T
    centre, every = float(years.mean()), np.arange(len(known.parts))
    design = np.column_stack([part[:, None] == every, years - centre])
    fitted, *_ = np.linalg.lstsq(design, values, rcond=None)
    variance = float(((values - design @ fitted) ** 2).sum()) / spare
    at = np.append(every == every[-1], year - centre).astype(float)
    inside = float(at @ np.linalg.pinv(design.T @ design) @ at)
    return Bell(float(at @ fitted), sqrt(variance * (1.0 + inside)))


def straight_path(known: History, year: int, goal: tuple[int, float] | None) -> Bell | None:
    """The straight path from the last figure to a plan's goal (year, value), as wide as a random walk.

    A single value where fewer than two changes say how wide. None without a goal, or after its year.
    """
    if goal is None or not known.figures:
        return None
    begun, level = known.last
    due, wanted = goal
    if not begun < year <= due:
        return None
    around = walk(known, year)
    mean = level + (wanted - level) * (year - begun) / (due - begun)
    return Bell(mean, 0.0 if around is None else around.sd)


NAIVE: Mapping[str, Callable[[History, int], Bell | None]] = {
    "walk": walk,
    "walk_in_logs": walk_in_logs,
    "growth_ar1": growth_comes_back,
    "trend": trend,
}
PLAN_PATH = "plan_path"
NAMES = {
    "walk": "random walk with drift, levels",
    "walk_in_logs": "random walk with drift, logs",
    "growth_ar1": "AR(1) of growth",
    "trend": "linear trend",
    PLAN_PATH: "straight path to the plan's goal",
}
"""What each is called in tables."""


def forecasts(known: History, year: int, goal: tuple[int, float] | None) -> dict[str, Bell | None]:
    """Every naive forecast of a year by name; None where too little is published for one."""
    if not known.figures:
        return dict.fromkeys(NAMES)
    found: dict[str, Bell | None] = {name: of(known, year) for name, of in NAIVE.items()}
    return found | {PLAN_PATH: straight_path(known, year, goal)}
