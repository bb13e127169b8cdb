"""The bank keeps the own funds it must have; its owners take what is above and make good what lacks."""

from types import SimpleNamespace

import numpy as np
import pytest

from agents.finance.bank import Bank, BankParameters
from agents.money.flows import Flow, Sector
from agents.money.ledger import Accounts, Ledger
from agents.numbers.shares import Shares

HOUSEHOLDS = Shares(np.ones(14))


def bank_and_ledger(own_funds):
    """A bank with 1,000 lent to firms, 500 in bonds, that asks for own funds of a tenth."""
    accounts = Accounts(14, 0)
    ledger = Ledger(accounts, SimpleNamespace())
    ledger.set_opening([(accounts.bank, own_funds), (accounts.rest, 10_000)], 500, 0, 1000)
    ledger.open_quarter(0, 0, 1000)
    return Bank(BankParameters(own_funds_ratio=0.1, cost_share=0.25, dividends_at_home=0.5)), ledger


@pytest.mark.parametrize("own_funds", [0, 150, 400])
def test_own_funds_end_at_what_is_required(own_funds):
    bank, ledger = bank_and_ledger(own_funds)
    bank.close(ledger, HOUSEHOLDS)
    assert ledger.balance[ledger.accounts.bank] == bank.required_own_funds(ledger) == 150
    assert ledger.bank_gap() == 0


def test_costs_are_a_share_of_interest_and_go_to_households():
    bank, ledger = bank_and_ledger(150)
    ledger.post(ledger.accounts.rest, ledger.accounts.bank, 100, Flow.INTEREST)
    bank.close(ledger, HOUSEHOLDS)
    assert ledger.flow_matrix[(Sector.BANK, Sector.HOUSEHOLDS, Flow.BANK_COST, None)] == 25
    assert ledger.flow_matrix[(Sector.BANK, Sector.OUTSIDE, Flow.BANK_DIVIDENDS, None)] == 38


def test_a_loss_beyond_own_funds_is_made_good_by_owners_outside():
    bank, ledger = bank_and_ledger(150)
    ledger.write_off(ledger.accounts.firms, 400)
    bank.close(ledger, HOUSEHOLDS)
    assert ledger.flow_matrix[(Sector.OUTSIDE, Sector.BANK, Flow.BANK_CAPITAL, None)] == 400 - 40


def test_the_bank_begins_with_what_is_required():
    bank, _ = bank_and_ledger(0)
    assert bank.opening_own_funds(firm_loans=1000, bonds=500) == 150
