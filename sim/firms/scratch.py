"""Arrays that the stages of firms write to, and in which order firms run."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from agents.economy import Economy
from agents.firms.work import Work, new_work

Rows = np.ndarray
Span = tuple[Rows, Rows]  # first and last rows by industry


@dataclass
class Scratch:
    """Arrays that compiled stages write to and nobody reads afterwards; one set per running model.

    The firms run in one span and leave in one; a trace (sim/trace/firm.py) takes one firm apart, and is told
    of it when it is founded.
    """

    work: Work = field(default_factory=new_work)

    def founded(self, economy: Economy) -> None:
        """Firms were founded, and nobody but their founders has paid them yet."""

    def spans(self, economy: Economy) -> Iterable[Span]:
        """The firms in the order in which they run."""
        return [(economy.firms.start, economy.firms.stop)]

    def leavers(self, economy: Economy, rows: Rows) -> Iterable[Rows]:
        """Places in `rows` of the firms that leave, in the order in which they are wound up."""
        return [np.arange(len(rows))]
