"""Effects in words and digits: never more certain than their interval."""

from __future__ import annotations

import math

from experiments.why.bootstrap import Estimate

MOST_DIGITS = 6
NOT_MEASURABLE = "no measurable difference"


def decimals(one: Estimate) -> int:
    """Decimals that show two digits of an interval's width; of one without width, three of the mean."""
    width = one.high - one.low
    size = width if width > 0.0 else abs(one.mean) / 10.0
    if not 0.0 < size < math.inf:
        return 0
    return min(MOST_DIGITS, max(0, 1 - math.floor(math.log10(size))))


def number(value: float, digits: int, sign: str = "+") -> str:
    """A number with its sign; what rounds to nothing has none."""
    shown = f"{value:{sign}z,.{digits}f}"
    return shown if shown.strip("+-0,.") else shown.lstrip("+-")


def is_nothing(one: Estimate) -> bool:
    """Whether it is nothing in every pair."""
    return one.mean == one.low == one.high == 0.0


def spread(one: Estimate | None) -> str:
    """A mean with its interval, for a table."""
    if one is None:
        return "–"
    if is_nothing(one):
        return "0"
    digits = decimals(one)
    return f"{number(one.mean, digits)} [{number(one.low, digits)} – {number(one.high, digits)}]"


def interval(one: Estimate, unit: str) -> str:
    """An interval in words."""
    digits = decimals(one)
    return f"{number(one.low, digits)} to {number(one.high, digits)} {unit}".rstrip()


def sentence(one: Estimate, unit: str) -> str:
    """An effect in words: its mean and interval, or that none can be measured and within what."""
    if is_nothing(one):
        return "no difference in any pair"
    if not one.sure:
        return f"{NOT_MEASURABLE} ({interval(one, unit)})"
    digits, shown = decimals(one), f" {unit}" if unit else ""
    return f"{number(one.mean, digits)}{shown} ({number(one.low, digits)} to {number(one.high, digits)})"


def listed(items: list[str]) -> str:
    """Some items in a sentence."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
