"""Intervals by the bootstrap, ratios, and words that are never surer than them."""

import numpy as np
import pytest

from experiments.answer.probability import mean_interval, wilson
from experiments.change.interval import DETERMINED, FREE, LOSS, OPEN
from experiments.why.bootstrap import Estimate, mean_of, quotient_of, ratio_of, share_of, without_rounding
from experiments.why.said import sentence, spread

LUCK = np.random.default_rng(11)


def test_the_interval_of_many_observations_is_near_students():
    values = LUCK.normal(5.0, 2.0, 60)
    found, (low, high) = mean_of(values), mean_interval(values)
    assert found.mean == pytest.approx(values.mean())
    assert (found.low, found.high) == (pytest.approx(low, abs=0.08), pytest.approx(high, abs=0.08))


@pytest.mark.parametrize("count", [2, 3, 7])
def test_the_interval_of_few_observations_is_no_narrower_than_students(count):
    values = np.arange(float(count))
    found, (low, high) = mean_of(values), mean_interval(values)
    assert found.low <= low + 1e-9 and found.high >= high - 1e-9


def test_the_interval_holds_the_mean_in_about_nineteen_of_twenty_samples():
    kept = [mean_of(LUCK.exponential(1.0, 20)) for _ in range(300)]
    assert 0.89 <= np.mean([one.low <= 1.0 <= one.high for one in kept]) <= 0.99


def test_a_target_that_no_pair_decides_may_still_be_decided_by_the_next():
    most = 100.0 * wilson(0, 20)[1]
    assert share_of(np.zeros(20)) == (0.0, -most, most)
    every = share_of(np.full(20, 100.0))
    assert (every.mean, every.high) == (100.0, 100.0) and every.low == 100.0 * wilson(20, 20)[0]
    assert share_of(np.full(20, -100.0)).high < 0.0


def test_cost_per_unit_is_told_only_of_what_is_surely_a_gain():
    cost, gain = np.full(20, 10.0), LUCK.normal(5.0, 0.5, 20)
    assert ratio_of(cost, gain).status == DETERMINED
    assert ratio_of(cost, gain).value == pytest.approx(10.0 / gain.mean())
    assert ratio_of(cost, -gain).status == LOSS
    assert ratio_of(cost, gain - gain.mean()).status == OPEN
    assert ratio_of(np.zeros(20), gain).status == FREE


def test_nothing_is_told_for_each_yuan_where_none_may_be_spent():
    cost = LUCK.normal(0.0, 1.0, 20)
    assert quotient_of(np.ones(20), cost - cost.mean()) is None
    assert quotient_of(np.full(20, 6.0), np.full(20, 3.0)) == (2.0, 2.0, 2.0)


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (Estimate(0.05, -0.2, 0.31), "no measurable difference (-0.20 to +0.31 亿)"),
        (Estimate(12.34, 8.1, 16.02), "+12.3 亿 (+8.1 to +16.0)"),
        (Estimate(-523.0, -612.0, -402.0), "-523 亿 (-612 to -402)"),
        (Estimate(0.0, 0.0, 0.0), "no difference in any pair"),
        (Estimate(0.0, -16.1, 16.1), "no measurable difference (-16 to +16 亿)"),
        (Estimate(0.5, 0.0, 1.2), "no measurable difference (0.0 to +1.2 亿)"),
    ],
)
def test_words_claim_no_more_than_the_interval(estimate, words):
    assert sentence(estimate, "亿") == words


def test_a_table_shows_two_digits_of_the_width_of_an_interval():
    assert spread(Estimate(24.66, 22.9, 26.49)) == "+24.7 [+22.9 – +26.5]"
    assert spread(Estimate(0.0416, 0.0377, 0.0455)) == "+0.0416 [+0.0377 – +0.0455]"
    assert spread(None) == "–" and spread(Estimate(0.0, 0.0, 0.0)) == "0"


def test_differences_that_are_rounding_are_none():
    assert without_rounding(np.array([1e-4, 1.0]), 4e5).tolist() == [0.0, 1.0]
