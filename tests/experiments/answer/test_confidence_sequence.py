"""Intervals that hold at every stop: their values, their coverage under looking, unequal chances."""

import math

import numpy as np
import pytest

from experiments.answer.confidence_sequence import confidence_sequence
from experiments.answer.probability import wilson


def test_an_end_is_where_the_mixture_has_gained_twentyfold():
    low, high = confidence_sequence(30, 100)
    for share in (low, high):
        against = (
            math.lgamma(31) + math.lgamma(71) - math.lgamma(102)
            - 30 * math.log(share) - 70 * math.log(1 - share)
        )  # fmt: skip
        assert against == pytest.approx(math.log(20), abs=1e-5)


def test_no_hit_rules_out_what_a_bet_on_none_would():
    low, high = confidence_sequence(0, 100)
    assert low == 0.0
    assert (1 - high) ** 100 == pytest.approx(1 / (20 * 101))


@pytest.mark.parametrize(("hits", "runs"), [(1, 10_000), (3, 7), (400, 400), (0, 0)])
def test_ends_lie_around_the_share_and_inside_0_to_1(hits, runs):
    low, high = confidence_sequence(hits, runs)
    assert 0.0 <= low <= (hits / runs if runs else 0.5) <= high <= 1.0


def test_hits_and_misses_are_alike():
    low, high = confidence_sequence(20, 90)
    assert confidence_sequence(70, 90) == pytest.approx((1 - high, 1 - low))


def test_looking_after_every_run_it_misses_the_truth_at_most_as_often_as_it_says():
    luck, missed, fixed_missed = np.random.default_rng(1), 0, 0
    for _ in range(200):
        hits = (luck.random(600) < 0.3).cumsum()
        looks = [(int(hits[n - 1]), n) for n in range(10, 601, 10)]
        missed += any(not low <= 0.3 <= high for low, high in (confidence_sequence(*look) for look in looks))
        fixed_missed += any(not low <= 0.3 <= high for low, high in (wilson(*look) for look in looks))
    assert missed <= 10 < fixed_missed  # 5 % of 200; an interval made for one look misses far more often


def test_after_whole_passes_it_holds_for_sets_of_unequal_chances():
    luck, missed = np.random.default_rng(2), 0
    chances = np.r_[np.full(20, 0.05), np.full(20, 0.75)]
    for _ in range(200):
        hits = (luck.random((10, 40)) < chances).sum(axis=1).cumsum()
        ends = [confidence_sequence(int(one), 40 * (n + 1)) for n, one in enumerate(hits)]
        missed += any(not low <= 0.4 <= high for low, high in ends)
    assert missed <= 10
