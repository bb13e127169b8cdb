"""The live line of a sweep: done/total, failed, runs per second, time left; on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from experiments.plan.patience import Patience, aloud, lasting


class Progress:
    """Shows a sweep's progress on a terminal; anywhere else a line a minute, and one at the end."""

    def __init__(self, total: int, quiet: bool = False) -> None:
        self.total, self.done, self.failed, self.quiet = total, 0, 0, quiet
        self._started = time.monotonic()
        self._live: Any = None
        self._patience = Patience()

    def __enter__(self) -> Progress:
        if sys.stderr.isatty() and not self.quiet:
            self._live = _bar(self.total)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()
        if not self.quiet:
            aloud(self.line())

    def add(self, done: int, failed: int) -> None:
        """Count runs that ended, and how many of them failed."""
        self.done += done
        self.failed += failed
        if self._live is not None:
            self._live.update(self._live.task_ids[0], completed=self.done, failed=self.failed, rate=self.rate)

    def tick(self) -> None:
        """Say how far it is, where there is no bar and that was not said a moment ago; to be called often."""
        if self._live is None and not self.quiet:
            self._patience.tick(self.line_so_far)

    @property
    def rate(self) -> float:
        """Runs per second so far."""
        return self.done / max(time.monotonic() - self._started, 1e-9)

    def line(self) -> str:
        """What was done, in one line."""
        seconds = time.monotonic() - self._started
        return f"{self.done}/{self.total} runs, {self.failed} failed, {self.rate:.1f} runs/s, {seconds:.1f} s"

    def line_so_far(self) -> str:
        """How far it is and how long it may still take, in one line."""
        told = f"{self.done:,}/{self.total:,} runs, {self.failed} failed, {self.rate:.2g} runs/s"
        left = f"about {lasting((self.total - self.done) / self.rate)} left" if self.done else "none done yet"
        return f"{told}, {left}"


def _bar(total: int) -> Any:
    bar = Bar(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("runs, {task.fields[failed]} failed,"),
        TextColumn("{task.fields[rate]:.1f} runs/s, left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    bar.add_task("", total=total, failed=0, rate=0.0)
    return bar
