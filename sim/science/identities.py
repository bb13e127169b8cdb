"""Identities of technology transfer: licence money and inventions, each counted from two sides."""

from agents.economy import Economy
from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from agents.science.inventions import Inventions
from agents.science.technology_market import TechnologyMarket
from sim.books.identity import fail

TAKEN = ("licensed", "licensed_outside", "spun_off", "aged")


def check_transfer(economy: Economy) -> None:
    """I2 of licence money and I8 of inventions, licences and firms founded on inventions."""
    check_licences(economy.ledger, economy.technology, economy.quarter)
    check_inventions(economy.inventions, economy.quarter)
    market, moved = economy.technology, economy.inventions.moved
    for what, counted, taken in (
        ("licences", int(market.deals.sum()), moved["licensed"]),
        ("licences outside", market.deals_outside, moved["licensed_outside"]),
        ("firms on inventions", economy.counts.spin_offs, moved["spun_off"]),
    ):
        fail("I8 count", what, economy.quarter, counted - taken)


def check_licences(ledger: Ledger, market: TechnologyMarket, quarter: int) -> None:
    """I2: what buyers paid institutions received, and inventors got what institutions passed on."""
    for payer, income in (
        (Sector.FIRMS, market.income),
        (Sector.OUTSIDE, market.income_outside),
    ):
        paid = ledger.paid(payer, Sector.UNIVERSITIES, Flow.LICENCE)
        fail("I2 licences", payer.name.lower(), quarter, paid - int(income.sum()))
    passed_on = ledger.paid(Sector.UNIVERSITIES, Sector.HOUSEHOLDS, Flow.INVENTOR_SHARE)
    fail("I2 inventors' share", "universities", quarter, passed_on - int(market.of_inventors.sum()))


def check_inventions(inventions: Inventions, quarter: int) -> None:
    """I8: on offer are those there were, and the disclosed, less the sold, the spun off and the aged."""
    went = sum(inventions.moved[why] for why in TAKEN)
    expected = inventions.opening + inventions.moved["disclosed"] - went
    fail("I8 count", "inventions", quarter, expected - len(inventions))
