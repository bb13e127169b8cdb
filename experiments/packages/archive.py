"""Packages as points, what each came to, and how many more may be tried.

A point has a position from 0 to 1 for each dial: 0 what is in force, or the least, and 1 the most that a
package may set. No point is tried twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

type Point = tuple[float, ...]
DIGITS = 4  # of a position


class Outcome(NamedTuple):
    """What a package comes to.

    margin: how far the target is exceeded, below 0 where it is missed [unit of the target]. cost: public cost
    beyond what is in force [100 m yuan]. excess: what is spent beyond what may be, as a share of it; 0 or
    less where it may be. error: standard error of the margin, of its difference to what is in force.
    """

    margin: float
    cost: float
    excess: float
    error: float = 0.0

    @property
    def may_be(self) -> bool:
        """Whether no bound on money is broken."""
        return self.excess <= 0.0

    @property
    def reaches(self) -> bool:
        """Whether the target is reached with money that may be spent."""
        return self.may_be and self.margin >= 0.0


@dataclass(frozen=True)
class Room:
    """Where packages may be looked for.

    usual: the point of what is in force. doses: of what a plan means. levers: the places of each one's dials.
    """

    usual: Point
    doses: Point
    levers: Mapping[str, tuple[int, ...]]

    @property
    def most(self) -> Point:
        """Every dial at its most."""
        return (1.0,) * len(self.usual)

    def with_dials(self, where: Point, values: Mapping[int, float]) -> Point:
        """A point with other positions for some dials."""
        return tuple(values.get(place, position) for place, position in enumerate(where))

    def lever_at(self, lever: str, like: Point, where: Point | None = None) -> Point:
        """A point, what is in force unless given, with one lever as in another point."""
        return self.with_dials(where or self.usual, {place: like[place] for place in self.levers[lever]})


class Archive[Found]:
    """What was tried, and what it came to.

    evaluate: what some points come to. most: how many may be tried.
    """

    def __init__(self, evaluate: Callable[[list[Point]], list[Found]], most: int) -> None:
        self._evaluate, self.most = evaluate, most
        self.known: dict[Point, Found] = {}

    @property
    def left(self) -> int:
        """How many more may be tried."""
        return max(self.most - len(self.known), 0)

    def tried(self, points: Iterable[Sequence[float]]) -> list[tuple[Point, Found]]:
        """Each point that is known or that may still be tried, with what it comes to."""
        asked = [rounded(point) for point in points]
        new = [point for point in dict.fromkeys(asked) if point not in self.known][: self.left]
        if new:
            self.known |= dict(zip(new, self._evaluate(new), strict=True))
        return [(point, self.known[point]) for point in asked if point in self.known]


class Ranked(Archive[Outcome]):
    """What was tried to reach a target.

    unit: a usual difference of margins, by which what is missed is weighed against what is overspent.
    """

    def __init__(
        self, evaluate: Callable[[list[Point]], list[Outcome]], most: int, unit: float = 1.0
    ) -> None:
        super().__init__(evaluate, most)
        self.unit = unit

    def rank(self, found: Outcome) -> tuple[int, float]:
        """The lower the better: what reaches the target by its cost, all else by what it misses."""
        if found.reaches:
            return 0, found.cost
        return 1, max(0.0, -found.margin) / self.unit + max(0.0, found.excess)

    def best(self) -> tuple[Point, Outcome]:
        """The cheapest that reaches the target, or else what comes nearest with money that may be spent."""
        allowed = [one for one in self.known.items() if one[1].may_be]
        return min(allowed or list(self.known.items()), key=lambda one: (self.rank(one[1]), one[1].cost))


def rounded(point: Sequence[float]) -> Point:
    """A point with positions of a few digits, none outside 0 to 1."""
    return tuple(min(1.0, max(0.0, round(float(position), DIGITS))) + 0.0 for position in point)
