"""Public orders go to sellers of novel products in emerging industries and never exceed the budget."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.state.orders import OF_ORDERS, order_weight, place_orders, weigh_offers


def test_a_firm_weighs_what_it_sells_of_novel_emerging_products():
    assert order_weight(0.5, 0.2, 1000.0) == pytest.approx(100.0)


def test_firms_without_research_or_emerging_products_weigh_nothing(make_firms):
    # novel revenue: 8 x research of 2.5 % of sales = a fifth
    firms = make_firms(
        4, emerging_share=[0.5, 0.5, 0.0, 1.0], research=[25_000 / 4, 0.0, 25_000 / 4, 25_000 / 4]
    )
    weights = np.zeros(firms.capacity)
    total = weigh_offers(firms.arrays(*OF_ORDERS), 8.0, firms.start, firms.stop, weights)
    assert weights[firms.rows()] == pytest.approx([100_000, 0.0, 0.0, 200_000])
    assert total == pytest.approx(300_000)


@pytest.fixture(scope="session")
def order(make_firms):
    """Places orders with firms of these weights; returns orders, deposits and payments by prefecture."""

    def place(weights, budget):
        firms = make_firms(len(weights), prefecture=np.arange(len(weights)) % 14)
        by_row, paid = np.zeros(firms.capacity), np.zeros(14, np.int64)
        by_row[firms.rows()] = weights
        place_orders(
            firms.arrays(*OF_ORDERS),
            firms.start,
            firms.stop,
            by_row,
            float(np.sum(weights)),
            float(budget),
            paid,
        )
        return firms.procurement[firms.rows()].tolist(), firms.deposits[firms.rows()].tolist(), paid.tolist()

    return place


def test_the_budget_is_divided_by_weight_and_paid_when_ordered(order):
    orders, deposits, paid = order([1.0, 3.0, 0.0], 402)
    assert orders == deposits == [100, 301, 0]  # 100.5 and 301.5, rounded down
    assert paid == [100, 301] + [0] * 12


def test_without_a_seller_nothing_is_ordered(order):
    assert order([0.0, 0.0], 1000)[0] == [0, 0]


WEIGHTS = st.lists(st.just(0.0) | st.floats(1e-6, 1e9), min_size=1, max_size=20)


@given(WEIGHTS, st.integers(0, 10**11))
def test_orders_never_exceed_the_budget(order, weights, budget):
    orders, deposits, paid = order(weights, budget)
    assert min(orders) >= 0
    assert sum(orders) == sum(deposits) == sum(paid) <= budget


@given(st.lists(st.floats(1.0, 1e9), min_size=1, max_size=20), st.integers(0, 10**11))
def test_orders_leave_less_than_two_yuan_a_firm_unspent(order, weights, budget):
    assert sum(order(weights, budget)[0]) > budget - 2 * len(weights)


@given(WEIGHTS, st.integers(0, 10**11), st.integers(0, 10**11))
def test_a_larger_budget_never_lowers_an_order(order, weights, budget, more):
    before, after = order(weights, budget)[0], order(weights, budget + more)[0]
    assert all(a <= b for a, b in zip(before, after, strict=True))
