"""What firms do in a quarter, stage by stage over the whole population."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from agents.economy import Economy
from agents.firms.bill import Bill, new_bill
from agents.firms.certification import certify
from agents.firms.conditions import Conditions, Luck, Work, new_work
from agents.firms.lifecycle import wind_up
from agents.firms.quarter import OF_COUNT, count, offer, operate
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
    bill: Bill = field(default_factory=new_bill)

    def spans(self, economy: Economy) -> Iterable[Span]:
        """The firms in the order in which they run."""
        return [(economy.firms.start, economy.firms.stop)]

    def leavers(self, economy: Economy, rows: Rows) -> Iterable[Rows]:
        """Places in `rows` of the firms that leave, in the order in which they are wound up."""
        return [np.arange(len(rows))]


def make_offers(economy: Economy, luck: Luck, conditions: All, scratch: Scratch) -> None:
    """Prices and attraction of every firm; with them the national markets clear."""
    firms = economy.firms
    offer(
        firms.arrays(),
        luck,
        economy.behaviour,
        conditions,
        scratch.work,
        firms.start,
        firms.stop,
        economy.markets.home,
    )
    economy.markets.clear()


def run_firms(economy: Economy, luck: Luck, conditions: All, scratch: Scratch) -> int:
    """Production, research, money, knowledge and patents of every firm; returns how many leave."""
    firms, pool, counts = economy.firms, economy.knowledge, np.zeros(6, np.int64)
    leaving = sum(
        operate(
            firms.arrays(),
            luck,
            economy.behaviour,
            conditions,
            economy.talent.local,
            scratch.work,
            scratch.bill,
            start,
            stop,
            pool.pool,
            pool.before,
            economy.totals,
            counts,
        )
        for start, stop in scratch.spans(economy)
    )
    found = economy.counts
    found.patents_granted, _, found.high_value_new, found.high_value_lapsed = counts[:4].tolist()
    found.patents_lapsed, found.certified_lapsed = counts[4:].tolist()
    return leaving


def leave(economy: Economy, leaving: int, material_price: float, scratch: Scratch) -> None:
    """Winds up the firms that leave and takes them out of the population."""
    if not leaving:
        return
    firms, counts = economy.firms, np.zeros(5, np.int64)
    rows, arrays, flows = np.flatnonzero(firms.exit_reason != 0), firms.arrays(), economy.totals.flows
    left, claims = np.zeros((2, len(rows)), np.int64)
    p, quarter = economy.behaviour, economy.quarter
    for places in scratch.leavers(economy, rows):
        wind_up(arrays, rows, places, p, quarter, material_price, flows, counts, left, claims)
    found = economy.counts
    found.insolvent, found.closed, patents, valued, found.certified_left = counts.tolist()
    found.patents_lapsed += patents
    found.high_value_lapsed += valued
    settle_exits(economy, rows, left, claims)
    firms.remove(rows)


def hold_certification(economy: Economy, luck: np.ndarray, conditions: All) -> np.ndarray:
    """The half-yearly round; returns the rows of those who got or renewed a certificate."""
    firms, counts = economy.firms, np.zeros(2, np.int64)
    rows = np.empty(firms.capacity, np.int64)
    certify(firms.arrays(), luck, economy.behaviour, conditions, firms.start, firms.stop, rows, counts)
    awarded, economy.counts.certified_new = counts.tolist()
    return rows[:awarded]


def take_count(economy: Economy) -> None:
    """Firms, certificates, patents and knowledge at the end of the quarter, by cell."""
    firms = economy.firms
    count(firms.arrays(*OF_COUNT), economy.quarter, firms.start, firms.stop, economy.totals.cells)
    economy.province = economy.totals.cells.sum(axis=0).tolist()
