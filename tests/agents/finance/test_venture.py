"""The market for venture capital: who seeks, who is chosen, who refuses, what money and advice do."""

import math

import numpy as np
import pytest

from agents.finance.fund_books import FAILED, SOLD
from agents.finance.funds import FundParameters, Stakes
from agents.finance.venture import (
    MARKS,
    Candidates,
    IndustryMeans,
    acceptance,
    by_rank,
    end_stakes,
    find_members,
    invest,
    liquidate_stakes,
    list_seekers,
    make_deals,
    mark_of,
    marks_of,
    meet_funds,
    need_of_money,
    no_deals,
    no_seekers,
    proceeds_of,
    share_sold,
    ticket,
    value_added_by_fund,
)
from scenarios.load import central_values, load_parameters


def endings(**columns):
    """Stakes of which none has ended; columns that are not given are zero."""
    number = len(columns["firm"])
    return Stakes(**{**{n: np.zeros(number, np.int64) for n in ("fund", "cost", "row")}, **columns}).endings()


@pytest.fixture(scope="module")
def v():
    return FundParameters(**central_values(load_parameters())["funds"])


def test_a_firm_without_cash_needs_most(v):
    assert need_of_money(0, 1e6, v) == 1.0
    assert need_of_money(0.25e6, 1e6, v._replace(seek_cash=0.25)) == pytest.approx(1.0 / math.e)


def test_need_makes_owners_accept_and_the_state_makes_the_best_refuse(v):
    v = v._replace(accept_constant=0.0, accept_need=2.0, accept_dislike=3.0)
    assert acceptance(0.0, 0.0, 1.0, 1.0, v) == 0.5
    assert acceptance(1.0, 0.0, 1.0, 1.0, v) == pytest.approx(1.0 / (1.0 + math.exp(-2.0)))
    assert acceptance(0.5, 0.9, 1.0, 0.9, v) < acceptance(0.5, 0.9, 1.0, 0.1, v)
    assert acceptance(0.5, 0.9, 0.0, 0.9, v) == acceptance(0.5, 0.0, 1.0, 0.9, v)


def test_mixed_funds_help_firms_most_and_the_state_alone_not_at_all(v):
    helped = {share: value_added_by_fund(share, 1.0, v) for share in (0.0, 0.1, 0.3, 0.6, 0.9, 1.0)}
    assert 0.0 < helped[0.0] < helped[0.1] < helped[0.3] > helped[0.6] > helped[0.9] == helped[1.0] == 0.0
    shares = np.linspace(0.0, 1.0, 101)
    best = shares[np.argmax([value_added_by_fund(share, 1.0, v) for share in shares.tolist()])]
    assert 0.2 <= best <= 0.4
    assert value_added_by_fund(0.3, 0.5, v) == pytest.approx(0.5 * helped[0.3])


def test_a_ticket_goes_by_size_within_bounds_and_cash(v):
    v = v._replace(ticket_share=0.25, smallest_ticket=1e6, largest_ticket=5e7)
    sales = [1e6, 4e7, 1e9]
    assert [ticket(s, 10**9, v) for s in sales] == [1_000_000, 10_000_000, 50_000_000]
    assert ticket(1e9, 3_000_000, v) == 3_000_000
    assert share_sold(2e6, 1e6, v._replace(price_to_sales=2.0)) == 0.5


