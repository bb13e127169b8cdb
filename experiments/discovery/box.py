"""A box: conditions on some of what runs drew, and how well it holds the cases that are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

ABOVE, BELOW = "above", "below"
SIDES = (ABOVE, BELOW)


class Condition(NamedTuple):
    """A side of a variable: its values are below or above the bound."""

    variable: int
    side: str
    bound: float

    @property
    def what(self) -> tuple[int, str]:
        """Variable and side, whatever the bound."""
        return self.variable, self.side


class Score(NamedTuple):
    """runs: in the box; cases: of these, what is looked for; of: all such cases; among: all runs."""

    runs: int
    cases: int
    of: int
    among: int

    @property
    def density(self) -> float:
        """Share of the runs in the box that are such cases."""
        return self.cases / self.runs if self.runs else 0.0

    @property
    def coverage(self) -> float:
        """Share of all such cases that lie in the box."""
        return self.cases / self.of if self.of else 0.0

    @property
    def denser(self) -> bool:
        """Whether cases are denser in the box than in all runs."""
        return self.density > self.of / self.among

    def chance(self, density: float | None = None) -> float:
        """The logarithm of the probability of so many cases or more, were they as dense as in all runs, or as
        is given: the lower, the more a box says. Boxes are chosen by it."""
        from scipy.stats import binom

        usual = self.of / self.among if density is None else density
        return float(binom.logsf(self.cases - 1, self.runs, usual)) if self.cases else 0.0


@dataclass(frozen=True)
class Box:
    """Bounds of all variables. low, high: infinite where there is none [variable]."""

    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, variables: int, *conditions: Condition) -> Box:
        """The box of some conditions; of none, all."""
        found = cls(np.full(variables, -np.inf), np.full(variables, np.inf))
        for one in conditions:
            found = found.within(one)
        return found

    def holds(self, table: np.ndarray) -> np.ndarray:
        """Which runs lie in it; table: [run, variable]."""
        bounded = np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high))
        own = table[:, bounded]
        return np.asarray(((own > self.low[bounded]) & (own < self.high[bounded])).all(axis=1))

    def score(self, table: np.ndarray, cases: np.ndarray) -> Score:
        """How well it holds the cases."""
        inside = self.holds(table)
        return Score(int(inside.sum()), int(cases[inside].sum()), int(cases.sum()), len(cases))

    def conditions(self) -> list[Condition]:
        """Its bounds one by one."""
        return [*self._sides(ABOVE, self.low), *self._sides(BELOW, self.high)]

    @staticmethod
    def _sides(side: str, bounds: np.ndarray) -> Iterator[Condition]:
        for variable in np.flatnonzero(np.isfinite(bounds)).tolist():
            yield Condition(variable, side, float(bounds[variable]))

    def within(self, one: Condition) -> Box:
        """The box with a further condition, in place of another on the same side of its variable."""
        low, high = self.low.copy(), self.high.copy()
        (high if one.side == BELOW else low)[one.variable] = one.bound
        return Box(low, high)

    def without(self, one: Condition) -> Box:
        """The box without a condition."""
        return self.within(one._replace(bound=np.inf if one.side == BELOW else -np.inf))

    def only(self, those: set[tuple[int, str]]) -> Box:
        """The box with some of its conditions alone."""
        found = self
        for one in self.conditions():
            found = found if one.what in those else found.without(one)
        return found
