"""What firms order of each other, and that deliveries add up to the yuan."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.firms.totals import BOUGHT, N_CELL_TOTALS, SALES, SUPPLIED
from agents.supply.links import LARGEST_PART, SupplyLinks, SupplyParameters, lift_of, share_at_home
from scenarios.load import central_values, load_parameters

DISTANCES = np.array([[0.0, 150.0], [150.0, 0.0]])
INPUTS = np.array([[0.4, 0.2], [0.1, 0.3]])
yuan = st.integers(0, 10**11)


@pytest.fixture
def p():
    return SupplyParameters(**central_values(load_parameters())["supply"])


@pytest.fixture
def links(p):
    """Two industries in two places; the second place has a tenth of the first's firms."""
    links = SupplyLinks(p, INPUTS, DISTANCES, 4)
    links.sales[:] = [10**9, 10**8, 10**9, 10**8]
    links.purchases[:] = [7 * 10**8, 7 * 10**7, 7 * 10**8, 7 * 10**7]
    links.look_around()
    return links


def totals(purchases, supplied, sales=0):
    cells = np.zeros((4, N_CELL_TOTALS), np.int64)
    cells[:, BOUGHT], cells[:, SUPPLIED], cells[:, SALES] = purchases, supplied, sales
    return cells


def test_of_what_is_bought_of_an_industry_at_most_the_local_share_is_ordered_at_home(links, p):
    of_first = links.share[:2].sum(axis=0)  # of purchases, by cell of buyers
    assert (of_first <= p.local_share * np.repeat(INPUTS[:, 0], 2) + 1e-12).all()
    assert (of_first > 0.0).all()


def test_more_is_ordered_at_home_where_more_is_made_within_reach(links):
    assert links.completeness[0, 0] > links.completeness[0, 1]
    assert links.usual[0] > links.usual[1]


def test_no_elasticity_makes_places_alike(p):
    same = p._replace(completeness_elasticity=0.0)
    assert share_at_home(0.01, same) == share_at_home(0.9, same) == p.local_share
    assert share_at_home(0.0, same) == 0.0


def test_an_order_goes_to_a_cell_by_what_it_makes_and_by_distance(links):
    near, far = links.share[0, 0], links.share[1, 0]
    assert far / near == pytest.approx(0.1 * np.exp(-1.0))


def test_orders_follow_purchases_and_are_shared_by_attraction(links):
    attraction = np.array([2e8, 1e8, 2e8, 1e8])
    links.place_orders(attraction)
    assert links.orders == pytest.approx(links.share * links.purchases)
    assert links.at_home * attraction == pytest.approx(links.orders.sum(axis=1))


def test_a_cell_without_firms_is_ordered_nothing_and_one_takes_no_more_than_half_its_sales(links):
    links.purchases[0] = 10**12
    links.place_orders(np.array([1e8, 0.0, 1e8, 1e8]))
    assert links.at_home[1] == 0.0 and links.orders[1].sum() == 0.0
    assert links.orders[0].sum() == pytest.approx(LARGEST_PART * links.sales[0])


def test_turned_purchases_are_ordered_at_home_and_less_and_less_of_them(links, p):
    first, second = (lift_of(money, 100.0, 0.1, 0.5) - 1.0 for money in (1.0, 2.0))
    assert 10.0 * first == pytest.approx(1.0, rel=0.02)  # a yuan turned is a yuan ordered at home, at first
    assert first < second < 2.0 * first
    assert lift_of(1e9, 100.0, 0.1, 0.5) == pytest.approx(5.0)  # and never more than the most
    assert lift_of(0.0, 100.0, 0.1, 0.5) == lift_of(5.0, 0.0, 0.1, 0.5) == 1.0


@settings(max_examples=60, deadline=None)
@given(st.lists(yuan, min_size=4, max_size=4), st.lists(yuan, min_size=4, max_size=4))
def test_what_is_delivered_is_bought_to_the_yuan_by_pair_of_cells(purchases, supplied):
    links = SupplyLinks(SupplyParameters(**central_values(load_parameters())["supply"]), INPUTS, DISTANCES, 4)
    links.orders[:] = np.arange(16.0).reshape(4, 4) + 0.3
    links.deliver(totals(purchases, supplied))
    assert (links.traded >= 0).all()
    assert (links.traded.sum(axis=1) == links.sold).all() and (links.sold <= supplied).all()
    assert (links.traded.sum(axis=0) == links.bought).all() and (links.bought <= purchases).all()
    if sum(supplied) <= min(purchases):
        assert (links.sold == supplied).all()  # nobody is left with what it supplied


def test_what_was_bought_and_sold_is_remembered_for_the_next_quarter(links):
    links.deliver(totals([5, 6, 7, 8], 0, [9, 10, 11, 12]))
    assert links.purchases.tolist() == [5, 6, 7, 8] and links.sales.tolist() == [9, 10, 11, 12]
