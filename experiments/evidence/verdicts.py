"""Effects inside the model beside published ones: hit, miss, input, report, or not measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.evidence.effects import Effect
from experiments.evidence.published import Published

HIT, MISS, INPUT, REPORT, NOT_MEASURED = "hit", "miss", "input", "report", "not measured"
VERDICTS = (HIT, MISS, INPUT, REPORT, NOT_MEASURED)
LONE = 1.5  # a lone number counts as met from two thirds to one and a half of it
LARGEST_RETURN, SMALLEST_RETURN = 35.0, 10.0  # % a year, Hall, Mairesse and Mohnen (2010)


@dataclass(frozen=True)
class Judged:
    """A published effect with ours beside it.

    band: what the effect is held against: the rows of gate `range` that one measurement answers, together.
    sure: whether its whole interval says the same. inside: share of sets of parameters within the band.
    """

    id: str
    row: Published
    effect: Effect | None
    verdict: str
    band: tuple[float, float] | None = None
    sure: bool = True
    inside: float | None = None

    @property
    def word(self) -> str:
        """The verdict as it is printed: with a star where part of the interval says otherwise."""
        return (
            self.verdict.upper()
            if self.verdict == MISS and self.sure
            else (self.verdict if self.sure else f"{self.verdict}*")
        )


def judged(rows: Mapping[str, Published], effects: Mapping[str, Effect]) -> list[Judged]:
    """Every row that waits for no lever, with its verdict."""
    asked = {name: row for name, row in rows.items() if row.waits is None}
    return [judge(name, row, effects, asked.values()) for name, row in asked.items()]


def judge(name: str, row: Published, effects: Mapping[str, Effect], among: Iterable[Published]) -> Judged:
    """One row, with the ranges and signs that others found of the same measurement."""
    effect = effects.get(row.trial or "")
    if row.gate == INPUT:
        return Judged(name, row, effect, INPUT)
    if effect is None:
        return Judged(name, row, None, NOT_MEASURED)
    if row.gate == REPORT:
        return Judged(name, row, effect, REPORT)
    same = [one for one in among if one.trial == row.trial and one.gate == row.gate]
    if row.gate == "sign":
        if row.sign in (None, "none") or contradictory([one.sign for one in same]):
            return Judged(name, row, effect, REPORT)
        met, sure = sign_met(row.sign, effect)
        return Judged(name, row, effect, HIT if met else MISS, sure=sure)
    band = pooled(same)
    met, sure = within(band, effect)
    inside = effect.share_within(*band) if len(effect.by_draw) > 1 else None
    return Judged(name, row, effect, HIT if met else MISS, band, sure, inside)


def pooled(rows: Iterable[Published]) -> tuple[float, float]:
    """From the lowest to the highest end that the rows state; a place to be, no target to tune to.

    A lone number states no error: where nothing else is known it counts as met within a factor of LONE.
    """
    ends = [row.ends for row in rows if row.ends is not None]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    if any(a < b for a, b in ends) or low < 0.0 < high:
        return low, high
    return min(low / LONE, low * LONE), max(high / LONE, high * LONE)


def within(band: tuple[float, float], effect: Effect) -> tuple[bool, bool]:
    """Whether an effect lies in a band, and whether its whole interval says the same."""
    low, high = band
    if low <= effect.value <= high:
        return True, low <= effect.low and effect.high <= high
    return False, effect.high < low or effect.low > high


def sign_met(sign: str, effect: Effect) -> tuple[bool, bool]:
    """Whether an effect has a direction, and whether its whole interval has it."""
    turned = 1.0 if sign in ("up", "not down") else -1.0
    strict = sign in ("up", "down")
    value, ends = turned * effect.value, (turned * effect.low, turned * effect.high)
    met = value > 0.0 if strict else value >= 0.0
    if met:
        return True, min(ends) > 0.0 or (not strict and min(ends) >= 0.0)
    return False, max(ends) <= 0.0 if strict else max(ends) < 0.0


def contradictory(signs: Sequence[str | None]) -> bool:
    """Whether studies of one measurement found directions of which no result can have all."""
    ups = {"up"} & set(signs)
    downs = {"down", "not up"} & set(signs)
    return bool(ups and (downs or "none" in signs)) or bool(
        "down" in signs and {"not down", "none"} & set(signs)
    )


def counts(rows: Iterable[Judged]) -> dict[str, int]:
    """How many rows have each verdict."""
    words = [row.verdict for row in rows]
    return {verdict: words.count(verdict) for verdict in VERDICTS}


@dataclass(frozen=True)
class TrialR:
    """The own return to research in one unit [% a year], over sets of parameters."""

    unit: str
    effect: Effect

    @property
    def below_zero(self) -> float:
        """Share of the sets of parameters in which the return is negative."""
        return float(np.mean(np.array(self.effect.by_draw) < 0.0))

    @property
    def in_range(self) -> bool:
        """Whether the median lies between 10 and 35 % a year."""
        return SMALLEST_RETURN <= self.effect.value <= LARGEST_RETURN


RETURN_UNITS = {
    "returns.own_return": "nominal",
    "returns.own_return_real": "at constant prices",
    "returns.own_return_fixed_inputs": "at constant prices and inputs",
}


def trial_r(effects: Mapping[str, Effect]) -> list[TrialR]:
    """The own return in its three units; none where the trial was not made."""
    return [TrialR(unit, effects[name]) for name, unit in RETURN_UNITS.items() if name in effects]
