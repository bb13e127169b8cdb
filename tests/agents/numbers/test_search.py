"""The highest of many keys, as a stable sort of all finds them."""

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agents.numbers import search
from agents.numbers.search import highest

KEYS = st.lists(st.sampled_from([-np.inf, -1.5, 0.0, 0.25, 2.0, 1e300]), max_size=30)


@given(KEYS, st.integers(-2, 40))
def test_the_highest_are_the_first_of_a_stable_sort(keys, number):
    sorted_all = np.argsort(-np.array(keys, float), kind="stable")
    assert highest(np.array(keys, float), number).tolist() == sorted_all[: max(number, 0)].tolist()


@given(KEYS, st.integers(-2, 40))
def test_of_many_keys_only_the_highest_are_sorted_and_they_are_the_same(keys, number):
    with patch.object(search, "FEW", 0):
        test_the_highest_are_the_first_of_a_stable_sort.hypothesis.inner_test(keys, number)
