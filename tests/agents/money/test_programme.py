"""A programme pays out what it was given, in time, and accounts for every yuan."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.engine.population import Column, Member, Population
from agents.money.flows import AccountingError, Flow, Sector
from agents.money.ledger import Accounts, Ledger
from agents.money.programme import Programme, ProgrammeYear

RELEASE = (0.15, 0.25, 0.30, 0.30)


class Applicant(Member):
    prefecture = Column("index", np.int64)
    deposits = Column("yuan", np.int64)


def programme(carries_over=False, province_share=0.6):
    one = Programme("rd_subsidy", Flow.GRANT_RD, RELEASE, province_share, 14, carries_over)
    one.open_quarter(2021)
    return one


def treasury(province=10**6, prefectures=10**6):
    accounts = Accounts(14, 2)
    ledger = Ledger(accounts, SimpleNamespace())
    ledger.set_opening([(accounts.province, province), (accounts.prefectures, prefectures)], 0, 0, 0)
    ledger.open_quarter(20, 0, 0)
    return ledger


def applicants(prefectures):
    firms = Population(Applicant)
    rows = firms.add(0, np.arange(1, len(prefectures) + 1), prefecture=prefectures)
    return firms, rows


def test_a_year_is_released_quarter_by_quarter():
    one = programme()
    one.appropriate(1000, 2021)
    assert [one.release(quarter) for quarter in range(4)] == [150, 250, 300, 300]


def test_offers_of_two_levers_add_up():
    one = programme()
    one.appropriate(1000, 2021)
    one.appropriate(500, 2021)
    one.release(3)
    assert one.appropriated == 1500


def test_an_offer_repeated_in_the_next_quarter_is_not_a_second_budget():
    one = programme()
    for quarter in range(4):
        one.open_quarter(2021)
        one.appropriate(1000, 2021)
        one.release(quarter)
    assert (one.appropriated, one.available()) == (1000, 1000)


def test_a_cut_during_the_year_leaves_what_was_released():
    one = programme()
    one.appropriate(1000, 2021)
    one.release(1)
    one.open_quarter(2021)
    one.appropriate(100, 2021)
    assert one.release(2) == 0
    assert one.appropriated == 400


@pytest.mark.parametrize(("amount", "year"), [(-1, 2021), (1000, 2022)])
def test_a_negative_offer_or_one_for_another_year_is_refused(amount, year):
    with pytest.raises(AccountingError, match="programme rd_subsidy, year 2021"):
        programme().appropriate(amount, year)


def test_province_and_prefecture_share_each_payment():
    one, ledger = programme(), treasury()
    firms, rows = applicants([0, 3])
    one.appropriate(1000, 2021)
    one.release(3)
    assert one.disburse(ledger, firms, rows, np.array([100, 200])).tolist() == [100, 200]
    accounts = ledger.accounts
    assert firms.deposits[rows].tolist() == [100, 200]
    assert ledger.balance[accounts.province] == 10**6 - 180
    assert ledger.balance[accounts.prefectures].tolist()[:4] == [10**6 - 40, 10**6, 10**6, 10**6 - 80]


def test_more_than_was_released_is_rationed():
    one, ledger = programme(), treasury()
    firms, rows = applicants([0, 3])
    one.appropriate(1000, 2021)
    one.release(0)
    assert one.disburse(ledger, firms, rows, np.array([100, 200])).tolist() == [50, 100]
    assert one.available() == 0


def test_the_province_steps_in_for_a_prefecture_without_money():
    one, ledger = programme(), treasury(prefectures=0)
    firms, rows = applicants([5])
    one.appropriate(1000, 2021)
    one.release(3)
    one.disburse(ledger, firms, rows, np.array([100]))
    assert ledger.balance[ledger.accounts.province] == 10**6 - 100
    assert ledger.flow_matrix[(Sector.PROVINCE, Sector.PREFECTURES, Flow.TRANSFER, None)] == 40


def test_an_empty_treasury_pays_nothing_whatever_the_budget():
    one, ledger = programme(), treasury(province=0)
    firms, rows = applicants([5])
    one.appropriate(1000, 2021)
    one.release(3)
    assert one.disburse(ledger, firms, rows, np.array([100])).tolist() == [0]


def test_institutions_are_paid_from_both_levels_too():
    one, ledger = programme(), treasury()
    one.appropriate(1000, 2021)
    one.release(3)
    first = ledger.accounts.first_university
    payees = np.array([first, first + 1, first])
    assert one.support(ledger, payees, np.array([100, 50, 10]), np.array([0, 2, 0])).tolist() == [100, 50, 10]
    assert ledger.balance[ledger.accounts.universities].tolist() == [110, 50]
    assert ledger.balance[ledger.accounts.prefectures].tolist()[:3] == [10**6 - 44, 10**6, 10**6 - 20]
    assert one.received_now == one.disbursed_now == 160


def test_what_is_left_lapses_unless_the_programme_carries_over():
    for carries_over, carried, lapsed in ((False, 0, 1000), (True, 1000, 0)):
        one = programme(carries_over)
        one.appropriate(1000, 2021)
        one.release(3)
        one.open_quarter(2022)
        assert (one.carried_in, one.history[-1].lapsed) == (carried, lapsed)
        assert one.available() == carried


@pytest.mark.parametrize(("promised", "carried"), [(0, 300), (1200, 1200), (5000, 1300)])
def test_what_was_carried_over_once_goes_back_unless_it_is_promised(promised, carried):
    """Budgets beyond what can be spent would pile up, and starve other spending for nothing."""
    one = programme(carries_over=True)
    for year, amount in ((2021, 1000), (2022, 300)):
        one.open_quarter(year)
        one.appropriate(amount, year)
        one.release(3)
    one.committed = promised
    one.open_quarter(2023)
    assert (one.carried_in, one.history[-1].lapsed) == (carried, 1300 - carried)


@given(
    st.integers(0, 10**6),
    st.lists(st.lists(st.integers(0, 10**5), min_size=3, max_size=3), min_size=8, max_size=8),
    st.booleans(),
)
def test_appropriated_is_disbursed_carried_or_lapsed_whatever_is_asked(budget, requests, carries_over):
    one, ledger = programme(carries_over), treasury(10**8, 10**8)
    firms, rows = applicants([0, 5, 13])
    for quarter, asked in enumerate(requests):
        year = 2021 + quarter // 4
        one.open_quarter(year)
        one.appropriate(budget, year)
        one.release(quarter % 4)
        one.disburse(ledger, firms, rows, np.array(asked))
        assert one.received_now == one.disbursed_now
    one.open_quarter(2023)
    for year in one.history:
        assert year.appropriated + year.carried_in == year.disbursed + year.carried_out + year.lapsed
    assert sum(year.disbursed for year in one.history) == firms.deposits[rows].sum()


def test_more_budget_never_pays_less():
    paid = []
    for budget in (0, 100, 1000, 10_000):
        one, ledger = programme(), treasury()
        firms, rows = applicants([0, 5, 13])
        one.appropriate(budget, 2021)
        one.release(3)
        paid.append(int(one.disburse(ledger, firms, rows, np.array([300, 500, 700])).sum()))
    assert paid == [0, 100, 1000, 1500]


def test_each_prefecture_pays_its_own_share_and_it_is_recorded():
    one, ledger = programme(), treasury()
    one.matching[0], one.matching[3] = 300_000, 500_000
    firms, rows = applicants([0, 3])
    one.appropriate(1000, 2021)
    one.release(3)
    one.disburse(ledger, firms, rows, np.array([100, 200]))
    assert ledger.balance[ledger.accounts.prefectures].tolist()[:4] == [10**6 - 30, 10**6, 10**6, 10**6 - 100]
    assert one.matched_now[[0, 3]].tolist() == [30, 100]
    assert one.disbursed_now - one.matched_now.sum() == 170  # the province's part
    one.open_quarter(2021)
    assert not one.matched_now.any()


def test_what_the_province_puts_in_for_a_poor_prefecture_is_recorded_apart():
    one, ledger = programme(), treasury(prefectures=25)
    firms, rows = applicants([5])
    one.appropriate(1000, 2021)
    one.release(3)
    assert one.disburse(ledger, firms, rows, np.array([100])).tolist() == [100]
    assert (one.matched_now[5], one.covered_now[5]) == (25, 15)


def test_what_is_held_back_is_not_promised_again():
    one, ledger = programme(), treasury()
    one.appropriate(1000, 2021)
    one.release(3)
    one.committed = 300
    assert (one.can_pay(ledger), one.can_promise(ledger)) == (1000, 700)
    one.committed = 2000
    assert one.can_promise(ledger) == 0


@pytest.mark.parametrize(
    ("appropriated", "paid", "beyond"),
    [(1000, 900, 0), (1600, 1500, 600), (1600, 1000, 100), (1600, 700, 0), (1000, 1000, 0), (500, 500, 0)],
)
def test_what_is_paid_beyond_a_year_is_more_money_out_of_a_larger_budget(appropriated, paid, beyond):
    one = programme()
    one.history.append(ProgrammeYear(2020, 1000, 0, 900, 0, 100))
    one.appropriate(appropriated, 2021)
    one.release(3)
    one.disbursed = paid
    assert one.paid_beyond(2020) == beyond


def test_before_a_year_is_closed_nothing_is_beyond_it():
    one = programme()
    one.appropriate(1000, 2021)
    one.disbursed = 500
    assert one.paid_beyond(2020) == 0
