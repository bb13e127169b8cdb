"""Outcomes beside forecasts: every point with its scores, and what they come to.

result = scored(outcomes, forecast, published, setting)
result.pooled["walk"].skill
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.hindcast import naive, scores
from experiments.hindcast.forecast import Forecast, Setting
from experiments.hindcast.knowledge import gdp_known, known
from experiments.hindcast.naive import NAMES, Bell
from experiments.hindcast.outcomes import Outcome
from experiments.hindcast.published import Published
from experiments.hindcast.quantities import GDP, QUANTITIES, Quantity
from experiments.hindcast.scores import Skill, Spread
from scenarios.spec import POLICY_YEAR
from scenarios.worlds.world import load_world


@dataclass(frozen=True)
class Rival:
    """A naive forecast of one point: its median, 90 % interval and score [own unit].

    excluded: whether the model's 90 % interval lacks its median.
    """

    median: float
    low: float
    high: float
    crps: float
    excluded: bool


@dataclass(frozen=True)
class Point:
    """One outcome with the forecast of it and its scores.

    apart: why it is not scored; its scores are nan then. alone: why it is scored and not pooled. scaled:
    whether paths go through the published figure of the jump-off year. usual: mean yearly change published.
    """

    indicator: str
    year: int
    outcome: float
    spread: Spread
    unscaled: float
    scaled: bool
    pit: float
    crps: float
    usual: float | None
    rivals: Mapping[str, Rival | None]
    apart: str = ""
    alone: str = ""

    @property
    def quantity(self) -> Quantity:
        """What it is a value of."""
        return QUANTITIES[self.indicator]

    @property
    def is_scored(self) -> bool:
        """Whether it counts for coverage."""
        return not self.apart


@dataclass(frozen=True)
class Pooled:
    """Our scores beside a naive forecast's over the points that both have, after scaling.

    points, series: how many. ours, theirs: mean scaled scores. coverage: share of outcomes in their 90 %.
    """

    points: int
    series: int
    ours: float
    theirs: float
    skill: Skill
    coverage: float


@dataclass(frozen=True)
class Result:
    """All points, and what they come to. skills: of each series against each naive forecast."""

    setting: Setting
    points: tuple[Point, ...]
    pooled: Mapping[str, Pooled]
    skills: Mapping[str, Mapping[str, float]]
    knows: tuple[str, ...]
    why: Mapping[str, str]  # by indicator: the mechanism behind an interval that excludes naive medians

    @property
    def others(self) -> list[Point]:
        """All points but those of GDP."""
        return [point for point in self.points if point.indicator != GDP]

    @property
    def of_gdp(self) -> list[Point]:
        """The points of GDP, which stand apart."""
        return [point for point in self.points if point.indicator == GDP]

    @property
    def judged(self) -> list[Point]:
        """The points that are scored, GDP apart: what coverage counts."""
        return [point for point in self.others if point.is_scored]

    def covered(self, share: int) -> int:
        """How many scored outcomes lie in the interval of 50 or 90 %."""
        return sum(point.spread.covers(point.outcome, share) for point in self.judged)

    @property
    def histogram(self) -> list[int]:
        """Counts of the integral transform over equal parts of 0 to 1."""
        return scores.histogram([point.pit for point in self.judged])

    @property
    def excluded(self) -> list[tuple[Point, str]]:
        """The points whose 90 % interval lacks the median of a naive forecast, with its name."""
        return [
            (point, name)
            for point in self.judged
            for name, rival in point.rivals.items()
            if rival is not None and rival.excluded
        ]


def scored(outcomes: Sequence[Outcome], forecast: Forecast, published: Published, setting: Setting) -> Result:
    """Every outcome beside its forecasts, in the order of the file."""
    points = tuple(point_of(one, forecast, published, setting) for one in outcomes)
    told = {name: told.why for name, told in published.told.items() if told.why is not None}
    return Result(
        setting,
        points,
        {name: found for name in NAMES if (found := pooled(points, name)) is not None},
        by_series(points),
        tuple(known(setting.region, setting.world, setting.sets, setting.train_to)),
        told,
    )


def point_of(outcome: Outcome, forecast: Forecast, published: Published, setting: Setting) -> Point:
    """One outcome beside its forecasts."""
    name, year, value = outcome.indicator, outcome.year, outcome.value
    sample = forecast.samples(name, year)
    before = published.history(name, setting.train_to)
    spread = scores.spread(sample) if len(sample) else Spread(*[np.nan] * 5)
    broken = published.broken(name, setting.train_to, year)
    bells = {} if broken else naive.forecasts(before, year, published.goal(name, setting.train_to))
    apart = "no run gives a value" if len(sample) < 2 else not_scored(name, year, published, setting)
    usual = before.usual_change
    scaled = is_scaled(name, published, setting)
    return Point(
        name, year, value, spread, float(np.median(forecast.as_run(name, year))) if len(sample) else np.nan,
        scaled,
        np.nan if apart else scores.pit(sample, value),
        np.nan if apart else scores.crps(sample, value),
        usual,
        {each: rival(bells.get(each), value, spread) for each in NAMES},
        apart,
        "" if apart else not_pooled(broken, usual, scaled, QUANTITIES[name]),
    )  # fmt: skip


def is_scaled(name: str, published: Published, setting: Setting) -> bool:
    """Whether paths are scaled to a figure of the jump-off year."""
    quantity, at = QUANTITIES[name], setting.train_to
    if quantity.anchor is None:
        return False
    has_base = at == POLICY_YEAR - 1 and quantity.base is not None
    return has_base or at in published.figures(name)


def not_scored(name: str, year: int, published: Published, setting: Setting) -> str:
    """Why a point is not scored; empty where it is."""
    if name == GDP and gdp_known(load_world(setting.world, setting.region), year):
        return f"world {setting.world} contains it"
    told = published.of(name)
    if told.given_to is not None and year <= told.given_to:
        return f"given to {told.given_to}: {told.given_by}"
    return ""


def not_pooled(broken: int | None, usual: float | None, scaled: bool, quantity: Quantity) -> str:
    """Why a scored point is not pooled; empty where it is."""
    if quantity is QUANTITIES[GDP]:
        return "GDP is never pooled"
    if broken is not None:
        return f"counts otherwise from {broken} on"
    if usual is None:
        return "no two figures published before say how much it usually changes"
    if quantity.anchor is not None and not scaled:
        return "nothing is published of the jump-off year to scale runs to"
    return ""


def rival(bell: Bell | None, outcome: float, ours: Spread) -> Rival | None:
    """A naive forecast of an outcome."""
    if bell is None:
        return None
    return Rival(
        bell.median, bell.quantile(0.05), bell.quantile(0.95), bell.crps(outcome),
        not ours.p05 <= bell.median <= ours.p95,
    )  # fmt: skip


def comparable(points: Sequence[Point], name: str) -> list[tuple[Point, Rival, float]]:
    """The points that count against a naive forecast: those that both have and that can be pooled."""
    return [
        (point, rival, point.usual)
        for point in points
        if point.is_scored and not point.alone and point.usual is not None
        for rival in [point.rivals.get(name)]
        if rival is not None
    ]


def pooled(points: Sequence[Point], name: str) -> Pooled | None:
    """Our scores beside one naive forecast's; None where no point can be compared."""
    found = comparable(points, name)
    if not found:
        return None
    ours = [point.crps / usual for point, _, usual in found]
    theirs = [rival.crps / usual for _, rival, usual in found]
    names = [point.indicator for point, _, _ in found]
    inside = [rival.low <= point.outcome <= rival.high for point, rival, _ in found]
    return Pooled(
        len(found), len(set(names)), float(np.mean(ours)), float(np.mean(theirs)),
        scores.skill(ours, theirs, names), float(np.mean(inside)),
    )  # fmt: skip


def by_series(points: Sequence[Point]) -> dict[str, dict[str, float]]:
    """Skill of each series but GDP against each naive forecast that says something of it, in its own unit."""
    found: dict[str, dict[str, float]] = {}
    for name in NAMES:
        for indicator in dict.fromkeys(point.indicator for point in points if point.indicator != GDP):
            pairs = [
                (point.crps, rival.crps)
                for point in points
                if point.indicator == indicator and point.is_scored
                for rival in [point.rivals.get(name)]
                if rival is not None
            ]
            if pairs and sum(theirs for _, theirs in pairs) > 0.0:
                ours, theirs = (sum(each) for each in zip(*pairs, strict=True))
                found.setdefault(indicator, {})[name] = 1.0 - ours / theirs
    return found
