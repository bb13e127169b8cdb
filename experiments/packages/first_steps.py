"""What each lever does alone, and packages of the steps that gain most for their money.

Effects of levers nearly add up, and each gains less the more it has: then the cheapest package takes the
steps in the order of gain over cost. It is where a search begins, and no more than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from experiments.packages.archive import Point, Ranked, Room

SURE = 2.0  # standard errors
MOST_LEVERS, BY_GAIN = 8, 3


class Option(NamedTuple):
    """A lever alone at one of its points: what it gains, costs and takes of a bound beyond what is in force.

    sure: whether the gain can be told from nothing.
    """

    lever: str
    point: Point
    gain: float
    cost: float
    takes: float
    sure: bool


def alone(archive: Ranked, room: Room) -> dict[str, list[Option]]:
    """Every lever alone at the plan's dose and at its most, in one go."""
    asked = [
        (lever, point)
        for lever in room.levers
        for point in dict.fromkeys((room.lever_at(lever, room.doses), room.lever_at(lever, room.most)))
        if point != room.usual
    ]
    found = dict(archive.tried([room.usual, *(point for _, point in asked)]))
    usual = found[room.usual]
    options: dict[str, list[Option]] = {}
    for lever, point in asked:
        if point in found:
            gain, cost, takes = (a - b for a, b in zip(found[point][:3], usual[:3], strict=True))
            sure = gain > SURE * found[point].error and gain > 0.0
            options.setdefault(lever, []).append(Option(lever, point, gain, cost, takes, sure))
    return options


def steps(options: Mapping[str, Sequence[Option]]) -> list[Option]:
    """The steps that gain surely, those first that gain most for their money; costs and gains of each step.

    Of a lever only those of the upper hull of its options are steps: the others would be left at once.
    """
    found = [step for those in options.values() for step in _hull([one for one in those if one.sure])]
    return sorted(found, key=lambda one: (-_ratio(one), one.lever))


def _hull(options: Sequence[Option]) -> Iterator[Option]:
    """From nothing to the largest gain, each time by the step with the most gain for its money."""
    gain = cost = takes = 0.0
    while later := [one for one in options if one.gain > gain]:
        beyond = [
            one._replace(gain=one.gain - gain, cost=one.cost - cost, takes=one.takes - takes) for one in later
        ]
        place = max(range(len(beyond)), key=lambda k: _ratio(beyond[k]))
        yield beyond[place]
        gain, cost, takes = later[place].gain, later[place].cost, later[place].takes


def _ratio(step: Option) -> float:
    return inf if step.cost <= 0.0 else step.gain / step.cost


def chosen(options: Mapping[str, Sequence[Option]], most: int = MOST_LEVERS) -> list[str]:
    """The levers that are looked at further: those of the first steps, and those that gain most.

    Where none gains surely, those that seem to.
    """
    order = list(dict.fromkeys(step.lever for step in steps(options)))
    seem = sorted(options, key=lambda lever: -max(one.gain for one in options[lever]))
    largest = [lever for lever in seem if lever in order][:BY_GAIN]
    if not order:
        return seem[:BY_GAIN]
    kept = order[: most - sum(lever not in order[:most] for lever in largest)]
    return [lever for lever in order if lever in {*kept, *largest}]


class Package(NamedTuple):
    """A package of the first steps, and what it gains and takes of a bound if effects add up."""

    point: Point
    gain: float
    takes: float


def path(room: Room, options: Mapping[str, Sequence[Option]], within: Sequence[str]) -> list[Package]:
    """What is in force, the package of the first step, of the first two, and so on."""
    found = [Package(room.usual, 0.0, 0.0)]
    for step in steps({lever: options[lever] for lever in within if lever in options}):
        last = found[-1]
        where = room.lever_at(step.lever, step.point, last.point)
        found.append(Package(where, last.gain + step.gain, last.takes + step.takes))
    return found
