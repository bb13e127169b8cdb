"""I8 and I4 of consortia: how many there are, who is in them, what programmes paid."""

from agents.consortia.consortia import Consortia
from agents.economy import Economy
from agents.money.account_book import Sums
from agents.money.families import RESEARCH_CONSORTIA
from sim.books.identity import disbursed, fail


def check(economy: Economy, sums: Sums) -> None:
    """Before, plus formed, less ended; each firm is in one at most; grants are what programmes paid."""
    own, quarter = economy.of(Consortia), economy.quarter
    fail("I8 count", "consortia", quarter, own.before + own.formed - own.ended - len(own))
    firms = own.members.firm.tolist()
    fail("I8 count", "members of consortia", quarter, len(firms) - len(set(firms)))
    fail("I4 consortia", "programmes", quarter, disbursed(economy, RESEARCH_CONSORTIA) - own.paid)
