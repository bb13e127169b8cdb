"""The books at the end of 2015: the ledger, empty until the first balance sheet."""

from typing import Any

from agents.economy import Economy
from agents.money.ledger import Ledger
from agents.money.settlement import firm_sharing
from sim.part import Start


def begin(start: Start) -> dict[str, Any]:
    """A ledger that knows who stands behind what firms pay and receive."""
    governments, rest, universities = (start.made[name] for name in ("governments", "rest", "universities"))
    sharing = firm_sharing(
        governments.parameters,
        rest.parameters,
        universities.parameters,
        universities.contract_weights,
        start.accounts,
    )
    return {"ledger": Ledger(start.accounts, sharing)}


def opening_bonds(economy: Economy) -> int:
    """Bonds of the province at the end of 2015, which the bank holds [yuan]."""
    return round(economy.governments.parameters.bonds_2015 * economy.scale)
