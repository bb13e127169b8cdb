"""A line now and then while something takes long, for those who see no progress bar."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial

EVERY = 60.0  # seconds
TELLING = "SANXIANG_TELL_SECONDS"
"""The variable of the environment by which a program that reads the lines asks for more of them, or fewer."""

Say = Callable[[str], None]


def aloud(line: str) -> None:
    """Says a line on standard error, at once."""
    print(line, file=sys.stderr, flush=True)


def silent(line: str) -> None:
    """Says nothing."""


class Patience:
    """Says a line once a minute, or as often as the environment asks; nothing about what is over sooner."""

    def __init__(self, say: Say = aloud) -> None:
        self._say, self._next = say, time.monotonic() + every()

    def tick(self, line: Callable[[], str]) -> None:
        """Say the line, unless that was done a moment ago; to be called often."""
        if time.monotonic() >= self._next:
            self._say(line())
            self._next = time.monotonic() + every()


def every() -> float:
    """Seconds between two lines."""
    try:
        return max(float(os.environ[TELLING]), 0.1)
    except (KeyError, ValueError):  # not asked for, or no number
        return EVERY


def counted[Item](items: Iterable[Item], line: str, say: Say = aloud, times: int = 1) -> Iterator[Item]:
    """The items, with a line once a minute, in which {} stands for how many have passed.

    times: as many as each counts for, where others are worked on beside it.
    """
    patience = Patience(say)
    for passed, item in enumerate(items):
        patience.tick(partial(line.format, passed * times))
        yield item


def lasting(seconds: float) -> str:
    """A time as people say it: 40 s, 12 min, 9 h 30 min, 3 days."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    if minutes < 600:
        return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"
