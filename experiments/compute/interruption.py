"""Ctrl-C and SIGTERM: the sweep notices between two runs, seals what is done, and says how to go on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from experiments.exits import Exit

CODES = {signal.SIGINT: Exit.INTERRUPTED, signal.SIGTERM: Exit.TERMINATED}


class Interruption:
    """Whether somebody asked to stop, and with which exit code."""

    def __init__(self) -> None:
        self.code: Exit | None = None

    def __call__(self) -> bool:
        return self.code is not None

    def note(self, number: int, frame: FrameType | None) -> None:
        """Remember the first request; a second Ctrl-C stops at once."""
        if self.code is not None and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.code = self.code or CODES[signal.Signals(number)]


@contextmanager
def noticed() -> Iterator[Interruption]:
    """Note interruptions until the block ends, then restore what was set before."""
    interruption = Interruption()
    if current_thread() is not main_thread():  # only the main thread may handle signals
        yield interruption
        return
    before = {number: signal.signal(number, interruption.note) for number in CODES}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
