"""The parts of the economy, and what is done with each of them in turn.

A new institution or market is a folder in sim/ and one entry here; its steps go into sim/quarter.py.
"""

from typing import Any

from agents.economy import Economy
from scenarios.region.region import Region
from sim.books import BOOKS
from sim.finance import FINANCE
from sim.firms import FIRMS
from sim.mesa.layer import PopulationModel
from sim.part import Balance, Start
from sim.people import PEOPLE
from sim.products import PRODUCTS
from sim.rest import REST
from sim.science import SCIENCE
from sim.setting import Setting
from sim.state import STATE

# A part may use what those before it have brought: carriers look for hosts among universities.
PARTS = (FIRMS, PRODUCTS, SCIENCE, STATE, FINANCE, PEOPLE, REST, BOOKS)


def begin(start: Start) -> dict[Any, Any]:
    """What all parts bring, each with what those before it have made in hand."""
    for part in PARTS:
        start.made.update(part.begin(start))
    return start.made


def balances(economy: Economy, setting: Setting) -> list[Balance]:
    """What every account but those of firms and outside holds at the end of 2015."""
    return [balance for part in PARTS for balance in part.balances(economy, setting)]


def show(model: PopulationModel, economy: Economy, region: Region) -> None:
    """Mesa learns of everybody who is an ordinary agent."""
    for part in PARTS:
        part.faces(model, economy, region)


def forget_quarter(economy: Economy) -> None:
    """Sums and counts begin anew each quarter."""
    for part in PARTS:
        part.forget(economy)


def withdraw_offers(economy: Economy) -> None:
    """Offers lapse each quarter; a lever that should last offers again."""
    for part in PARTS:
        part.withdraw(economy)


def check(economy: Economy) -> None:
    """All identities of the quarter that the ledger has just closed.

    Raises:
        AccountingError: names identity, account, quarter and amount.
    """
    sums = economy.ledger.add_up()
    for part in reversed(PARTS):  # the books first, on which all rest; firms last, who remember counts
        part.check(economy, sums)
