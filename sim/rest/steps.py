"""The rest of the province and households in a quarter: value added, wages, taxes, consumption, trade."""

from agents.economy import Economy
from sim.moment import Moment


def produce(economy: Economy, now: Moment) -> None:
    """Value added of the rest of the province, which follows the world."""
    economy.rest_value_added = now.setting.rest_value_added(now.quarter)


def pay_wages_and_taxes(economy: Economy, now: Moment) -> None:
    """The rest pays wages and profits, households pay tax, the rest pays its taxes."""
    ledger, rest, added = economy.ledger, economy.rest, economy.rest_value_added
    rest.pay_wages(ledger, added)
    rest.tax_households(ledger)
    rest.pay_taxes(ledger, economy.governments, added, now.year)


def consume(economy: Economy, now: Moment) -> None:
    """Households consume; trade with the outside evens out what is left."""
    economy.rest.consume(economy.ledger)
    economy.rest.close(economy.ledger, economy.rest_value_added)
