"""The same work for many replications, in as many processes as this machine has processors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable


def in_parallel[Item, Result](
    function: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None
) -> list[Result]:
    """What the function makes of each item, in their order; workers: all processors unless given."""
    from joblib import Parallel, delayed

    work = [delayed(function)(item) for item in items]
    return list(Parallel(n_jobs=max(1, min(workers or processors(), len(work))))(work))


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
