"""Production: expectations adapt, capacity binds, stocks are kept, investment is lumpy."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.firms.production import (
    adjusted_labour,
    affordable_capital,
    bounded_labour,
    expansion,
    expected_orders,
    investment_threshold,
    log_capacity,
    log_labour_wanted,
    maintenance,
    material_rate,
    planned_output,
    quarters_to_use,
)


def test_a_firm_twice_as_productive_as_usual_takes_half_the_materials_at_a_saving_of_one(p, c):
    p, c = p.but(material_share=0.7, material_saving=1.0), c._replace(usual_productivity=5.0)
    assert material_rate(5.0, p, c) == pytest.approx(0.7)
    assert material_rate(5.0 + math.log(2.0), p, c) == pytest.approx(0.35)
    assert material_rate(5.0 - math.log(2.0), p, c) == pytest.approx(1.4)


def test_without_a_saving_every_firm_takes_the_same_materials(p, c):
    p = p.but(material_share=0.7, material_saving=0.0)
    assert material_rate(3.0, p, c) == material_rate(-3.0, p, c) == 0.7


def test_what_is_saved_is_bounded_far_from_usual_practice(p, c):
    p = p.but(material_share=0.7, material_saving=0.2)
    assert material_rate(9.0, p, c) == material_rate(2.0, p, c) == pytest.approx(0.7 * math.exp(-0.4))


def test_expected_demand_moves_a_quarter_of_the_way_to_orders(p):
    assert expected_orders(4.0, 8.0, p.but(expectation_weight=0.25)) == pytest.approx(5.0)


def test_eight_units_take_sixteen_workers_on_one_machine_at_productivity_two(p):
    p = p.but(capital_share=0.5)
    assert math.exp(log_labour_wanted(math.log(8.0), math.log(2.0), 0.0, p)) == pytest.approx(16.0)


def test_sixteen_workers_and_one_machine_make_eight_units_at_productivity_two(p):
    p = p.but(capital_share=0.5)
    assert math.exp(log_capacity(math.log(2.0), 0.0, math.log(16.0), p)) == pytest.approx(8.0)


def test_a_quarter_of_the_wanted_workers_are_hired(p):
    p = p.but(labour_adjustment=0.25)
    assert adjusted_labour(100.0, 200.0, 1.0, p) == pytest.approx(125.0)


def test_of_those_wanted_only_the_share_that_is_found_is_hired_and_all_who_are_too_many_leave(p):
    p = p.but(labour_adjustment=0.25)
    assert adjusted_labour(100.0, 200.0, 0.4, p) == pytest.approx(110.0)
    assert adjusted_labour(100.0, 200.0, 0.0, p) == 100.0
    assert adjusted_labour(100.0, 60.0, 0.0, p) == pytest.approx(90.0)


def test_three_times_normal_labour_at_most_is_wanted_while_machines_lack(p):
    # normal labour: 50 units x 1 worker; wanted 1,000 workers count as 150
    assert bounded_labour(1000.0, 50.0, 1.0, p.but(labour_ceiling=3.0)) == pytest.approx(150.0)


@given(st.floats(0.001, 1e6), st.floats(0, 1e6), st.floats(0, 1))
def test_a_firm_never_loses_its_last_worker_altogether(p, labour, wanted, found):
    assert adjusted_labour(labour, wanted, found, p) > 0.0


def test_output_covers_expected_demand_and_the_gap_in_stock(p):
    p = p.but(inventory_target=0.2)
    assert planned_output(100.0, 5.0, 1000.0, p) == pytest.approx(115.0)


def test_a_full_warehouse_stops_production(p):
    assert planned_output(100.0, 200.0, 1000.0, p.but(inventory_target=0.2)) == 0.0


def test_output_stops_at_capacity_and_overtime(p):
    assert planned_output(100.0, 0.0, 50.0, p.but(capacity_margin=1.1)) == pytest.approx(55.0)


def test_half_of_depreciation_is_replaced_each_quarter(p):
    p = p.but(maintenance_share=0.5, depreciation=0.08, investment_overshoot=0.05)
    assert maintenance(100.0, 100.0, p) == pytest.approx(0.5 * 0.02 * 100)


def test_a_firm_with_too_much_capital_replaces_nothing(p):
    assert maintenance(106.0, 100.0, p.but(investment_overshoot=0.05)) == 0.0


@pytest.fixture
def lumpy(p):
    return p.but(investment_overshoot=0.05)


def test_a_gap_of_fifteen_per_cent_is_left_open(lumpy):
    assert expansion(85.0, 0.0, 100.0, 1000.0, 0.18, lumpy) == 0.0


def test_a_gap_of_a_fifth_is_closed_at_once_and_overshot(lumpy):
    assert expansion(80.0, 0.0, 100.0, 1000.0, 0.18, lumpy) == pytest.approx(25.0)


def test_a_firm_orders_no_more_than_it_can_pay(lumpy):
    assert expansion(80.0, 0.0, 100.0, 10.0, 0.18, lumpy) == pytest.approx(10.0)
    assert expansion(80.0, 0.0, 100.0, -10.0, 0.18, lumpy) == 0.0


def test_below_no_gap_no_firm_expands_however_low_its_threshold(lumpy):
    assert expansion(100.0, 0.0, 100.0, 1000.0, -0.1, lumpy) == 0.0
    assert expansion(99.0, 0.0, 100.0, 1000.0, -0.1, lumpy) == pytest.approx(6.0)


@pytest.mark.parametrize(("luck", "threshold"), [(0.0, 0.15), (0.25, 0.3), (0.5, 0.45), (1.0, 0.75)])
def test_the_threshold_is_drawn_evenly_on_both_sides_of_its_mean(p, luck, threshold):
    p = p.but(investment_threshold=0.45, investment_threshold_spread=0.3)
    assert investment_threshold(luck, p) == pytest.approx(threshold)


def test_nothing_is_ordered_while_machines_are_on_order(lumpy):
    assert expansion(50.0, 1.0, 100.0, 1000.0, 0.18, lumpy) == 0.0


def test_cash_and_unused_credit_above_a_working_balance_buy_capital(p, c):
    # cash 100 + credit 0.4 x 250 - loans 50 - balance 0.05 x 1,000 = 100 yuan: 50 units at a price of 2
    p, c = p.but(cash_target=0.05), c._replace(material_price=2.0)
    assert affordable_capital(100.0, 50.0, 0.4 * 250.0, 1000.0, p, c) == pytest.approx(50.0)


def test_of_a_half_quarter_saved_every_second_order_comes_a_quarter_sooner(p, even_luck):
    p = p.but(investment_lag=4.0)
    assert {quarters_to_use(0.0, luck, p) for luck in even_luck} == {4}
    sooner = [quarters_to_use(0.5, luck, p) for luck in even_luck]
    assert sum(sooner) / len(sooner) == pytest.approx(3.5) and set(sooner) == {3, 4}
    assert {quarters_to_use(9.0, luck, p) for luck in even_luck} == {1}
