"""Sums in order are those of Python, to the last bit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agents.numbers.sums import sum_in_order

NUMBERS = st.lists(st.floats(-1e300, 1e300) | st.sampled_from([0.1, -0.1, 1e16, -1e16, np.inf]), max_size=60)


@given(NUMBERS)
def test_a_sum_is_that_of_a_list_of_the_numbers(numbers):
    with np.errstate(over="ignore"):
        assert sum_in_order(np.array(numbers, np.float64)) == sum(numbers)


@given(st.lists(st.integers(-(2**40), 2**40), max_size=60))
def test_whole_numbers_add_up_exactly(numbers):
    assert sum_in_order(np.array(numbers, np.int64)) == sum(numbers)
