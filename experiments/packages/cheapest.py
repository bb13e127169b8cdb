"""The cheapest package that reaches a target, or the one that comes nearest, in so many trials.

1. Every lever alone. 2. Packages of the first steps that gain most for their money. 3. Packages around the
best of these, by a tree-structured Parzen estimator with the bounds on money and the target as constraints
(optuna). 4. From the best package downhill, dial by dial.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from experiments.packages.archive import Point, Ranked, Room
from experiments.packages.descent import descend
from experiments.packages.first_steps import Option, alone, chosen, path
from experiments.packages.sampled import explored

AROUND = 3  # packages of the path before and behind the one that should reach the target
BETWEEN = (0.25, 0.5, 0.75)
EXPLORES, A_BATCH = 0.15, 8
"""Of the trials that are left after the first steps, the share of the estimator; how many it asks for at
once, whatever the number of processes."""


class Course(NamedTuple):
    """What a search did. options: of each lever alone. levers: those that were looked at further."""

    options: dict[str, list[Option]]
    levers: list[str]


def fewest_trials(levers: int) -> int:
    """How many trials a search among so many levers takes at least."""
    return 2 * levers + 20


def cheapest(archive: Ranked, room: Room, seed: int) -> Course:
    """Tries packages until no more may be tried; the archive knows the best.

    Where what is in force reaches the target nothing else is tried. The same seed tries the same packages, in
    whatever order and number of processes they are evaluated.
    """
    ((_, usual),) = archive.tried([room.usual])
    if usual.reaches:
        return Course({}, [])
    archive.tried([room.most])
    options = alone(archive, room)
    levers = chosen(options)
    dials = [place for lever in levers for place in room.levers[lever]]
    archive.tried(around_the_target(archive, room, options, levers))
    explored(archive, room, dials, most=int(EXPLORES * archive.left), batch=A_BATCH, seed=seed)
    descend(archive, dials)
    return Course(options, levers)


def around_the_target(
    archive: Ranked, room: Room, options: dict[str, list[Option]], levers: Sequence[str]
) -> list[Point]:
    """Packages near the one on the path that should just reach the target, or just spend what may be
    spent."""
    packages, usual = path(room, options, levers), archive.known[room.usual]
    ends = (
        place
        for place, one in enumerate(packages)
        if usual.margin + one.gain >= 0.0 or usual.excess + one.takes > 0.0
    )
    at = next(ends, len(packages) - 1)
    near = [one.point for one in packages[max(0, at - AROUND) : at + AROUND]]
    last, this = packages[max(at - 1, 0)].point, packages[at].point
    return [*near, *(between(last, this, share) for share in BETWEEN)]


def between(one: Point, other: Point, share: float) -> Point:
    """The point that lies a share of the way from one to the other."""
    return tuple(a + share * (b - a) for a, b in zip(one, other, strict=True))
