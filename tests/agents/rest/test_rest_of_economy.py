"""The accounts that are no agents close: what the rest, households and the centre do not keep moves on."""

from types import SimpleNamespace

import numpy as np
import pytest

from agents.money.flows import Flow, Sector
from agents.money.ledger import Accounts, Ledger
from agents.rest.rest_of_economy import RestOfEconomy, RestParameters
from agents.state.government import GovernmentParameters, Governments
from scenarios.load import central_values, load_parameters

POPULATION = np.arange(1.0, 15.0)
VALUE_ADDED = 3_000_000


@pytest.fixture
def province():
    """Governments, rest and ledger in their first quarter, before anything is paid."""
    values = central_values(load_parameters())
    governments = Governments(GovernmentParameters(**values["government"]), POPULATION, 1e-6, "reprioritise")
    rest = RestOfEconomy(RestParameters(**values["rest"]), governments, POPULATION, 1e-6)
    ledger = Ledger(Accounts(14, 0), SimpleNamespace())
    rest.give_credit_lines(ledger)
    balance, households = rest.opening_balances(VALUE_ADDED)
    accounts = ledger.accounts
    ledger.set_opening([(accounts.rest, balance), (accounts.households, households)], 0, 0, 0)
    ledger.open_quarter(0, 0, 0)
    return SimpleNamespace(governments=governments, rest=rest, ledger=ledger, parameters=rest.parameters)


def total(ledger, code, payer):
    return sum(v for (p, _, c, _), v in ledger.flow_matrix.items() if c is code and p is payer)


def test_wages_and_profits_are_their_shares_of_value_added(province):
    province.rest.pay_wages(province.ledger, VALUE_ADDED)
    assert total(province.ledger, Flow.WAGES, Sector.REST) == VALUE_ADDED // 2
    assert total(province.ledger, Flow.DIVIDENDS, Sector.REST) == VALUE_ADDED * 15 // 100


def test_a_surcharge_comes_out_of_profits_and_never_out_of_wages(province):
    for surcharge, paid in ((1000, VALUE_ADDED * 15 // 100 - 1000), (VALUE_ADDED, 0)):
        ledger = province.ledger
        ledger.open_quarter(0, 0, 0)
        province.rest.pay_wages(ledger, VALUE_ADDED, surcharge)
        assert total(ledger, Flow.WAGES, Sector.REST) == VALUE_ADDED // 2
        assert total(ledger, Flow.DIVIDENDS, Sector.REST) == paid


def test_value_added_answers_demand_by_the_multiplier_and_stays_above_zero(province):
    rest = province.rest
    for beyond, added in ((0, 500), (100, 560), (-100, 440), (-900, 0)):
        rest.demand.beyond = beyond
        assert rest.value_added(500) == added


def test_households_are_paid_by_population(province):
    ledger = province.ledger
    before = ledger.balance[ledger.accounts.households].copy()
    province.rest.pay_wages(ledger, VALUE_ADDED)
    received = ledger.balance[ledger.accounts.households] - before
    assert received == pytest.approx(VALUE_ADDED * 0.65 * POPULATION / POPULATION.sum(), abs=2)


def test_trade_brings_the_rest_to_its_working_balance(province):
    for surplus in (10**6, -(10**6)):
        ledger, accounts = province.ledger, province.ledger.accounts
        payer, payee = (accounts.outside, accounts.rest) if surplus > 0 else (accounts.rest, accounts.outside)
        ledger.post(payer, payee, abs(surplus), Flow.SALES)
        province.rest.close(ledger, VALUE_ADDED)
        assert ledger.balance[accounts.rest] == province.rest.working_balance(VALUE_ADDED)


def test_the_centre_ends_with_nothing(province):
    ledger, accounts = province.ledger, province.ledger.accounts
    ledger.post(accounts.central, accounts.rest, 77, Flow.TRANSFER)
    province.rest.close(ledger, VALUE_ADDED)
    assert ledger.balance[accounts.central] == 0


def test_households_spend_a_share_of_what_they_received(province):
    province.rest.pay_wages(province.ledger, VALUE_ADDED)
    province.rest.consume(province.ledger)
    income = int(province.rest.income.sum())
    spent = total(province.ledger, Flow.CONSUMPTION, Sector.HOUSEHOLDS)
    assert income == VALUE_ADDED * 65 // 100
    assert spent == pytest.approx(income * province.parameters.consumption_share, abs=14)


def test_households_without_income_consume_nothing(province):
    ledger, accounts = province.ledger, province.ledger.accounts
    ledger.post_each(accounts.households, accounts.rest, np.full(14, 5), Flow.SALES)
    province.rest.consume(ledger)
    assert total(ledger, Flow.CONSUMPTION, Sector.HOUSEHOLDS) == 0


def test_income_is_taxed_a_quarter_later_and_divided_among_three_levels(province):
    rest, ledger = province.rest, province.ledger
    rest.tax_households(ledger)
    assert total(ledger, Flow.HOUSEHOLD_TAX, Sector.HOUSEHOLDS) == 0
    rest.income = np.full(14, 10_000)
    rest.tax_households(ledger)
    accounts = ledger.accounts
    assert ledger.balance[accounts.central] == 14 * 60
    assert ledger.balance[accounts.province] == 14 * 12
    assert ledger.balance[accounts.prefectures].tolist() == [28] * 14


def test_the_rest_pays_what_known_revenue_leaves(province):
    ledger, governments = province.ledger, province.governments
    known = governments.per_quarter(governments.parameters.revenue_2016)
    ledger.post(ledger.accounts.rest, ledger.accounts.province, 1234, Flow.VAT)
    province.rest.pay_taxes(ledger, governments, VALUE_ADDED, 2016)
    assert governments.collected(ledger) == known


def test_after_2020_the_rate_of_2020_holds_whatever_firms_pay(province):
    ledger, governments, rest = province.ledger, province.governments, province.rest
    rest.pay_taxes(ledger, governments, VALUE_ADDED, 2020)
    due = governments.collected(ledger)
    ledger.open_quarter(20, 0, 0)
    ledger.post(ledger.accounts.rest, ledger.accounts.province, 1000, Flow.VAT)
    rest.pay_taxes(ledger, governments, 2 * VALUE_ADDED, 2021)
    assert governments.collected(ledger) == pytest.approx(1000 + 2 * due, abs=10)


def test_a_surcharge_is_paid_on_top(province):
    ledger, governments, rest = province.ledger, province.governments, province.rest
    rest.tax_rate = 100_000
    governments.taxed_extra = 500
    rest.pay_taxes(ledger, governments, VALUE_ADDED, 2021)
    assert governments.collected(ledger) == VALUE_ADDED // 10 + 500
