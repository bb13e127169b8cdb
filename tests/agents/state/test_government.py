"""Governments take in what is published, spend what they have, and pay for more by the closure chosen."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from agents.money.flows import Flow, Sector
from agents.money.ledger import Accounts, Ledger
from agents.rest.rest_of_economy import RestOfEconomy, RestParameters
from agents.state.government import Closure, GovernmentParameters, Governments
from scenarios.load import central_values, load_parameters

POPULATION = np.arange(1.0, 15.0)
REST_VALUE_ADDED = 600 * 10**9


@pytest.fixture(scope="module")
def values():
    return central_values(load_parameters())


class Province:
    """A province without firms: governments, the rest of the economy and a programme of 400 million."""

    def __init__(self, values, closure="reprioritise", scale=1.0, **changes):
        parameters = replace(GovernmentParameters(**values["government"]), **changes)
        self.governments = Governments(parameters, POPULATION, scale, closure)
        self.programme = self.governments.add_programme("rd_subsidy", Flow.GRANT_RD)
        self.rest = RestOfEconomy(RestParameters(**values["rest"]), self.governments, POPULATION, scale)
        self.ledger = Ledger(Accounts(14, 0), SimpleNamespace())
        self.rest.give_credit_lines(self.ledger)
        self._open(round(parameters.bonds_2015 * scale))

    def _open(self, bonds):
        accounts = self.ledger.accounts
        province, prefectures = self.governments.opening_balances()
        rest, households = self.rest.opening_balances(REST_VALUE_ADDED)
        balances = [
            (accounts.province, province),
            (accounts.prefectures, prefectures),
            (accounts.rest, rest),
            (accounts.households, households),
        ]
        self.ledger.set_opening(balances, bonds, 0, 0)

    def quarter(self, quarter, budget=400_000_000):
        year = 2016 + quarter // 4
        governments, ledger = self.governments, self.ledger
        ledger.open_quarter(quarter, 0, 0)
        governments.open_quarter(year)
        self.programme.appropriate(budget, year)
        governments.release(ledger, year, quarter % 4)
        self.rest.tax_households(ledger)
        self.rest.pay_taxes(ledger, governments, REST_VALUE_ADDED, year)
        governments.spend(ledger)
        self.rest.close(ledger, REST_VALUE_ADDED)
        ledger.close_quarter(0, 0)

    def run(self, first, last, budget=400_000_000):
        return [self.quarter(quarter, budget) for quarter in range(first, last)]


def test_revenue_and_spending_up_to_2020_are_the_published(values):
    province = Province(values)
    for year, revenue, spending in ((2016, 2697.9e8, 6338.4e8), (2020, 3008.7e8, 8403.1e8)):
        collected, spent = 0, 0
        first = 4 * (year - 2016)
        for quarter in range(first, first + 4):
            province.quarter(quarter, budget=0)
            collected += province.governments.collected(province.ledger)
            spent += province.governments.spent(province.ledger)
        assert collected == pytest.approx(revenue, abs=4)
        assert spent == pytest.approx(spending, rel=2e-3)


def test_treasuries_end_a_quarter_with_their_working_balance(values):
    province = Province(values)
    province.quarter(0, budget=0)
    kept, below = province.governments.opening_balances()
    accounts = province.ledger.accounts
    assert province.ledger.balance[accounts.province] == kept
    assert (province.ledger.balance[accounts.prefectures] == below).all()


def test_money_released_to_a_programme_is_not_spent_on_other_ends(values):
    province = Province(values)
    province.quarter(0)
    kept, _ = province.governments.opening_balances()
    assert province.ledger.balance[province.ledger.accounts.province] == kept + province.programme.available()


def flows_of_2021(values, closure, budget):
    """Bonds issued, taxes of the rest and other spending in 2021Q1, after a budget of 400 million to 2020."""
    province = Province(values, closure)
    province.run(0, 20)
    province.quarter(20, budget)
    matrix = province.ledger.flow_matrix

    def total(code, payer=None):
        return sum(v for (p, _, c, _), v in matrix.items() if c is code and payer in (None, p))

    spending = total(Flow.PUBLIC_WAGES) + total(Flow.PUBLIC_PURCHASES)
    return total(Flow.BOND_ISSUE), total(Flow.OTHER_TAX, Sector.REST), spending


EXTRA = 400_000_000 * 15 // 100 * 9  # a tenfold budget, first quarter's release, over that of 2020


@pytest.mark.parametrize(
    ("closure", "bonds", "taxes", "spending"),
    [("reprioritise", 0, 0, -EXTRA), ("borrow", EXTRA, 0, 0), ("higher_taxes", 0, EXTRA, 0)],
)
def test_the_closure_says_who_pays_for_a_larger_programme(values, closure, bonds, taxes, spending):
    before = flows_of_2021(values, closure, 400_000_000)
    after = flows_of_2021(values, closure, 4_000_000_000)
    assert [b - a for a, b in zip(before, after, strict=True)] == [bonds, taxes, spending]


def test_the_province_passes_down_no_more_than_it_has(values):
    """Found by the battery: debt service and a programme had emptied the treasury."""
    province = Province(values)
    province.ledger.balance[province.ledger.accounts.province] = -(10**15)
    province.ledger.credit_line[province.ledger.accounts.province] = 10**15
    province.governments.open_quarter(2016)
    province.governments.release(province.ledger, 2016, 0)
    down = province.ledger.paid(Sector.PROVINCE, Sector.PREFECTURES, Flow.TRANSFER)
    assert down == 0


def test_interest_that_the_province_cannot_pay_is_forgiven(values):
    province = Province(values)
    ledger, account = province.ledger, province.ledger.accounts.province
    ledger.open_quarter(0, 0, 0)
    ledger.balance[account] = 7
    province.governments.spend(ledger)
    assert ledger.paid(Sector.PROVINCE, Sector.BANK, Flow.BOND_SERVICE) == 7
    assert ledger.balance[account] == 0


@pytest.mark.parametrize(("owed", "money", "paid"), [(50, 900, 50), (500, 90, 90)])
def test_the_province_pays_back_no_more_than_it_owes_and_has(values, owed, money, paid):
    """A budget far below that of 2020, financed by bonds, pays debt back."""
    province = Province(values, "borrow")
    ledger, account = province.ledger, province.ledger.accounts.province
    ledger.bonds[account], ledger.bonds[ledger.accounts.bank] = -owed, owed
    ledger.balance[account] = money
    province.governments._borrow(ledger, -1000)
    assert (ledger.bonds[account], ledger.balance[account]) == (paid - owed, money - paid)


@pytest.mark.parametrize("closure", list(Closure))
def test_without_a_change_after_2020_the_closure_changes_nothing(values, closure):
    assert flows_of_2021(values, closure, 400_000_000) == flows_of_2021(values, "reprioritise", 400_000_000)


@pytest.mark.parametrize(("closure", "place"), [("borrow", 0), ("higher_taxes", 1), ("reprioritise", 2)])
def test_a_programme_given_up_frees_what_its_closure_says(values, closure, place):
    before, after = flows_of_2021(values, closure, 400_000_000), flows_of_2021(values, closure, 0)
    changes = [b - a for a, b in zip(before, after, strict=True)]
    freed = 400_000_000 * 15 // 100
    assert changes == [freed * (1 if n == 2 else -1) if n == place else 0 for n in range(3)]


def test_borrowing_stops_at_the_quota_and_other_spending_gives_way(values):
    province = Province(values, "borrow", bond_quota=100.0)
    province.run(0, 20)
    province.quarter(20, 4_000_000_000)
    governments = province.governments
    assert (governments.borrowed_extra, governments.extra) == (100, EXTRA)
    province.quarter(21, 4_000_000_000)
    assert governments.borrowed_extra == 0
    province.run(22, 24, 4_000_000_000)
    province.quarter(24, 4_000_000_000)
    assert governments.borrowed_extra == 100


def test_bonds_for_programmes_are_paid_back_evenly(values):
    usual, larger = (Province(values, "borrow", bond_years=5.0) for _ in range(2))
    for province, budget in ((usual, 400_000_000), (larger, 4_000_000_000)):
        province.run(0, 20)
        assert province.governments.programme_debt == 0
        province.run(20, 22, budget)
    extra_now, due = EXTRA * 25 // 15, EXTRA // 20
    assert usual.governments.programme_debt == 0
    assert larger.governments.programme_debt == EXTRA - due + extra_now
    issued = [p.ledger.paid(Sector.BANK, Sector.PROVINCE, Flow.BOND_ISSUE) for p in (usual, larger)]
    assert issued[1] - issued[0] == extra_now - due


@pytest.mark.parametrize(
    ("closure", "raised"), [("borrow", "borrowed_extra"), ("higher_taxes", "taxed_extra")]
)
def test_what_lapsed_of_money_raised_for_programmes_is_given_back(values, closure, raised):
    """Or it would flow into other spending: bonds for a programme that nobody uses would act as a gift."""
    province = Province(values, closure)
    province.run(0, 20)
    found = []
    for quarter in range(20, 25):
        province.quarter(quarter, 4_000_000_000)  # nothing of it is claimed
        found.append(getattr(province.governments, raised))
    assert sum(found[:4]) == 3_600_000_000
    assert found[4] == EXTRA - 3_600_000_000


def test_what_other_spending_gave_up_is_not_given_back(values):
    province = Province(values)
    province.run(0, 20)
    province.run(20, 25, 4_000_000_000)
    governments = province.governments
    assert (governments.extra, governments.borrowed_extra, governments.taxed_extra) == (EXTRA, 0, 0)


def test_money_for_programmes_is_no_ordinary_revenue(values):
    usual = {}
    for closure in Closure:
        province = Province(values, closure.value)
        province.run(0, 20)
        for budget in (400_000_000, 4_000_000_000):
            province.quarter(20, budget)
            usual[closure, budget] = province.governments.ordinary_revenue(province.ledger)
    assert len(set(usual.values())) == 1


def test_an_unknown_closure_is_refused(values):
    with pytest.raises(ValueError, match="print_money"):
        Province(values, "print_money")


def test_scale_multiplies_budgets(values):
    parameters = GovernmentParameters(**values["government"])
    one, ten = (Governments(parameters, POPULATION, scale, "borrow") for scale in (1.0, 10.0))
    assert ten.per_quarter(1e9) == 10 * one.per_quarter(1e9)
    assert ten.quota() == 10 * one.quota()


def test_an_economy_a_hundred_times_larger_closes_its_quarter_too(values):
    province = Province(values, scale=100.0)
    province.run(0, 2, budget=0)
    assert province.governments.collected(province.ledger) == pytest.approx(100 * 2697.9e8 / 4, rel=1e-9)
    assert province.ledger.bank_gap() == 0


def test_years_outside_the_published_take_the_nearest(values):
    parameters = GovernmentParameters(**values["government"])
    assert parameters.published("revenue", 2014) == parameters.revenue_2015
    assert parameters.published("revenue", 2025) == parameters.revenue_2020
