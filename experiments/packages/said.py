"""Numbers of a search in words, with their units and intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.answer.probability import Probability
from experiments.plan.points import shown
from experiments.why.bootstrap import Estimate
from experiments.why.said import decimals, number
from scenarios.targets import Target
from scenarios.values.tables import YI

YUAN, YUAN_OF_LEVERS, MILLION = "亿", "yuan", 1e6


def amount(value: float, unit: str) -> str:
    """A value of a lever; money with its unit, in 亿 where it is much."""
    if not unit.startswith(YUAN_OF_LEVERS):
        return shown(value)
    if abs(value) >= MILLION:
        return f"{value / YI:,.4g} {YUAN}"
    return f"{value:,.4g} yuan" if value else "0"


def with_interval(one: Estimate, unit: str = "", sign: str = "+") -> str:
    """A mean with its interval."""
    digits = decimals(one)
    mean, low, high = (number(value, digits, sign) for value in one)
    return f"{mean}{f' {unit}' if unit else ''} [{low} – {high}]"


def level(value: float, target: Target | None) -> str:
    """What is reached, as the target's table prints it; of several targets, a distance in their spread."""
    if target is None:
        return f"{value:+z.2f} sd"
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
