"""Work of some minutes that a page looks at, run by the crew behind its answer: parts by thrust, and doses.

A study is made of units, one for each replication, whose runs share a past; each run is a job of a worker, so
that nobody waits longer for a worker than for a pair. What is shown is made of the first units without a gap.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

STEPS = (2, 3, 5, 7, 10, 20)
"""Units at which a study is drawn anew."""
AHEAD = 10
"""As so many runs count those before the first figure: it comes before the later pairs of a question."""
WHY, RESPONSE = "why", "response"


class Part(NamedTuple):
    """A job of a study: which unit, and what of it."""

    number: int
    name: Hashable


class Progress(NamedTuple):
    """How far a study is. pairs, of: units. runs, all_runs: of those that nobody kept.

    seconds: about what is left; None before the first run.
    """

    pairs: int
    of: int
    runs: int
    all_runs: int
    seconds: float | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left."""
        return self.runs == self.all_runs


class Study(ABC):
    """A study and who waits for it. key: the same for the same work; total: units.

    listeners: called after every run. error: why it ended without a result; empty while it goes on. keeper:
    is called after every run as well, whether or not somebody waits.
    """

    def __init__(self, key: str, total: int) -> None:
        self.key, self.total = key, total
        self.listeners: set[Callable[[Study], None]] = set()
        self.found: dict[Part, Any] = {}
        self.flying: set[Part] = set()
        self.served = 0
        self.error = ""
        self.keeper: Callable[[Study], None] | None = None
        self._since, self._before = time.monotonic(), 0

    @abstractmethod
    def parts_of(self, number: int) -> Sequence[Hashable]:
        """What has to be run of a unit; nothing of one that is kept."""

    @abstractmethod
    def job(self, part: Part) -> tuple[Callable[[Any], Any], Any]:
        """The function of a worker and what it is given."""

    @abstractmethod
    def command(self, responses: Path) -> str:
        """The command line that computes the same. responses: the folder in which doses are kept."""

    def grown(self) -> None:  # noqa: B027  most studies have nothing to do here
        """Called when a run has ended, before those who wait are told."""

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for it, and there is something to do."""
        return bool(self.listeners) and not self.error

    @property
    def size(self) -> int:
        """How many runs it has had, few before its first figure: who had the fewest is served next."""
        runs = len(self.found) + len(self.flying)
        return runs if self.step else min(runs, AHEAD)

    def is_done(self, number: int) -> bool:
        """Whether all of a unit is there."""
        return all(Part(number, name) in self.found for name in self.parts_of(number))

    @property
    def done(self) -> int:
        """How many units there are without a gap."""
        return next((n for n in range(self.total) if not self.is_done(n)), self.total)

    @property
    def step(self) -> int:
        """How many units are drawn; 0 before the first step."""
        done = self.done
        return done if done == self.total else max((step for step in STEPS if step <= done), default=0)

    def follow(self, tell: Callable[[Study], None]) -> None:
        """Somebody waits from now on."""
        if not self.listeners:
            self._since, self._before = time.monotonic(), len(self.found)
        self.listeners.add(tell)

    def progress(self) -> Progress:
        """How far it is."""
        every = sum(len(self.parts_of(n)) for n in range(self.total))
        ended = len(self.found) - self._before
        seconds = (time.monotonic() - self._since) * (every - len(self.found)) / ended if ended else None
        return Progress(self.done, self.total, len(self.found), every, seconds)

    def next_part(self, lane: int, lanes: int) -> Part | None:
        """The run that a worker should make: of the next units that whose past it keeps, else the first."""
        open_ = [
            part
            for n in range(self.total)
            for name in self.parts_of(n)
            if (part := Part(n, name)) not in self.found and part not in self.flying
        ]
        near = list(dict.fromkeys(part.number for part in open_))[:lanes]
        own = [part for part in open_ if part.number in near and part.number % lanes == lane]
        return next(iter(own or open_), None)

    def take(self, part: Part, result: Any) -> None:
        """Keeps a run and tells those who wait."""
        self.flying.discard(part)
        self.found[part] = result
        self.grown()
        if self.keeper is not None:
            self.keeper(self)
        self.tell()

    def fail(self, part: Part, error: str) -> None:
        """A run that could not be made ends it all."""
        self.flying.discard(part)
        self.error = error
        self.tell()

    def tell(self) -> None:
        """Tells whoever waits."""
        for one in list(self.listeners):
            one(self)
