"""The same work for many replications, in as many processes as this machine has processors."""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from agents.engine.cache_folder import note_whole
from experiments.compute.compiling import compiles_first
from experiments.plan.patience import Patience, Say, aloud, lasting
from experiments.plan.size import processors


def in_parallel[Item, Result](
    function: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None
) -> list[Result]:
    """What the function makes of each item, in their order; workers: all processors unless given.

    Where the model is not compiled yet, the first item alone compiles it: each worker would do the same. How
    far it is, and how long the rest may take, is told once a minute.
    """
    return list(one_by_one(function, items, workers))


def one_by_one[Item, Result](
    function: Callable[[Item], Result],
    items: Iterable[Item],
    workers: int | None = None,
    say: Say = aloud,
    by: Callable[..., Iterator[Result]] | None = None,
) -> Iterator[Result]:
    """As in_parallel, each result as soon as it and those before it are there.

    say: is told how far it is. by: what computes a function of items in their order; processes of this
    machine unless given.
    """
    left, work = list(items), _name(function)
    computed = by or partial(_computed, workers=workers or processors())
    first = [left.pop(0)] if left and compiles_first(work) else []
    total, patience, begun = len(first) + len(left), Patience(say), time.monotonic()
    for done, result in enumerate(chain(map(function, first), computed(function, left)), start=1):
        note_whole(work)
        patience.tick(partial(_so_far, done, total, begun))
        yield result


def _so_far(done: int, total: int, begun: float) -> str:
    """How far it is, in one line."""
    if done == total:
        return f"{done} of {total} done"
    left = (time.monotonic() - begun) / done * (total - done)
    return f"{done} of {total} done, about {lasting(left)} left"


def _name(function: Callable[..., Any]) -> str:
    """What the function is called, as the name of a file."""
    while isinstance(function, partial):
        function = function.func
    return re.sub(r"\W", "_", f"{function.__module__}.{function.__qualname__}")


def _computed[Item, Result](
    function: Callable[[Item], Result], items: list[Item], workers: int
) -> Iterator[Result]:
    from joblib import Parallel, delayed

    work = [delayed(function)(item) for item in items]
    with warnings.catch_warnings():
        # A worker that has grown is exchanged for a new one and loses nothing; one that dies raises.
        warnings.filterwarnings("ignore", "A worker stopped while some jobs")
        count = max(1, min(workers, len(work)))
        # Large arrays, too, are the worker's own.
        yield from Parallel(n_jobs=count, max_nbytes=None, return_as="generator")(work)
