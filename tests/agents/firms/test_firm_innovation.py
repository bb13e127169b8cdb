"""Knowledge adds up and depreciates; others' knowledge and imitation raise productivity by absorption."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.firms.innovation import (
    absorption,
    innovation_success,
    knowledge_after,
    knowledge_growth,
    productivity_gain,
    spillover_growth,
)
from agents.numbers.elementary import tail_exponent


def test_a_twentieth_of_knowledge_is_lost_in_a_quarter_at_a_fifth_a_year(p, c):
    p, c = p._replace(knowledge_depreciation=0.2), c._replace(material_price=2.0)
    assert knowledge_after(100.0, 0.0, 1.0, p, c) == pytest.approx(95.0)
    assert knowledge_after(100.0, 10.0, 1.0, p, c) == pytest.approx(100.0)
    assert knowledge_after(100.0, 10.0, 1.2, p, c) == pytest.approx(101.0)


def test_steady_research_builds_a_stock_of_itself_over_the_depreciation(p, c):
    p, stock = p._replace(knowledge_depreciation=0.2), 0.0
    for _ in range(400):
        stock = knowledge_after(stock, 10.0, 1.0, p, c)
    assert stock == pytest.approx(10.0 / 0.05)


@pytest.mark.parametrize(
    ("before", "after", "growth"),
    [(100.0, 105.0, math.log(1.05)), (100.0, 200.0, 0.10), (100.0, 50.0, -0.04)],
)
def test_growth_of_knowledge_counts_between_minus_4_and_10_per_cent(before, after, growth):
    assert knowledge_growth(math.log(before), math.log(after), 1.0) == pytest.approx(growth)


def test_a_starter_has_no_growth_of_knowledge():
    assert knowledge_growth(0.0, math.log(1e6), 1.0) == 0.0
    assert knowledge_growth(math.log(1e6), math.log(9.6e5), 0.0) == 0.0


def test_success_is_one_on_average_and_mostly_below_a_half(even_luck):
    success = np.array([innovation_success(luck, tail_exponent(luck)) for luck in even_luck])
    assert success.min() >= 0.0
    assert success.mean() == pytest.approx(1.0, abs=5e-3)
    assert np.median(success) == pytest.approx(0.455, abs=5e-3)


def test_research_of_one_per_cent_of_sales_absorbs_half(p):
    p = p._replace(absorption_half=0.01)
    assert absorption(0.25 * 0.01 * 1e8, 1e8, p) == pytest.approx(0.5)
    assert absorption(0.25 * 0.03 * 1e8, 1e8, p) == pytest.approx(0.75)


@given(st.floats(0.0, 1e12), st.floats(1.0, 1e12))
def test_absorption_is_a_share(p, research, sales):
    assert 0.0 <= absorption(research, sales, p) <= 1.0


def test_without_research_nothing_is_absorbed(p):
    assert absorption(0.0, 1e8, p) == 0.0


def test_a_firm_learns_from_the_growth_of_others_alone():
    # pool 200 to 210, of which the firm's own 100: others grew from 100 to 110
    assert spillover_growth(210.0, 200.0, 100.0, 100.0) == pytest.approx(0.10)
    assert spillover_growth(204.0, 200.0, 0.0, 0.0) == pytest.approx(0.02)
    assert spillover_growth(1005.0, 1000.0, 105.0, 100.0) == 0.0  # own growth alone teaches nothing


def test_a_firm_that_is_the_whole_pool_reads_its_growth_off_a_twentieth_of_it():
    assert spillover_growth(103.0, 100.0, 103.0, 100.0) == pytest.approx(0.03)


@given(st.floats(0, 1e12), st.floats(0, 1e12), st.floats(0, 1e12), st.floats(0, 1e12))
def test_spillovers_count_between_minus_5_and_10_per_cent(pool, before, own, own_before):
    assert -0.05 <= spillover_growth(pool, before, own, own_before) <= 0.10


@pytest.fixture
def learner(p):
    return p._replace(knowledge_elasticity=0.1, spillover_elasticity=0.2, imitation_rate=0.04)


def test_own_research_counts_by_its_success(learner):
    assert productivity_gain(0.05, 2.0, 0.0, 0.0, 0.0, learner) == pytest.approx(0.01)


@pytest.mark.parametrize(("absorbed", "gain"), [(0.0, 0.003), (0.5, 0.0065), (1.0, 0.010)])
def test_spillovers_count_from_three_tenths_to_the_whole_by_absorption(learner, absorbed, gain):
    assert productivity_gain(0.0, 1.0, 0.05, absorbed, 0.0, learner) == pytest.approx(gain)


@pytest.mark.parametrize(("absorbed", "gain"), [(0.0, 0.001), (0.5, 0.003), (1.0, 0.005)])
def test_the_gap_to_the_frontier_closes_by_one_per_cent_a_quarter_at_full_absorption(learner, absorbed, gain):
    assert productivity_gain(0.0, 1.0, 0.0, absorbed, 0.5, learner) == pytest.approx(gain)


@given(st.floats(-3.0, 3.0), st.floats(0.0, 1.0))
def test_imitation_never_lowers_productivity(p, gap, absorbed):
    gain = productivity_gain(0.0, 1.0, 0.0, absorbed, gap, p)
    assert gain >= 0.0
    assert gap > 0.0 or gain == 0.0
