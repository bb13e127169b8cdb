"""The law of total variance: known functions, parts that do nothing, rows that failed."""

import numpy as np
import pytest

from experiments.answer.variance_split import split

NAMES = ("parameters", "world", "luck")


def rows(function, number=400, seed=3):
    """A, B and mixtures of a function of three independent standard normal numbers."""
    a, b = np.random.default_rng(seed).normal(size=(2, 3, number))
    mixed = {}
    for k, name in enumerate(NAMES):
        one = a.copy()
        one[k] = b[k]
        mixed[name] = function(*one)
    return function(*a), function(*b), mixed


def test_parts_of_a_sum_are_its_variances():
    found = split(*rows(lambda p, w, luck: 3 * p + 2 * w + luck))
    expected = {"parameters": 9 / 14, "world": 4 / 14, "luck": 1 / 14}
    for name, share in expected.items():
        part = found.parts[name]
        assert part.alone.value == pytest.approx(share, abs=0.12)
        assert part.in_all.value == pytest.approx(share, abs=0.12)
        assert part.alone.low <= share <= part.alone.high
    assert found.together.value < 0.2
    assert found.variance == pytest.approx(14, rel=0.15)


def test_what_two_decide_together_neither_decides_alone():
    found = split(*rows(lambda p, w, luck: p * w, number=2_000))
    assert found.parts["parameters"].alone.value < 0.15
    assert found.parts["parameters"].in_all.value > 0.8
    assert found.together.value > 0.8


def test_a_part_that_does_nothing_is_0_with_a_bound():
    shares = [split(*rows(lambda p, w, luck: p, seed=seed)).parts["world"].alone for seed in range(20)]
    negative = [one for one in shares if one.bound is not None]
    assert negative  # half of the estimates of nothing are below 0
    assert all(one.value == 0.0 and 0.0 < one.bound < 0.2 for one in negative)


def test_rows_with_a_run_that_failed_are_left_out():
    first, second, mixed = rows(lambda p, w, luck: p + w + luck)
    first[3], mixed["luck"][7] = np.nan, np.nan
    assert split(first, second, mixed).rows == 398


def test_what_does_not_vary_has_no_parts():
    same = np.ones(50)
    assert split(same, same, dict.fromkeys(NAMES, same)) is None
    assert split(*rows(lambda p, w, luck: p, number=3)) is None
