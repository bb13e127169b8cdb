"""The books in a quarter: opened, the firms' flows posted from the other side, closed."""

from agents.economy import Economy
from agents.supply.links import SupplyLinks
from sim.moment import Moment


def open_books(economy: Economy, now: Moment) -> None:
    """A new quarter: empty flows, and the firms hold what the books say."""
    economy.ledger.open_quarter(now.quarter, *economy.money_of_firms())


def settle_firms(economy: Economy, now: Moment) -> None:
    """Posts the other side of everything that firms paid and received."""
    links, by_place = economy.of(SupplyLinks), economy.geography.by_industry
    sold, bought = by_place(links.sold).sum(axis=0), by_place(links.bought).sum(axis=0)
    economy.firm_flows = economy.ledger.settle_firms(economy.totals.flows, (sold, bought))


def close_books(economy: Economy, now: Moment) -> None:
    """The end of the quarter; firms hold what was posted, and nobody is in debt who may not."""
    economy.ledger.close_quarter(*economy.money_of_firms())
