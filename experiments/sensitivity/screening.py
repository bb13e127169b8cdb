"""The screening: Morris's elementary effects, of groups first, then of the members of groups that matter.

A trajectory goes from a mixture of two runs A and B to the mixture of all the opposite, one factor at a time:
what changes is one thing, or one group of them, that is drawn anew. So every move is as long as such a draw
makes it, and a set of parameters of the posterior is moved as a whole while it is a group. In the first step
the factors are the files of parameters, what 2016-20 taught about as one, each quantity of the world, each
unknown base and luck; in the second the parameters of the groups that passed, one by one.

Source: Morris (1991), Technometrics 33; Campolongo, Cariboni and Saltelli (2007), Environmental Modelling and
Software 22, for groups and the mean of absolute effects. Trajectories and statistics are SALib's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.drawn.things import KINDS, LUCK, PARAMETER, TAUGHT, Thing, Things, exchanged
from scenarios.spec import RunSpec

LEVELS = 2  # A or B
MATTERS = 0.1
"""Mean absolute change over the standard deviation of a value: that of 0.8 % of a Normal variance."""
POINT = 0.01  # of a probability

Specs = tuple[RunSpec, ...]


@dataclass(frozen=True)
class Factor:
    """What is moved together: a thing, or a group of parameters. things: its members."""

    name: str
    things: tuple[Thing, ...]

    @property
    def kind(self) -> str:
        """Parameters, world, unknown bases or luck."""
        return self.things[0].kind


@dataclass(frozen=True)
class Effects:
    """What moving each factor changes.

    factors: what was moved. star: mean absolute change of every measure [measure, factor], own units. spread:
    standard deviation of the change [measure, factor]. points: mean absolute shift of the probability
    [measure, factor], not a number for effects of scenarios. turns: moves that turned the sign of what a
    scenario adds [measure, factor]. trajectories: moves of each factor.
    """

    factors: tuple[Factor, ...]
    star: np.ndarray
    spread: np.ndarray
    points: np.ndarray
    turns: np.ndarray
    trajectories: int

    def relative(self, spreads: np.ndarray) -> np.ndarray:
        """The largest mean absolute change of each factor, in standard deviations of the value [factor]."""
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = self.star / spreads[:, None]
        return np.asarray(np.nanmax(np.where(np.isfinite(shares), shares, 0.0), axis=0))


def groups_of(things: Mapping[str, Thing]) -> tuple[Factor, ...]:
    """The factors of the first step, luck last."""
    files: dict[str, list[Thing]] = {}
    for one in things.values():
        if one.kind == PARAMETER:
            files.setdefault(one.file, []).append(one)
    rest = [one for one in things.values() if one.kind != PARAMETER]
    order = sorted(rest, key=lambda one: list(KINDS).index(one.kind))
    return (
        *(Factor(name, tuple(members)) for name, members in files.items()),
        *(Factor(one.name, (one,)) for one in order),
    )


def members_of(groups: Sequence[Factor], relative: np.ndarray, most: int) -> tuple[Factor, ...]:
    """The factors of the second step: parameters of the groups that passed, those of the strongest first.

    Luck closes them, so that what it does can be told apart. most: parameters, at most; a group of which not
    all find room is left out, but for the first.
    """
    order = [place for place in np.argsort(-relative, kind="stable") if relative[place] >= MATTERS]
    found: list[Factor] = []
    for place in order:
        group = groups[place]
        if group.kind != PARAMETER or (found and len(found) + len(group.things) > most):
            continue
        found += [Factor(one.name, (one,)) for one in group.things][:most]
    return (*found, *(one for one in groups if one.kind == LUCK)) if found else ()


def trajectory(factors: int, seed: int) -> np.ndarray:
    """One trajectory of SALib's: for each run and factor 0 as in A, 1 as in B [factors + 1, factors]."""
    from SALib.sample import morris  # loads pandas and plotting: only where a screening is asked for

    return np.asarray(morris.sample(problem(factors), 1, num_levels=LEVELS, seed=seed))


def problem(factors: int) -> dict[str, object]:
    """The factors as SALib takes them."""
    names = [f"f{place}" for place in range(factors)]
    return {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}


