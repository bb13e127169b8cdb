"""Shapley values of games whose values are known, in every coalition and along drawn orders."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from experiments.why.shapley import drawn_orders, exact, on_the_way, sampled

GLOVES = np.array([0, 0, 0, 1, 0, 1, 0, 1.0])  # player 0 has a left glove, players 1 and 2 a right one each


def game(value):
    """The value of every coalition of three players."""
    return np.array([value({place for place in range(3) if mask >> place & 1}) for mask in range(8)], float)


def test_the_owner_of_the_only_left_glove_gets_two_thirds():
    assert exact(GLOVES) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_what_two_do_together_is_split_equally():
    assert exact(game(lambda those: 10.0 * ({0, 1} <= those))) == pytest.approx([5.0, 5.0, 0.0])


def test_effects_that_simply_add_up_stay_with_whoever_has_them():
    assert exact(game(lambda those: sum((1.0, 20.0, 300.0)[one] for one in those))) == pytest.approx(
        [1, 20, 300]
    )


def test_an_effect_that_needs_all_three_is_split_in_three():
    assert exact(game(lambda those: 9.0 * (len(those) == 3) + 100.0)) == pytest.approx([3.0, 3.0, 3.0])


def test_who_adds_nothing_to_any_coalition_gets_nothing():
    assert exact(game(lambda those: 7.0 * (0 in those) + 4.0 * ({0, 2} <= those)))[1] == 0.0


def test_players_that_are_alike_get_alike():
    parts = exact(game(lambda those: len(those) ** 2.5))
    assert parts[0] == pytest.approx(parts[1]) == pytest.approx(parts[2])


@given(
    arrays.arrays(float, st.sampled_from([(2,), (4,), (8,), (16,), (32,)]), elements=st.floats(-1e12, 1e12))
)
def test_parts_add_up_to_the_whole_effect(values):
    assert abs(exact(values).sum() - (values[-1] - values[0])) <= 1e-12 * np.abs(values).max()


def test_parts_of_whole_yuan_add_up_to_the_yuan():
    yuan = np.random.default_rng(3).integers(0, 2 * 10**12, (64, 5)).astype(float)
    assert np.abs(exact(yuan).sum(axis=0) - (yuan[-1] - yuan[0])).max() < 0.01


def test_several_measures_are_shared_out_each_by_itself():
    both = np.stack([GLOVES, 3.0 * GLOVES], axis=1)
    assert exact(both).T.tolist() == [exact(GLOVES).tolist(), exact(3.0 * GLOVES).tolist()]


def test_a_number_of_coalitions_that_no_players_have_is_refused():
    with pytest.raises(ValueError, match="no power of two"):
        exact(np.zeros(6))


def test_all_orders_give_the_exact_parts():
    orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    assert sampled(range(8), GLOVES, orders) == pytest.approx(exact(GLOVES))


@pytest.mark.parametrize("count", [2, 6])
def test_parts_along_drawn_orders_add_up_too(count):
    values = np.random.default_rng(5).normal(size=1 << 7)
    orders = drawn_orders(7, count, (1, 2))
    masks = on_the_way(orders)
    parts = sampled(masks, values[masks], orders)
    assert parts.sum() == pytest.approx(values[-1] - values[0])
    assert len(masks) <= 2 + count * 6


def test_one_order_and_its_reverse_are_exact_where_players_act_on_each_other_two_by_two():
    values = np.array([bin(mask).count("1") ** 2 for mask in range(32)], float)
    orders = drawn_orders(5, 2, (9,))
    masks = on_the_way(orders)
    assert sampled(masks, values[masks], orders) == pytest.approx(exact(values))


def test_drawn_orders_come_near_the_exact_parts():
    values = np.random.default_rng(8).normal(size=16)
    orders = drawn_orders(4, 4_000, (4,))
    masks = on_the_way(orders)
    assert sampled(masks, values[masks], orders) == pytest.approx(exact(values), abs=0.06)


def test_orders_come_in_pairs_with_their_reverse_and_are_the_same_each_time():
    orders = drawn_orders(6, 4, (0, 3))
    assert orders[1] == orders[0][::-1] and orders[3] == orders[2][::-1] and orders[0] != orders[2]
    assert orders == drawn_orders(6, 4, (0, 3)) != drawn_orders(6, 4, (0, 4))
