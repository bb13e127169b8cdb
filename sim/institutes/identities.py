"""I8 and I4 of new-type institutes: how many there are, what programmes and clients paid them."""

from agents.economy import Economy
from agents.money.account_book import Sums
from agents.money.families import NEW_INSTITUTES
from agents.science.new_institutes import NewInstitutes
from sim.books.identity import disbursed, fail


def check(economy: Economy, sums: Sums) -> None:
    """Before, plus founded; a row for each; money from both sides; no firm twice a client."""
    own, quarter, every = economy.of(NewInstitutes), economy.quarter, economy.universities
    fail("I8 count", "new institutes", quarter, own.before + own.founded - len(own))
    fail("I8 count", "institutions", quarter, len(every.research) - own.first - len(own))
    fail("I4 institutes", "programmes", quarter, disbursed(economy, NEW_INSTITUTES) - own.public)
    fail("I4 institutes", "contracts", quarter, economy.ledger.sharing.by_name - int(own.contracts.sum()))
    firms = own.clients.firm.tolist()
    fail("I8 count", "clients of institutes", quarter, len(firms) - len(set(firms)))
