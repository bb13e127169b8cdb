"""Numbers of a search in words, with their units and intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.answer.probability import Probability
from experiments.plan.points import shown
from experiments.why.bootstrap import Estimate
from experiments.why.said import decimals, number
from scenarios.targets import Target

YUAN = "亿"


def amount(value: float, unit: str) -> str:
    """A value of a lever with its unit; money in 亿 where it is much."""
    if unit.startswith("yuan") and abs(value) >= 1e6:
        return f"{value / 1e8:,.4g} {YUAN}{unit.removeprefix('yuan').partition(',')[0]}"
    return f"{shown(value)} {unit.partition(',')[0]}"


def with_interval(one: Estimate, unit: str = "", sign: str = "+") -> str:
    """A mean with its interval."""
    digits = decimals(one)
    mean, low, high = (number(value, digits, sign) for value in one)
    return f"{mean}{f' {unit}' if unit else ''} [{low} – {high}]"


def level(value: float, target: Target | None) -> str:
    """What is reached, as the target's table prints it; of several targets, a distance in their spread."""
    if target is None:
        return f"{value:+.2f} sd"
    about = target.about.shown
    return f"{value:,.{about.digits}f} {about.unit_en}".rstrip()


def chance_of(one: Probability) -> str:
    """Hits, runs and the probability with its interval."""
    return f"{one.hits}/{one.runs}, P = {one}"


def in_json(one: Probability) -> dict[str, Any]:
    """A probability as plain values."""
    return {
        "hits": one.hits,
        "runs": one.runs,
        "failed": one.failed,
        "probability": one.value,
        "low": one.low,
        "high": one.high,
        "method": one.method,
    }


def estimate(one: Estimate | None) -> dict[str, float] | None:
    """An estimate as plain values."""
    return None if one is None else one._asdict()


def read_estimate(one: Mapping[str, float]) -> Estimate:
    """An estimate from plain values."""
    return Estimate(one["mean"], one["low"], one["high"])
