"""What targets hang on, as it was found: the screening, and shares of the variance of each value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from experiments.answer.probability import Probability
from experiments.answer.variance_split import Share
from experiments.drawn.things import KINDS, PARAMETER, Thing, Things
from experiments.sensitivity.question import Measure, Question
from experiments.sensitivity.screening import MATTERS, Effects
from experiments.sensitivity.shares import Shares, Told
from scenarios.targets import Target


@dataclass(frozen=True)
class Value:
    """One value of the sample, as tables show it, with all that is known of what it hangs on.

    probability: None where it is what a scenario adds. told: None where nothing was fit to enter a surrogate
    or the value does not vary. luck: its share of luck alone.
    """

    measure: Measure
    target: Target
    values: np.ndarray
    probability: Probability | None
    told: Told | None
    luck: Share | None

    @property
    def digits(self) -> int:
        """Decimals that show it; what a scenario adds is small beside what there is."""
        return self.target.about.shown.digits + (2 if self.measure.effect else 0)

    @property
    def quantiles(self) -> tuple[float, float, float]:
        """Median, and the ends of the middle 90 %."""
        known = self.values[np.isfinite(self.values)]
        low, middle, high = np.quantile(known, [0.05, 0.5, 0.95]).tolist()
        return middle, low, high


@dataclass(frozen=True)
class Sensitivity:
    """The answer. inputs: what entered the surrogates. first, second: the steps of the screening; spreads:
    standard deviation of each value, by which it is judged. values: of all measures, in their order."""

    question: Question
    things: Things
    inputs: tuple[Thing, ...]
    first: Effects
    second: Effects | None
    spreads: np.ndarray
    values: tuple[Value, ...]

    @property
    def told(self) -> list[Value]:
        """The values of the targets that are asked for."""
        return [one for one in self.values if one.measure.target in self.question.told]

    @property
    def left_out(self) -> list[str]:
        """Groups that passed the first step and found no room in the second."""
        relative = self.first.relative(self.spreads)
        taken = (
            set() if self.second is None else {thing for one in self.second.factors for thing in one.things}
        )
        return [
            one.name
            for place, one in enumerate(self.first.factors)
            if one.kind == PARAMETER and relative[place] >= MATTERS and not set(one.things) <= taken
        ]

    def rows(self, one: Value) -> list[dict[str, Any]]:
        """The shares of a value: a row per kind, group and thing that depends on others."""
        if one.told is None:
            return []
        parts = (("kind", one.told.kinds), ("thing", one.told.groups), ("tied", one.told.tied))
        return [
            {**self.about(one), "part": part, "thing": name, "kind": self.kind(name), **of_shares(own)}
            for part, those in parts
            for name, own in those.items()
        ]

    def about(self, one: Value) -> dict[str, Any]:
        """Which value it is."""
        measure = one.measure
        scenario = self.question.scenarios[measure.scenario]
        return {"scenario": scenario, "target": measure.target, "effect": measure.effect}

    def kind(self, name: str) -> str:
        """The kind of a kind, a thing, or a group of parameters."""
        if name in KINDS:
            return name
        return self.things.things[name].kind if name in self.things.things else PARAMETER

    def table(self) -> pd.DataFrame:
        """One row per value, thing and measure: {scenario, target, effect, part, thing, ...}."""
        return pd.DataFrame([row for one in self.told for row in self.rows(one)])


def of_shares(own: Shares) -> dict[str, Any]:
    """Shares with their intervals, and means in outer thirds; null where none is told."""
    found: dict[str, Any] = {}
    for name in ("alone", "in_all", "hit_alone", "hit_in_all"):
        share = getattr(own, name)
        value, low, high = (None, None, None) if share is None else share
        found |= {name: value, f"{name}_low": low, f"{name}_high": high}
    for name, pair in (("value", own.value), ("chance", own.chance)):
        found |= {f"{name}_lowest_third": pair and pair.low, f"{name}_highest_third": pair and pair.high}
    return found
