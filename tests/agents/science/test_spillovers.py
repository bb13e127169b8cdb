"""Knowledge within reach falls with distance and counts less across industries."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.science.spillovers import Spillovers

APART = np.array([[0.0, 100.0], [100.0, 0.0]])  # km between two prefectures


@pytest.fixture
def two_by_two():
    """Two industries in two prefectures, cells in the order of industries."""
    return Spillovers(APART, 2, 0.1, 100.0)


def test_own_cell_counts_fully_the_next_prefecture_by_its_distance_the_next_industry_by_a_tenth(two_by_two):
    near = math.exp(-1.0)
    assert two_by_two.weights[0] == pytest.approx([1.0, near, 0.1, 0.1 * near])


@given(st.lists(st.floats(0.0, 1000.0), min_size=2, max_size=14), st.floats(10.0, 500.0))
def test_knowledge_farther_away_never_counts_more(kilometres, decay):
    kilometres = [0.0, *sorted(kilometres)]
    distances = np.abs(np.subtract.outer(kilometres, kilometres))
    from_first = Spillovers(distances, 1, 0.1, decay).weights[0]
    assert from_first[0] == 1.0
    assert (np.diff(from_first) <= 0.0).all()
    assert (from_first >= 0.0).all()


def test_reach_is_mutual(two_by_two):
    assert (two_by_two.weights == two_by_two.weights.T).all()


def test_the_pool_is_the_weighted_sum_of_the_stocks_of_firms_and_half_of_institutions(two_by_two):
    two_by_two.update(np.array([100, 0, 0, 0]), np.array([0.0, 0.0, 40.0, 0.0]), 0.5)
    near = math.exp(-1.0)
    assert two_by_two.pool == pytest.approx([102, 102 * near, 30, 30 * near])


def test_the_first_pool_is_its_own_past(two_by_two):
    two_by_two.update(np.array([100, 0, 0, 0]), np.zeros(4), 0.5)
    assert (two_by_two.before == two_by_two.pool).all()


def test_the_last_pool_becomes_the_one_before(two_by_two):
    two_by_two.update(np.array([100, 0, 0, 0]), np.zeros(4), 0.5)
    first = two_by_two.pool.copy()
    two_by_two.update(np.array([150, 0, 0, 0]), np.zeros(4), 0.5)
    assert (two_by_two.before == first).all()
    assert two_by_two.pool == pytest.approx(1.5 * first)
