"""The live line of a sweep: done/total, failed, runs per second, time left; on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar


class Progress:
    """Shows a sweep's progress on a terminal, and one final line anywhere else."""

    def __init__(self, total: int, quiet: bool = False) -> None:
        self.total, self.done, self.failed, self.quiet = total, 0, 0, quiet
        self._started = time.monotonic()
        self._live: Any = None

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
            print(self.line(), file=sys.stderr, flush=True)

    def add(self, done: int, failed: int) -> None:
        """Count runs that ended, and how many of them failed."""
        self.done += done
        self.failed += failed
        if self._live is not None:
            self._live.update(self._live.task_ids[0], completed=self.done, failed=self.failed, rate=self.rate)

    @property
    def rate(self) -> float:
        """Runs per second so far."""
        return self.done / max(time.monotonic() - self._started, 1e-9)

    def line(self) -> str:
        """What was done, in one line."""
        seconds = time.monotonic() - self._started
        return f"{self.done}/{self.total} runs, {self.failed} failed, {self.rate:.1f} runs/s, {seconds:.1f} s"


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
