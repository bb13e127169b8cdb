"""Research: its user cost, the plan, whether to do any, and the notch of the high-tech certificate."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.engine.block import block_of
from agents.engine.rules import stage
from agents.firms.research import (
    cash_premium,
    certification_threshold,
    certified_research,
    earmarked_research,
    log_research_target,
    relabelled_research,
    research_block,
    smoothed_research,
    start_hazard,
    starting_research,
    starts_research,
    user_cost,
)
from agents.firms.work import new_work


@pytest.mark.parametrize(
    ("sales", "share"), [(1e6, 0.05), (5e7, 0.05), (5.1e7, 0.04), (2e8, 0.04), (2.1e8, 0.03)]
)
def test_the_threshold_is_five_four_or_three_per_cent_by_size(sales, share):
    assert certification_threshold(sales) == share


@pytest.mark.parametrize(("deposits", "premium"), [(0.0, 0.1), (-50.0, 0.1), (1000.0, 0.1 / math.e)])
def test_funds_cost_most_without_cash(p, deposits, premium):
    p = p.but(liquidity_premium=0.1)
    assert cash_premium(deposits, 1000.0, 0.0, p) == pytest.approx(premium)
    assert cash_premium(deposits, 1000.0, 0.75, p) == pytest.approx(0.25 * premium)


@stage
def research_rows(firms, luck, p, c, local, work, span):
    first, last = span
    research_block(block_of(firms, first, last), block_of(luck, first, last), p, c, local, work)


def test_a_firm_whose_loans_are_guaranteed_researches_more_than_its_twin(p, c, alike, make_firms, same_luck):
    p = p.but(liquidity_premium=0.2)
    usual = {
        "does_research": 1, "labour": 100.0, "loans": 1_000_000, "deposits": 5_000_000,
        "trailing_sales": 5e7, "log_sales": math.log(5e7),
    }  # fmt: skip
    plain, guaranteed = make_firms(1, **usual), make_firms(1, **usual, guaranteed=800_000)
    for firms in (plain, guaranteed):
        luck, rows = same_luck(firms.capacity), firms.rows()
        span = (int(rows[0]), int(rows[-1]) + 1)
        research_rows(firms.arrays(), luck, p, c, alike, new_work(), span)
    assert guaranteed.research.sum() > plain.research.sum() > 0.0


@pytest.mark.parametrize(
    ("cost", "own", "spent"), [(400_000.0, -9.0, 600_000.0), (80_000.0, 1.0, 0.02 * math.e * 1e7)]
)
def test_who_takes_up_research_does_what_its_fixed_cost_asks_at_least(
    p, c, alike, make_firms, same_luck, cost, own, spent
):
    """From the next quarter on, for it wants none yet in the one in which it begins.

    In 2021 that is half as much again as in 2016. Who is inclined to more than it asks spends that.
    """
    p = p.but(
        research_fixed_cost=cost, research_fixed_cost_growth=0.1,
        research_scale=0.02, research_size_elasticity=0.0, liquidity_premium=0.0,
    )  # fmt: skip
    c = c._replace(log_reference_user_cost=math.log(user_cost(False, 0.0, 0.0, 0.0, p, c)) + 1e-9)
    firms = make_firms(
        1, trailing_sales=1e7, log_sales=math.log(1e7), log_research_propensity=own, deposits=1e9
    )
    row = int(firms.rows()[0])
    for luck in (0.0, 1.0):
        lucks = same_luck(firms.capacity, luck)
        research_rows(firms.arrays(), lucks, p, c, alike, new_work(), (row, row + 1))
    assert firms.does_research[row] == 1
    assert 4.0 * firms.research[row] == pytest.approx(spent, rel=1e-6)
    kept = float(firms.log_research_propensity[row])
    assert 4.0 * starting_research(1e7, kept, p, c) == pytest.approx(spent)
    later = c._replace(quarter=40)
    research_rows(firms.arrays(), same_luck(firms.capacity, 0.0), p, later, alike, new_work(), (row, row + 1))
    assert firms.log_research_propensity[row] == kept  # whoever does research has begun already


@pytest.fixture
def priced(p):
    """Funds and depreciation together cost a fifth of the knowledge stock a year."""
    return p.but(discount_rate=0.05, knowledge_depreciation=0.15)


def test_full_super_deduction_at_a_quarter_tax_lowers_the_user_cost_to_two_thirds(priced, c):
    assert user_cost(False, 0.0, 0.0, 0.0, priced, c) == pytest.approx(0.2 * 0.5 / 0.75)


def test_a_certificate_raises_the_user_cost_because_deductions_save_less_tax(priced, c):
    assert user_cost(True, 0.0, 0.0, 0.0, priced, c) == pytest.approx(0.2 * 0.7 / 0.85)


@pytest.mark.parametrize(("certified", "saved"), [(False, 0.25 * 0.2 / 0.75), (True, 0.15 * 0.2 / 0.85)])
def test_an_extra_deduction_is_worth_the_tax_rate_of_the_firm(priced, c, certified, saved):
    before = user_cost(certified, 0.0, 0.0, 0.0, priced, c)
    assert before - user_cost(certified, 0.0, 1.0, 0.0, priced, c) == pytest.approx(saved)


def test_a_tenth_paid_by_the_state_lowers_the_user_cost_of_the_yuan_after_tax(priced, c):
    assert user_cost(False, 0.1, 0.0, 0.0, priced, c) == pytest.approx(0.2 * 0.4 / 0.75)


def test_scarce_cash_raises_the_user_cost_in_proportion(priced, c):
    dear = user_cost(False, 0.0, 0.0, 0.1, priced, c)
    assert dear == pytest.approx(1.5 * user_cost(False, 0.0, 0.0, 0.0, priced, c))


def test_no_support_makes_research_free(priced, c):
    assert user_cost(False, 5.0, 0.0, 0.0, priced, c) == pytest.approx(0.2 * 0.05)


def test_at_reference_size_and_cost_wanted_research_is_the_firms_own_inclination(p, c):
    assert log_research_target(math.log(1e8), math.log(0.2), 0.3, p, c) == pytest.approx(0.3)


def test_double_the_user_cost_halves_research_at_unit_elasticity(p, c):
    p = p.but(user_cost_elasticity=1.0)
    assert log_research_target(math.log(1e8), math.log(0.4), 0.0, p, c) == pytest.approx(-math.log(2.0))


def test_research_intensity_halves_at_four_times_the_size_at_an_elasticity_of_a_half(p, c):
    p = p.but(research_size_elasticity=0.5)
    assert log_research_target(math.log(4e8), math.log(0.2), 0.0, p, c) == pytest.approx(-math.log(2.0))


@pytest.mark.parametrize(("sales", "chance"), [(0.0, 0.04), (2e7 * (math.e - 1.0), 0.05), (1e12, 0.07)])
def test_larger_firms_start_research_more_often(p, c, sales, chance):
    p = p.but(
        research_start_hazard=0.05,
        research_start_growth=0.0,
        research_start_small_factor=1.0,
        research_fixed_cost=0.0,
    )
    assert starts_research(chance - 1e-6, sales, p, c)
    assert not starts_research(chance + 1e-6, sales, p, c)


@pytest.mark.parametrize(
    ("quarter", "chance"), [(-8, 0.02), (0, 0.02), (4, 0.03), (20, 0.07), (24, 0.0725), (40, 0.0825)]
)
def test_starts_rise_by_half_a_year_to_2020_and_by_a_quarter_of_that_afterwards(p, c, quarter, chance):
    p = p.but(research_start_hazard=0.02, research_start_growth=0.5, research_start_persistence=0.25)
    assert start_hazard(p, c._replace(quarter=quarter)) == pytest.approx(chance)


def test_nobody_starts_research_while_the_economy_warms_up(p, c):
    idle = c._replace(active=0.0)
    assert start_hazard(p, idle) == 0.0
    assert not starts_research(0.0, 1e9, p, idle)


@pytest.mark.parametrize(("factor", "below"), [(0.5, 0.025), (1.0, 0.05), (3.0, 0.15)])
def test_firms_below_scale_start_research_so_many_times_as_often(p, c, factor, below):
    p = p.but(research_start_hazard=0.05, research_start_growth=0.0, research_start_small_factor=factor)
    share = 0.8 + 0.2 * math.log(2.0)  # at the line of 20 million yuan
    assert starts_research(0.999 * below * share, 2e7 - 1.0, p, c)
    assert not starts_research(1.001 * below * share, 2e7 - 1.0, p, c)
    assert starts_research(0.999 * 0.05 * share, 2e7, p, c)
    assert not starts_research(1.001 * 0.05 * share, 2e7, p, c)


@pytest.fixture
def smooth(p):
    return p.but(research_adjustment=0.1, research_floor=0.85, research_fixed_cost=0.0)


def test_research_closes_a_tenth_of_its_gap(smooth, c):
    assert smoothed_research(100.0, 200.0, 1e9, smooth, c) == pytest.approx(110.0)


def test_research_falls_by_at_most_fifteen_per_cent_a_quarter(smooth, c):
    hasty = smooth.but(research_adjustment=1.0)
    assert smoothed_research(100.0, 10.0, 1e9, hasty, c) == pytest.approx(85.0)
    assert smoothed_research(100.0, 200.0, 0.0, smooth, c) == pytest.approx(85.0)


def test_research_grows_no_further_than_funds(smooth, c):
    assert smoothed_research(100.0, 200.0, 105.0, smooth, c) == pytest.approx(105.0)


@given(st.floats(1.0, 1e8), st.floats(0.0, 1e8), st.floats(-1e8, 1e8))
def test_no_shortage_cuts_research_below_the_floor(p, c, base, target, affordable):
    p = p.but(research_floor=0.85, research_fixed_cost=0.0)
    assert smoothed_research(base, target, affordable, p, c) >= 0.85 * base


@pytest.mark.parametrize(("quarter", "fixed_cost"), [(-8, 80_000.0), (0, 80_000.0), (40, 160_000.0)])
def test_research_below_the_fixed_cost_is_given_up(p, c, quarter, fixed_cost):
    p = p.but(research_fixed_cost=80_000.0, research_fixed_cost_growth=0.1)
    c = c._replace(quarter=quarter)
    assert smoothed_research(1e6, 0.25 * fixed_cost - 1.0, 1e9, p, c) == 0.0
    assert smoothed_research(0.0, 0.25 * fixed_cost + 1.0, 1e9, p, c) == 0.25 * fixed_cost + 1.0


def test_nobody_gives_research_up_or_takes_it_up_while_the_economy_warms_up(p, c):
    p, idle = p.but(research_fixed_cost=80_000.0), c._replace(quarter=-8, active=0.0)
    assert smoothed_research(20_000.0, 19_000.0, 1e9, p, idle) > 19_000.0
    assert smoothed_research(0.0, 19_000.0, 1e9, p, idle) == 0.0
    assert smoothed_research(20_000.0, 19_000.0, 1e9, p, idle._replace(active=1.0)) == 0.0


def test_a_quarter_of_what_is_left_of_a_grant_is_spent_in_a_quarter():
    assert earmarked_research(80.0) == 20.0


def test_a_certified_firm_fills_65_of_100_and_relabels_35():
    assert certified_research(0.0, 100.0, 0.35) == pytest.approx(65.0)
    assert relabelled_research(65.0, 100.0, 0.45) == pytest.approx(35.0)


def test_a_firm_may_relabel_all_of_a_gap_or_none_of_it():
    assert certified_research(20.0, 100.0, 1.0) == 20.0
    assert certified_research(20.0, 100.0, 0.0) == 100.0


def test_the_audit_lets_pass_45_of_100():
    assert relabelled_research(20.0, 100.0, 0.45) == pytest.approx(45.0)


@given(st.floats(0.0, 1e9), st.floats(1.0, 1e9), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_reported_research_reaches_the_threshold_up_to_the_audit(base, floor, share, ceiling):
    real = certified_research(base, floor, share)
    hidden = relabelled_research(real, floor, ceiling)
    assert base <= real
    assert 0.0 <= hidden <= ceiling * floor
    if hidden < ceiling * floor:
        assert real + hidden == pytest.approx(max(base, floor))


def test_a_firm_above_the_threshold_relabels_nothing():
    assert certified_research(120.0, 100.0, 0.35) == 120.0
    assert relabelled_research(120.0, 100.0, 0.45) == 0.0


def test_nobody_begins_research_that_would_take_more_than_all_its_sales(p, c):
    p = p.but(research_fixed_cost=80_000.0, research_start_hazard=0.2)
    active = c._replace(active=1.0, quarter=0)
    assert starts_research(1e-6, 81_000.0, p, active)
    assert not starts_research(1e-6, 79_000.0, p, active)
