"""What is believed of a number that nobody measured: a distribution with its reason, cut at the range.

prior: {log_normal: [3.8, 1.5], reason: "..."}

uniform: [low, high]                          log_uniform: [low, high], even on the logarithm
normal: [mean, standard deviation]            log_normal: [median, factor], factor = exp(sd of the logarithm)
Without a distribution the number stays at its value, and the reason says why. With `solved: true` it is a
level constant, which is drawn only where nothing solves it from published levels.
"""

from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from math import exp, log
from statistics import NormalDist
from typing import Self

from pydantic import model_validator

from scenarios.values.exact_text import exact_text
from scenarios.values.record import Record, Words

Pair = tuple[float, float]
NO_FORM = ("solved", "reason")
TAIL = 0.01
"""A value beyond this quantile of its own prior contradicts it."""


class Prior(Record):
    """At most one distribution, and the reason for it or for none."""

    uniform: Pair | None = None
    log_uniform: Pair | None = None
    normal: Pair | None = None
    log_normal: Pair | None = None
    solved: bool = False
    reason: Words

    @model_validator(mode="after")
    def is_one_distribution(self) -> Self:
        """Not two distributions; bounds in order; logarithms of what is positive; a spread above none."""
        if len(self.distribution) > 1:
            raise ValueError(f"gives {' and '.join(self.distribution)}; one distribution is expected")
        for form, (first, second) in self.distribution.items():
            if form.startswith("log_") and first <= 0.0:
                raise ValueError(f"{form} starts at {exact_text(first)}; a logarithm needs more than 0")
            if form.endswith("uniform") and first >= second:
                raise ValueError(f"{form} {[first, second]} is not from low to high")
            if form == "normal" and second <= 0.0:
                raise ValueError(f"normal has the standard deviation {exact_text(second)}, not above 0")
            if form == "log_normal" and second <= 1.0:
                raise ValueError(f"log_normal has the factor {exact_text(second)}, not above 1")
        return self

    @cached_property
    def distribution(self) -> dict[str, Pair]:
        """The form and its two numbers; empty without one."""
        named = {name: getattr(self, name) for name in Prior.model_fields if name not in NO_FORM}
        return {name: pair for name, pair in named.items() if pair is not None}

    def contradiction(self, value: float, allowed: Pair) -> str:
        """Why the distribution does not go with the number's range or its value; empty when it does."""
        if not self.distribution:
            return ""
        ((form, (first, second)),) = self.distribution.items()
        low, high = allowed
        if form.endswith("uniform") and not low <= first < second <= high:
            return f"prior {form} {[first, second]} leaves the range {[low, high]}"
        if form.startswith("log_") and low < 0.0:
            return f"prior {form} of a number whose range begins below 0, at {exact_text(low)}"
        least, most = self.quantile(TAIL, allowed), self.quantile(1.0 - TAIL, allowed)
        if not least <= value <= most:
            span = f"{exact_text(least, '.4g')} to {exact_text(most, '.4g')}"
            return f"the value {exact_text(value)} lies outside what its prior believes, {span}"
        return ""

    def quantile(self, share: float, allowed: Pair) -> float:
        """The value below which `share` (0 to 1) of the distribution lies, once cut at `allowed`."""
        ((form, (first, second)),) = self.distribution.items()
        if form == "uniform":
            return first + share * (second - first)
        if form == "log_uniform":
            return first * (second / first) ** share
        spread = second if form == "normal" else log(second)
        bell = NormalDist(first if form == "normal" else log(first), spread)
        back: Callable[[float], float] = float if form == "normal" else exp
        low, high = (self._below(bell, form, bound) for bound in allowed)
        inside = min(max(low + share * (high - low), 1e-15), 1.0 - 1e-15)
        return min(max(back(bell.inv_cdf(inside)), allowed[0]), allowed[1])

    @staticmethod
    def _below(bell: NormalDist, form: str, bound: float) -> float:
        if form == "log_normal":
            return bell.cdf(log(bound)) if bound > 0.0 else 0.0
        return bell.cdf(bound)


def even_share(candidate: int, name: str) -> float:
    """A number between 0 and 1 that candidate and name decide: the same for ever, and unlike all others.

    The first 53 bits of SHA-256 of both, so that a further parameter changes no other one's draw.
    """
    first = sha256(f"{candidate} {name}".encode()).digest()[:8]
    return ((int.from_bytes(first) >> 11) + 0.5) * 2.0**-53
