"""How far a search is, and how long the rest may take: a line a minute."""

from __future__ import annotations

import time
from functools import partial

from experiments.plan.patience import Patience, Say, lasting


class Progress:
    """Counts packages that were tried. most: how many are meant to be; None where nobody knows."""

    def __init__(self, most: int | None, say: Say) -> None:
        self.most, self.done, self.best = most, 0, ""
        self._run, self._seconds, self._since = 0, 0.0, time.monotonic()
        self._patience = Patience(say)

    def passed(self, packages: int, new: bool) -> None:
        """So many more are known; new: some of them were run."""
        now = time.monotonic()
        self.done += packages
        if new:
            self._run, self._seconds = self._run + packages, self._seconds + now - self._since
        self._since = now

    def tick(self, more: float) -> None:
        """Says how far it is, unless that was done a moment ago; more: packages of those under way."""
        self._patience.tick(partial(self.line, more))

    def line(self, more: float = 0.0) -> str:
        """How far it is, in one line."""
        done = self.done + more
        if self.most is None and done < 1.0:
            return f"{done:.0%} of the pairs of a package are run{self.best}"
        if self.most is None:
            return f"packages tried: {done:.0f}{self.best}"
        told = f"{min(done, self.most):.0f} of {self.most} packages tried{self.best}"
        run, seconds = self._run + more, self._seconds + time.monotonic() - self._since
        return f"{told}, about {lasting(seconds / run * max(self.most - done, 0.0))} left" if run else told
