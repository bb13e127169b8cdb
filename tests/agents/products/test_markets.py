"""National markets are finite: what one firm wins, rivals in and outside the province lose."""

import dataclasses
import math
import pickle

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.engine.records import words_of
from agents.firms.conditions import Conditions
from agents.geography import Geography
from agents.products.markets import Circumstances, ProductMarkets, conditions_of

GEOGRAPHY = Geography(14, 9)


@pytest.fixture
def markets(make_firms):
    """Three firms of 100, 200 and 500 a year in each industry, a tenth of its market."""
    sales = np.tile([100.0, 200.0, 500.0], 9)
    technology = {"log_productivity": np.tile([1.0, 2.0, 6.0], 9), "log_quality": np.tile([0.0, 0.3, 0.6], 9)}
    industry = np.repeat(np.arange(9), 3)
    firms = make_firms(27, industry, trailing_sales=sales, log_sales=np.log(sales), **technology)
    return ProductMarkets.at_start(firms, 0.1)


def test_at_the_start_firms_hold_their_share_and_sell_what_they_sold(markets):
    markets.clear()
    assert markets.national[0] == pytest.approx(800 / 4 / 0.1)
    assert markets.demand_per_attraction[0] * markets.home[0] == pytest.approx(800 / 4)


def test_three_times_the_attraction_wins_less_than_three_times_the_sales(markets):
    markets.home *= 3.0  # 600 against 1,800 outside: a quarter of 2,000
    markets.clear()
    assert markets.demand_per_attraction[0] * markets.home[0] == pytest.approx(500.0)


@given(st.floats(0.0, 1e9), st.floats(1.0, 1e9))
def test_sales_of_home_and_outside_add_up_to_the_market(home, outside):
    nine = np.ones(9)
    markets = ProductMarkets(100 * nine, outside * nine, home * nine, *[nine] * 7, 0 * nine)
    markets.clear()
    assert markets.demand_per_attraction * (home + outside) == pytest.approx(100 * nine)
    assert (markets.demand_per_attraction * home <= 100 * (1 + 1e-12)).all()


def test_the_census_finds_the_median_firm_and_mean_technology(markets):
    assert markets.log_median_sales[0] == pytest.approx(math.log(200.0))
    assert markets.mean_productivity[0] == pytest.approx(3.0)
    assert markets.mean_quality[0] == pytest.approx(0.3)


def test_an_industry_without_firms_keeps_its_last_census(markets, make_firms):
    markets.log_median_sales[1] = 5.0
    markets.take_stock(make_firms(1))
    assert markets.log_median_sales[1] == 5.0


@pytest.fixture
def now():
    return Circumstances(
        quarter=20,
        active=True,
        wage=20_000.0,
        material_price=1.1,
        outside_price=1.2,
        frontier=7.0,
        usual_productivity=6.9,
        super_deduction=np.linspace(0.1, 0.9, 9),
        standard_tax=0.25,
        certified_tax=0.15,
        value_added_tax=np.linspace(0.01, 0.09, 9),
        surcharge=0.12,
        log_reference_user_cost=-1.6,
        log_normal_capital_output=0.5,
        patent_applications=1.1,
        high_value_shift=-0.02,
        maturing=0.01,
    )


def test_every_industry_meets_its_own_market_and_tax_rules(markets, now):
    markets.clear()
    conditions = conditions_of(markets, now, GEOGRAPHY)
    assert [c.first_cell for c in conditions] == [14 * k for k in range(9)]
    assert [c.super_deduction for c in conditions] == now.super_deduction.tolist()
    assert [c.value_added_tax for c in conditions] == now.value_added_tax.tolist()
    assert [c.log_median_sales for c in conditions] == markets.log_median_sales.tolist()
    assert [c.demand_per_attraction for c in conditions] == markets.demand_per_attraction.tolist()


def test_what_is_the_same_for_all_reaches_every_industry_unchanged(markets, now):
    shared = {field.name for field in dataclasses.fields(now)} & set(Conditions._fields)
    shared -= {"super_deduction", "value_added_tax", "active"}
    for c in conditions_of(markets, now, GEOGRAPHY):
        assert {name: getattr(c, name) for name in shared} == {name: getattr(now, name) for name in shared}
        assert c.log_outside_price == pytest.approx(math.log(1.2))
        assert (c.active, c.log_research_size) == (1.0, pytest.approx(math.log(1e8)))


def test_the_warm_up_is_told_apart(markets, now):
    assert conditions_of(markets, dataclasses.replace(now, active=False), GEOGRAPHY)[0].active == 0.0


def test_compiled_code_holds_the_conditions_of_each_industry_as_it_would_by_itself(markets, now):
    conditions = conditions_of(markets, now, GEOGRAPHY)
    assert conditions.image.words.tobytes() == words_of((len(conditions), *conditions))
    assert conditions.image.kind.record == numba.typeof(conditions[0])
    assert pickle.loads(pickle.dumps(conditions)) == conditions
