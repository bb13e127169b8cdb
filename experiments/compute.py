"""Computes what a store lacks of an ensemble: hands units to an executor and seals what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from experiments.ensemble import Task, Unit, failed
from experiments.executor import Local, Outcome
from experiments.progress import Progress
from experiments.record import Columns, Record
from experiments.store import Store

RUNS_PER_CHUNK = 64
SECONDS_PER_CHUNK = 10.0


@dataclass
class Sealing:
    """Collects records and seals them in chunks, often enough that a kill costs little."""

    store: Store
    columns: Callable[[], Columns]
    records: list[Record] = field(default_factory=list)
    sealed_at: float = field(default_factory=time.monotonic)

    def add(self, records: Sequence[Record]) -> None:
        """Take some records, and seal when there are many or the last chunk is long ago."""
        self.records += records
        if len(self.records) >= RUNS_PER_CHUNK or time.monotonic() - self.sealed_at > SECONDS_PER_CHUNK:
            self.seal()

    def seal(self) -> None:
        """Seal what is at hand."""
        if self.records:
            self.store.append(self.records, self.columns())
        self.records = []
        self.sealed_at = time.monotonic()


def compute(
    units: Sequence[Unit],
    task: Task,
    local: Local,
    sealing: Sealing,
    progress: Progress,
    *,
    keep_going: bool = True,
) -> bool:
    """Run the units and seal every record, failed ones too; ends early when the executor is told to stop.

    With keep_going off it ends at the first failed run and returns False. Whatever happens, what came
    back is sealed.
    """
    apart: list[Unit] = []
    try:
        with closing(local.run(task, units)) as outcomes:
            for outcome in outcomes:
                unit = units[outcome.unit]
                if outcome.status != "ok" and len(unit) > 1:
                    apart += [(run,) for run in unit]
                    continue
                records = records_of(outcome, unit)
                bad = sum(record.run["status"] != "ok" for record in records)
                sealing.add(records)
                progress.add(len(records), bad)
                if bad and not keep_going:
                    return False
    finally:
        sealing.seal()
    if not apart:
        return True
    # A unit took its worker down: its runs one by one, to spare those that are well.
    return compute(apart, task, local, sealing, progress, keep_going=keep_going)


def records_of(outcome: Outcome, unit: Unit) -> list[Record]:
    """The records of a unit, or one per run saying why there is no result."""
    if outcome.status == "ok":
        return list(outcome.result)
    return [failed(run, outcome.status, "worker", outcome.error, outcome.trace) for run in unit]
