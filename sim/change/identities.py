"""I14: the parts of a year's change add up to it, in every cell and to the yuan."""

from agents.change.decomposition import TRANSFER, Change
from agents.economy import Economy
from agents.money.account_book import Sums
from sim.books.identity import fail, fail_first


def check(economy: Economy, sums: Sums) -> None:
    """I14, at the end of each year."""
    if economy.quarter % 4 == 3:
        check_change(economy.of(Change), economy.quarter)


def check_change(change: Change, quarter: int) -> None:
    """I14: cell by cell no remainder, and what firms take from one prefecture to another adds to zero.

    Raises:
        AccountingError: names the cell, the quarter and the yuan that no part explains.
    """
    fail_first("I14 change", "emerging value added of cell", quarter, change.gaps())
    fail("I14 change", "transfers between prefectures", quarter, int(change.told[:, TRANSFER].sum()))
