"""Half of some work in a copy of this process, where a second processor is free to do it.

in_halves(draw, figures)      # what draw makes of each, in their order
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from experiments.plan.size import processors

FEWEST = 8  # items that are worth a copy
PATIENCE = 10.0  # seconds, beyond the time of this half, before the other one is no longer waited for
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if sys.platform != "win32" else ()


def in_halves[Item, Result](
    function: Callable[[Item], Result],
    items: Sequence[Item],
    passing: Callable[[Sequence[Item]], Iterable[Item]] = iter,
) -> list[Result]:
    """What the function makes of each item, in their order; every second one in a copy of this process.

    passing: lets through the items that are done here, such as to count them. What the copy fails with, this
    process meets again and raises: nothing is lost when the copy dies or hangs, but time.
    """
    if not (len(items) >= FEWEST and can_copy()):
        return [function(item) for item in passing(items)]
    begun, copy = time.monotonic(), Copy(function, items[1::2])
    try:
        own = [function(item) for item in passing(items[::2])]
        others = copy.results(PATIENCE + time.monotonic() - begun)
    finally:
        copy.end()
    if others is None:
        others = [function(item) for item in items[1::2]]
    found: list[Any] = [None] * len(items)
    found[::2], found[1::2] = own, others
    return found


def can_copy() -> bool:
    """Whether a copy would have a processor, and could not wait for a thread that it has no copy of."""
    alone = threading.active_count() == 1 and not multiprocessing.current_process().daemon
    threads_of_its_own = "jax" in sys.modules  # which Python does not count
    return sys.platform == "linux" and alone and not threads_of_its_own and processors() > 1


class Copy:
    """A copy of this process that works through some items and hands over what it found at its end."""

    def __init__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> None:
        self._ours, theirs = multiprocessing.Pipe(duplex=False)
        with warnings.catch_warnings():
            # Of libraries' own threads, which wait for work: they hold nothing that a figure needs.
            warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
            arguments = (function, items, theirs, os.getpid())
            self._process = multiprocessing.get_context("fork").Process(target=_work, args=arguments)
            self._process.start()
        theirs.close()

    def results(self, seconds: float) -> list[Any] | None:
        """What it found; None where it died or takes longer than so many seconds from now."""
        with suppress(EOFError, OSError):
            if self._ours.poll(seconds):
                return list(self._ours.recv())
        return None

    def end(self) -> None:
        """Ends it, whatever it does."""
        self._process.kill()
        self._process.join()
        self._ours.close()


def _work(function: Callable[[Any], Any], items: Sequence[Any], to: Connection, parent: int) -> None:
    """The copy's half. It says nothing, and leaves without what its parent does at its own end."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_DFL)
    try:
        found = []
        for item in items:
            if os.getppid() != parent:
                break
            found.append(function(item))
        else:
            to.send(found)
    finally:
        os._exit(0)
