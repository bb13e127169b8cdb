"""The firms of end-2015 made ready: research, patents and scale that go with their sales."""

import math

import numpy as np
import pytest

from agents.firms.research import least_inclination, starting_research
from agents.firms.start import (
    draw_leverage,
    equip_firms,
    grant_start_patents,
    leverage_of,
    patent_weights,
    restore_sizes,
)


def test_a_firm_of_100_million_starts_with_the_share_given(p, c):
    p = p.but(research_scale=0.02, research_size_elasticity=0.5)
    assert starting_research(1e8, 0.0, p, c) == pytest.approx(0.25 * 2e6)


def test_four_times_the_size_starts_with_twice_the_research_at_an_elasticity_of_a_half(p, c):
    p = p.but(research_scale=0.02, research_size_elasticity=0.5)
    assert starting_research(4e8, 0.0, p, c) == pytest.approx(0.25 * 4e6)


@pytest.mark.parametrize(
    ("sales", "quarter", "cost"), [(2e6, -8, 8e4), (1e8, -8, 8e4), (2e6, 0, 8e4), (2e6, 40, 1.6e5)]
)
def test_the_least_inclination_is_that_whose_research_costs_the_fixed_cost(p, c, sales, quarter, cost):
    p = p.but(research_fixed_cost=80_000.0, research_fixed_cost_growth=0.1)
    c = c._replace(quarter=quarter)
    assert 4.0 * starting_research(sales, least_inclination(sales, p, c), p, c) == pytest.approx(cost)


def test_where_research_has_no_fixed_cost_the_least_is_a_yuan_a_year(p, c):
    p = p.but(research_fixed_cost=0.0)
    assert 4.0 * starting_research(2e6, least_inclination(2e6, p, c), p, c) == pytest.approx(1.0)


def test_who_does_research_starts_with_what_it_costs_at_least(p, c, make_firms):
    p = p.but(research_scale=0.02, research_size_elasticity=0.0, research_fixed_cost=80_000.0)
    firms = make_firms(
        3, trailing_sales=[2e6, 1e8, 2e6], does_research=[1, 1, 0], log_research_propensity=0.1
    )
    low, high = int(firms.start[0]), int(firms.stop[0])
    at_the_start = c._replace(quarter=-8)  # costs have not risen yet
    equip_firms(firms.arrays(), np.full(3, 0.1), np.zeros(3), p, at_the_start, low, high)
    rows = slice(low, high)
    assert firms.research[rows] == pytest.approx([20_000.0, 0.25 * 0.02 * 1e8 * math.exp(0.1), 0.0])
    assert firms.log_research_propensity[rows] == pytest.approx([math.log(2.0), 0.1, 0.1])


def test_firms_without_research_start_without_patents(make_firms):
    firms = make_firms(3, research=[0.0, 0.25, 0.25], log_patent_propensity=[5.0, 0.0, math.log(3.0)])
    weights = np.zeros(firms.capacity)
    total = patent_weights(firms.arrays(), int(firms.start[0]), int(firms.stop[0]), weights)
    assert weights[firms.rows()] == pytest.approx([0.0, 1.0, 3.0])
    assert total == pytest.approx(4.0)


def test_start_patents_follow_the_weights_in_whole_numbers(p, make_firms, same_luck):
    firms, p = (
        make_firms(3, emerging_share=0.5),
        p.but(patents_emerging=0.8, high_value_abroad=0.0, high_value_proven=0.0),
    )
    weights = np.zeros(firms.capacity)
    weights[firms.rows()] = [0.0, 1.0, 3.2]
    low, high = int(firms.start[0]), int(firms.stop[0])
    grant_start_patents(firms.arrays(), same_luck(firms.capacity), p, low, high, weights, 10.0, 0.0)
    assert firms.patents[firms.rows()].tolist() == [0, 10, 32]
    assert firms.high_value_patents[firms.rows()].tolist() == [0, 4, 13]  # 40 % of 32 is 12.8


def test_restored_firms_keep_the_ratios_the_warm_up_found(p, c, make_firms):
    """Debt over assets among them: cash and loans go with the machines."""
    firms = make_firms(
        1,
        trailing_sales=2e6,
        capital=100.0,
        pending_capital=20.0,
        labour=6.0,
        inventory=10.0,
        deposits=800,
        loans=400,
        profit=300.0,
        research=50.0,
        relabelled=50.0,
    )
    low, high = int(firms.start[0]), int(firms.stop[0])
    sales = np.full(firms.capacity, 1e6)
    restore_sizes(firms.arrays(), sales, p.but(material_share=0.6), c, low, high)
    halved = {"capital": 50.0, "pending_capital": 10.0, "labour": 3.0, "inventory": 5.0, "profit": 150.0}
    halved |= {"deposits": 400, "loans": 200}
    assert {name: firms.columns[name][low] for name in halved} == halved
    assert firms.trailing_sales[low] == 1e6
    assert firms.log_sales[low] == pytest.approx(math.log(1e6))
    assert firms.inventory_value[low] == 3


@pytest.mark.parametrize(("luck", "leverage"), [(0.5, 0.35), (0.8413447, 0.55), (0.0005, 0.0), (0.9995, 0.9)])
def test_leverage_is_normal_between_no_debt_and_nine_tenths(p, luck, leverage):
    p = p.but(start_leverage=0.35, start_leverage_spread=0.2)
    assert leverage_of(luck, p) == pytest.approx(leverage, abs=1e-5)


def test_firms_of_middling_luck_have_the_leverage_given(p, even_luck):
    out = np.empty(len(even_luck))
    draw_leverage(np.array(even_luck), p.but(start_leverage=0.4, start_leverage_spread=0.05), out)
    assert out.mean() == pytest.approx(0.4, abs=1e-4)
    assert out.std() == pytest.approx(0.05, rel=5e-3)


def test_loans_are_leverage_times_cash_machines_and_stocks(p, c, make_firms):
    firms = make_firms(2, trailing_sales=[1e7, 4e7], log_productivity=7.0, markup=0.2)
    low, high = int(firms.start[0]), int(firms.stop[0])
    c = c._replace(material_price=1.5)
    equip_firms(firms.arrays(), np.array([0.1, 0.2]), np.array([0.3, 0.0]), p, c, low, high)
    assert firms.deposits[firms.rows()].tolist() == [1_000_000, 8_000_000]
    assets = 1_000_000 + 1.5 * firms.capital[low] + firms.inventory_value[low]
    assert firms.loans[firms.rows()].tolist() == [round(0.3 * assets), 0]
    assert firms.loans[low] > 0
