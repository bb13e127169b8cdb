"""Guests of incubators are never more than rooms."""

from agents.economy import Economy
from agents.incubators.incubators import Incubators
from agents.money.account_book import Sums
from sim.books.identity import fail


def check(economy: Economy, sums: Sums) -> None:
    """Raises: AccountingError where somebody has no room."""
    own = economy.of(Incubators)
    fail("rooms", "incubators", economy.quarter, max(0, own.guests - own.rooms))
