"""How long a job computes: its limit of time does not count the compiler, which loads kept code, too."""

from __future__ import annotations

import faulthandler
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

TIMEOUT = "Timeout ("
"""How Python's note begins of where a process was when its time was over."""
COMPILING = 300.0
"""Seconds that one function may take to compile, on a machine that has much else to do."""
SHORTEST = 1e-3  # seconds: none left is no limit for what ends the process


class Limit:
    """Ends this process where a job computes for longer than it may, and notes where it was.

    traces: the file for that note. told: hears True when the time begins to count and False when it stops.
    """

    def __init__(self, traces: int, told: Callable[[bool], None]) -> None:
        self._traces, self._told = traces, told
        self._most = self._since = 0.0
        self.spent = 0.0
        """Seconds that counted until they last stopped."""

    @contextmanager
    def held(self, seconds: float) -> Iterator[None]:
        """Let what happens in here take so many seconds."""
        self._most = seconds
        self._count()
        try:
            with _compiler_heard(self._stop, self._count):
                yield
        finally:
            self.spent += time.monotonic() - self._since
            faulthandler.cancel_dump_traceback_later()

    def _count(self) -> None:
        self._told(True)
        self._since = time.monotonic()
        self._end_after(max(self._most - self.spent, SHORTEST))

    def _stop(self) -> None:
        self.spent += time.monotonic() - self._since
        self._end_after(COMPILING)
        self._told(False)

    def _end_after(self, seconds: float) -> None:
        faulthandler.dump_traceback_later(seconds, exit=True, file=self._traces)


@contextmanager
def _compiler_heard(begins: Callable[[], None], ends: Callable[[], None]) -> Iterator[None]:
    """Tell when Numba begins and ends to compile or load; whoever does not use it waits for neither."""
    if "numba" not in sys.modules:
        yield
        return
    from numba.core import event

    class Heard(event.Listener):  # type: ignore[misc]
        """Functions compile those they call: the outermost counts."""

        depth = 0

        def on_start(self, _: Any) -> None:
            self.depth += 1
            if self.depth == 1:
                begins()

        def on_end(self, _: Any) -> None:
            self.depth -= 1
            if self.depth == 0:
                ends()

    with event.install_listener("numba:compiler_lock", Heard()):
        yield
