"""Entry: how many firms are founded, and what each brings."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.economy import empty_totals
from agents.firms.conditions import ByIndustry
from agents.firms.entry import (
    EntryLuck,
    Founding,
    count_entrants,
    expect_entrants,
    expected_entrants,
    found_firms,
    log_customers_of,
    log_entry_size,
    markup_of,
    relative_margin,
    table_value,
)
from agents.firms.totals import N_CELL_TOTALS, PROFIT, SALES
from agents.geography import Geography
from agents.money.flows import Flow


@pytest.mark.parametrize(
    ("profitability", "expected"), [(1.0, 5.0), (4.0, 10.0), (100.0, 10.0), (0.25, 2.5), (-1.0, 2.5)]
)
def test_a_hundredth_of_2000_firms_a_year_enters_by_profitability(p, profitability, expected):
    p = p.but(entry_count=2000.0, entry_profit_elasticity=0.5, entry_growth=0.1)
    assert expected_entrants(0.01, profitability, 0, p) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("quarter", "growth", "expected"),
    [
        (-8, 0.1, 5.0),
        (0, 0.1, 5.0),
        (4, 0.1, 5.5),
        (8, 0.1, 6.05),
        (6, 0.44, 8.64),
        (8, -0.2, 3.2),
        (39, 0.0, 5.0),
    ],
)
def test_five_entrants_a_quarter_become_more_by_the_growth_of_each_year(p, quarter, growth, expected):
    # a year and a half at 44 %: 1.44 to the power of 1.5 is 1.2 cubed
    p = p.but(entry_count=2000.0, entry_growth=growth)
    assert expected_entrants(0.01, 1.0, quarter, p) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("quarter", "size"), [(-8, 7e6), (0, 7e6), (20, 7e6 * math.exp(0.25)), (2, 7e6 * math.exp(0.025))]
)
def test_founders_begin_at_seven_million_and_five_per_cent_more_each_year(p, quarter, size):
    p = p.but(entry_size=7e6, entry_size_growth=0.05)
    assert math.exp(log_entry_size(quarter, p)) == pytest.approx(size)


def test_the_size_of_entrants_does_not_follow_that_of_the_firms_there(founded):
    assert value(founded(median=1e9)[0], "trailing_sales") == value(founded()[0], "trailing_sales")


def test_the_profitability_of_a_cell_is_its_margin_over_that_of_all():
    assert relative_margin(20, 100, 0.1) == pytest.approx(2.0)
    assert relative_margin(0, 0, 0.1) == 1.0
    assert relative_margin(20, 100, -0.1) == 1.0


def entrants(p, scale, profit=(0, 0), luck=0.5, quarter=0):
    cells, counts = np.zeros((2, N_CELL_TOTALS), np.int64), np.zeros(2, np.int64)
    cells[:, PROFIT], cells[:, SALES] = profit, 1000
    p = p.but(entry_count=800.0, entry_profit_elasticity=0.5, entry_growth=0.1)
    expected = np.empty(2)
    expect_entrants(p, quarter, scale, np.array([0.5, 0.5]), cells, expected)
    count_entrants(expected, np.full(2, luck), counts)
    return counts.tolist()


def test_the_median_of_a_hundred_expected_firms_is_a_hundred(p):
    assert entrants(p, 1.0) == [100, 100]
    assert entrants(p, 1.0, quarter=8) == [121, 121]


def test_more_firms_enter_where_more_is_earned(p):
    poor, rich = entrants(p, 1.0, profit=(50, 150))
    assert poor == round(100 * math.sqrt(0.5))
    assert rich == round(100 * math.sqrt(1.5))


def test_nobody_enters_a_province_of_size_zero(p):
    assert entrants(p, 0.0, luck=0.999) == [0, 0]


@pytest.mark.parametrize(("luck", "value"), [(0.0, 0.0), (0.25, 0.5), (0.5, 1.0), (0.75, 2.0), (1.0, 3.0)])
def test_a_quantile_lies_on_the_line_between_its_neighbours(luck, value):
    assert table_value(np.array([0.0, 1.0, 3.0]), luck) == pytest.approx(value)


@given(st.floats(1e3, 1e12), st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))
def test_customers_of_a_firm_buy_the_sales_it_was_given(p, c, sales, log_price, log_quality):
    c = c._replace(demand_per_attraction=7.0)
    customers = log_customers_of(sales, log_price, log_quality, p, c)
    attraction = math.exp(
        customers + p.demand.quality_weight * log_quality - p.demand.price_weight * log_price
    )
    assert 4.0 * 7.0 * attraction == pytest.approx(sales)


@pytest.fixture(scope="module")
def founded(p, c, make_firms):
    """One entrant of middling luck but where told; returns its population and the flows of its prefecture."""
    usual = p.but(
        entry_size=1e7,
        entry_size_growth=0.0,
        entry_productivity_gap=0.1,
        normal_capital_output=1.6,
        entry_cash=0.25,
        entry_state_share=0.01,
        entry_foreign_share=0.02,
        entry_research_share=0.4,
        research_scale=0.02,
        research_size_elasticity=0.5,
        research_propensity_spread=0.0,
    )

    def found(lift=0.0, of_place=0.0, median=2e7, fixed_cost=0.0, **luck):
        firms, totals = make_firms(1, prefecture=5), empty_totals(Geography(14, 9))
        drawn = EntryLuck(**{name: np.array([luck.get(name, 0.5)]) for name in EntryLuck._fields})
        of_industries = (np.full(9, 7.0), np.full(9, 0.2))
        places = np.where(np.arange(14) == 5, of_place, 9.0)  # it is founded in the sixth
        founding = Founding(drawn, np.array([lift]), np.linspace(0.0, 1.0, 11), *of_industries, places)
        found_firms(
            firms.arrays(),
            founding,
            usual.but(research_fixed_cost=fixed_cost, research_fixed_cost_growth=0.1),
            ByIndustry([c._replace(log_median_sales=math.log(median))] * 9),
            firms.start,
            firms.stop,
            totals.flows,
        )
        return firms, totals.flows[:, 5]

    return found


def value(firms, name):
    return firms.columns[name][firms.start[0]]


def test_an_entrant_is_of_the_size_given_and_a_tenth_less_productive(founded):
    firms, _ = founded()
    assert value(firms, "trailing_sales") == pytest.approx(1e7)
    assert value(firms, "log_productivity") == pytest.approx(6.9)
    assert value(firms, "log_quality") == pytest.approx(0.2)
    assert value(firms, "emerging_share") == pytest.approx(0.5)
    assert value(firms, "entry_quarter") == 20


def test_a_firm_founded_on_an_invention_is_more_productive_and_makes_better_goods(founded, p):
    (usual, _), (lifted, _) = founded(), founded(lift=0.3)
    assert value(lifted, "log_productivity") - value(usual, "log_productivity") == pytest.approx(
        0.3 * p.innovation.process_share
    )
    assert value(lifted, "log_quality") - value(usual, "log_quality") == pytest.approx(
        0.3 * (1.0 - p.innovation.process_share)
    )
    assert value(lifted, "labour_per_unit") < value(usual, "labour_per_unit")


def test_founders_pay_for_cash_and_machines(founded):
    firms, flows = founded()
    machines = value(firms, "capital")
    assert flows[Flow.CAPITAL_EXPENDITURE] == round(machines)
    assert flows[Flow.FOUNDER_CAPITAL] == value(firms, "deposits") + round(machines)
    assert value(firms, "loans") == 0


def test_an_entrant_has_the_machines_and_workers_for_its_sales(founded):
    firms, _ = founded()
    output = value(firms, "expected_demand")
    assert output * math.exp(value(firms, "log_price")) == pytest.approx(0.25 * 1e7)
    assert value(firms, "capital") == pytest.approx(1.6 * output)
    assert value(firms, "labour") == pytest.approx(output * value(firms, "labour_per_unit"))


@pytest.mark.parametrize(("luck", "ownership"), [(0.005, 1), (0.5, 0), (0.985, 2)])
def test_one_in_a_hundred_entrants_is_state_owned_and_two_are_foreign(founded, luck, ownership):
    firms, _ = founded(ownership=luck)
    assert value(firms, "ownership") == ownership


def test_an_entrant_of_ten_million_does_research_with_a_chance_of_22_per_cent(founded):
    chance = 0.4 + 0.11 * math.log(0.2)  # falls with size below 50 million
    assert chance == pytest.approx(0.223, abs=1e-3)
    assert value(founded(research=chance + 1e-6)[0], "does_research") == 0
    assert value(founded(research=chance - 1e-6)[0], "does_research") == 1


def test_an_entrant_of_a_tenth_of_the_reference_size_spends_by_its_root_above_two_per_cent(founded):
    """And knows something: sales of 10 million yuan, where two per cent hold at 100 million."""
    firms, _ = founded(research=0.0)
    assert value(firms, "research") == pytest.approx(0.25 * 0.02 * math.sqrt(10.0) * 1e7)
    assert value(firms, "knowledge") > 4.0 * value(firms, "research")
    assert value(firms, "log_knowledge") == pytest.approx(math.log(value(firms, "knowledge")))
    assert value(founded(research=0.9)[0], "knowledge") == 0.0


def test_an_entrant_researches_by_as_much_more_as_its_prefecture_does(founded):
    firms, _ = founded(of_place=math.log(1.5), research=0.0)
    assert value(firms, "log_research_propensity") == pytest.approx(math.log(1.5))
    usual, _ = founded(research=0.0)
    assert value(firms, "research") == pytest.approx(1.5 * value(usual, "research"))


def test_an_entrant_that_does_research_does_what_its_fixed_cost_asks_at_least(founded):
    """A million yuan, in 2021 half as much again, is more than the 632,456 it would spend; 10,000 is less."""
    for cost, spent in ((1e6, 1.5e6), (1e4, 0.02 * math.sqrt(10.0) * 1e7)):
        firms, _ = founded(research=0.0, fixed_cost=cost)
        assert 4.0 * value(firms, "research") == pytest.approx(spent)
        assert value(firms, "research_base") == value(firms, "research")
    without, _ = founded(research=0.9, fixed_cost=1e6)
    assert value(without, "research") == value(without, "log_research_propensity") == 0.0


def test_markups_have_the_mean_given(p, even_luck):
    p = p.but(markup_mean=0.2, markup_spread=0.3, markup_lowest=0.0, markup_highest=9.0)
    assert np.mean([markup_of(luck, p) for luck in even_luck]) == pytest.approx(0.2, rel=2e-3)


@given(st.floats(1e-9, 1 - 1e-9))
def test_markups_stay_within_their_bounds(p, luck):
    assert p.demand.markup_lowest <= markup_of(luck, p) <= p.demand.markup_highest


def test_the_median_markup_lies_below_the_mean(p):
    p = p.but(markup_mean=0.2, markup_spread=0.5)
    assert markup_of(0.5, p) == pytest.approx(0.2 * math.exp(-0.125))
