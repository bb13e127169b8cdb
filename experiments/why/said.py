"""Effects in words and digits, in the language that is spoken: never more certain than their interval."""

from __future__ import annotations

import math

from experiments.change.named import Named
from experiments.language.chosen import current
from experiments.language.words import word
from experiments.why.bootstrap import Estimate

MOST_DIGITS = 6
POINTS = ("pp", "百分点")


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
    low, high = number(one.low, digits), number(one.high, digits)
    return word("why.interval", low=low, high=high, unit=_behind(unit)).rstrip()


def sentence(one: Estimate, unit: str) -> str:
    """An effect in words: its mean and interval, or that none can be measured and within what."""
    if is_nothing(one):
        return word("why.nothing")
    if not one.sure:
        return word("why.unsure_within", interval=interval(one, unit))
    digits = decimals(one)
    mean, low, high = (number(value, digits) for value in one)
    return word("why.sure", mean=mean, low=low, high=high, unit=_behind(unit))


def spoken(unit: Named) -> str:
    """A unit as it stands behind a number; points are counted by a word of their own in Chinese."""
    name = unit.name(current())
    return word("why.points") if name in POINTS else name


def _behind(unit: str) -> str:
    return word("why.unit", unit=unit) if unit else ""


def together(items: list[str]) -> str:
    """Some items in a sentence of the language that is spoken."""
    first, last = word("why.comma").join(items[:-1]), items[-1]
    return word("why.last").join(filter(None, [first, last]))


def listed(items: list[str]) -> str:
    """Some items in an English sentence."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
