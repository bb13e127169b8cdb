"""What a licence is worth, what it costs, and what its buyer makes of it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.firms.innovation import absorption
from agents.science.licences import (
    NOBODY,
    OUTSIDE,
    Deals,
    bargain,
    bargained_price,
    count_deals,
    licence_gain,
    reservation_value,
    use_licences,
    value_to_buyer,
)
from agents.science.technology_market import TechnologyMarketParameters
from agents.science.technology_search import Meeting, Offers, Seekers
from scenarios.load import central_values, load_parameters

P = TechnologyMarketParameters(**central_values(load_parameters())["technology_market"])._replace(
    invention_gain=0.05, invention_reach=5e7, largest_gain=0.1, valuation_years=4.0, reservation=0.02,
    bargaining_power=0.5, cash_share=0.3, other_field=0.12, licensed_knowledge=1.0, outside_absorption=0.5,
)  # fmt: skip


def test_an_invention_serves_half_the_sales_of_a_firm_as_large_as_its_reach():
    assert licence_gain(1.0, 1.0, 1.0, 5e7, 1.0, P) == pytest.approx(0.025)
    assert licence_gain(1.0, 1.0, 1.0, 5e9, 1.0, P) == pytest.approx(0.05 / 101)


@pytest.mark.parametrize("change", [{"quality": 0.5}, {"fit": 0.12}, {"absorbed": 0.4}])
def test_a_worse_or_stranger_invention_and_a_less_able_buyer_gain_less(change):
    usual = {"quality": 1.0, "fit": 1.0, "absorbed": 0.8}
    (name, value), less = next(iter(change.items())), usual | change
    ratio = licence_gain(*less.values(), 5e7, 1.0, P) / licence_gain(*usual.values(), 5e7, 1.0, P)
    assert ratio == pytest.approx(value / usual[name])


def test_no_invention_gains_more_than_the_bound():
    assert licence_gain(1e6, 1.0, 1.0, 1e6, 1.0, P) == 0.1


def test_a_buyer_that_absorbs_nothing_gains_nothing():
    assert licence_gain(5.0, 1.0, 0.0, 1e7, 1.0, P) == 0.0


def test_prices_of_another_year_scale_the_reach():
    assert licence_gain(1.0, 1.0, 1.0, 1e8, 2.0, P) == licence_gain(1.0, 1.0, 1.0, 5e7, 1.0, P)


def test_a_gain_of_one_per_cent_on_a_hundred_million_is_worth_four_million():
    assert value_to_buyer(0.01, 1e8, P) == pytest.approx(4e6)


def test_the_price_lies_in_the_middle_between_reservation_and_value():
    assert bargained_price(3e6, 1e6, 0.0, 0.5) == pytest.approx(2e6)
    assert bargained_price(3e6, 1e6, 0.0, 1.0) == pytest.approx(3e6)


@pytest.mark.parametrize("value", [-1e6, 0.0, 1e6])
def test_there_is_no_price_where_there_is_nothing_to_gain(value):
    assert bargained_price(value, 1e6, 0.0, 0.5) == 0.0


@given(st.floats(1.1e6, 1e8), st.floats(0.0, 0.5), st.floats(0.1, 0.9))
def test_a_subsidy_on_the_price_is_shared_by_buyer_and_seller(value, subsidy, power):
    """The price rises, by less than what the buyer gets back."""
    without, with_it = (bargained_price(value, 1e6, rate, power) for rate in (0.0, subsidy))
    assert with_it >= without
    assert (1.0 - subsidy) * with_it <= without * (1.0 + 1e-12)


def deals_of(firms, quality, field, partner, subsidy=0.0, search_cost=0.0):
    """What the offers of institutions in prefecture 0 bring, given the partner of each."""
    row, n = firms.rows(), len(partner)
    zeros, one = np.zeros(max(len(row), n), dtype=np.int64), np.ones((1, 1))
    offers = Offers(np.array(field), np.array(quality), zeros)
    seekers = Seekers(row, zeros, zeros, np.full(len(row), 0.5), np.ones(len(row)))
    meeting = Meeting(zeros, np.ones(1), one, one, np.full((1, 1), search_cost), subsidy, 1.0)
    whole = np.zeros((5, n), dtype=np.int64)
    deals = Deals(*whole[:3], np.zeros(n), *whole[3:])
    agreed, sold = bargain(offers, seekers, np.array(partner), firms.arrays(), meeting, P, deals)
    return Deals(*(column[:agreed] for column in deals[:4]), *(column[:sold] for column in deals[4:]))


def one_deal(firms, partner=0, quality=1.0, field=0, subsidy=0.0, search_cost=0.0):
    """Price and gain, 0 if there is no deal."""
    deals = deals_of(firms, [quality], [field], [partner], subsidy, search_cost)
    return (int(deals.price[0]), float(deals.gain[0])) if len(deals.place) else (0, 0.0)


def test_a_deal_by_hand(make_firms):
    """0.05 x 0.5 absorbed x half the sales = 0.0125, worth 2.5 million, against 0.2 million at least."""
    firms = make_firms(1, trailing_sales=5e7, deposits=10**9)
    price, gain = one_deal(firms)
    assert gain == pytest.approx(0.0125)
    assert price == round(0.5 * (2.5e6 + reservation_value(1.0, 1.0, P)))


def test_search_cost_lowers_the_price_and_can_prevent_a_deal(make_firms):
    firms = make_firms(1, trailing_sales=5e7, deposits=10**9)
    assert one_deal(firms)[0] - one_deal(firms, search_cost=1e6)[0] == 500_000
    assert one_deal(firms, search_cost=2.4e6)[0] == 0


def test_an_invention_of_another_field_is_worth_less(make_firms):
    firms = make_firms(1, trailing_sales=5e7, deposits=10**9)
    assert one_deal(firms, field=3)[1] == pytest.approx(0.12 * one_deal(firms)[1])


def test_without_cash_there_is_no_deal(make_firms):
    price, _ = one_deal(make_firms(1, trailing_sales=5e7, deposits=10**9))
    enough, short = (make_firms(1, trailing_sales=5e7, deposits=cash) for cash in (4 * price, 3 * price))
    assert one_deal(enough)[0] == price
    assert one_deal(short)[0] == 0
    assert one_deal(make_firms(1, trailing_sales=5e7, deposits=-5))[0] == 0


def test_an_offer_without_partner_has_no_price(make_firms):
    assert one_deal(make_firms(1, trailing_sales=5e7, deposits=10**9), partner=NOBODY) == (0, 0.0)


def test_buyers_outside_pay_for_what_they_take_only(make_firms):
    deals = deals_of(make_firms(1), [1.0, 2.0], [0, 0], [NOBODY, OUTSIDE])
    value = value_to_buyer(licence_gain(2.0, 1.0, 0.5, 5e7, 1.0, P), 5e7, P)
    assert deals.place_outside.tolist() == [1] and len(deals.place) == 0
    assert deals.price_outside.tolist() == [round(0.5 * (value + reservation_value(2.0, 1.0, P)))]


def test_deals_stand_in_the_order_of_their_offers_without_those_that_failed(make_firms):
    firms = make_firms(3, trailing_sales=5e7, deposits=10**9)
    firms.deposits[firms.rows()[1]] = 0
    deals = deals_of(firms, [1.0, 2.0, 1.0, 2.0], [0, 0, 0, 0], [2, 1, OUTSIDE, 0])
    assert deals.place.tolist() == [0, 3] and deals.place_outside.tolist() == [2]
    assert deals.row.tolist() == firms.rows()[[2, 0]].tolist()
    assert deals.gain[1] == pytest.approx(2.0 * deals.gain[0])


def test_deals_are_counted_by_region_and_income_by_institution():
    deals = Deals(
        np.array([0, 2]), np.array([1, 0]), np.array([5, 7]), np.zeros(2), np.array([1]), np.array([9])
    )
    owner, prefecture, group = np.array([1, 1, 0]), np.array([2, 0]), np.array([0, 0, 1])
    by_group, income, outside = np.zeros((3, 2), dtype=np.int64)
    count_deals(deals, owner, prefecture, group, by_group, income, outside)
    assert (by_group.tolist(), income.tolist(), outside.tolist()) == ([1, 1], [7, 5], [0, 9])


def test_a_licence_raises_productivity_quality_and_knowledge_and_costs_its_price(make_firms, p):
    firms = make_firms(
        2, trailing_sales=5e7, deposits=10**7, research=2.5e5, knowledge=4e6, log_knowledge=math.log(4e6)
    )
    rows = firms.rows()
    arrays = firms.arrays()
    use_licences(arrays, rows[:1], np.array([10**6]), np.array([0.02]), p, P, 2.0)
    bought = 4e6 + absorption(2.5e5, 5e7, p) * 10**6 / 2.0
    assert firms.deposits[rows].tolist() == [9_000_000, 10_000_000]
    process = p.innovation.process_share
    assert firms.log_productivity[rows] == pytest.approx([0.02 * process, 0.0])
    assert firms.log_quality[rows] == pytest.approx([0.02 * (1.0 - process), 0.0])
    assert firms.knowledge[rows] == pytest.approx([bought, 4e6])
    assert firms.log_knowledge[rows] == pytest.approx([math.log(bought), math.log(4e6)])
