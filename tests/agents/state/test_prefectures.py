"""Prefectures match programmes by what they collect, and set incentives by their rivals and their means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.state.prefectures import (
    PrefectureParameters,
    Prefectures,
    affordable_incentive,
    matching_share,
    next_incentive,
    own_incentive,
)

PREFECTURES = 14
P = PrefectureParameters(
    matching_lowest=0.3, matching_highest=0.5, matching_response=0.2, imitation=0.5, rival_distance=100.0,
    incentive_highest=0.3, incentive_budget=0.02, incentive_spread=0.0,
)  # fmt: skip


def prefectures(p=P, incentive=0.1, distances=None):
    """Fourteen of the same population, in one place unless told otherwise."""
    apart = np.zeros((PREFECTURES, PREFECTURES)) if distances is None else distances
    offered = np.full(PREFECTURES, incentive) if np.ndim(incentive) == 0 else incentive
    return Prefectures(p, np.ones(PREFECTURES), apart, offered)


EVEN = np.full(PREFECTURES, 0.5)  # luck in the middle


def test_a_prefecture_of_mean_strength_matches_half_way_between_the_bounds():
    assert matching_share(1.0, P) == pytest.approx(0.4)


@given(st.floats(0, 100))
def test_no_strength_leads_beyond_the_bounds(strength):
    assert 0.3 <= matching_share(strength, P) <= 0.5


def test_before_a_year_is_known_all_match_alike():
    assert prefectures().match().tolist() == [400_000] * PREFECTURES


def test_who_collects_more_per_head_matches_more():
    ours = prefectures()
    collected = np.full(PREFECTURES, 100)
    collected[:2] = 200, 50
    for _ in range(4):
        ours.remember(collected)
    ours.close_year()
    shares = ours.match().tolist()
    assert shares[0] > shares[2] > shares[1]
    assert ours.revenue.tolist()[:3] == [800, 200, 400] and not ours.revenue_year.any()


def test_without_imitation_and_luck_everybody_offers_the_usual():
    ours = prefectures(P._replace(imitation=0.0), np.linspace(0.0, 0.2, PREFECTURES))
    ours.set_incentives(EVEN)
    assert ours.incentive == pytest.approx(np.linspace(0.0, 0.2, PREFECTURES))


def test_who_only_imitates_offers_what_the_others_offered():
    usual = np.zeros(PREFECTURES)
    usual[0] = 0.26
    ours = prefectures(P._replace(imitation=1.0), usual)
    ours.set_incentives(EVEN)
    assert ours.incentive.tolist() == pytest.approx([0.0] + [0.02] * 13)


def test_a_near_rival_counts_more_than_a_far_one():
    usual, apart = np.zeros(PREFECTURES), np.full((PREFECTURES, PREFECTURES), 300.0)
    usual[0], apart[1, 0] = 0.2, 10.0
    ours = prefectures(P, usual, apart)
    ours.set_incentives(EVEN)
    assert ours.incentive[1] > 2 * ours.incentive[2] > 0.0


def test_stronger_imitation_brings_offers_closer_together():
    spread = {}
    for weight in (0.0, 0.5, 0.9):
        ours = prefectures(P._replace(imitation=weight), np.linspace(0.0, 0.2, PREFECTURES))
        for _ in range(5):
            ours.set_incentives(EVEN)
        spread[weight] = ours.incentive.max() - ours.incentive.min()
    assert spread[0.0] > spread[0.5] > spread[0.9]


def test_a_rich_prefecture_offers_more_of_its_own():
    assert own_incentive(0.1, 1.5, 0.5, P) == pytest.approx(0.15)
    assert own_incentive(0.1, 9.0, 0.5, P) == pytest.approx(0.2)


def test_luck_leaves_the_mean_of_incentives(even_luck):
    drawn = [own_incentive(0.1, 1.0, luck, P._replace(incentive_spread=0.4)) for luck in even_luck]
    assert np.mean(drawn) == pytest.approx(0.1, rel=0.01)


def test_what_a_prefecture_attracted_must_be_paid_out_of_a_share_of_its_revenue():
    assert affordable_incentive(1e9, 4e8, P) == pytest.approx(0.05)
    assert affordable_incentive(1e9, 0.0, P) == 0.3
    assert next_incentive(0.2, 0.2, 0.05, P) == pytest.approx(0.05)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_no_incentive_is_negative_or_unaffordable(own, rivals, affordable, imitation):
    found = next_incentive(own, rivals, affordable, P._replace(imitation=imitation))
    assert 0.0 <= found <= affordable
