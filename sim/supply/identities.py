"""I12: what firms buy of each other they sell to each other, for each pair of cells, to the yuan."""

import numpy as np

from agents.economy import Economy
from agents.firms.totals import BOUGHT, SUPPLIED
from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from agents.supply.links import SupplyLinks
from sim.books.identity import fail, fail_first


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
    if traded.min() < 0:
        fail_first("I12 sales to firms", "firms of cell", quarter, np.minimum(traded.min(axis=1), 0))
    fail_first("I12 sales", "firms of cell", quarter, np.minimum(supplied - sold, 0))
    fail_first("I12 purchases", "firms of cell", quarter, np.minimum(purchases - bought, 0))
    fail_first("I12 sales by cell", "firms of cell", quarter, sold - links.sold)
    fail_first("I12 purchases by cell", "firms of cell", quarter, bought - links.bought)
