"""How hits become probabilities and intervals."""

import math

import numpy as np
import pytest
from scipy.stats import binomtest

from experiments.answer.probability import in_words, mean_interval, probability, split_variance, wilson


def test_no_hit_in_a_hundred_is_less_than_3_7_percent():
    assert in_words(probability([False] * 100, range(100))) == "<3.7 %"


def test_no_hit_in_four_hundred_is_less_than_1_percent():
    assert in_words(probability([False] * 400, range(400))) == "<1.0 %"


def test_a_hundred_hits_in_a_hundred_are_more_than_96_3_percent():
    assert in_words(probability([True] * 100, range(100))) == ">96.3 %"


@pytest.mark.parametrize(("hits", "runs"), [(0, 1), (1, 1), (0, 20), (13, 80), (80, 80), (99_999, 100_000)])
def test_wilson_equals_that_of_scipy(hits, runs):
    known = binomtest(hits, runs).proportion_ci(0.95, method="wilson")
    assert wilson(hits, runs) == pytest.approx((known.low, known.high), abs=1e-12)


def test_own_draws_and_one_shared_draw_give_the_same_interval():
    hits = [True] * 30 + [False] * 70
    own, shared = probability(hits, range(100)), probability(hits, [0] * 100)
    assert (own.low, own.high, own.method) == (shared.low, shared.high, "Wilson")


def test_runs_that_repeat_their_draws_result_are_no_new_evidence():
    draws = [n % 10 for n in range(400)]
    repeated = probability([draw < 5 for draw in draws], draws)
    independent = probability([draw < 5 for draw in draws], range(400))
    assert repeated.high - repeated.low > 4 * (independent.high - independent.low)
    assert repeated.method == "t over the means of parameter draws"


def test_draws_that_all_miss_count_once_each():
    result = probability([False] * 400, [n % 20 for n in range(400)])
    assert result.high == wilson(0, 20)[1]


def test_draws_that_all_hit_count_once_each():
    result = probability([True] * 400, [n % 20 for n in range(400)])
    assert (result.low, in_words(result)) == (wilson(20, 20)[0], ">83.9 %")


def test_failed_runs_widen_the_interval_to_both_sides():
    whole = probability([True] * 10 + [False] * 80, range(90))
    holed = probability([True] * 10 + [False] * 80 + [None] * 10, range(100))
    assert holed.low < whole.low < whole.high < holed.high
    assert holed.low < 10 / 100 < 20 / 100 < holed.high
    assert (holed.hits, holed.runs, holed.failed, holed.value) == (10, 100, 10, 10 / 90)


@pytest.mark.parametrize(
    ("hits", "misses", "failed", "words"),
    [
        (10, 80, 10, "[10/100, 20/100] (5.5–28.9 %)"),
        (0, 97, 3, "[0/100, 3/100] <8.5 %"),
        (97, 0, 3, "[97/100, 100/100] >91.5 %"),
    ],
)
def test_while_runs_have_failed_a_probability_is_two_bounds(hits, misses, failed, words):
    assert in_words(probability([True] * hits + [False] * misses + [None] * failed, range(100))) == words


def test_only_failed_runs_say_nothing():
    result = probability([None] * 5, range(5))
    assert in_words(result) == "no finished run"
    assert (result.low, result.high) == (wilson(0, 5)[0], wilson(5, 5)[1])


def test_a_very_small_share_is_not_printed_as_zero():
    result = probability([True] + [False] * 99_999, range(100_000))
    assert in_words(result).startswith("0.001 %")


def test_the_interval_of_a_mean_covers_it_in_95_of_100_samples():
    luck = np.random.default_rng(5)
    samples = luck.normal(2.0, 3.0, size=(2000, 8))
    covered = sum(low <= 2.0 <= high for low, high in map(mean_interval, samples))
    assert 0.93 < covered / 2000 < 0.97


def test_the_variance_is_split_into_parameters_and_luck():
    luck = np.random.default_rng(1)
    draws = np.repeat(np.arange(400), 5)
    values = luck.normal(0, 3, 400)[draws] + luck.normal(0, 2, 2000)
    between, within = split_variance(values, draws)
    assert between == pytest.approx(9, rel=0.2)
    assert within == pytest.approx(4, rel=0.1)


def test_luck_alone_is_not_mistaken_for_parameters():
    values = np.random.default_rng(2).normal(0, 2, 2000)
    assert split_variance(values, np.repeat(np.arange(400), 5)).between < 0.3


def test_one_run_per_draw_cannot_be_split():
    assert all(math.isnan(part) for part in split_variance([1.0, 2.0, 3.0], [0, 1, 2]))
