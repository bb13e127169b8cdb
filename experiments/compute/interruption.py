"""Ctrl-C, SIGTERM and a closed terminal: the sweep notices between two runs, seals, and says how to go on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from experiments.exits import Exit

CODES = {
    signal.SIGINT: Exit.INTERRUPTED,
    signal.SIGTERM: Exit.TERMINATED,
    signal.SIGHUP: Exit.HUNG_UP,
}


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
    # Whoever began it with nohup wants it to go on when the terminal is closed.
    deaf = {signal.SIGHUP} if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else set()
    before = {number: signal.signal(number, interruption.note) for number in CODES if number not in deaf}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
