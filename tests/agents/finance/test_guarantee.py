"""The guarantee corporation: what it may promise, whom it serves, and who pays when a loan fails."""

from types import SimpleNamespace

import numpy as np
import pytest

from agents.finance.guarantee import (
    GuaranteeCorporation,
    GuaranteeParameters,
    lend_guaranteed,
    list_clients,
    no_clients,
    run_off,
)
from agents.firms.conditions import ByIndustry
from agents.firms.credit import CreditParameters
from agents.money.flows import AccountingError, Flow, Sector
from agents.money.ledger import Accounts, Ledger
from scenarios.load import central_values, load_parameters


@pytest.fixture(scope="module")
def values():
    return central_values(load_parameters())


@pytest.fixture(scope="module")
def g(values):
    return GuaranteeParameters(**values["guarantee"])._replace(
        own_funds_2015=1000.0, capital_multiple=5.0, pool_multiple=8.0, pool_share=0.4, lapse=0.1,
        smallest_loan=100_000.0,
        largest_client_sales=4e8, largest_guarantee=1e7, highest_risk=0.05,
    )  # fmt: skip


@pytest.fixture(scope="module")
def b(values):
    return CreditParameters(**values["credit"])


@pytest.fixture
def corporation(g):
    """One with own funds of 1,000 yuan and a pool of 200 beside them, and its ledger."""
    one = GuaranteeCorporation(g, 1.0)
    ledger = Ledger(Accounts(14, 0), SimpleNamespace())
    one.pool = 200
    ledger.set_opening([(ledger.accounts.guarantee, one.opening_balance() + 200)], 0, 10_000, 0)
    ledger.open_quarter(4, 10_000, 0)
    return one, ledger


def test_it_promises_at_most_a_multiple_of_its_own_funds_and_one_of_the_pool(corporation):
    one, ledger = corporation
    assert one.own_funds(ledger) == 1000
    assert one.capacity(ledger) == 5 * 1000 + 8 * 200
    one.outstanding = 4500
    assert one.capacity(ledger) == 2100


@pytest.mark.parametrize(("outstanding", "wanted", "lacking"), [(0, 0, 0), (1600, 0, 0), (1600, 800, 100)])
def test_the_pool_lacks_an_eighth_of_what_it_stands_behind(corporation, outstanding, wanted, lacking):
    one, _ = corporation
    one.outstanding, one.wanted = outstanding, wanted
    assert one.lacks() == lacking


def test_a_loan_is_guaranteed_by_its_share(corporation):
    one, ledger = corporation
    loans, guarantees = one.grant(ledger, np.array([1000, 2000]), 0.8)
    assert (loans.tolist(), guarantees.tolist()) == ([1000, 2000], [800, 1600])
    assert (one.outstanding, one.count.new, one.count.lent, one.count.firms) == (2400, 2400, 3000, 2)


def test_all_get_the_same_part_of_their_loan_when_capacity_is_short(corporation):
    one, ledger = corporation
    loans, guarantees = one.grant(ledger, np.array([5000, 10_000]), 0.8)
    assert guarantees.sum() == 6600 == one.outstanding
    assert loans.tolist() == pytest.approx([5000 * 6.6 / 12, 10_000 * 6.6 / 12], abs=2)
    assert one.wanted == 12_000


@pytest.mark.parametrize(
    ("claimed", "compensated", "paid"), [(100, 40, 60), (1000, 200, 800), (1500, 200, 1000), (0, 0, 0)]
)
def test_the_pool_pays_its_share_the_corporation_the_rest_and_the_bank_what_both_lack(
    corporation, claimed, compensated, paid
):
    one, ledger = corporation
    one.outstanding = 2000
    before = int(ledger.balance[ledger.accounts.bank])
    one.settle_claims(ledger, claimed, 1800)
    assert (one.count.compensated, one.count.paid, one.pool) == (compensated, paid, 200 - compensated)
    assert one.outstanding == 200
    assert int(ledger.balance[ledger.accounts.bank]) == before + compensated + paid
    assert ledger.paid(Sector.GUARANTEE, Sector.BANK, Flow.RISK_COMPENSATION) == compensated
    assert one.own_funds(ledger) == 1000 - paid >= 0


