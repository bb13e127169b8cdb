"""How a broken identity is reported."""

import numpy as np

from agents.economy import Economy
from agents.money.families import Family
from agents.money.flows import AccountingError


def fail(identity: str, account: str, quarter: int | None, amount: int) -> None:
    """Raises AccountingError, unless the amount is zero."""
    if amount != 0:
        raise AccountingError(f"{identity} fails: account {account}, quarter {quarter}: {amount} off")


def fail_first(identity: str, account: str, quarter: int | None, gaps: np.ndarray) -> None:
    """Raises AccountingError for the first place with a gap. account: its name up to the place's number."""
    if np.count_nonzero(gaps):
        place = int(np.flatnonzero(gaps)[0])
        fail(identity, f"{account} {place}", quarter, int(gaps[place]))


def disbursed(economy: Economy, family: Family) -> int:
    """What the programmes of a family paid in the quarter [yuan]."""
    return sum([one.disbursed_now for one in economy.offers.payers(family)])
