"""The same work for many replications, in as many processes as this machine has processors."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable

from experiments.plan.size import processors


def in_parallel[Item, Result](
    function: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None
) -> list[Result]:
    """What the function makes of each item, in their order; workers: all processors unless given."""
    from joblib import Parallel, delayed

    work = [delayed(function)(item) for item in items]
    count = max(1, min(workers or processors(), len(work)))
    with warnings.catch_warnings():
        # A worker that has grown is exchanged for a new one and loses nothing; one that dies raises.
        warnings.filterwarnings("ignore", "A worker stopped while some jobs")
        return list(Parallel(n_jobs=count, max_nbytes=None)(work))  # large arrays, too, are the worker's own


def end_workers() -> None:
    """End the processes of `in_parallel`.

    They would wait five minutes for more work, and whoever reads what this program prints, with them.
    """
    if "joblib.externals.loky" in sys.modules:
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor(reuse=True).shutdown(wait=True, kill_workers=True)
