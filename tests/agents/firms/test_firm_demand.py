"""Demand: jumps leave mean size alone, prices follow normal cost, buyers weigh price and quality."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.firms.demand import (
    adapted_markup,
    attraction_weight,
    customer_change,
    jump_odds,
    jump_spread,
    log_normal_price,
    normal_labour,
)


def change(luck, spread, p):
    return customer_change(luck, math.log(jump_odds(luck, p)), spread, p)


def test_a_firm_of_four_times_the_median_size_jumps_half_as_far_at_an_elasticity_of_a_half(p):
    p = p.but(jump_scale=0.2, jump_size_elasticity=0.5)
    assert jump_spread(math.log(4e7), math.log(1e7), p) == pytest.approx(0.1)


def test_jumps_stop_growing_below_the_smallest_relative_size(p):
    p = p.but(jump_scale=0.2, jump_size_elasticity=0.5, jump_smallest_relative_size=-math.log(4.0))
    for size in (2.5e6, 1e6, 1e3):
        assert jump_spread(math.log(size), math.log(1e7), p) == pytest.approx(0.4)


def test_three_quarters_up_the_jumps_a_firm_gains_the_spread_times_the_log_of_two(p):
    p = p.but(jump_probability=0.4)
    correction = 0.2 * 0.2 * 0.4
    assert change(0.3, 0.2, p) == pytest.approx(0.2 * math.log(2.0) - correction)
    assert change(0.1, 0.2, p) == pytest.approx(-0.2 * math.log(2.0) - correction)


def test_jumps_leave_mean_size_as_it_is(p, even_luck):
    p = p.but(jump_probability=0.5, noise_scale=0.0)
    growth = np.exp([change(luck, 0.2, p) for luck in even_luck])
    assert growth.mean() == pytest.approx(1.0, abs=2e-3)


def test_without_the_correction_jumps_would_inflate_sizes_by_two_per_cent_a_quarter(p, even_luck):
    p = p.but(jump_probability=0.5, noise_scale=0.0)
    assert np.mean([change(luck, 0.2, p) for luck in even_luck]) == pytest.approx(-0.02, abs=1e-3)


def test_noise_between_jumps_has_the_standard_deviation_given(p, even_luck):
    p = p.but(jump_probability=0.0, noise_scale=0.015)
    assert np.std([change(luck, 0.2, p) for luck in even_luck]) == pytest.approx(0.015, rel=0.01)


@given(st.floats(1e-9, 1 - 1e-9))
def test_no_luck_moves_customers_without_bound(p, luck):
    assert abs(change(luck, 0.3, p)) < 0.3 * 28.0


def test_a_markup_rises_by_its_response_times_the_gain_in_customers(p):
    p = p.but(markup_response=0.5, markup_lowest=0.05, markup_highest=0.6)
    assert adapted_markup(0.2, 0.1, p) == pytest.approx(0.21)
    assert adapted_markup(0.6, 0.1, p) == 0.6
    assert adapted_markup(0.05, -0.5, p) == 0.05


def test_four_times_the_productivity_takes_a_sixteenth_of_the_labour_at_equal_shares(p, c):
    p = p.but(capital_share=0.5)
    assert normal_labour(math.log(4.0), p, c) == pytest.approx(1 / 16)


def test_four_times_the_capital_per_output_takes_a_quarter_of_the_labour_at_equal_shares(p, c):
    p, c = p.but(capital_share=0.5), c._replace(log_normal_capital_output=math.log(4.0))
    assert normal_labour(0.0, p, c) == pytest.approx(1 / 4)


@pytest.mark.parametrize(("pass_through", "price"), [(1.0, 1.2), (0.5, math.sqrt(1.2)), (0.0, 1.0)])
def test_the_price_lies_between_markup_on_normal_cost_and_the_outside_price(p, c, pass_through, price):
    # materials 0.7 + wage 20,000 x 0.000015 workers = unit cost 1; markup 0.2; outside price 1
    p = p.but(cost_pass_through=pass_through)
    assert math.exp(log_normal_price(0.2, 0.7, 1.5e-5, p, c)) == pytest.approx(price)


def test_at_half_pass_through_a_firm_of_unit_cost_one_charges_two_where_rivals_charge_four(p, c):
    p = p.but(cost_pass_through=0.5)
    c = c._replace(log_outside_price=math.log(4.0))
    assert math.exp(log_normal_price(0.0, 0.7, 1.5e-5, p, c)) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("customers", "quality", "price", "fill", "weight"),
    [(1, 1, 1, 1, 1.0), (3, 1, 1, 1, 3.0), (1, 4, 1, 1, 2.0), (1, 1, 2, 1, 0.25), (1, 1, 1, 0.25, 0.5)],
)
def test_attraction_is_customers_quality_price_and_delivery_to_their_powers(
    p, c, customers, quality, price, fill, weight
):
    p = p.but(quality_weight=0.5, price_weight=2.0, delivery_weight=0.5)
    logs = [math.log(value) for value in (customers, quality, price, fill)]
    assert attraction_weight(*logs, p, c) == pytest.approx(weight)


def test_only_the_price_relative_to_rivals_matters(p, c):
    dear = c._replace(log_outside_price=math.log(2.0))
    assert attraction_weight(0.0, 0.0, math.log(2.0), 0.0, p, dear) == pytest.approx(1.0)
