"""Conditions that stand: each has to be improbable by chance, and to come back on half of the runs.

A condition's quasi-p-value is how probable so many cases are in the box if it did nothing, that is if they
were as dense as in the box without it, times all conditions of its kind that were looked at and the number of
kinds. The method is then repeated on halves of the runs, where a condition has to be improbable by itself;
runs that share a set of parameters stay together. A condition is kept where it comes back in at least half of
the halves, and a box found on one half is judged on the other.
Source: Bryant and Lempert (2010) for quasi-p-values; Shah and Samworth (2013), Journal of the Royal
Statistical Society B 75, for complementary halves. Variables are first chosen by how differently they are
distributed among cases and others: Hornberger and Spear (1981), Journal of Environmental Management 12.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from experiments.discovery.box import SIDES, Box, Condition, Score
from experiments.plan.patience import Patience

PAIRS, SEED = 50, 20_211
RETURNS = 0.5
"""Share of the halves in which a condition has to come back."""
SIGNIFICANT, IN_A_HALF = 0.05, 0.01
"""Of a quasi-p-value on all runs, times the conditions that were looked at; on half of them, by itself."""
LOOKED_AT = 30
"""Variables that a method is given, of all."""

Method = Callable[[np.ndarray, np.ndarray, np.ndarray], Box]
"""Of what runs drew, which are cases, and which conditions are allowed: prim_box, tree_box."""


@dataclass(frozen=True)
class Standing:
    """A condition with its quasi-p-value, times all that were looked at, and the share of halves in which it
    comes back."""

    condition: Condition
    p: float
    returns: float


@dataclass(frozen=True)
class Found:
    """What a method found. box: of the conditions that stand; kept: these; dropped: those that do not.

    score: of the box on all runs. outside: mean density and coverage on the other half of boxes found on one
    half, None where no half gave a box.
    """

    box: Box
    kept: tuple[Standing, ...]
    dropped: tuple[Standing, ...]
    score: Score
    outside: tuple[float, float] | None


class Told(NamedTuple):
    """Who is told how far it is, and of what."""

    patience: Patience
    what: str


def what_stands(
    method: Method,
    table: np.ndarray,
    cases: np.ndarray,
    clusters: np.ndarray,
    looks: np.ndarray | None = None,
    told: Told | None = None,
) -> Found:
    """What a method finds that stands.

    table: [run, variable]; cases: [run]; clusters: of runs [run]. looks: at how many conditions one of this
    variable was found [variable]; both sides of all unless given.
    """
    variables = table.shape[1]
    looks = np.full(variables, 2.0 * variables) if looks is None else looks
    whole = significant(method, table, cases, SIGNIFICANT / looks)
    returned: Counter[tuple[int, str]] = Counter()
    outside, told = list[tuple[float, float]](), told or Told(Patience(), "conditions")
    parts, limits = list(halves(clusters)), np.full(variables, IN_A_HALF)
    for number, (one, other) in enumerate(parts):
        told.patience.tick(partial("{}: {} of {} halves of the runs".format, told.what, number, len(parts)))
        box = significant(method, table[one], cases[one], limits)
        returned.update({condition.what for condition in box.conditions()})
        if box.conditions():
            score = box.score(table[other], cases[other])
            outside.append((score.density, score.coverage))
    p = quasi_p(whole, table, cases)
    standing = [
        Standing(one, min(1.0, p[one.what] * float(looks[one.variable])), returned[one.what] / len(parts))
        for one in whole.conditions()
    ]
    kept = tuple(one for one in standing if one.returns >= RETURNS)
    box = whole.only({one.condition.what for one in kept})
    mean = None if not outside else tuple(np.mean(outside, axis=0).tolist())
    return Found(box, kept, tuple(set_apart(standing, kept)), box.score(table, cases), mean)


def set_apart(standing: list[Standing], kept: tuple[Standing, ...]) -> Iterator[Standing]:
    """Those that are not kept."""
    return (one for one in standing if one not in kept)


def halves(clusters: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Both halves of the runs in either order, many times [run], [run]."""
    names = np.unique(clusters)
    luck = np.random.default_rng(SEED)
    for _ in range(PAIRS):
        first = np.isin(clusters, luck.permutation(names)[: len(names) // 2])
        one, other = np.flatnonzero(first), np.flatnonzero(~first)
        yield one, other
        yield other, one


def significant(method: Method, table: np.ndarray, cases: np.ndarray, limits: np.ndarray) -> Box:
    """The box of a method, without the conditions that chance would give as well.

    limits: of the quasi-p-value of a condition [variable].

    Of what does nothing alone half is taken away at a time, since a dozen of no effect may together keep out
    what one of effect would; then, of what is not significant in the box, what does least alone. After each
    the method looks again, at the conditions that are left.
    """
    variables = table.shape[1]
    if not 0 < cases.sum() < len(cases):
        return Box.of(variables)
    allowed = np.zeros((variables, len(SIDES)), bool)
    allowed[most_different(table, cases)] = True
    while allowed.any():
        chosen = np.flatnonzero(allowed.any(axis=1))
        box = widened(method(table[:, chosen], cases, allowed[chosen]), chosen, variables)
        conditions, p = box.conditions(), quasi_p(box, table, cases)
        alone = {one: quasi_p(Box.of(variables, one), table, cases)[one.what] for one in conditions}
        weak = [one for one in conditions if p[one.what] > limits[one.variable]]
        if not weak:
            return box
        idle = sorted((one for one in weak if alone[one] > SIGNIFICANT), key=lambda one: -alone[one])
        gone = idle[: (len(idle) + 1) // 2] or [max(weak, key=lambda one: alone[one])]
        allowed[:] = False
        for one in conditions:
            allowed[one.variable, SIDES.index(one.side)] = one not in gone
    return Box.of(variables)


def widened(box: Box, chosen: np.ndarray, variables: int) -> Box:
    """A box of some variables as one of all."""
    named = [one._replace(variable=int(chosen[one.variable])) for one in box.conditions()]
    return Box.of(variables, *named)


def quasi_p(box: Box, table: np.ndarray, cases: np.ndarray) -> dict[tuple[int, str], float]:
    """Of each condition of a box, by itself: how probable so many cases are if it did nothing."""
    score, found = box.score(table, cases), {}
    for one in box.conditions():
        without = box.without(one).score(table, cases)
        found[one.what] = float(np.exp(score.chance(without.density)))
    return found


def most_different(table: np.ndarray, cases: np.ndarray) -> np.ndarray:
    """The variables whose distribution among cases differs most from that among others, by Kolmogorov's
    distance [variable]; equal values count together."""
    order = np.argsort(table, axis=0, kind="stable")
    ranked, own = np.take_along_axis(table, order, axis=0), cases[order]
    gaps = np.abs(np.cumsum(own, axis=0) / cases.sum() - np.cumsum(~own, axis=0) / (~cases).sum())
    ends = np.vstack([ranked[1:] != ranked[:-1], np.ones((1, table.shape[1]), bool)])
    distance = np.where(ends, gaps, 0.0).max(axis=0)
    return np.sort(np.argsort(-distance, kind="stable")[:LOOKED_AT])