def runs_of(things: Things, factors: Sequence[Factor], numbers: Sequence[int]) -> list[Specs]:
    """The runs of some trajectories; trajectory k goes between runs 2k and 2k + 1 of the plan."""
    found = []
    for number in numbers:
        one, other = things.draw(2 * number), things.draw(2 * number + 1)
        for row in trajectory(len(factors), number):
            taken = [thing for place, own in enumerate(factors) if row[place] for thing in own.things]
            found.append(exchanged(one, other, taken))
    return found


def corners_of(factors: int, numbers: Sequence[int]) -> np.ndarray:
    """The trajectories of runs_of [run, factor]."""
    return np.concatenate([trajectory(factors, number) for number in numbers])


def effects_of(
    factors: Sequence[Factor],
    corners: np.ndarray,
    values: np.ndarray,
    sample: np.ndarray,
    thresholds: np.ndarray,
) -> Effects:
    """The statistics of all moves.

    values: [measure, run] of the trajectories, sample: [measure, run] of runs of their own. thresholds: of
    each measure, not a number where it has none. A trajectory in which a run failed is left out.
    """
    from SALib.analyze import morris

    length = len(factors) + 1
    count = len(corners) // length
    star, spread, points, turns = (np.full((len(values), len(factors)), np.nan) for _ in range(4))
    for place, own in enumerate(values):
        whole = np.repeat(np.isfinite(own.reshape(count, length)).all(axis=1), length)
        if not whole.any():
            continue
        found = morris.analyze(problem(len(factors)), corners[whole], own[whole], num_levels=LEVELS, seed=1)
        star[place], spread[place] = np.asarray(found["mu_star"]), np.asarray(found["sigma"])
        moved = moves(corners[whole])
        if np.isfinite(thresholds[place]):
            points[place] = shifts(moved, own[whole], sample[place], thresholds[place], len(factors))
        turns[place] = turned(moved, own[whole], len(factors))
    return Effects(tuple(factors), star, spread, points, turns, count)


def moves(corners: np.ndarray) -> np.ndarray:
    """[move, (row before, row after, factor)] of all moves; trajectories follow each other."""
    length = corners.shape[1] + 1
    before = np.flatnonzero((np.arange(1, len(corners)) % length) != 0)
    factor = (corners[before + 1] != corners[before]).argmax(axis=1)
    return np.column_stack([before, before + 1, factor])


def shifts(
    moved: np.ndarray, own: np.ndarray, sample: np.ndarray, threshold: float, factors: int
) -> np.ndarray:
    """How far the probability moves where all runs of the sample move as the run did, on average [factor]."""
    known = np.sort(sample[np.isfinite(sample)])
    before, after, factor = moved.T

    def chance(move: np.ndarray | float) -> np.ndarray:
        return 1.0 - np.searchsorted(known, threshold - move, side="left") / len(known)

    change = own[after] - own[before]
    shift = 0.5 * (np.abs(chance(change) - chance(0.0)) + np.abs(chance(-change) - chance(0.0)))
    return np.asarray(
        np.bincount(factor, weights=shift, minlength=factors) / np.bincount(factor, minlength=factors)
    )


def turned(moved: np.ndarray, effect: np.ndarray, factors: int) -> np.ndarray:
    """How often each factor turned the sign of an effect that was larger, before and after, than the widest
    move by luck, the last factor [factor]; a small effect has no sign that could be told from nothing."""
    before, after, factor = moved.T
    luck = factors - 1
    noise = np.abs(effect[after] - effect[before])[factor == luck].max(initial=0.0)
    told = np.minimum(np.abs(effect[before]), np.abs(effect[after])) > noise
    turns = (effect[after] * effect[before] < 0.0) & told & (factor != luck)
    return np.bincount(factor[turns], minlength=factors).astype(float)


def named(one: Factor) -> str:
    """A factor as tables call it."""
    if one.name == TAUGHT:
        return f"{TAUGHT} about {len(one.things)} parameters"
    if one.kind == PARAMETER and one.name != one.things[0].name:
        return f"{one.name} ({len(one.things)} parameters)"
    return one.things[0].label.en
