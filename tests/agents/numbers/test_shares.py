"""Whole yuan are divided exactly, whatever the weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.numbers.shares import (
    LARGEST_TOTAL,
    MILLION,
    Shares,
    deal_each,
    millionths,
    parts_of,
    ration,
    split,
)

TOTALS = st.integers(0, LARGEST_TOTAL - 1)


def split_each(totals, shares):
    """Every total divided by the shares of its kind [party, kind, place]."""
    parts = np.empty((len(shares), *totals.shape), np.int64)
    deal_each(totals, shares, MILLION, parts)
    return parts


def test_the_largest_remainder_gets_the_yuan_left_over():
    assert split(10, [1.0, 1.0, 1.4]).tolist() == [3, 3, 4]


def test_equal_remainders_go_to_the_earlier_part():
    assert split(5, [1.0, 1.0, 1.0]).tolist() == [2, 2, 1]


@given(
    TOTALS,
    st.lists(st.floats(1e-6, 1e9) | st.just(0.0), min_size=1, max_size=30).filter(
        lambda weights: max(weights) > 0
    ),
)
def test_parts_add_up_to_the_total_and_are_within_a_yuan_of_their_share(total, weights):
    parts = split(total, weights)
    assert sum(parts.tolist()) == total
    exact = np.array(weights) / sum(weights) * total
    assert (np.abs(parts - exact) <= 1.0 + 1e-9 * total).all()


@given(TOTALS, st.permutations([5.0, 0.5, 3.25, 17.0]))
def test_the_order_of_unequal_weights_changes_no_part(total, weights):
    parts = dict(zip(weights, split(total, weights).tolist(), strict=True))
    again = dict(zip(sorted(weights), split(total, sorted(weights)).tolist(), strict=True))
    assert sum(abs(parts[weight] - again[weight]) for weight in weights) <= 2


@pytest.mark.parametrize("weights", [[], [0.0, 0.0], [1.0, -1.0], [1.0, float("inf")]])
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="cannot divide"):
        split(10, weights)


def test_a_total_too_large_to_be_exact_is_refused():
    with pytest.raises(ValueError, match="cannot be divided"):
        split(LARGEST_TOTAL, [1.0, 2.0])


def test_requests_that_can_be_paid_are_paid_in_full():
    assert ration(100, np.array([30, 20, 50])).tolist() == [30, 20, 50]


def test_scarce_money_is_shared_in_proportion_to_requests():
    assert ration(50, np.array([30, 20, 50])).tolist() == [15, 10, 25]


def test_nobody_gets_anything_of_nothing():
    assert ration(0, np.array([30, 20])).tolist() == [0, 0]
    assert ration(-5, np.array([30, 20])).tolist() == [0, 0]


@given(TOTALS, st.lists(st.integers(0, 10**14), min_size=1, max_size=40))
def test_rationing_pays_out_exactly_what_there_is_and_exceeds_no_request(available, requests):
    paid = ration(available, np.array(requests)).tolist()
    assert sum(paid) == min(available, sum(requests))
    assert all(0 <= got <= asked for got, asked in zip(paid, requests, strict=True))


def test_a_negative_request_is_refused():
    with pytest.raises(ValueError, match="negative"):
        ration(10, np.array([5, -1]))


def test_millionths_add_up_to_a_million():
    assert sum(millionths((1 / 3, 1 / 3, 1 / 3))) == MILLION


@given(TOTALS)
def test_fixed_shares_divide_exactly(total):
    parts = Shares([0.436, 0.1, 0.06, 0.404]).split(total)
    assert sum(parts.tolist()) == total
    assert abs(int(parts[0]) - 0.436 * total) <= 1 + 1e-9 * total


@given(st.lists(TOTALS, min_size=3, max_size=3))
def test_each_total_is_divided_exactly_among_the_parties_of_its_kind(totals):
    shares = np.array([[500_000, 600_000], [125_000, 120_000], [375_000, 280_000]])
    table = np.array([totals, totals[::-1]])
    assert (split_each(table, shares).sum(axis=0) == table).all()


def test_three_equal_parties_share_two_yuan_in_their_order():
    shares = np.array([[333_333], [333_333], [333_334]])
    assert split_each(np.array([[2]]), shares)[:, 0, 0].tolist() == [1, 0, 1]
    assert split_each(np.array([[1]]), np.array([[250_000], [250_000], [500_000]]))[:, 0, 0].tolist() == [
        0,
        0,
        1,
    ]


@given(st.lists(st.integers(0, 2**62), min_size=1, max_size=14), st.integers(0, MILLION))
def test_a_share_of_large_amounts_does_not_overflow(amounts, share):
    expected = [amount // MILLION * share + amount % MILLION * share // MILLION for amount in amounts]
    assert parts_of(np.array(amounts), share).tolist() == expected
    assert all(
        abs(got * MILLION - amount * share) < MILLION for got, amount in zip(expected, amounts, strict=True)
    )
