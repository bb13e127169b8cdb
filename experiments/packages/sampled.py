"""Packages proposed by optuna: what was tried is told, what is asked for is tried, batch by batch.

Batches have a size of their own, so that the number of processes changes nothing. Bounds are told in the
values themselves: what breaks one is worse than all that break none, by how far it breaks it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from experiments.packages.archive import Point, Ranked, Room, rounded
from scenarios.values.errors import InputError

STEP = 0.001  # of a position
WORSE = 1e9
"""Added to the value of what breaks a bound; no cost and no target comes near."""


def refuse_without_optuna(verb: str) -> None:
    """Raises: InputError where optuna is not installed."""
    if find_spec("optuna") is None:
        raise InputError(f"{verb} needs optuna, which the extra `sensitivity` of the package installs")


@contextmanager
def quiet() -> Iterator[Any]:
    """Optuna, which says nothing until the block ends."""
    import optuna

    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield optuna
    finally:
        optuna.logging.set_verbosity(before)


def explored(archive: Ranked, room: Room, dials: Sequence[int], most: int, batch: int, seed: int) -> None:
    """Tries packages that a tree-structured Parzen estimator proposes after all that was tried."""
    with quiet() as optuna:
        sampler = optuna.samplers.TPESampler(seed=seed, multivariate=True, n_startup_trials=0)
        study = optuna.create_study(sampler=sampler, direction="minimize")
        space = space_of(optuna, dials)
        for point, found in archive.known.items():
            if is_within(point, room, dials):
                params = {name: round(point[int(name)] / STEP) * STEP for name in space}
                told = optuna.trial.create_trial(
                    params=params, distributions=dict(space), value=value(archive.rank(found))
                )
                study.add_trial(told)
        for begin in range(0, most, batch):
            asked = [study.ask(space) for _ in range(min(batch, most - begin))]
            points = [point_of(trial.params, room) for trial in asked]
            known = dict(archive.tried(points))
            for trial, point in zip(asked, points, strict=True):
                if point in known:
                    study.tell(trial, value(archive.rank(known[point])))


def space_of(optuna: Any, dials: Sequence[int]) -> dict[str, Any]:
    """Positions of dials, as optuna draws them."""
    return {str(dial): optuna.distributions.FloatDistribution(0.0, 1.0, step=STEP) for dial in dials}


def is_within(point: Point, room: Room, dials: Sequence[int]) -> bool:
    """Whether a point differs from what is in force in some dials alone."""
    return all(point[k] == room.usual[k] for k in range(len(point)) if k not in dials)


def value(rank: tuple[int, float]) -> float:
    """A rank as one number, the lower the better."""
    return rank[0] * WORSE + rank[1]


def point_of(params: Mapping[str, Any], room: Room) -> Point:
    """The point that some positions mean."""
    return rounded(room.with_dials(room.usual, {int(name): float(at) for name, at in params.items()}))
