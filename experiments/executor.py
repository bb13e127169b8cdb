"""Where units of work are computed: processes of this machine, each with one thread.

A worker that dies takes down everything in flight, so its suspects are repeated one at a time: the
next death names its unit. A unit that kills its worker again, or hangs again, is given up.
"""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

ATTEMPTS = 2
PATIENCE = (900.0, 20.0)
"""A unit hangs when it takes longer than this many seconds and this many times the slowest unit so far."""
IDLE = 30
"""Seconds after which a worker without work leaves, so those of a killed sweep do too."""
POLL = 0.2
LIBRARIES = ("OMP", "OPENBLAS", "MKL", "NUMBA", "VECLIB_MAXIMUM")
ONE_THREAD = {f"{library}{'' if '_' in library else '_NUM'}_THREADS": "1" for library in LIBRARIES}


class Outcome(NamedTuple):
    """A unit's result, or why there is none: status failed, timeout or lost, and what was seen."""

    unit: int
    result: Any = None
    status: str = "ok"
    error: str = ""
    trace: str = ""


@dataclass
class Local:
    """Processes on this machine."""

    workers: int
    timeout_s: float | None = None
    stopping: Callable[[], bool] = lambda: False
    _waiting: deque[int] = field(default_factory=deque, init=False)
    _suspects: deque[int] = field(default_factory=deque, init=False)
    _flying: dict[Future[Any], tuple[int, float]] = field(default_factory=dict, init=False)
    _deaths: Counter[int] = field(default_factory=Counter, init=False)
    _doubtful: set[int] = field(default_factory=set, init=False)
    _slowest: float = field(default=0.0, init=False)

    def run(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Generator[Outcome]:
        """The outcome of function(item) for every item, in the order they end; ends early when stopping."""
        for state in (self._waiting, self._suspects, self._flying, self._deaths, self._doubtful):
            state.clear()
        self._waiting.extend(range(len(items)))
        try:
            while (self._waiting or self._suspects or self._flying) and not self.stopping():
                self._launch(function, items)
                ended, _ = wait(self._flying, timeout=POLL, return_when=FIRST_COMPLETED)
                outcomes = list(self._given_up(ended)) + list(self._results(ended))
                self._launch(function, items)  # before the caller stores these: no worker waits for the disk
                yield from outcomes
        finally:
            if self._flying:
                self._kill()

    def _launch(self, function: Callable[[Any], Any], items: Sequence[Any]) -> None:
        """Hand out work: one unit per worker, or a single suspect alone."""
        while (self._waiting or self._suspects) and not self.stopping():
            queue = self._suspects or self._waiting
            alone = queue is self._suspects or any(
                index in self._doubtful for index, _ in self._flying.values()
            )
            if len(self._flying) >= (1 if alone else self.workers):
                return
            try:
                with _deaf_children():
                    future = self._pool().submit(function, items[queue[0]])
            except BrokenProcessPool:
                return
            self._flying[future] = queue.popleft(), time.monotonic()

    def _results(self, ended: set[Future[Any]]) -> Iterator[Outcome]:
        """What the ended units returned; those in flight when a worker died become suspects."""
        broken = [future for future in ended if isinstance(future.exception(), BrokenProcessPool)]
        for future in ended.difference(broken):
            index, started = self._flying.pop(future)
            self._slowest = max(self._slowest, time.monotonic() - started)
            error = future.exception()
            yield Outcome(index, future.result()) if error is None else _failure(index, error)
        if broken:
            yield from self._suspect("lost", "its worker process died", list(self._flying))

    def _given_up(self, ended: set[Future[Any]]) -> Iterator[Outcome]:
        """Units that hang: their workers are killed and the innocent go back to the front of the queue."""
        limit = self.timeout_s or max(PATIENCE[0], PATIENCE[1] * self._slowest)
        now = time.monotonic()
        late = [f for f, (_, started) in self._flying.items() if f not in ended and now - started > limit]
        if late:
            self._kill()
            yield from self._suspect("timeout", f"it took longer than {limit:g} s", late)
            innocent = [future for future in self._flying if future not in ended]
            self._waiting.extendleft(self._flying.pop(future)[0] for future in innocent)

    def _suspect(self, status: str, error: str, futures: list[Future[Any]]) -> Iterator[Outcome]:
        alone = len(self._flying) == 1
        for future in futures:
            index, _ = self._flying.pop(future)
            self._deaths[index] += status == "timeout" or alone  # in company, another may have been the cause
            self._doubtful.add(index)
            if self._deaths[index] >= ATTEMPTS:
                yield Outcome(index, None, status, f"{error}, {self._deaths[index]} times")
            else:
                self._suspects.append(index)

    def _pool(self) -> Any:
        from joblib.externals.loky import get_reusable_executor

        return get_reusable_executor(max_workers=self.workers, timeout=IDLE, env=ONE_THREAD)

    def _kill(self) -> None:
        """Kill the workers and wait until what they had in flight has noticed.

        Not by the pool's own shutdown(kill_workers=True), whose thread dies with a traceback when a
        unit was handed out a moment ago.
        """
        for process in list(self._pool()._processes.values()):
            if process.is_alive():
                os.kill(process.pid, signal.SIGKILL)
        wait(self._flying, timeout=5)


def _failure(index: int, error: BaseException) -> Outcome:
    trace = "".join(traceback.format_exception(error))
    return Outcome(index, None, "failed", f"{type(error).__name__}: {error}", trace)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started in here never see Ctrl-C, which reaches all of a terminal; the parent alone decides.

    A blocked signal stays blocked in a child from its first instruction on; here it waits for the end.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
