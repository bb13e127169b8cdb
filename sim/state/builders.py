"""Builders of what programmes pay for in each prefecture: some at home, the others outside the province."""

import numpy as np

from agents.economy import Economy
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, parts_of


def pay_builders(
    economy: Economy, programme: Programme, wanted: np.ndarray, share_at_home: float
) -> np.ndarray:
    """Pays for works in each prefecture [yuan], a share of them to builders at home.

    Returns: what builders got [yuan; at home and outside, prefecture].
    """
    accounts, places = economy.ledger.accounts, np.arange(len(wanted))
    at_home = parts_of(wanted, round(share_at_home * MILLION))
    payees = np.array([accounts.rest, accounts.outside]).repeat(len(places))
    amounts = np.concatenate([at_home, wanted - at_home])
    paid = programme.support(economy.ledger, payees, amounts, np.concatenate([places, places]))
    return paid.reshape(2, -1)
