"""References take away what buyers hold against novel products; support lowers the price of first sets."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.buyers.novelty import (
    NovelFirms,
    Novelty,
    NoveltyParameters,
    bought_anyhow,
    favour,
    in_order_of_luck,
    look_at_products,
    mean_references,
    novel_lift,
    novel_products,
    novelty_discount,
    remember_references,
    served,
    spent_more,
    usual_references,
)

SHARES, REFERENCES = st.floats(0.0, 1.0), st.floats(0.0, 20.0)


@pytest.fixture(scope="session")
def p():
    """Round numbers: one set of ten million yuan a year is one product; each reference halves the doubt."""
    return NoveltyParameters(
        novelty_penalty=0.4,
        reference_effect=math.log(2.0),
        reference_years=3.0,
        reference_spill=0.5,
        set_price=1e7,
        product_sales=1e7,
        product_elasticity=0.5,
        opening_effect=0.25,
        passed_on=0.65,
        demonstration_cost=5e6,
    )


def test_four_times_the_novel_sales_are_twice_the_products(p):
    assert novel_products(4e7, p) == pytest.approx(2.0)
    assert novel_products(1e6, p) == 1.0  # whoever has any has one
    assert novel_products(0.0, p) == 0.0


def test_references_are_the_sets_sold_in_the_years_that_count(p):
    assert usual_references(4e7, 2.0, p) == pytest.approx(3.0 * 4e7 / (2.0 * 1e7))


def test_each_reference_halves_the_discount(p):
    found = [novelty_discount(references, p) for references in (0.0, 1.0, 2.0)]
    assert found == pytest.approx([0.4, 0.2, 0.1])


def test_the_first_reference_lifts_the_novel_fifth_of_sales_by_hand(p):
    assert novel_lift(0.2, 0.0, 1.0, 0.0, 0.0, p) == pytest.approx(1.0 + 0.2 * (math.exp(0.2) - 1.0))


def test_open_markets_take_away_a_share_of_the_discount(p):
    assert novel_lift(1.0, 0.0, 0.0, 0.25, 0.0, p) == pytest.approx(math.exp(0.1))


@given(SHARES, REFERENCES)
def test_demand_is_the_same_to_the_last_bit_without_anything_new(p, share, usual):
    assert novel_lift(share, usual, 0.0, 0.0, 0.0, p) == 1.0


@given(SHARES, REFERENCES, REFERENCES, REFERENCES, st.floats(0.0, 0.5), st.floats(0.0, 1.0))
def test_more_references_openness_or_support_never_lower_demand(
    p, share, usual, more, extra, opened, cheaper
):
    least = novel_lift(share, usual, more, 0.0, 0.0, p)
    assert 1.0 <= least <= novel_lift(share, usual, more + extra, opened, cheaper, p) * (1.0 + 1e-12)


def test_a_tenth_off_the_price_by_hand():
    # others spend (1 - off) ^ -2 of what they would; so sets bought anyhow are (1 - off) ^ 3 of those sold
    assert bought_anyhow(0.1, 2.0) == pytest.approx(0.729)
    assert spent_more(0.1, 2.0) == pytest.approx(0.9 - 0.729)
    assert spent_more(0.0, 2.0) == 0.0


@given(st.floats(0.0, 0.5), st.floats(0.0, 6.0))
def test_support_never_makes_others_spend_less_and_sells_no_more_than_all(off, weight):
    assert spent_more(off, weight) + 1e-12 >= 0.0
    assert 0.0 < bought_anyhow(off, weight) <= 1.0


def test_money_serves_one_after_the_other_and_the_last_in_part():
    assert served(25, np.array([10, 10, 10])).tolist() == [10, 10, 5]
    assert served(100, np.array([10, 10])).tolist() == [10, 10]


@given(st.lists(st.integers(0, 10**9), max_size=20), st.integers(0, 10**10), st.integers(0, 10**10))
def test_more_money_pays_nobody_less(costs, money, more):
    costs = np.array(costs, np.int64)
    before, after = served(money, costs), served(money + more, costs)
    assert (before <= after).all() and before.sum() == min(money, costs.sum())


def test_of_equal_luck_the_heavier_comes_first():
    assert in_order_of_luck(np.array([0.5, 0.5, 0.2]), np.array([1.0, 2.0, 1.0])).tolist() == [2, 1, 0]


def test_firms_without_research_or_emerging_products_have_no_novel_ones(make_firms, p):
    firms = make_firms(3, emerging_share=[0.5, 0.5, 0.0], research=[2.5e5, 0.0, 2.5e5], trailing_sales=4e7)
    novel = NovelFirms(*np.zeros((4, firms.capacity)))
    look_at_products(firms.arrays(), 8.0, p, firms.start, firms.stop, novel)
    # 8 x a million of research over 40 million of sales is a fifth, half of it emerging
    assert novel.share[:3].tolist() == pytest.approx([0.1, 0.0, 0.0])
    assert novel.sold[:3].tolist() == pytest.approx([4e6, 0.0, 0.0])
    assert novel.products[:3].tolist() == [1.0, 0.0, 0.0]
    assert novel.untried[:3].tolist() == pytest.approx([0.5**1.2, 0.0, 0.0])


def test_others_of_the_industry_gain_by_a_reference_and_less(make_firms, p):
    firms = make_firms(2, emerging_share=1.0, research=2.5e5, trailing_sales=4e7, attraction=1.0)
    firms.references[:2] = [1.0, 0.0]
    novel, mean, home = NovelFirms(*np.zeros((4, firms.capacity))), np.zeros(9), np.zeros(9)
    look_at_products(firms.arrays(), 8.0, p, firms.start, firms.stop, novel)
    mean_references(firms.arrays(), novel, firms.start, firms.stop, mean)
    assert mean[0] == pytest.approx(0.5)
    around = (mean, np.zeros(126), np.zeros(firms.capacity))
    favour(firms.arrays(), novel, around, p, firms.start, firms.stop, home)
    shown, other = firms.attraction[:2].tolist()
    assert shown > other > 1.0
    assert home[0] == shown + other


def test_references_fade_and_new_ones_join(make_firms, p):
    firms = make_firms(2)
    firms.references[:2] = [2.0, 0.0]
    earned = np.zeros(firms.capacity)
    earned[1] = 1.0
    remember_references(firms.arrays(), earned, Novelty(p).fading, firms.start, firms.stop)
    assert firms.references[:2].tolist() == pytest.approx([2.0 * (1.0 - 1.0 / 12.0), 1.0])
