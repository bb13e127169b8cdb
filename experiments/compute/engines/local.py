"""Processes of this machine, each with one thread and one job at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType

from experiments.compute.engines.engine import Function, Job, Outcome, Stopping, Take
from experiments.compute.engines.process import POLL, Starts, WorkerProcess

LEAST_MEMORY = 2 << 30  # bytes for a worker: what compiling the model takes, with a margin
KEPT_FREE = 0.1  # share of the machine's memory that workers leave to others
CGROUP = Path("/sys/fs/cgroup/memory.max")


@dataclass
class Local:
    """Processes of this machine; they stay until the engine is closed."""

    workers: int
    memory: int | None = None
    stopping: Stopping = lambda: False
    _crew: list[WorkerProcess] = field(default_factory=list, init=False)
    _returned: deque[Job] = field(default_factory=deque, init=False)
    _starts: Starts = field(default_factory=Starts, init=False)

    def __enter__(self) -> Local:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._crew:
            worker.kill()
        self._crew.clear()

    def capacity(self) -> int:
        """How many jobs are computed at the same time."""
        return self.workers

    def run(self, function: Function, take: Take) -> Generator[Outcome]:
        """See Engine.run."""
        try:
            while not self.stopping():
                self._hand_out(function, take)
                if not self._busy():
                    return
                outcomes = list(self._ended())
                self._hand_out(function, take)  # before the caller stores these: no worker waits for the disk
                yield from outcomes
        finally:
            for worker in self._busy():
                worker.kill()
            self._bury()
            self._returned.clear()

    def _busy(self) -> list[WorkerProcess]:
        return [worker for worker in self._crew if worker.job is not None]

    def _hand_out(self, function: Function, take: Take) -> None:
        while len(self._busy()) < self.workers:
            job = self._returned.popleft() if self._returned else take()
            if job is None:
                return
            self._idle().begin(function, job)

    def _idle(self) -> WorkerProcess:
        """A worker without a job, started if there is none."""
        self._bury()
        for worker in self._crew:
            if worker.job is None:
                return worker
        self._crew.append(WorkerProcess(self.memory or share_of_memory(self.workers)))
        return self._crew[-1]

    def _bury(self) -> None:
        """Forget the workers that died without a job, or whose death was told."""
        for worker in [each for each in self._crew if not (each.alive() or each.working())]:
            worker.kill()
            self._crew.remove(worker)

    def _ended(self) -> Iterator[Outcome]:
        """The outcomes there are after a short wait."""
        speaking = set(wait([worker.connection for worker in self._busy()], timeout=POLL))
        for worker in self._busy():
            if worker.connection in speaking or worker.late():
                outcome = worker.outcome()
                if outcome is not None and self._starts.count(outcome):
                    self._returned.append(outcome.job)
                elif outcome is not None:
                    yield outcome


def cores() -> int:
    """Processors that this process may use."""
    from joblib import cpu_count

    return int(cpu_count())


def share_of_memory(workers: int) -> int:
    """What each of several workers may take of this machine's memory, or of its container's [bytes]."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # not in such a container, or one without a limit ("max")
        whole = min(whole, int(CGROUP.read_text()))
    return max(LEAST_MEMORY, int(whole * (1 - KEPT_FREE)) // workers)
