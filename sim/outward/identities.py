"""What programmes refunded is what firms got; every market abroad was won and is not yet lost."""

from agents.economy import Economy
from agents.money.account_book import Sums
from agents.money.families import OUTWARD_SUPPORT
from agents.outward.outward import Outward
from sim.books.identity import disbursed, fail


def check(economy: Economy, sums: Sums) -> None:
    """I4 of refunds; I8 of markets: those won, less lost and gone with firms that closed."""
    outward, quarter = economy.of(Outward), economy.quarter
    fail("I4 refunds", "markets abroad", quarter, disbursed(economy, OUTWARD_SUPPORT) - outward.refunded)
    if not (outward.active or outward.markets):
        return
    firms = economy.firms
    held = int(firms.destinations[firms.rows()].astype("int64").sum())
    fail("I8 markets", "markets abroad", quarter, outward.markets - held)
