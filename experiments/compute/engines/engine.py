"""What computes jobs, and what it is given and gives back: one interface for this machine and for a cluster.

    with engine_for(settings, stopping) as engine:
        for outcome in engine.run(function, take):
            ...

take() gives the next job, or None when there is none at the moment; run() ends when there is none and nothing
is in flight, so a job may be handed in again after its outcome was seen. A job that raises, dies, hangs or
eats memory costs itself alone, on every engine: a worker process (worker.py) computes one job at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from experiments.exits import Exit, Stop

Function = Callable[[Any], Any]
"""What computes a job; where it has a `prepare()`, that is called before, and no limit of time counts it."""


@dataclass(frozen=True)
class Prepared:
    """A function with what has to be there before its time begins to count."""

    function: Function
    prepare: Callable[[], Any]

    def __call__(self, what: Any) -> Any:
        return self.function(what)


class Job(NamedTuple):
    """An argument of the function, and the seconds after which it is given up."""

    what: Any
    seconds: float = 900.0


class Outcome(NamedTuple):
    """A job's result and how long it took, or why there is none.

    status: ok, failed (it raised), timeout, lost (its process died), refused (result is a Stop to raise).
    trace: where it was, as far as that could be seen.
    """

    job: Job
    result: Any = None
    status: str = "ok"
    error: str = ""
    trace: str = ""
    seconds: float = 0.0


Take = Callable[[], Job | None]
Stopping = Callable[[], bool]
"""Asked several times a second; an engine that is told True ends, and kills what is in flight."""


class Engine(AbstractContextManager["Engine"], Protocol):
    """What computes jobs."""

    def run(self, function: Function, take: Take) -> Generator[Outcome]:
        """The outcome of every job that take() gives, in the order they end; ends early when stopping.

        Raises: EngineFailed when no worker can be started or reached.
        """
        ...

    def capacity(self) -> int:
        """How many jobs are computed at the same time, now."""
        ...


class EngineFailed(Stop):
    """Workers cannot be started or reached."""

    code = Exit.IO


def in_order(jobs: Iterable[Job]) -> Take:
    """Gives the jobs one after another."""
    left = iter(jobs)
    return lambda: next(left, None)
