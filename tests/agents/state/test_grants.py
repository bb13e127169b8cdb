"""Research grants: claims on the increase only, who applies, what counts at the margin, and misuse."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.state.grants import (
    application_probability,
    claim_grants,
    increment_claim,
    marginal_support,
    misused,
    select,
    standing,
    standings,
    use_grants,
)


@pytest.mark.parametrize(
    ("increase", "claim"), [(1e6, 1e5), (4e6, 4e5), (5e6, 5e5), (9e6, 5e5), (0.0, 0.0), (-1e6, 0.0)]
)
def test_a_tenth_of_the_increase_is_claimed_up_to_half_a_million(increase, claim):
    assert increment_claim(increase, 0.1, 5e5) == pytest.approx(claim)


@pytest.fixture(scope="session")
def even_odds(p):
    """Half of ordinary firms apply; each trait multiplies the odds by a whole number."""
    return p.but(
        grant_base=0.0,
        grant_persistence=math.log(2.0),
        grant_size_weight=1.0,
        grant_state_weight=math.log(4.0),
        grant_productivity_weight=-1.0,
    )


@pytest.mark.parametrize(
    ("received", "size", "state", "productivity", "odds"),
    [
        (0, 0.0, 0.0, 0.0, 1),
        (1, 0.0, 0.0, 0.0, 2),
        (3, 0.0, 0.0, 0.0, 8),
        (9, 0.0, 0.0, 0.0, 8),
        (0, math.log(3.0), 0.0, 0.0, 3),
        (0, 0.0, 1.0, 0.0, 4),
        (0, 0.0, 0.0, math.log(2.0), 0.5),
    ],
)
def test_earlier_grants_size_and_state_raise_the_odds_and_productivity_lowers_them(
    even_odds, received, size, state, productivity, odds
):
    chance = application_probability(standing(received, size, state, productivity, even_odds))
    assert chance / (1.0 - chance) == pytest.approx(odds)


@given(st.integers(0, 100), st.floats(-20, 20), st.sampled_from([0.0, 1.0]), st.floats(-10, 10))
def test_the_chance_to_apply_is_a_probability(p, received, size, state, productivity):
    assert 0.0 <= application_probability(standing(received, size, state, productivity, p)) <= 1.0


def test_at_the_margin_a_grant_on_the_increase_is_worth_its_delay(p):
    # a tenth x a half x (1 - 1 / 1.25)
    assert marginal_support(1e5, 5e5, 0.1, 0.5, 0.25) == pytest.approx(0.01)


def test_at_the_central_discount_rate_that_is_less_than_half_a_percentage_point(p):
    assert 0.0 < marginal_support(1e5, 5e5, 0.1, 1.0, p.research.discount_rate) < 0.005


@pytest.mark.parametrize("claim", [0.0, 5e5, 6e5])
def test_a_firm_that_is_capped_or_does_not_grow_gains_nothing_at_the_margin(claim):
    assert marginal_support(claim, 5e5, 0.1, 1.0, 0.25) == 0.0


def test_three_tenths_of_grants_are_misused_on_average(p, even_luck):
    p = p.but(grant_misuse=0.3)
    taken = np.array([misused(1000.0, luck, p) for luck in even_luck])
    assert taken.mean() == pytest.approx(300.0, abs=1.0)
    assert taken.min() >= 0.0 and taken.max() <= 1000.0


@pytest.fixture
def january(even_odds, make_firms):
    """Four firms with research of 3 m last year and 4 m this year claim a tenth of the increase."""

    def claim(luck=0.0, paid_share=1.0, **columns):
        usual = {
            "research_year": 4e6,
            "research_last_year": 3e6,
            "research_support_rate": 0.1,
            "research_support_cap": 5e5,
            "log_sales": math.log(2e7),
        }
        firms = make_firms(4, **{**usual, **columns})
        p = even_odds.but(discount_rate=0.25)
        medians = np.full(9, math.log(2e7))
        lucks = np.full(firms.capacity, luck)
        claim_grants(firms.arrays(), lucks, p, 0.0, medians, paid_share, firms.start, firms.stop)
        return firms, firms.rows()

    return claim


def test_a_million_more_research_claims_a_hundred_thousand(january):
    firms, rows = january()
    assert firms.grant_claim[rows].tolist() == [100_000] * 4


def test_half_of_ordinary_firms_apply(january):
    for luck, claim in ((0.499, 100_000), (0.501, 0)):
        firms, rows = january(luck)
        assert firms.grant_claim[rows].tolist() == [claim] * 4


def test_the_books_of_the_year_are_closed(january):
    firms, rows = january()
    assert firms.research_last_year[rows].tolist() == [4e6] * 4
    assert firms.research_year[rows].tolist() == [0.0] * 4


def test_only_firms_with_research_before_more_research_now_and_an_offer_claim(january):
    firms, rows = january(research_last_year=[3e6, 0.0, 4e6, 3e6], research_support_rate=[0.1, 0.1, 0.1, 0.0])
    assert firms.grant_claim[rows].tolist() == [100_000, 0, 0, 0]
    assert firms.marginal_research_support[rows] == pytest.approx([0.01, 0.0, 0.0, 0.0])


def test_a_capped_claim_is_paid_and_moves_no_research(january):
    firms, rows = january(research_support_cap=[5e5, 1e5, 5e4, 0.0])
    assert firms.grant_claim[rows].tolist() == [100_000, 100_000, 50_000, 0]
    assert firms.marginal_research_support[rows] == pytest.approx([0.01, 0.0, 0.0, 0.0])


def test_firms_expect_the_share_that_was_paid_last_time(january):
    firms, rows = january(paid_share=0.5)
    assert firms.marginal_research_support[rows] == pytest.approx([0.005] * 4)


def test_last_years_claims_are_forgotten(january):
    firms, rows = january(luck=1.0, grant_claim=7, marginal_research_support=0.3)
    assert firms.grant_claim[rows].tolist() == [0] * 4


def test_misused_money_leaves_the_firm_for_its_owners(p, make_firms):
    # misuse of a half on average: the share taken is the luck itself
    firms = make_firms(2, deposits=[1000, 100], prefecture=[3, 4])
    dividends, amounts = np.zeros(14, np.int64), np.array([800, 800])
    luck = np.full(firms.capacity, 0.25)
    p = p.but(grant_misuse=0.5, grant_earmarked=0.6)
    taken = np.zeros(2, np.int64)
    total = use_grants(firms.arrays(), luck, p, firms.rows(), amounts, 1.0, dividends, taken)
    assert taken.tolist() == [200, 100]
    assert firms.deposits[firms.rows()].tolist() == [800, 0]  # the second has only 100 left to take
    assert firms.grants_received[firms.rows()].tolist() == [1, 1]
    assert (dividends[3], dividends[4], total) == (200, 100, 300)
    assert firms.earmarked[firms.rows()].tolist() == [0.6 * 600, 0.6 * 700]


def test_half_the_misuse_that_is_left_lets_twice_the_rest_stay(p, make_firms):
    firms = make_firms(1, deposits=[1000], prefecture=[3])
    dividends, taken = np.zeros(14, np.int64), np.zeros(1, np.int64)
    p = p.but(grant_misuse=0.5, grant_earmarked=1.0)
    luck, amounts = np.full(firms.capacity, 0.25), np.array([800])
    use_grants(firms.arrays(), luck, p, firms.rows(), amounts, 0.5, dividends, taken)
    assert taken.tolist() == [100] and firms.earmarked[firms.rows()].tolist() == [700.0]


CLAIMS = np.array([100, 50, 70])


def test_without_an_order_every_claim_is_granted_and_the_programme_rations():
    assert select(CLAIMS, None, 10).tolist() == [100, 50, 70]


@pytest.mark.parametrize(
    ("available", "granted"), [(0, [0, 0, 0]), (60, [0, 50, 10]), (120, [0, 50, 70]), (500, [100, 50, 70])]
)
def test_in_order_claims_are_granted_in_full_until_the_money_is_out(available, granted):
    assert select(CLAIMS, np.array([1.0, 3.0, 2.0]), available).tolist() == granted


@given(st.lists(st.tuples(st.integers(0, 10**6), st.floats(-5, 5)), min_size=1), st.integers(0, 10**7))
def test_no_claim_is_exceeded_and_no_money_left_while_a_claim_is_open(asked, available):
    claims, scores = np.array([c for c, _ in asked]), np.array([s for _, s in asked])
    granted = select(claims, scores, available)
    assert (granted >= 0).all() and (granted <= claims).all()
    assert granted.sum() == min(available, claims.sum())


def test_a_ranking_puts_firms_with_earlier_grants_first(even_odds, make_firms):
    firms = make_firms(3, grants_received=[0, 2, 1], log_sales=math.log(2e7))
    scores, medians = np.zeros(3), np.full(9, math.log(2e7))
    industries = np.zeros(3, np.int64)
    standings(firms.arrays(), even_odds, 0.0, medians, industries, firms.rows(), scores)
    assert np.argsort(-scores).tolist() == [1, 2, 0]
