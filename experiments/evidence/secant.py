"""Closes several gaps at once by moving as many unknowns: Newton's first step, then Broyden's secant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

RELATIVE_TRIAL = 0.1  # first trial move of an unknown [log points]
ABSOLUTE_TRIAL = 0.01  # of an additive one [own unit]
DAMPING = 0.9  # share of a full step that is taken


@dataclass(frozen=True)
class Unknown:
    """A positive number that is moved by factors, or with `additive` any number that is moved by amounts."""

    name: str
    start: float
    low: float
    high: float
    additive: bool = False

    def coordinate(self, value: float) -> float:
        """Where a value lies on the scale it is moved along."""
        return value if self.additive else log(value)

    def value(self, coordinate: float) -> float:
        """The value of a coordinate, within its range."""
        value = coordinate if self.additive else exp(coordinate)
        return min(self.high, max(self.low, value))

    @property
    def trial(self) -> float:
        """The first trial move, away from a bound that is near."""
        move = ABSOLUTE_TRIAL if self.additive else RELATIVE_TRIAL
        return -move if self.coordinate(self.start) + move > self.coordinate(self.high) else move

    @property
    def longest(self) -> float:
        """The longest move of one step: slopes far away are unknown."""
        return 7.0 * abs(self.trial)


def solve(
    unknowns: Sequence[Unknown],
    measure: Callable[[Sequence[float]], Sequence[float]],
    rounds: int,
    tolerance: float,
    slopes: np.ndarray | None = None,
) -> list[float]:
    """The values that close the gaps `measure` returns for them, the first gap that of the first unknown.

    slopes: those of a problem that is much the same, as `first_slopes` gives them; measured unless given.

    An unknown that its range holds back leaves its own gap open; the others close theirs. Stops when those
    are below `tolerance`, or after `rounds` steps. Source of the update of slopes: Broyden (1965),
    Mathematics of Computation 19:577-593.
    """
    place = np.array([u.coordinate(u.start) for u in unknowns])
    gaps = np.asarray(measure(values_at(unknowns, place)))
    if np.abs(gaps).max() < tolerance:
        return values_at(unknowns, place)
    if slopes is None:
        slopes = first_slopes(unknowns, measure, place, gaps)
    for _ in range(rounds):
        move, free = next_move(unknowns, place, gaps, slopes)
        if not move.any() or np.abs(gaps[free]).max(initial=0.0) < tolerance:
            break
        found = np.asarray(measure(values_at(unknowns, place + move)))
        slopes = slopes + np.outer(found - gaps - slopes @ move, move) / (move @ move)
        place, gaps = place + move, found
    return values_at(unknowns, place)


def next_move(
    unknowns: Sequence[Unknown], place: np.ndarray, gaps: np.ndarray, slopes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """A damped step of the unknowns that are free to take it, and which are free."""
    free = np.ones(len(unknowns), bool)
    while free.any():
        step = np.zeros(len(unknowns))
        step[free] = -DAMPING * np.linalg.lstsq(slopes[np.ix_(free, free)], gaps[free], rcond=None)[0]
        longest = np.array([u.longest for u in unknowns])
        allowed = within(unknowns, place + np.clip(step, -longest, longest)) - place
        held = free & (step != 0.0) & (np.abs(allowed) < 1e-12)
        if not held.any():
            return allowed, free
        free &= ~held
    return np.zeros(len(unknowns)), free


def first_slopes(
    unknowns: Sequence[Unknown],
    measure: Callable[[Sequence[float]], Sequence[float]],
    place: np.ndarray,
    gaps: np.ndarray,
) -> np.ndarray:
    """Change of every gap (row) per move of every unknown (column), by one trial move each."""
    columns = []
    for j, unknown in enumerate(unknowns):
        tried = place.copy()
        tried[j] += unknown.trial
        columns.append((np.asarray(measure(values_at(unknowns, tried))) - gaps) / unknown.trial)
    return np.column_stack(columns)


def values_at(unknowns: Sequence[Unknown], place: np.ndarray) -> list[float]:
    """The values at a place."""
    return [unknown.value(x) for unknown, x in zip(unknowns, place.tolist(), strict=True)]


def within(unknowns: Sequence[Unknown], place: np.ndarray) -> np.ndarray:
    """The place, moved into the ranges of the unknowns."""
    return np.array(
        [u.coordinate(value) for u, value in zip(unknowns, values_at(unknowns, place), strict=True)]
    )
