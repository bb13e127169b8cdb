"""The screening: what is moved together, and that known effects come out in their order."""

import numpy as np
import pytest

from experiments.change.named import Named
from experiments.drawn.things import BASE, LUCK, PARAMETER, TAUGHT, WORLD, Thing
from experiments.sensitivity.screening import (
    MATTERS,
    Factor,
    corners_of,
    effects_of,
    groups_of,
    members_of,
    moves,
    named,
    shifts,
    trajectory,
    turned,
)

NOTHING = Named("", "")


def thing(name, kind=PARAMETER, learnt=False):
    return Thing(name, kind, Named(name, name), NOTHING, learnt=learnt)


THINGS = {
    one.name: one
    for one in (
        thing("luck", LUCK), thing("base", BASE), thing("firms.a"), thing("firms.b", learnt=True),
        thing("rest.c", learnt=True), thing("firms.d"), thing("entry", WORLD),
    )
}  # fmt: skip


def factors(*names):
    return tuple(Factor(name, (thing(name),)) for name in names)


def test_parameters_are_grouped_by_file_and_what_was_learnt_is_one():
    found = groups_of(THINGS)
    assert [(one.name, [each.name for each in one.things]) for one in found] == [
        ("firms", ["firms.a", "firms.d"]), (TAUGHT, ["firms.b", "rest.c"]),
        ("entry", ["entry"]), ("base", ["base"]), ("luck", ["luck"]),
    ]  # fmt: skip
    assert [named(one) for one in found][:3] == [
        "firms (2 parameters)", "what 2016-20 taught about 2 parameters", "entry",
    ]  # fmt: skip


def test_members_of_groups_that_pass_are_taken_one_by_one_the_strongest_first():
    groups = groups_of(THINGS)
    found = members_of(groups, np.array([0.2, 0.5, 0.9, 0.0, 0.1]), most=10)
    assert [one.name for one in found] == ["firms.b", "rest.c", "firms.a", "firms.d", "luck"]
    assert members_of(groups, np.array([0.01, 0.02, 0.9, 0.0, 0.1]), most=10) == ()


def test_a_group_that_finds_no_room_is_left_out_and_the_first_is_cut():
    groups = groups_of(THINGS)
    found = members_of(groups, np.array([0.2, 0.5, 0.9, 0.0, 0.1]), most=3)
    assert [one.name for one in found] == ["firms.b", "rest.c", "luck"]
    assert [one.name for one in members_of(groups, np.array([0.2, 0.5, 0, 0, 0]), most=1)] == [
        "firms.b",
        "luck",
    ]


def test_a_trajectory_moves_each_factor_once_and_is_the_same_each_time():
    found = trajectory(6, 3)
    assert np.array_equal(found, trajectory(6, 3)) and not np.array_equal(found, trajectory(6, 4))
    assert (np.abs(np.diff(found, axis=0)).sum(axis=1) == 1).all()
    assert np.abs(np.diff(found, axis=0)).sum(axis=0).tolist() == [1] * 6


def test_moves_are_those_within_a_trajectory():
    corners = corners_of(3, range(2))
    found = moves(corners)
    assert found[:, 0].tolist() == [0, 1, 2, 4, 5, 6]
    assert sorted(found[:3, 2].tolist()) == [0, 1, 2]


def values_of(corners, ends):
    """A response of mixtures of A and B: three things of known size, one of them only with another."""
    at = np.where(corners == 1, ends[1], ends[0])
    return 4.0 * at[:, 0] + 2.0 * at[:, 1] + 0.0 * at[:, 2] + 3.0 * at[:, 3] * (at[:, 1] > 0.0)


def test_known_effects_come_out_in_their_order():
    count, luck = 30, np.random.default_rng(1)
    corners, ends = corners_of(4, range(count)), luck.normal(size=(count, 2, 4))
    own = np.concatenate([values_of(corners[5 * k : 5 * k + 5], ends[k]) for k in range(count)])[None]
    found = effects_of(factors("a", "b", "c", "d"), corners, own, own, np.array([0.0]))
    assert np.argsort(-found.star[0]).tolist()[0] == 0
    assert found.star[0, 2] == 0.0 and found.points[0, 2] == 0.0
    assert found.star[0, 0] == pytest.approx(4.0 * np.abs(ends[:, 0, 0] - ends[:, 1, 0]).mean())
    assert found.spread[0, 3] > 0.0
    assert (found.relative(own.std(axis=1)) >= MATTERS).tolist() == [True, True, False, True]


def test_a_trajectory_in_which_a_run_failed_is_left_out():
    corners = corners_of(2, range(3))
    own = 2.0 * corners[:, 0] + corners[:, 1]
    own[4] = np.nan
    found = effects_of(factors("a", "b"), corners, own[None], own[None], np.array([np.nan]))
    assert found.star[0].tolist() == pytest.approx([2.0, 1.0])
    assert np.isnan(found.points).all() and found.trajectories == 3


def test_a_shift_of_a_probability_is_what_the_move_does_to_the_whole_sample():
    corners = np.array([[0.0], [1.0]])
    sample = np.arange(100.0)
    found = shifts(moves(corners), np.array([5.0, 15.0]), sample, 90.0, 1)
    assert found.tolist() == [pytest.approx(0.1)]  # 10 of 100 reach it; ten more 20, ten less none
    assert shifts(moves(corners), np.array([5.0, 15.0]), sample, 1_000.0, 1).tolist() == [0.0]


def test_a_sign_counts_as_turned_only_where_both_ends_can_be_told_from_luck():
    corners = np.array(
        [[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1], [0, 1, 0], [0, 1, 1], [1, 1, 1], [1, 0, 1]], float
    )
    effect = np.array([5.0, -3.0, -0.5, 0.5, 2.0, 1.0, 1.2, -0.2])
    # luck, the last factor, moved it by 1.0 at most; factor 0 turns 5 to -3, factor 1 1.2 to -0.2
    assert turned(moves(corners), effect, 3).tolist() == [1, 0, 0]
    effect[2:4] = [-2.0, 2.0]
    assert turned(moves(corners), effect, 3).tolist() == [0, 0, 0]
