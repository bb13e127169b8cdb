"""What is left to compute of a sweep, in batches of about a second, and what becomes of a failure.

A batch that dies or hangs is repeated in parts, its units and then their runs one by one, so that only the
run to blame is left without a result. That run has a second attempt with the same seed before it is given up.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Sequence

from experiments.compute.engines.engine import Job, Outcome
from experiments.compute.task import failed, stage_in
from experiments.plan.ensemble import Unit
from experiments.store.record import Record

ATTEMPTS = 2
BATCH_SECONDS = 1.0
"""A batch takes about this long: handing it out costs a hundredth of it, and a death loses no more."""
PATIENCE, FIRST_PATIENCE, SLOWER = 60.0, 900.0, 20.0
"""A unit hangs when it takes longer than PATIENCE seconds and SLOWER times the slowest so far.

The first may take FIRST_PATIENCE seconds: it may have to compile the model."""

Batch = tuple[Unit, ...]


class Work:
    """Units of runs, given out as jobs; see Engine.run."""

    def __init__(
        self,
        units: Sequence[Unit],
        capacity: Callable[[], int] = lambda: 1,
        *,
        timeout: float | None = None,
        first_alone: bool = False,
    ) -> None:
        self._left: deque[Unit] = deque(units)
        self._again: deque[tuple[Batch, int]] = deque()
        self._flying: dict[int, tuple[Batch, int]] = {}
        self.capacity = capacity
        self._timeout, self.first_alone = timeout, first_alone
        self._of_a_unit: float | None = None
        self._slowest = 0.0

    def take(self) -> Job | None:
        """The next job; None when nothing is left, or when the first is to be finished before all others."""
        if self.first_alone and self._of_a_unit is None and self._flying:
            return None
        if self._again:
            batch, attempt = self._again.popleft()
        elif self._left:
            batch, attempt = tuple(self._left.popleft() for _ in range(self._size())), 1
        else:
            return None
        job = Job(batch, self._limit(batch))
        self._flying[id(batch)] = batch, attempt
        return job

    def ended(self, outcome: Outcome) -> list[Record]:
        """The records of an ended job; none when it is to be repeated, whole or in parts.

        Raises: what the worker refused to compute with.
        """
        batch, attempt = self._flying.pop(id(outcome.job.what))
        if outcome.status == "refused":
            raise outcome.result
        if outcome.status == "ok":
            self._measure(len(batch), outcome.seconds)
            return list(outcome.result)
        parts = parts_of(batch)
        if len(parts) > 1:
            self._again.extend((part, 1) for part in parts)
        elif attempt < ATTEMPTS:
            self._again.append((batch, attempt + 1))
        else:
            return [_without_result(outcome, batch, attempt)]
        return []

    def running(self) -> list[str]:
        """Ids of the runs that are being computed."""
        return [run for batch, _ in self._flying.values() for unit in batch for run, _ in unit]

    def _size(self) -> int:
        """How many units make a batch: one until a run was measured, and fewer as the end comes near."""
        if self._of_a_unit is None:
            return 1
        fair = math.ceil(len(self._left) / (2 * max(1, self.capacity())))
        return min(len(self._left), max(1, min(fair, int(BATCH_SECONDS / max(self._of_a_unit, 1e-6)))))

    def _limit(self, batch: Batch) -> float:
        if self._timeout is not None:
            return self._timeout * len(batch)
        if self._of_a_unit is None:
            return FIRST_PATIENCE
        return max(PATIENCE, SLOWER * self._slowest * len(batch))

    def _measure(self, units: int, seconds: float) -> None:
        each = seconds / units
        self._of_a_unit = each if self._of_a_unit is None else (self._of_a_unit + each) / 2
        self._slowest = max(self._slowest, each)


def parts_of(batch: Batch) -> list[Batch]:
    """Its units, or the runs of its only unit, each as a batch."""
    if len(batch) > 1:
        return [(unit,) for unit in batch]
    return [((run,),) for run in batch[0]]


def _without_result(outcome: Outcome, batch: Batch, attempts: int) -> Record:
    ((run,),) = batch
    stage = stage_in(outcome.trace) or "worker"
    return failed(run, outcome.status, stage, f"{outcome.error}, {attempts} times", outcome.trace)


def together(task: Callable[[Unit], list[Record]], batch: Batch) -> list[Record]:
    """The records of a batch: what a worker computes."""
    return [record for unit in batch for record in task(unit)]
