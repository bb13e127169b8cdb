"""What firms do in a quarter, stage by stage over the whole population."""

import numpy as np

from agents.economy import Economy
from agents.firms.certification import certify
from agents.firms.lifecycle import wind_up
from agents.firms.quarter import OF_COUNT, count, offer, operate
from sim.finance.steps import settle_exits
from sim.luck.draws import Purpose
from sim.moment import Moment


def draw(economy: Economy, now: Moment) -> None:
    """The luck of every firm in what it decides or meets every quarter."""
    now.drawn = now.luck.of_quarter(economy.firms, now.quarter)


def draw_due(economy: Economy, now: Moment) -> None:
    """The luck of every firm in yearly and half-yearly decisions."""
    now.due = now.luck.when_due(economy.firms, now.quarter)


def make_offers(economy: Economy, now: Moment) -> None:
    """Prices and attraction of every firm; with them the national markets clear."""
    firms = economy.firms
    offer(
        firms.arrays(),
        now.drawn,
        economy.behaviour,
        now.conditions,
        now.scratch.work,
        firms.start,
        firms.stop,
        economy.markets.home,
    )
    economy.markets.clear()
    now.look_at_markets(economy)


def run(economy: Economy, now: Moment) -> None:
    """Production, research, money, knowledge and patents of every firm; some will leave."""
    firms, pool, counts = economy.firms, economy.knowledge, np.zeros(6, np.int64)
    now.leaving = sum(
        operate(
            firms.arrays(),
            now.drawn,
            economy.behaviour,
            now.conditions,
            economy.talent.local,
            now.scratch.work,
            now.scratch.bill,
            start,
            stop,
            pool.pool,
            pool.before,
            economy.totals,
            counts,
        )
        for start, stop in now.scratch.spans(economy)
    )
    found = economy.counts
    found.patents_granted, _, found.high_value_new, found.high_value_lapsed = counts[:4].tolist()
    found.patents_lapsed, found.certified_lapsed = counts[4:].tolist()


def leave(economy: Economy, now: Moment) -> None:
    """Winds up the firms that leave and takes them out of the population."""
    if not now.leaving:
        return
    firms, counts = economy.firms, np.zeros(5, np.int64)
    rows, arrays, flows = np.flatnonzero(firms.exit_reason != 0), firms.arrays(), economy.totals.flows
    left, claims = np.zeros((2, len(rows)), np.int64)
    p, price = economy.behaviour, now.circumstances.material_price
    for places in now.scratch.leavers(economy, rows):
        wind_up(arrays, rows, places, p, now.quarter, price, flows, counts, left, claims)
    found = economy.counts
    found.insolvent, found.closed, patents, valued, found.certified_left = counts.tolist()
    found.patents_lapsed += patents
    found.high_value_lapsed += valued
    settle_exits(economy, rows, left, claims)
    firms.remove(rows)


def hold_certification(economy: Economy, now: Moment) -> None:
    """The round of certificates; who got or renewed one is left in `now`."""
    firms, counts = economy.firms, np.zeros(2, np.int64)
    rows = np.empty(firms.capacity, np.int64)
    luck = now.due[Purpose.CERTIFICATION]
    certify(firms.arrays(), luck, economy.behaviour, now.conditions, firms.start, firms.stop, rows, counts)
    awarded, economy.counts.certified_new = counts.tolist()
    now.certified = rows[:awarded]


def take_count(economy: Economy, now: Moment) -> None:
    """Firms, certificates, patents and knowledge at the end of the quarter, by cell."""
    firms = economy.firms
    count(firms.arrays(*OF_COUNT), now.quarter, firms.start, firms.stop, economy.totals.cells)
    economy.province = economy.totals.cells.sum(axis=0).tolist()
