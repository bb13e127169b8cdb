"""The same work for many replications, in as many processes as this machine has processors."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from agents.engine.cache_folder import note_whole
from experiments.compute.compiling import compiles_first
from experiments.plan.patience import Patience
from experiments.plan.size import processors


def in_parallel[Item, Result](
    function: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None
) -> list[Result]:
    """What the function makes of each item, in their order; workers: all processors unless given.

    Where the model is not compiled yet, the first item alone compiles it: each worker would do the same. How
    far it is, is told once a minute.
    """
    left, count, work = list(items), workers or processors(), _name(function)
    first = [left.pop(0)] if left and compiles_first(work) else []
    total, patience, found = len(first) + len(left), Patience(), list[Result]()
    for result in chain(map(function, first), _computed(function, left, count)):
        found.append(result)
        note_whole(work)
        patience.tick(lambda: f"{len(found)} of {total} done")
    return found


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
