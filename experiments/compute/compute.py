"""Computes what a store lacks of an ensemble: hands work to an engine and seals what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

from experiments.compute.engines.engine import Engine, Prepared
from experiments.compute.progress import Progress
from experiments.compute.task import Task
from experiments.compute.work import Work, together
from experiments.store.record import Columns, Record
from experiments.store.store import Store

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
    work: Work, task: Task, engine: Engine, sealing: Sealing, progress: Progress, *, keep_going: bool = True
) -> None:
    """Run the work and seal every record, failed ones too; ends early when the engine is told to stop.

    With keep_going off it ends at the first run that failed. Whatever happens, what came back is sealed.
    """
    try:
        with closing(engine.run(Prepared(partial(together, task), task.prepare), work.take)) as outcomes:
            for outcome in outcomes:
                records = work.ended(outcome)
                bad = sum(record.run["status"] != "ok" for record in records)
                sealing.add(records)
                progress.add(len(records), bad)
                if bad and not keep_going:
                    return
    finally:
        sealing.seal()
