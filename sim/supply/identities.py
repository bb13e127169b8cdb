"""I12: what firms buy of each other they sell to each other, for each pair of cells, to the yuan."""

import numpy as np

from agents.economy import Economy
from agents.firms.totals import BOUGHT, SUPPLIED
from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from agents.supply.links import SupplyLinks
from sim.books.identity import fail


def check(economy: Economy, sums: Sums) -> None:
    """I12 of a quarter."""
    cells = economy.totals.cells
    links, quarter = economy.of(SupplyLinks), economy.quarter
    check_trade(links, cells[:, SUPPLIED], cells[:, BOUGHT], quarter)
    paid = economy.ledger.paid(Sector.FIRMS, Sector.FIRMS, Flow.SUPPLIES)
    fail("I12 supplies", "books of firms", quarter, int(links.traded.sum()) - paid)


def check_trade(links: SupplyLinks, supplied: np.ndarray, purchases: np.ndarray, quarter: int) -> None:
    """I12 by pair of cells: what is sold was supplied, what is bought is purchased, none below zero.

    supplied, purchases: what the firms of each cell supplied and bought, as their own bills say [yuan].
    """
    traded = links.traded
    sold, bought = traded.sum(axis=1), traded.sum(axis=0)
    for what, below in (
        ("sales to firms", np.minimum(traded.min(axis=1), 0)),
        ("sales", np.minimum(supplied - sold, 0)),
        ("purchases", np.minimum(purchases - bought, 0)),
        ("sales by cell", sold - links.sold),
        ("purchases by cell", bought - links.bought),
    ):
        for cell in np.flatnonzero(below)[:1].tolist():
            fail(f"I12 {what}", f"firms of cell {cell}", quarter, int(below[cell]))
