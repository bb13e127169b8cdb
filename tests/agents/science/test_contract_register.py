"""Registered contracts: an administrative figure, which says less about technology than about offices."""

import numpy as np
import pytest

from agents.science.contract_register import Registration, sums_of_groups

REGISTER = Registration(
    np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([0.5, 0.6, 0.7, 0.8, 0.9]), np.array([3.0, 1.0])
)
SOLD = np.array([50.0, 50.0])


def test_the_same_trade_is_registered_at_more_every_year_to_2020():
    assert [REGISTER.of_firms(SOLD, year).sum() for year in range(2016, 2021)] == [100, 200, 300, 400, 500]


def test_after_2020_no_more_is_registered_of_a_yuan_than_in_2020():
    assert REGISTER.of_firms(SOLD, 2025).tolist() == REGISTER.of_firms(SOLD, 2020).tolist()
    assert REGISTER.of_universities(SOLD, 2025).tolist() == [45.0, 45.0]


def test_where_sellers_register_divides_the_total_and_leaves_it():
    assert REGISTER.of_firms(SOLD, 2016).tolist() == [75.0, 25.0]


def test_nothing_sold_is_nothing_registered():
    assert REGISTER.of_firms(np.zeros(2), 2020).tolist() == [0.0, 0.0]


def test_amounts_are_added_up_by_region():
    assert sums_of_groups(np.array([1, 2, 4]), np.array([0, 1, 0]), 2) == pytest.approx([5.0, 2.0])
