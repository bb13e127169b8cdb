"""Identities of guarantees and funds hold in a run, and each is seen to fail with account and amount."""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from agents.money.flows import AccountingError
from sim.finance import identities as identities_finance
from sim.model import IndustrialPolicyModel, choose


@pytest.fixture(scope="module")
def lived():
    """The economy of 280 firms after four years, with stakes and guarantees, also of risky firms."""
    spec = choose(scale=0.02)
    parameters = {**spec.parameters, "guarantee": {**spec.parameters["guarantee"], "highest_risk": 0.2}}
    model = IndustrialPolicyModel(replace(spec, parameters=parameters))
    for _ in range(16):
        model.step()
    return model.economy


@pytest.fixture
def economy(lived):
    return deepcopy(lived)


def broken(message):
    return pytest.raises(AccountingError, match=message)


def test_a_run_has_something_to_check(economy):
    assert len(economy.funds.stakes) > 5 and economy.guarantee.outstanding > 0
    assert economy.funds.distributed.sum() > 0 and economy.funds.fees_paid.sum() > 0
    identities_finance.check(economy, economy.ledger.add_up())


def test_i6_a_guarantee_that_was_not_given_is_found(economy):
    economy.firms.guaranteed[economy.firms.rows()[0]] += 7
    with broken("I6 guarantees fails: account firms, quarter 15: 7 off"):
        identities_finance.check(economy, economy.ledger.add_up())


def test_i6_guarantees_from_nowhere_are_found(economy):
    economy.guarantee.outstanding += 9
    economy.firms.guaranteed[economy.firms.rows()[0]] += 9
    with broken("I6 guarantees fails: account guarantee, quarter 15: -9 off"):
        identities_finance.check(economy, economy.ledger.add_up())


def test_i6_a_pool_beyond_the_account_is_found(economy):
    own = economy.guarantee.own_funds(economy.ledger)
    economy.guarantee.pool += own + 3
    with broken("I6 pool fails: account guarantee, quarter 15: -3 off"):
        identities_finance.check(economy, economy.ledger.add_up())


@pytest.mark.parametrize(
    ("field", "name"), [("paid", "guarantee payment"), ("compensated", "risk compensation")]
)
def test_i6_a_payment_that_was_not_posted_is_found(economy, field, name):
    count = economy.guarantee.count
    setattr(count, field, getattr(count, field) + 5)
    with broken(f"I6 {name} fails: account guarantee, quarter 15: -5 off"):
        identities_finance.check(economy, economy.ledger.add_up())


def test_i6_more_paid_than_was_claimed_is_found(economy):
    count = economy.guarantee.count
    count.claimed = count.paid + count.compensated - 2
    with broken("I6 claims fails: account bank, quarter 15: 2 off"):
        identities_finance.check(economy, economy.ledger.add_up())


def test_i6_a_claim_for_more_than_was_lost_is_found(economy):
    count = economy.guarantee.count
    count.claimed = int(economy.ledger.written_off[economy.ledger.accounts.firms]) + 4
    with broken("I6 losses fails: account bank, quarter 15: 4 off"):
        identities_finance.check(economy, economy.ledger.add_up())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda e: np.add.at(e.funds.gains, 3, 6), r"I7 net assets .*funds\[3\], quarter 15: -6 off"),
        (lambda e: np.add.at(e.ledger.shares, e.funds.account[3], 6), r"I7 shares .*funds\[3\].*: 6 off"),
        (lambda e: np.add.at(e.funds.held, (3, 17), 6), r"I7 holders .*funds\[3\].*: -6 off"),
        (lambda e: np.add.at(e.ledger.equity, e.funds.account[3], 6), r"I7 equity .*funds\[3\].*: 6 off"),
        (
            lambda e: e.funds.committed.__setitem__((3, 17), int(e.funds.paid_in[3, 17]) - 6),
            r"I7 called beyond promises .*funds\[3\].*: -6 off",
        ),
    ],
)  # fmt: skip
def test_i7_a_fund_whose_books_do_not_add_up_is_found(economy, change, message):
    change(economy)
    with broken(message):
        identities_finance.check(economy, economy.ledger.add_up())


def test_i7_money_of_a_fund_from_nowhere_is_found(economy):
    economy.ledger.balance[economy.funds.account[12]] += 8
    with broken(r"I7 net assets fails: account funds\[12\], quarter 15: 8 off"):
        identities_finance.check(economy, economy.ledger.add_up())
