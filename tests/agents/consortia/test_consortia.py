"""Research consortia: what members add, what they learn by the distance of their fields, who stays."""

import numpy as np
import pytest

from agents.consortia.consortia import (
    Consortia,
    ConsortiumParameters,
    joint_budget,
    mean_distance,
    weight_of_sharing,
)
from scenarios.load import central_values, load_parameters

P = ConsortiumParameters(**central_values(load_parameters())["consortia"])


def consortia(*sizes, **values):
    """Consortia of so many firms with ids from 1 on, all at the best distance."""
    own = Consortia(P._replace(**values), np.zeros((2, 2)))
    last = 0
    for size in sizes:
        ids = np.arange(last + 1, last + size + 1)
        last += size
        own.begin(ids, ids * 1000, partner=3, since=20, distance=0.5, payer=0, due=500)
    return own


def test_a_member_adds_a_share_of_its_research_up_to_a_bound():
    p = P._replace(joint_share=0.1, largest_budget=5e6)
    assert joint_budget(1e6, 1.0, p) == pytest.approx(0.4e6)
    assert joint_budget(1e9, 1.2, p) == pytest.approx(6e6)


def test_most_is_learnt_at_a_middle_distance_and_nothing_at_the_ends():
    p = P._replace(sharing=0.5)
    assert [weight_of_sharing(d, p) for d in (0.0, 0.25, 0.5, 1.0)] == [0.0, 0.375, 0.5, 0.0]


def test_distance_is_the_mean_over_pairs():
    p = P._replace(within_industry=0.3, between_industries=0.9)
    assert mean_distance([1, 1, 2], None, p) == pytest.approx((0.3 + 0.9 + 0.9) / 3)
    university = np.array([0.0, 3.0, 4.0])
    expected = (0.3 + (1 - 0.6) + (1 - 0.6)) / 3
    assert mean_distance([1, 1], university, p) == pytest.approx(expected)


def test_members_learn_from_what_the_others_of_their_consortium_add():
    own = consortia(2, 3, sharing=0.5)
    joint = np.array([10.0, 20.0, 1.0, 2.0, 3.0])
    assert own.shared(joint).tolist() == [10.0, 5.0, 2.5, 2.0, 1.5]


def test_a_consortium_of_one_ends_and_its_member_is_free():
    own = consortia(2, 3)
    own.keep_members(np.array([True, False, True, True, False]))
    assert own.number.tolist() == [2]
    assert own.members.firm.tolist() == [3, 4]
    assert own.ended == 1


def test_consortia_end_after_their_years():
    own = consortia(2, 2, years=3.0)
    own.since[1] = 24
    own.end_old(31)
    assert len(own) == 2
    own.end_old(32)
    assert own.number.tolist() == [2]
    assert own.members.firm.tolist() == [3, 4]


def test_numbers_are_never_used_again():
    own = consortia(2, 2)
    own.keep_members(np.array([True, True, False, False]))
    own.begin(np.array([9, 10]), np.array([1, 1]), partner=-1, since=30, distance=0.5, payer=0, due=1)
    assert own.number.tolist() == [1, 3]
    assert own.place_of_members().tolist() == [0, 0, 1, 1]
