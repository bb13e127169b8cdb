"""What households buy more with a subsidy, of whom, and what they buy less afterwards."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.buyers.households import (
    LEAST_LEFT,
    HouseholdParameters,
    Households,
    favour_emerging,
    gains_of,
    weigh_emerging,
)

P = HouseholdParameters(demand_elasticity=1.0, brought_forward=0.25, local_market_share=0.2)


def households(parameters=P):
    """Those of two places, who buy of two industries."""
    return Households(parameters, np.array([0.1, 0.02]), 4)


def test_what_is_usual_is_the_emerging_part_of_what_is_spent_on_an_industry():
    usual = households().usual(np.array([1000.0, 500.0]), np.array([0.5, 1.0]))
    assert usual.tolist() == pytest.approx([50.0, 25.0, 20.0, 10.0])


def test_a_fifth_off_the_price_by_hand():
    wanted = households().wanted(np.array([800.0, 0.0, 0.0, 800.0]), np.array([0.2, 0.2, 0.2, 0.0]))
    assert wanted.bought.tolist() == pytest.approx([1000.0, 0.0, 0.0, 800.0])
    assert wanted.more.tolist() == pytest.approx([200.0, 0.0, 0.0, 0.0])
    assert wanted.claims.tolist() == [200, 0, 0, 0]


def bought(paid, parameters=P):
    found = households(parameters)
    usual = np.array([800.0, 0.0, 0.0, 0.0])
    found.buy(found.wanted(usual, np.array([0.2, 0.0, 0.0, 0.0])), np.array([paid, 0, 0, 0]))
    found.divide(usual, np.array([1e6, 1e6]))
    return found


def test_with_half_of_the_money_half_is_bought():
    assert bought(100).more[0] == 100 and bought(100).bought[0] == 500
    assert bought(200).more[0] == 200 and bought(0).more[0] == 0


def test_firms_at_home_have_their_share_of_the_local_market():
    assert bought(200).at_home[0] == 40


def test_firms_at_home_sell_to_households_no_more_than_half_of_what_they_make():
    found = bought(200)
    found.divide(np.array([800.0, 0.0, 0.0, 0.0]), np.array([160.0, 1.0]))
    assert found.at_home[0] == 20  # a share of 0.5 x 160 / 800


def test_what_was_brought_forward_is_not_bought_again():
    found, nothing = bought(200), np.zeros(4)
    assert found.ahead[0] == 50
    caught_up = 0
    while not found.quiet:
        found.open_quarter()
        found.buy(found.wanted(nothing, nothing), np.zeros(4, np.int64))
        caught_up += int(found.caught_up[0])
        assert (found.net <= 0).all()
        found.open_quarter()
    assert caught_up == 50 and not found.ahead.any()


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_money_never_brings_fewer_purchases(less, more):
    less, more = sorted((less, more))
    assert bought(less).more[0] <= bought(more).more[0]


def test_a_gain_is_so_much_demand_for_emerging_products(make_firms):
    firms = make_firms(2, emerging_share=[0.5, 0.0], attraction=[2.0, 3.0])
    weights, demand = np.zeros(9), np.full(9, 10.0)
    weigh_emerging(firms.arrays(), firms.start, firms.stop, weights)
    assert weights[0] == 1.0
    extra = np.array([5.0, *np.zeros(8)])
    favour_emerging(firms.arrays(), gains_of(extra, demand, weights), firms.start, firms.stop)
    assert firms.attraction[:2].tolist() == pytest.approx([2.5, 3.0])


def test_demand_for_emerging_products_loses_no_more_than_half():
    assert gains_of(np.array([-100.0]), np.array([1.0]), np.array([10.0])).tolist() == [LEAST_LEFT]
