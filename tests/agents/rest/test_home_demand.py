"""What is demanded at home beyond what the world's path takes for granted, and how the rest answers."""

import pytest

from agents.rest.home_demand import HomeDemand, Observed

IN_2020 = Observed(900.0, 400.0, 1000.0, 0.0, [100.0, 300.0], [0.1, 0.02])
ALIKE = {"public": 990.0, "revenue": 1100.0}
"""A tenth more of both: public money is spent as before."""


def beyond(trend=0.0, years=1, **changed):
    """Demand beyond what the world takes for granted, in a quarter that differs from that of 2020."""
    demand = HomeDemand(trend)
    demand.look(IN_2020, 0, 2)
    demand.look(IN_2020._replace(**changed), years, 2)
    return demand.beyond


def test_up_to_2020_all_demand_is_taken_for_granted():
    demand = HomeDemand(0.05)
    for years, firms in ((-1, 400.0), (0, 700.0)):
        demand.look(IN_2020._replace(firms=firms), years, 0)
        assert (demand.beyond, demand.taken_for_granted) == (0, firms)


def test_each_quarter_is_compared_with_the_same_one_of_2020():
    demand = HomeDemand(0.0)
    for of_year, firms in enumerate((400.0, 500.0)):
        demand.look(IN_2020._replace(firms=firms), 0, of_year)
    demand.look(IN_2020._replace(firms=500.0), 1, 0)
    assert demand.beyond == 100


def test_more_revenue_spent_as_in_2020_is_taken_for_granted():
    assert beyond(**ALIKE) == 0


def test_public_money_that_goes_elsewhere_is_missed_at_home():
    assert beyond(public=800.0) == -100


def test_money_that_is_no_revenue_adds_to_demand():
    assert beyond(public=950.0) == 50


def test_taxes_for_programmes_take_from_what_households_buy():
    assert beyond(public=950.0, taxed=40.0) == 10


def test_firms_that_keep_their_shares_of_growing_markets_add_nothing():
    assert beyond(firms=800.0, national=[200.0, 600.0]) == 0


def test_a_market_counts_by_what_firms_sell_there():
    assert beyond(firms=400.0, national=[200.0, 300.0]) == -250  # a market of ten of sixteen has doubled


def test_firms_that_gain_share_add_what_they_buy_more():
    assert beyond(firms=450.0) == 50


def test_a_trend_of_shares_is_taken_for_granted():
    assert beyond(trend=0.1, years=2, firms=484.0) == 0


def test_a_province_that_had_no_firms_takes_none_for_granted():
    demand = HomeDemand(0.0)
    demand.look(IN_2020._replace(firms=0.0, share=[0.0, 0.0]), 0, 0)
    demand.look(IN_2020._replace(firms=7.0), 1, 0)
    assert demand.beyond == pytest.approx(7.0)


def test_of_firms_that_bought_and_sold_nothing_the_purchases_of_then_are_taken_for_granted():
    demand = HomeDemand(0.0)
    demand.look(IN_2020._replace(share=[0.0, 0.0]), 0, 2)
    demand.look(IN_2020._replace(firms=410.0), 1, 2)
    assert demand.beyond == 10
