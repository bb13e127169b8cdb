"""Arrays that the stages of firms write to, and in which order firms run."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from agents.economy import Economy
from agents.firms.bill import Bill, new_bill
from agents.firms.conditions import Work, new_work

Rows = np.ndarray
Span = tuple[Rows, Rows]  # first and last rows by industry


@dataclass
class Scratch:
    """Arrays that compiled stages write to and nobody reads afterwards; one set per running model.

    The firms run in one span and leave in one; a trace (sim/trace/firm.py) takes one firm apart.
    """

    work: Work = field(default_factory=new_work)
    bill: Bill = field(default_factory=new_bill)

    def spans(self, economy: Economy) -> Iterable[Span]:
        """The firms in the order in which they run."""
        return [(economy.firms.start, economy.firms.stop)]

    def leavers(self, economy: Economy, rows: Rows) -> Iterable[Rows]:
        """Places in `rows` of the firms that leave, in the order in which they are wound up."""
        return [np.arange(len(rows))]
