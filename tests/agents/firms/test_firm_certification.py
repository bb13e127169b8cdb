"""The high-tech certificate: gap, benefit, cost, take-up by size, conditions, and the half-yearly round."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.firms.certification import (
    VALIDITY,
    certification_benefit,
    certification_cost,
    certification_gap,
    certify,
    may_apply,
    take_up_hazard,
)
from agents.firms.conditions import ByIndustry

MILLION = 1e6


@pytest.mark.parametrize(
    ("sales", "gap"), [(40 * MILLION, 0.03), (100 * MILLION, 0.02), (400 * MILLION, 0.01), (40.0, 0.03)]
)
def test_research_of_two_per_cent_falls_short_by_three_two_or_one_point_by_size(sales, gap):
    assert certification_gap(sales, 0.25 * 0.02 * sales) == pytest.approx(gap)


def test_research_above_the_threshold_leaves_no_gap():
    assert certification_gap(100 * MILLION, 2 * MILLION) == 0.0


def test_ten_points_less_tax_on_six_million_over_two_and_a_half_years_and_an_award(p, c):
    # taxable: profit 10 m less research of 4 m, deducted once more
    p = p.but(certification_horizon=2.5)
    benefit = certification_benefit(10 * MILLION, 4 * MILLION, 0.0, 0.3 * MILLION, p, c)
    assert benefit == pytest.approx(1.5 * MILLION + 0.3 * MILLION)


def test_a_firm_without_taxable_profit_gains_the_award_alone(p, c):
    assert certification_benefit(-MILLION, MILLION, 0.0, 0.3 * MILLION, p, c) == 0.3 * MILLION


def test_a_higher_super_deduction_makes_the_certificate_worth_less(p, c):
    low = c._replace(super_deduction=0.5)
    assert certification_benefit(10 * MILLION, 4 * MILLION, 0.0, 0.0, p, c) < certification_benefit(
        10 * MILLION, 4 * MILLION, 0.0, 0.0, p, low
    )


def test_cost_grows_with_the_square_of_the_gap(p):
    # half x 16 x 0.25 real + half x 24 x 0.25 relabelled = 5; times gap squared times 100 m of sales
    p = p.but(
        relabelling_share=0.5,
        certification_real_cost=16.0,
        certification_relabel_cost=24.0,
        certification_application_cost=100_000.0,
    )
    assert certification_cost(0.02, 100 * MILLION, p) == pytest.approx(200_000 + 100_000)
    assert certification_cost(0.04, 100 * MILLION, p) == pytest.approx(800_000 + 100_000)
    assert certification_cost(0.0, 100 * MILLION, p) == 100_000


@pytest.mark.parametrize(("sales", "factor"), [(0.0, 0.8), (5e7 * (math.e - 1.0), 1.2), (1e12, 1.4)])
def test_larger_firms_apply_more_often(p, sales, factor):
    p = p.but(certification_hazard=0.05)
    assert take_up_hazard(False, sales, 0, p) == pytest.approx(0.05 * factor)


def test_take_up_grows_until_2020_and_stays_there(p):
    p = p.but(certification_hazard=0.05, certification_hazard_growth=0.1)
    assert take_up_hazard(False, 0.0, 10, p) == pytest.approx(0.04 * 2.0)
    assert take_up_hazard(False, 0.0, 19, p) == pytest.approx(0.04 * 2.9)
    assert take_up_hazard(False, 0.0, 39, p) == take_up_hazard(False, 0.0, 19, p)


@given(st.floats(0.0, 1e13), st.integers(-8, 60))
def test_the_chance_of_a_certificate_is_a_probability_below_its_ceiling(p, sales, quarter):
    p = p.but(certification_hazard_ceiling=0.6)
    assert 0.0 <= take_up_hazard(False, sales, quarter, p) <= 0.6


@pytest.mark.parametrize("sales", [0.0, 1e9])
def test_renewal_has_one_chance_whatever_the_size(p, sales):
    assert take_up_hazard(True, sales, 0, p.but(certification_renewal=0.9)) == 0.9


@pytest.mark.parametrize(
    ("does", "research", "test", "age", "gap", "may"),
    [
        (1, 1.0, 0.95, 4, 0.04, True),
        (0, 1.0, 0.95, 4, 0.04, False),
        (1, 0.0, 0.95, 4, 0.04, False),
        (1, 1.0, 0.96, 4, 0.04, False),
        (1, 1.0, 0.95, 3, 0.04, False),
        (1, 1.0, 0.95, 4, 0.041, False),
    ],
)
def test_a_firm_needs_research_a_year_of_age_its_tests_and_a_bridgeable_gap(
    p, does, research, test, age, gap, may
):
    p = p.but(certification_test_pass=0.95, certification_gap_ceiling=0.8)
    assert may_apply(does, research, test, age, gap, 0.05, p) == may


@pytest.fixture
def hold_round(p, c, make_firms):
    """One round over four firms that qualify; returns the firms, who was awarded, how many anew."""

    def hold(luck, quarter=21, **columns):
        qualified = {"does_research": 1, "research": 5e5, "profit": 5e6, "trailing_sales": 4e7}
        firms = make_firms(4, **{**qualified, **columns})
        listed, lucks = np.zeros(firms.capacity, np.int64), np.zeros(firms.capacity)
        rows = firms.rows()
        lucks[rows] = luck
        conditions = ByIndustry([c._replace(quarter=quarter)] * 9)
        certified, anew = certify(firms.arrays(), lucks, p, conditions, firms.start, firms.stop, listed)
        awarded = np.isin(rows, listed[:certified]).astype(int)
        return firms.certificate_expiry[rows].tolist(), awarded.tolist(), anew

    return hold


def test_a_certificate_is_valid_for_twelve_quarters_after_the_one_it_is_given_in(hold_round):
    expiry, awarded, new = hold_round([0.0, 0.999, 0.0, 0.999])
    assert expiry == [22 + VALIDITY, 0, 22 + VALIDITY, 0]
    assert (awarded, new) == ([1, 0, 1, 0], 2)


def test_who_holds_a_valid_certificate_for_longer_does_not_apply(hold_round):
    expiry, awarded, new = hold_round([0.0] * 4, certificate_expiry=30)
    assert (expiry, awarded, new) == ([30] * 4, [0] * 4, 0)


def test_a_renewed_certificate_is_awarded_but_not_new(hold_round):
    expiry, awarded, new = hold_round([0.0] * 4, certificate_expiry=22)
    assert (expiry, awarded, new) == ([22 + VALIDITY] * 4, [1] * 4, 0)


def test_a_firm_to_which_it_does_not_pay_does_not_apply(hold_round):
    expiry, _, new = hold_round([0.0] * 4, profit=[5e6, 0.0, -1e6, 1e4])
    assert (expiry, new) == ([34, 0, 0, 0], 1)


def test_an_award_makes_a_certificate_pay(hold_round):
    _, _, new = hold_round([0.0] * 4, profit=0.0, certification_award=[0.0, 1e5, 6e5, 6e6])
    assert new == 2
