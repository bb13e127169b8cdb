"""What firms do in a quarter, stage by stage over the whole population."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from agents.economy import Economy
from agents.firms.certification import certify
from agents.firms.conditions import Conditions, Local, Luck
from agents.firms.exit import Estates, wind_up
from agents.firms.quarter import OF_COUNT, count, offer, operate
from agents.firms.work import Work, new_work
from sim.finance.steps import settle_exits

All = tuple[Conditions, ...]
Rows = np.ndarray
Span = tuple[Rows, Rows]  # first and last rows by industry


@dataclass
class Scratch:
    """Arrays that compiled stages write to and nobody reads afterwards; one set per running model.

    The firms run in one span and leave in one; a trace (sim/trace/firm.py) takes one firm apart.
    """

    work: Work = field(default_factory=new_work)

    def spans(self, economy: Economy) -> Iterable[Span]:
        """The firms in the order in which they run."""
        return [(economy.firms.start, economy.firms.stop)]

    def leavers(self, economy: Economy, rows: Rows) -> Iterable[Rows]:
        """Places in `rows` of the firms that leave, in the order in which they are wound up."""
        return [np.arange(len(rows))]


def make_offers(economy: Economy, luck: Luck, conditions: All, scratch: Scratch) -> None:
    """Prices and attraction of every firm; with them the national markets clear."""
    firms, p, work, home = economy.firms, economy.behaviour, scratch.work, economy.markets.home
    offer(firms.arrays(), luck, p, conditions, work, firms.start, firms.stop, home)
    economy.markets.clear()


def run_firms(economy: Economy, luck: Luck, conditions: All, scratch: Scratch) -> int:
    """Production, research, money, knowledge and patents of every firm; returns how many leave."""
    firms, knowledge, totals = economy.firms, economy.knowledge, economy.totals
    local, p = Local(*economy.talent.local, knowledge.pool, knowledge.before), economy.behaviour
    leaving = sum(
        operate(firms.arrays(), luck, p, conditions, local, scratch.work, span, totals)
        for span in scratch.spans(economy)
    )
    found = economy.counts
    found.patents_granted, found.patents_lapsed = int(totals.granted[0]), int(totals.lapsed[0])
    found.high_value_new = int(totals.high_value_new[0])
    found.high_value_lapsed = int(totals.high_value_lapsed[0])
    found.certified_lapsed = int(totals.certificates_lapsed[0])
    return leaving


def leave(economy: Economy, leaving: int, material_price: float, scratch: Scratch) -> None:
    """Winds up the firms that leave and takes them out of the population."""
    if not leaving:
        return
    firms, totals = economy.firms, economy.totals
    rows, arrays = np.flatnonzero(firms.exit_reason != 0), firms.arrays()
    estates = Estates(rows, *np.zeros((2, len(rows)), np.int64))
    for places in scratch.leavers(economy, rows):
        wind_up(arrays, economy.behaviour, estates, places, economy.quarter, material_price, totals)
    found = economy.counts
    found.insolvent, found.closed = int(totals.insolvent[0]), int(totals.closed[0])
    found.patents_lapsed = int(totals.lapsed[0])
    found.high_value_lapsed = int(totals.high_value_lapsed[0])
    found.certified_left = int(totals.certificates_left[0])
    settle_exits(economy, rows, estates.left, estates.claims)
    firms.remove(rows)


def hold_certification(economy: Economy, luck: np.ndarray, conditions: All) -> np.ndarray:
    """The half-yearly round; returns the rows of those who got or renewed a certificate."""
    firms, p = economy.firms, economy.behaviour
    rows = np.empty(firms.capacity, np.int64)
    awarded, anew = certify(firms.arrays(), luck, p, conditions, firms.start, firms.stop, rows)
    economy.counts.certified_new = anew
    return rows[:awarded]


def take_count(economy: Economy) -> None:
    """Firms, certificates, patents and knowledge at the end of the quarter, by cell."""
    firms = economy.firms
    count(firms.arrays(*OF_COUNT), economy.quarter, firms.start, firms.stop, economy.totals.cells)
    economy.province = economy.totals.cells.sum(axis=0).tolist()
