"""Markets abroad: who asks, who would have gone anyway, what is won and lost."""

import math

import numpy as np
import pytest

from agents.outward.outward import (
    MOST_MARKETS,
    OutwardParameters,
    applies,
    list_applicants,
    markets_lost,
    sell_abroad,
    sold_abroad,
    worth_of_market,
)

S = OutwardParameters(reach=0.5, success=0.5, customers=0.04, lost=0.3, learning=0.01, anyway=0.6)
COST = 100_000.0


def test_a_market_is_worth_the_margin_on_what_it_sells_while_it_lasts():
    # half of 4 % of 30 million are 600,000; a sixth is margin; lost and discounted at .4 a year
    assert worth_of_market(3e7, 0.2, S) == pytest.approx(600_000 / 6 / 0.4)


def test_who_gains_less_than_what_is_left_to_pay_does_not_ask():
    sales = 0.9 * COST * 0.5 / (worth_of_market(1.0, 0.2, S))
    assert applies(0.0, sales, 0.2, 0.5, COST, S) == 0
    assert applies(0.0, sales / 0.9 * 1.01, 0.2, 0.5, COST, S) == 1


def test_more_ask_the_larger_the_share_refunded(even_luck):
    asking = [sum(applies(u, 3e7, 0.2, share, COST, S) > 0 for u in even_luck) for share in (0.0, 0.2, 0.6)]
    assert asking[0] == 0 < asking[1] < asking[2]
    assert asking[2] / len(even_luck) == pytest.approx(0.15, abs=0.01)


def test_of_those_who_gain_without_support_a_share_would_have_gone_anyway(even_luck):
    luck = np.random.default_rng(5).random(20_000)
    answers = [applies(u, 1e8, 0.2, 0.5, COST, S) for u in luck.tolist()]
    asked = [one for one in answers if one]
    assert asked.count(2) / len(asked) == pytest.approx(0.6, abs=0.02)
    # who gains only with support enters because of it
    sales = 0.8 * COST / worth_of_market(1.0, 0.2, S)
    assert {applies(u, sales, 0.2, 0.5, COST, S) for u in even_luck} == {0, 1}


def applicants(firms, most=1e9, refunded=0.9):
    rows, luck = np.zeros((2, firms.capacity), np.int64), np.zeros(firms.capacity)
    found = list_applicants(
        firms.arrays(), firms.start, firms.stop, luck, 20, (most, refunded, COST), S, rows
    )
    return rows[0, :found].tolist()


def test_large_young_and_unproductive_firms_do_not_ask(make_firms):
    columns = {"entry_quarter": 0, "markup": 0.2, "log_productivity": [1.0, 1.0, 0.0, 1.0]}
    firms = make_firms(4, **(columns | {"trailing_sales": [3e7, 3e8, 3e7, 3e7]}))
    firms.entry_quarter[firms.rows()[3]] = 18
    assert applicants(firms, most=1e8) == [firms.rows()[0]]


def test_markets_are_lost_at_their_rate_in_the_mean_and_never_more_than_there_are(even_luck):
    for markets in (0, 1, 3):
        lost = [markets_lost(markets, u, S) for u in even_luck]
        assert sum(lost) / len(lost) == pytest.approx(0.15 * markets, abs=1e-3)
        assert max(lost) <= markets


def half_year_abroad(firms, tried, kept=0.0):
    rows, moves = firms.rows(), np.zeros(2, np.int64)
    sell_abroad(firms.arrays(), rows, np.full(len(rows), tried), np.full(len(rows), kept), S, moves)
    return moves.tolist()


def test_a_try_that_succeeds_brings_customers_and_a_first_one_teaches(make_firms):
    firms = make_firms(2, entering=1, destinations=[0, 2])
    assert half_year_abroad(firms, 0.4) == [2, 0]
    rows = firms.rows()
    assert firms.destinations[rows].tolist() == [1, 3] and not firms.entering[rows].any()
    assert firms.log_customer_capital[rows].tolist() == pytest.approx([0.04, 0.04])
    assert firms.log_quality[rows].tolist() == pytest.approx([0.01, 0.0])


def test_a_try_that_fails_leaves_nothing_behind(make_firms):
    firms = make_firms(1, entering=1)
    assert half_year_abroad(firms, 0.6) == [0, 0]
    assert firms.entering[0] == firms.destinations[0] == firms.log_customer_capital[0] == 0


def test_what_a_market_brought_goes_with_it(make_firms):
    firms = make_firms(1, entering=1)
    half_year_abroad(firms, 0.0)
    assert half_year_abroad(firms, 0.0, kept=0.95) == [0, 1]
    assert firms.log_customer_capital[0] == pytest.approx(0.0) and firms.destinations[0] == 0


def test_nobody_has_more_markets_than_the_most(make_firms):
    firms = make_firms(1, entering=1, destinations=MOST_MARKETS)
    assert half_year_abroad(firms, 0.0) == [0, int(0.15 * MOST_MARKETS)]


def test_what_is_sold_abroad_is_what_would_be_missing_without_the_markets():
    assert sold_abroad(100.0, 2, S) == pytest.approx(100.0 * (1.0 - math.exp(-0.08)))
    assert sold_abroad(100.0, 0, S) == 0.0
