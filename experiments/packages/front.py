"""Fronts of packages: those than which no other is better in one thing and no worse in all others.

1. Every lever alone. 2. Packages of the first steps for each thing that is wanted. 3. Generations of packages
bred from the best by NSGA-II (optuna), begun with these. 4. At a few amounts of money, from the best for each
thing downhill, dial by dial (descent.py). Source: Deb, Pratap, Agarwal and Meyarivan (2002),
IEEE Transactions on Evolutionary Computation 6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from experiments.packages.archive import Archive, Outcome, Point, Ranked, Room, rounded
from experiments.packages.cheapest import between
from experiments.packages.descent import PARTS, descend
from experiments.packages.first_steps import Option, alone, chosen, path
from experiments.packages.sampled import WORSE, point_of, quiet, space_of

POPULATION = 24
MOST_LEVERS, OF_EACH = 8, 5
BRED, AMOUNTS = 0.15, (0.8, 0.3, 0.1)
"""Of the trials that are left after the first steps, the share of the generations; and the amounts of money
at which packages are refined, as shares of the most that was spent."""
STEEP = (0.25, 0.5, 1.0)
"""Shares of each package of the first steps that the first generation holds."""


class Scored(NamedTuple):
    """What a package comes to. wanted: the larger the better, of each thing. cost, excess: as of an Outcome.
    errors: standard errors of what is wanted, of its difference to what is in force."""

    wanted: tuple[float, ...]
    cost: float
    excess: float
    errors: tuple[float, ...]

    def as_outcome(self, place: int) -> Outcome:
        """As if one thing alone were wanted."""
        return Outcome(self.wanted[place], self.cost, self.excess, self.errors[place])


@dataclass(frozen=True)
class Course:
    """What a search did. options: of each lever alone, for each thing wanted. levers: looked at further."""

    options: list[dict[str, list[Option]]]
    levers: list[str]


def fewest_trials(levers: int) -> int:
    """How many trials a search among so many levers takes at least."""
    return 2 * levers + 2 * POPULATION


def front(
    archive: Archive[Scored], room: Room, choices: Sequence[int], seed: int, counts_cost: bool
) -> Course:
    """Tries packages until no more may be tried.

    choices: places of a point that are no dials of levers: when, and where. counts_cost: whether less cost is
    an aim beside what is wanted; if not, cost is bounded alone.
    """
    wanted = len(archive.tried([room.usual])[0][1].wanted)
    options = [alone(seen_as(archive, place), room) for place in range(wanted)]
    levers = most_useful(options)
    dials = [place for lever in levers for place in room.levers[lever]] + list(choices)
    begin = first_generation(room, options, levers)
    breed(archive, room, dials, begin, seed, counts_cost, most=int(BRED * archive.left))
    refine(archive, [dial for dial in dials if dial not in choices])
    return Course(options, levers)


def seen_as(archive: Archive[Scored], place: int) -> Ranked:
    """The archive as if one thing alone were wanted; what it tries, the other knows."""

    def evaluate(points: list[Point]) -> list[Outcome]:
        return [found.as_outcome(place) for _, found in archive.tried(points)]

    found = Ranked(evaluate, len(archive.known) + archive.left)
    found.known = {point: one.as_outcome(place) for point, one in archive.known.items()}
    return found


def most_useful(options: Sequence[Mapping[str, Sequence[Option]]]) -> list[str]:
    """The levers that are looked at further: by turns the most useful for each thing that is wanted."""
    ranked = [chosen(one, OF_EACH) for one in options]
    turns = [those[turn] for turn in range(OF_EACH) for those in ranked if turn < len(those)]
    return list(dict.fromkeys(turns))[:MOST_LEVERS]


def first_generation(
    room: Room, options: Sequence[Mapping[str, Sequence[Option]]], levers: Sequence[str]
) -> list[Point]:
    """Packages of the first steps for each thing, and parts of them, by turns."""
    paths = [[one.point for one in path(room, those, levers)][1:] for those in options]
    longest = max(map(len, paths), default=0)
    found = [those[turn] for turn in range(longest) for those in paths if turn < len(those)]
    parts = [rounded(between(room.usual, point, share)) for point in found for share in STEEP]
    return list(dict.fromkeys([room.usual, *found, *parts]))[:POPULATION]


def breed(
    archive: Archive[Scored],
    room: Room,
    dials: Sequence[int],
    begin: Sequence[Point],
    seed: int,
    counts_cost: bool,
    most: int,
) -> None:
    """Generations of packages, as long as no more than so many are tried."""
    ends = archive.left - max(most, POPULATION)
    wanted = len(archive.known[room.usual].wanted)
    with quiet() as optuna:
        sampler = optuna.samplers.NSGAIISampler(seed=seed, population_size=POPULATION)
        study = optuna.create_study(sampler=sampler, directions=["minimize"] * (wanted + counts_cost))
        space = space_of(optuna, dials)
        for point in begin:
            study.enqueue_trial({name: point[int(name)] for name in space})
        while archive.left > ends:
            before = archive.left
            generation = [study.ask(space) for _ in range(POPULATION)]
            points = [point_of(trial.params, room) for trial in generation]
            known = dict(archive.tried(points))
            for trial, point in zip(generation, points, strict=True):
                if point in known:
                    study.tell(trial, values(known[point], counts_cost))
                else:
                    study.tell(trial, state=optuna.trial.TrialState.FAIL)
            if archive.left == before:
                return  # a whole generation was known: there is nothing new to breed


def refine(archive: Archive[Scored], dials: Sequence[int]) -> None:
    """At a few amounts of money, better packages near the best for each thing, with what may still be
    tried."""
    known = list(archive.known.values())
    table = np.array([one.wanted for one in known])
    sizes = np.ptp(table, axis=0)
    aims = [np.eye(len(sizes))[place] for place in range(len(sizes))]
    if len(sizes) > 1:
        aims.append(1.0 / np.maximum(sizes, 1e-12))  # all together, each by how far it can be moved
    dearest = max(one.cost for one in known if one.excess <= 0.0)
    every = [(share * dearest, aim) for share in AMOUNTS for aim in aims]
    rounds = every[: max(1, archive.left // (len(dials) + len(PARTS) + 1))]
    for turn, (amount, aim) in enumerate(rounds):
        others = archive.left * (len(rounds) - turn - 1) // (len(rounds) - turn)
        descend(with_amount(archive, aim, amount), dials, spares=others)


def with_amount(archive: Archive[Scored], aim: np.ndarray, amount: float) -> Ranked:
    """The archive as if a sum of what is wanted were the aim, as much of it as some money brings."""
    sums = [float(aim @ one.wanted) for one in archive.known.values()]
    size = max(max(sums) - min(sums), 1e-12)
    beyond = max(sums) + 10.0 * size  # nothing reaches it

    def seen(one: Scored) -> Outcome:
        excess = max(one.excess, (one.cost - amount) / max(amount, 1e-9))
        return Outcome(float(aim @ one.wanted) - beyond, one.cost, excess)

    def evaluate(points: list[Point]) -> list[Outcome]:
        return [seen(one) for _, one in archive.tried(points)]

    found = Ranked(evaluate, len(archive.known) + archive.left, size)
    found.known = {point: seen(one) for point, one in archive.known.items()}
    return found


def values(found: Scored, counts_cost: bool) -> list[float]:
    """What is to be small; all of what breaks a bound is worse than anything that breaks none."""
    own = [-one for one in found.wanted] + ([found.cost] if counts_cost else [])
    return own if found.excess <= 0.0 else [WORSE + found.excess] * len(own)


def on_front(archive: Archive[Scored], counts_cost: bool) -> list[Point]:
    """The packages that no other one outdoes, the cheapest first."""
    allowed = [(point, one) for point, one in archive.known.items() if one.excess <= 0.0]
    table = np.array([values(one, counts_cost) for _, one in allowed])
    kept = [place for place in range(len(allowed)) if not outdone(table, place)]
    return [allowed[place][0] for place in sorted(kept, key=lambda k: (allowed[k][1].cost, allowed[k][0]))]


def outdone(table: np.ndarray, place: int) -> bool:
    """Whether some row is no larger in any column and smaller in one, or equal and earlier."""
    no_worse = (table <= table[place]).all(axis=1)
    better = no_worse & (table < table[place]).any(axis=1)
    same = no_worse & ~better
    return bool(better.any() or same[:place].any())
