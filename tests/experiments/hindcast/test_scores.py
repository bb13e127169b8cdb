"""Scores on made-up outcomes whose score is known."""

from itertools import pairwise
from math import pi, sqrt

import numpy as np
import pytest

from experiments.hindcast import scores

NORMAL = np.random.default_rng(0).normal(size=4000)


def test_the_score_of_a_standard_normal_at_its_middle_is_known():
    assert scores.crps(NORMAL, 0.0) == pytest.approx((sqrt(2) - 1) / sqrt(pi), abs=0.01)


def test_the_score_is_in_the_unit_of_the_value_and_forgets_where_it_lies():
    assert scores.crps(10 * NORMAL + 7, 17.0) == pytest.approx(10 * scores.crps(NORMAL, 1.0))


def test_the_fair_score_does_not_reward_a_small_sample():
    luck = np.random.default_rng(1)
    few = np.mean([scores.crps(luck.normal(size=4), value) for value in luck.normal(size=4000)])
    assert few == pytest.approx(
        1 / sqrt(pi), abs=0.03
    )  # of a normal against its own draws, whatever the size


def test_one_value_has_no_fair_score():
    with pytest.raises(ValueError, match="fewer than two"):
        scores.crps(np.ones(1), 1.0)


def test_the_transform_is_the_share_below_and_half_of_what_is_equal():
    sample = np.array([1.0, 2.0, 2.0, 4.0])
    assert [scores.pit(sample, value) for value in (0, 2, 3, 9)] == [0, 0.5, 0.75, 1]


def test_a_right_forecast_covers_as_often_as_it_says_and_its_transform_is_even():
    luck = np.random.default_rng(2)
    outcomes = luck.normal(size=1000)
    samples = luck.normal(size=(1000, 200))
    spreads = [scores.spread(sample) for sample in samples]
    for share in (50, 90):
        inside = np.mean([one.covers(value, share) for one, value in zip(spreads, outcomes, strict=True)])
        assert inside == pytest.approx(share / 100, abs=0.04)
    transforms = [scores.pit(one, value) for one, value in zip(samples, outcomes, strict=True)]
    counts = scores.histogram(transforms)
    assert len(counts) == 10 and sum(counts) == 1000 and max(counts) < 1.4 * min(counts)


def test_a_forecast_that_is_too_narrow_fills_the_ends():
    luck = np.random.default_rng(3)
    transforms = [scores.pit(0.3 * luck.normal(size=200), value) for value in luck.normal(size=500)]
    counts = scores.histogram(transforms)
    assert min(counts[0], counts[-1]) > 2 * max(counts[1:-1])


def test_few_transforms_fall_into_five_parts():
    assert scores.histogram([0.05, 0.5, 1.0]) == [1, 0, 1, 0, 1]


def test_a_forecast_scored_against_itself_has_no_skill():
    own = [1.0, 2.0, 0.5, 4.0]
    assert scores.skill(own, own, ["a", "a", "b", "c"]) == (0.0, 0.0, 0.0)


def test_half_the_score_is_half_the_skill_and_one_series_has_no_interval():
    found = scores.skill([1.0, 2.0], [2.0, 4.0], ["a", "a"])
    assert found.value == 0.5 and np.isnan(found.low) and np.isnan(found.high)


def test_the_interval_resamples_series_and_not_their_years():
    ours, theirs = [1.0] * 12, [1.5, 3.0] * 6
    by_year = scores.skill(ours, theirs, [str(n) for n in range(12)])
    by_series = scores.skill(ours, theirs, ["a", "b"] * 6)
    assert by_year.value == by_series.value
    assert by_series.high - by_series.low > 1.5 * (by_year.high - by_year.low)


def test_a_perfect_yardstick_and_none_give_no_skill():
    assert np.isnan(scores.skill([1.0], [0.0], ["a"]).value)
    assert np.isnan(scores.skill([], [], []).value)


def test_brier_of_a_certain_forecast_is_nothing_or_all():
    assert [scores.brier(1.0, came) for came in (True, False)] == [0, 1]
    falling = [scores.brier(p / 10, True) for p in range(11)]
    assert all(a > b for a, b in pairwise(falling)) and scores.brier(0.5, False) == 0.25
