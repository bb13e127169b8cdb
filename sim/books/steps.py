"""The books in a quarter: opened, the firms' flows posted from the other side, closed."""

from agents.economy import Economy
from sim.moment import Moment


def open_books(economy: Economy, now: Moment) -> None:
    """A new quarter: empty flows, and the firms hold what the books say."""
    economy.ledger.open_quarter(now.quarter, *economy.money_of_firms())


def settle_firms(economy: Economy, now: Moment) -> None:
    """Posts the other side of everything that firms paid and received."""
    economy.firm_flows = economy.ledger.settle_firms(economy.totals.flows)


def close_books(economy: Economy, now: Moment) -> None:
    """The end of the quarter; firms hold what was posted, and nobody is in debt who may not."""
    economy.ledger.close_quarter(*economy.money_of_firms())
