"""I15: what was paid to buyers and for novel products is what programmes paid; purchases add up."""

import numpy as np

from agents.buyers.households import Households
from agents.buyers.novelty import Novelty
from agents.economy import Economy
from agents.money.account_book import Sums
from agents.money.families import CONSUMER_SUBSIDY, DEMONSTRATION, FIRST_SETS
from sim.books.identity import disbursed, fail, fail_first


def check(economy: Economy, sums: Sums) -> None:
    """I15 of a quarter."""
    novelty, households, quarter = economy.of(Novelty), economy.of(Households), economy.quarter
    check_paid("first sets", disbursed(economy, FIRST_SETS), novelty.price_support + novelty.awards, quarter)
    check_paid("demonstrations", disbursed(economy, DEMONSTRATION), novelty.works, quarter)
    if not households.quiet:
        got = int(households.paid.sum())
        check_paid("households", disbursed(economy, CONSUMER_SUBSIDY), got, quarter)
        check_purchases(households, quarter)


def check_paid(what: str, by_programmes: int, noted: int, quarter: int) -> None:
    """I15: what programmes paid [yuan] is what those who got it noted."""
    fail("I15 support", what, quarter, by_programmes - noted)


def check_purchases(households: Households, quarter: int) -> None:
    """I15 by cell: purchases ahead of time are those before, plus new, less caught up, and never below zero.

    Nobody buys more than is bought, and firms at home sell no more than is bought in addition.
    """
    before, parameters = households.ahead_before, households.parameters
    new = np.rint(parameters.brought_forward * households.more).astype(np.int64)
    for what, gaps in (
        ("purchases ahead", households.ahead - before - new + households.caught_up),
        ("purchases ahead", np.minimum(households.ahead, 0)),
        ("purchases", np.minimum(households.bought - households.more, 0)),
        ("purchases at home", np.minimum(abs(households.net) - abs(households.at_home), 0)),
    ):
        fail_first(f"I15 {what}", "households of cell", quarter, gaps)
