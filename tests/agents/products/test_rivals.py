"""Rivals get what a national rule gives and imitate programmes: late, and never without one."""

import numpy as np
import pytest

from agents.products.markets import ProductMarkets
from agents.products.rivals import adjust, encouraged, learn


@pytest.fixture
def markets(make_firms):
    """Two firms in each of nine industries."""
    firms = make_firms(18, np.repeat(np.arange(9), 2), trailing_sales=np.full(18, 100.0))
    return ProductMarkets.at_start(firms, 0.1)


def test_without_a_rule_nobody_is_encouraged_to_the_last_bit(p, c):
    assert encouraged(0.0, 0.7, p, [c, c]).tolist() == [0.0, 0.0]


def test_cheaper_research_is_more_research_by_the_elasticity(p, c):
    usual, now = (1.0 - c.certified_tax * (1.0 + c.super_deduction + more) for more in (0.0, 0.5))
    assert encouraged(0.5, 0.7, p, [c])[0] == pytest.approx((now / usual) ** -0.7 - 1.0)
    assert encouraged(-0.5, 0.7, p, [c])[0] < 0.0


def test_rivals_adjust_as_slowly_as_firms_here(markets, p):
    for _ in range(2):
        adjust(markets, np.full(9, 0.1), p)
    still = (1.0 - p.research.research_adjustment) ** 2
    assert markets.rivals_encouraged == pytest.approx(np.full(9, 0.1 * (1.0 - still)))


def test_rivals_without_an_answer_stay_as_they_were_to_the_last_bit(markets):
    before = markets.outside.tolist()
    learn(markets, 0.0, 0.07, 0.16)
    assert markets.outside.tolist() == before and not markets.rivals_ahead.any()


def test_imitated_research_enters_knowledge_by_its_share_and_attraction_by_the_yield(markets):
    before = markets.outside.copy()
    learn(markets, 0.5, 0.1, 0.2)
    assert markets.rivals_ahead == pytest.approx(np.full(9, 0.05))
    assert markets.outside / before == pytest.approx(np.full(9, 1.05**0.2))


def test_what_is_imitated_once_wears_off(markets):
    before = markets.outside.copy()
    learn(markets, 0.5, 0.1, 0.2)
    for _ in range(200):
        learn(markets, 0.0, 0.1, 0.2)
    assert markets.outside == pytest.approx(before)


def test_lasting_research_raises_knowledge_by_the_same_share(markets):
    markets.rivals_encouraged[:] = 0.3
    for _ in range(400):
        learn(markets, 0.0, 0.1, 0.2)
    assert markets.rivals_ahead == pytest.approx(np.full(9, 0.3))
