"""Listing: who stands first, what new shares bring and where the money goes."""

import numpy as np
import pytest

from agents.finance.listing import (
    LISTED,
    ListingParameters,
    candidate_key,
    draw_candidates,
    proceeds_of_listing,
    raise_equity,
    standing,
    usual_share,
    weigh_candidates,
)

P = ListingParameters(
    listed_2015=10.0, usual_listings=6.0, reserve=240.0, least_profit=2e7, least_age=3.0, profit_weight=1.0,
    size_weight=0.5, age_weight=0.1, counselling_years=3.0, counselling_cost=1e6, readiness=0.5,
    float_share=0.25, large_value=4e9, large_float_share=0.1, price_to_profit=3.0,
    research_share=0.2, capital_share=0.4,
)  # fmt: skip
MIDDLE = float(np.exp(-1.0))  # the luck whose noise is nothing


def test_a_key_by_hand():
    odds = standing(4e7, 10.0, 5.0, P)
    assert odds == pytest.approx(np.log(2.0) + 5.0 + 0.5)
    assert candidate_key(odds, MIDDLE) == pytest.approx(odds)
    assert candidate_key(odds, 0.5) > candidate_key(odds, MIDDLE)


@pytest.mark.parametrize("change", [{"profit": 6e7}, {"log_sales": 11.0}, {"age": 6.0}])
def test_profit_size_and_age_each_raise_a_firm(change):
    usual = {"profit": 4e7, "log_sales": 10.0, "age": 5.0}
    assert standing(*(usual | change).values(), P) > standing(*usual.values(), P)


def test_beyond_ten_years_age_says_nothing_more():
    assert standing(4e7, 10.0, 11.0, P) == standing(4e7, 10.0, 30.0, P)


def test_standings_and_keys_are_written_row_by_row(make_firms):
    firms = make_firms(2, profit=[4e7, -1.0], log_sales=[10.0, 10.0], entry_quarter=[0, 0])
    odds, keys, rows = np.zeros(2), np.zeros(2), firms.rows()
    weigh_candidates(firms.arrays(), P, 20, rows, odds)
    assert odds == pytest.approx([np.log(2.0) + 5.5, 5.5])  # who lost money counts as the least asked for
    draw_candidates(odds, np.full(2, MIDDLE), keys)
    assert keys == pytest.approx(odds)


def test_a_large_firm_sells_a_tenth_and_raises_less_than_a_quarter_of_it_would():
    small, large = proceeds_of_listing(4e9 / 3.0, P), proceeds_of_listing(4.2e9 / 3.0, P)
    assert small == pytest.approx(4e9 / 3.0)
    assert large == pytest.approx(4.2e9 / 9.0)


def test_a_quarter_of_the_firm_sold_brings_a_third_of_its_value_before():
    assert proceeds_of_listing(9e8, P) == pytest.approx(9e8) and proceeds_of_listing(-1.0, P) == 0.0


def test_what_is_raised_becomes_machines_research_and_cash(make_firms):
    firms = make_firms(
        2, profit=[1000.0, 500.0], deposits=[10, 20], pending_capital=[5.0, 0.0], prefecture=[3, 3],
        pending_due=[9, 0], earmarked=[1.0, 0.0], listing=[1, 1], counselled_until=[30, 30],
    )  # fmt: skip
    proceeds, spent, rows = np.zeros(2, np.int64), np.zeros(14, np.int64), firms.rows()
    raise_equity(firms.arrays(), P, 7, 2.0, rows, proceeds, spent)
    assert proceeds.tolist() == [1000, 500] and spent[3] == 600
    assert firms.deposits[rows].tolist() == [10 + 600, 20 + 300]
    assert firms.pending_capital[rows].tolist() == [205.0, 100.0]
    assert firms.pending_due[rows].tolist() == [9, 7] and firms.earmarked[rows].tolist() == [201.0, 100.0]
    assert firms.listing[rows].tolist() == [LISTED] * 2 and not firms.counselled_until[rows].any()


def test_listings_rise_with_those_counselled_beyond_the_reserve():
    assert usual_share(P, 0.0, 1.0) == 6.0
    assert usual_share(P, 240.0, 1.0) == 9.0 and usual_share(P, 24.0, 0.1) == pytest.approx(0.9)
    assert usual_share(P._replace(readiness=0.0), 240.0, 1.0) == 6.0
