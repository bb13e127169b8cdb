"""Packages at equal spending, held against each other in worlds, parameters and luck that the search has not
seen.

The regret of a package in a run is what the best of them reaches there, less what it reaches itself.
Source: Savage (1951), Journal of the American Statistical Association 46, for the choice by least regret.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from experiments.packages.archive import Point, Room, rounded

EQUAL = 0.02  # of the money: two costs within it are equal
STEPS = 5
DECILE = 0.1


class Equal(NamedTuple):
    """A package brought to some spending. absorbs: whether it can spend so much."""

    point: Point
    cost: float
    absorbs: bool


def at_cost(point: Point, room: Room, amount: float, cost_of: Callable[[Point], float], dials: int) -> Equal:
    """A package with all dials moved alike, toward what is in force or beyond, until it costs an amount.

    cost_of: public cost of a point [like amount]. dials: how many of its positions are those of dials.
    """
    share, cost = 1.0, cost_of(point)
    low, high = (0.0, 0.0), (share, cost)
    here = point
    for _ in range(STEPS):
        if abs(cost - amount) <= EQUAL * amount:
            return Equal(here, cost, True)
        if cost > amount:
            high = (share, cost)
        else:
            low = (share, cost)
        share = next_share(low, high, amount)
        moved = along(point, room, share, dials)
        if moved == here:
            break
        here, cost = moved, cost_of(moved)
    return Equal(here, cost, abs(cost - amount) <= EQUAL * amount)


def next_share(low: tuple[float, float], high: tuple[float, float], amount: float) -> float:
    """A share between two whose costs enclose an amount, or a larger one where none costs so much yet."""
    if high[1] < amount:
        return low[0] * (amount / low[1]) ** 0.5 if low[1] > 0.0 else 2.0 * max(low[0], 0.5)
    # Costs grow with the square of positions.
    part = (amount - low[1]) / max(high[1] - low[1], 1e-12)
    return float(np.sqrt(low[0] ** 2 + part * (high[0] ** 2 - low[0] ** 2)))


def along(point: Point, room: Room, share: float, dials: int) -> Point:
    """The point a share of the way from what is in force to another, or beyond it."""
    moved = [
        usual + share * (position - usual) if place < dials else position
        for place, (usual, position) in enumerate(zip(room.usual, point, strict=True))
    ]
    return rounded(moved)


class Regret(NamedTuple):
    """Of a package: means over runs, of what it adds and of its regret, and the same of its worst decile."""

    mean: float
    worst: float
    regret: float
    worst_regret: float
    best_in: float


def regrets(values: np.ndarray) -> list[Regret]:
    """Of each package. values: what it adds [package, run]; best_in: the share of runs in which it is
    best."""
    best = values.max(axis=0)
    regret = best - values
    winners = values == best
    return [
        Regret(
            float(values[k].mean()),
            worst_decile(values[k]),
            float(regret[k].mean()),
            -worst_decile(-regret[k]),
            float((winners[k] / winners.sum(axis=0)).mean()),
        )
        for k in range(len(values))
    ]


def worst_decile(values: np.ndarray) -> float:
    """The mean of the smallest tenth of some values, at least of one."""
    count = max(1, round(DECILE * len(values)))
    return float(np.sort(values)[:count].mean())


def least_regret(found: Sequence[Regret]) -> int:
    """The package whose worst decile of regrets is least."""
    return min(range(len(found)), key=lambda k: (found[k].worst_regret, found[k].regret))
