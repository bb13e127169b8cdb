"""Guests of accelerators are never more than rooms."""

from agents.accelerators.accelerators import Accelerators
from agents.economy import Economy
from agents.money.account_book import Sums
from sim.books.identity import fail


def check(economy: Economy, sums: Sums) -> None:
    """Raises: AccountingError where somebody has no room."""
    own = economy.of(Accelerators)
    fail("rooms", "accelerators", economy.quarter, max(0, own.guests - own.rooms))