def test_fees_are_paid_by_firms(corporation):
    one, ledger = corporation
    one.outstanding = 500
    one.take_fees(ledger, 30, 100)
    assert one.own_funds(ledger) == 1030 and one.outstanding == 400
    assert ledger.paid(Sector.FIRMS, Sector.GUARANTEE, Flow.GUARANTEE_FEE) == 30


def clients(firms, g, p, c, share=0.8):
    """{row: loan} of those that ask."""
    some = no_clients(firms.count, 2)  # looked for among fewer than there may be firms
    conditions = ByIndustry([c] * firms.segments)
    found = list_clients(firms.arrays(), p, g, share, conditions, firms.start, firms.stop, some)
    return dict(zip(some.rows[:found].tolist(), some.loans[:found].tolist(), strict=True))


@pytest.fixture
def short(make_firms):
    """Makes a firm whose line is used up, with cash below its floor."""

    def make(**columns):
        usual = {"trailing_sales": 1e7, "log_sales": np.log(1e7), "deposits": 100_000, "loans": 3_000_000,
                 "capital": 1e6, "expected_demand": 1e5, "default_risk": 0.02}  # fmt: skip
        return make_firms(1, **{**usual, **columns})

    return make


def test_a_firm_short_of_cash_asks_for_what_fills_its_balance(short, g, p, c):
    p = p.but(cash_floor=0.03, credit_to_sales=0.4, collateral_rate=0.25)
    (loan,) = clients(short(), g, p, c).values()
    assert loan == 2 * 300_000 - 100_000


def test_a_firm_that_the_bank_serves_asks_for_none(short, g, p, c):
    assert clients(short(loans=0), g, p.but(credit_to_sales=0.4), c) == {}


@pytest.mark.parametrize("columns", [{"default_risk": 0.06}, {"trailing_sales": 5e8}])
def test_neither_the_riskiest_nor_the_large_are_served(short, g, p, c, columns):
    assert clients(short(**columns), g, p, c) == {}


def test_a_growing_firm_asks_for_its_next_machines(short, g, p, c):
    p = p.but(normal_capital_output=10.0, credit_to_sales=0.4)
    firms = short(deposits=1_000_000, expected_demand=2e5)
    (loan,) = clients(firms, g, p, c).values()
    assert loan > 500_000


def test_no_firm_is_guaranteed_more_than_the_most(short, g, p, c):
    firms = short(guaranteed=9_800_000, loans=12_900_000, deposits=0)
    (loan,) = clients(firms, g, p, c).values()
    assert loan == 250_000


def test_a_guaranteed_loan_is_money_debt_and_cheaper(short, b):
    firms, new_loans = short(loan_rate=0.06, default_risk=0.05, loans=0), np.zeros(14, np.int64)
    rows = firms.rows()
    lend_guaranteed(firms.arrays(), b, rows, np.array([1000]), np.array([800]), new_loans)
    assert (firms.deposits[rows[0]], firms.loans[rows[0]], firms.guaranteed[rows[0]]) == (101_000, 1000, 800)
    assert new_loans[0] == 1000
    assert firms.loan_rate[rows[0]] == pytest.approx(b.base_rate + b.loss_given_default * 0.05 * 0.2)


def test_a_firm_pays_no_more_for_its_guarantee_than_it_has(short, g, b):
    firms = short(guaranteed=10_000, loans=20_000, deposits=30)
    rows = firms.rows()
    assert run_off(firms.arrays(), g, b, 0.02, rows)[0] == 30
    assert firms.deposits[rows[0]] == 0


def test_guarantees_lapse_by_the_quarter_are_paid_for_and_end_with_the_debt(short, g, b):
    firms = short(guaranteed=1000, loans=2000)
    rows = firms.rows()
    assert run_off(firms.arrays(), g, b, 0.02, rows) == (5, 100)
    assert firms.guaranteed[rows[0]] == 900 and firms.deposits[rows[0]] == 100_000 - 5
    firms.loans[rows[0]] = 300
    run_off(firms.arrays(), g, b, 0.02, rows)
    assert firms.guaranteed[rows[0]] == 300


def test_nobody_pays_the_bank_twice(corporation):
    _, ledger = corporation
    with pytest.raises(AccountingError):
        ledger.post(ledger.accounts.guarantee, ledger.accounts.bank, 1201, Flow.GUARANTEE_PAYMENT)