def test_a_tenth_of_exits_brings_three_fifths_of_proceeds(v, even_luck):
    paid = sorted(proceeds_of(0.1, 1e7, luck, v) for luck in even_luck)
    assert sum(paid[-len(paid) // 10 :]) >= 0.6 * sum(paid)
    assert sum(paid) / len(paid) == pytest.approx(0.1 * v.price_to_sales * 1e7, rel=0.05)


def test_stakes_end_at_the_hazards_of_two_quarters(v, even_luck):
    luck, number = np.array(even_luck), len(even_luck)
    stakes = endings(firm=np.arange(number), share=np.full(number, 0.1), row=np.ones(number, np.int64))
    end_stakes(v, luck, luck, np.array([1e8, 1e7]), stakes)
    ended, proceeds = stakes.ended, stakes.proceeds
    assert (ended == SOLD).mean() == pytest.approx(1.0 - (1.0 - v.exit_hazard) ** 2, abs=0.001)
    assert (ended == FAILED).mean() == pytest.approx(1.0 - (1.0 - v.failure_hazard) ** 2, abs=0.001)
    assert (proceeds[ended == SOLD] > 0).all() and not proceeds[ended != SOLD].any()


def test_a_fund_gets_its_share_of_what_the_owners_of_a_leaving_firm_get(make_firms):
    firms = make_firms(3, prefecture=[0, 5, 5])  # ids 1, 2, 3
    rows, left, held = firms.rows()[1:], np.array([999, 1001]), np.array([2, 7])
    stakes, liquidation = endings(firm=held, share=np.array([0.1, 0.5])), np.full(14, 2000)
    assert liquidate_stakes(firms.arrays(), rows, left, stakes, marks_of(held), liquidation) == 1
    assert stakes.ended.tolist() == [FAILED, 0] and stakes.proceeds.tolist() == [99, 0]
    assert liquidation[5] == 2000 - 99 and liquidation[0] == 2000


def test_values_are_ranked_and_the_earlier_of_two_equal_ones_comes_first():
    assert by_rank(np.array([0.3, 0.1, 0.2])).tolist() == [1, 2, 0]
    assert by_rank(np.repeat([2.0, 1.0], 40)).tolist() == [*range(40, 80), *range(40)]


def test_members_are_found_by_id_and_those_who_are_gone_are_not(make_firms):
    firms = make_firms(3)  # ids 1, 2, 3
    wanted, rows = np.array([2, 3, 2 + MARKS]), np.zeros(3, np.int64)
    assert all(marks_of(wanted)[mark_of(id)] == 1 for id in wanted.tolist())
    find_members(firms.id, firms.start, firms.stop, wanted, marks_of(wanted), rows)
    assert firms.id[rows[:2]].tolist() == [2, 3] and rows[2] == -1


@pytest.fixture
def seeking(v, make_firms):
    """The seekers among firms, all with the same luck: `seeking(held, luck, **columns)`; held: rows."""

    def found(count=3, held=(), luck=0.0, **columns):
        columns = {"does_research": 1, "trailing_sales": 1e7, **columns}
        firms = make_firms(count, **columns)
        rows, some = firms.rows(), no_seekers(count)
        means = IndustryMeans(np.full(9, 0.5), np.full(9, 0.25))
        candidates = Candidates(rows, np.full(count, luck), np.arange(count) / 10.0)
        with_fund = np.array(held, np.int64)
        number = list_seekers(firms.arrays(), v, candidates, with_fund, firms.stop, means, some)
        return firms, type(some)(*(column[:number] for column in some))

    return found


def test_firms_with_research_of_middle_size_and_without_a_fund_seek_money(seeking):
    firms, seekers = seeking(held=[1], log_productivity=[0.7, 0.5, 0.4], log_quality=0.25)
    assert firms.id[seekers.row].tolist() == [1, 3]
    assert seekers.luck.tolist() == [0.0, 0.2]
    assert seekers.performance.tolist() == pytest.approx([0.2, -0.1])


@pytest.mark.parametrize(
    "columns", [{"does_research": 0}, {"trailing_sales": 1e5}, {"trailing_sales": 1e10}, {"luck": 0.9}]
)
def test_others_do_not(seeking, columns):
    assert len(seeking(**columns)[1].row) == 0


def room(funds):
    """Scratch for meetings with so many funds."""
    return np.empty((9, funds)), np.empty(9)


def test_a_firm_meets_a_fund_of_its_industry_with_money_the_richer_the_likelier(v, seeking, even_luck):
    _, one = seeking(count=1)
    many = type(one)(*(np.repeat(column, len(even_luck)) for column in one))
    noise = np.full(len(even_luck), 0.5)
    cash, of_industry = np.array([10**9, 3 * 10**7, 10**7, 10**9, 500_000]), np.array([-2, 0, -1, 4, -1])
    meet_funds(v, np.array(even_luck), noise, of_industry, cash, np.ones(5), *room(5), many)
    counts = np.bincount(many.fund, minlength=5) / len(even_luck)
    assert counts.tolist() == pytest.approx([0.0, 0.75, 0.25, 0.0, 0.0], abs=0.001)
    assert many.signal == pytest.approx(many.performance, abs=1e-6)


def test_nobody_is_met_when_no_fund_has_money(v, seeking):
    _, seekers = seeking()
    luck = np.full(3, 0.5)
    meet_funds(v, luck, luck, np.array([-1]), np.array([10]), np.ones(1), *room(1), seekers)
    assert seekers.fund.tolist() == [-1, -1, -1]


def test_funds_take_the_most_promising_until_their_money_is_used_and_pass_over_those_who_refuse(v, seeking):
    firms, seekers = seeking(trailing_sales=1e7)
    v = v._replace(ticket_share=0.25, smallest_ticket=1e6, accept_constant=0.0, accept_need=0.0)
    seekers.fund[:] = 0
    deals, cash = no_deals(3), np.array([3_000_000])
    seekers.luck[:] = [0.9, 0.1, 0.1]  # the first refuses
    make_deals(firms.arrays(), v, np.array([0, 2, 1]), cash, np.zeros(1), seekers, deals)
    assert deals.refused.tolist() == [1, 0, 0]
    assert deals.amount.tolist() == [0, 0, 2_500_000] and cash[0] == 500_000


def test_money_and_advice_reach_the_firm(v, seeking):
    firms, seekers = seeking(count=1)
    seekers.fund[:] = 0
    deals = no_deals(1)
    deals.amount[:] = 1_000_000
    v = v._replace(value_private=0.1, value_on_customers=0.6)
    invest(firms.arrays(), v, np.zeros(1), np.ones(1), seekers, deals)
    row = firms.rows()[0]
    assert firms.deposits[row] == 1_000_000
    assert firms.log_customer_capital[row] == pytest.approx(0.06)
    assert firms.log_quality[row] == pytest.approx(0.04)
