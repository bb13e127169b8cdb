"""Large firms that buy by name: who is one, whom it takes, what it orders, and when a link ends."""

import numpy as np
import pytest

from agents.economy import new_firms
from agents.supply.anchors import (
    BUYS,
    FREE,
    LARGEST_ORDER,
    SUPPLIED,
    Anchors,
    Looking,
    chance_to_look,
    cheap_enough,
    offers_of,
    teach,
)  # fmt: skip
from agents.supply.links import SupplyParameters
from scenarios.load import central_values, load_parameters

PLACES = 2
NOBODY = np.zeros(1, np.int64)


@pytest.fixture
def p():
    values = central_values(load_parameters())["supply"]
    return SupplyParameters(**{**values, "anchor_sales": 1e9, "link_volume": 0.01, "link_loss": 0.2})


@pytest.fixture
def firms():
    """Two large firms and three that could supply them, in two industries and two places."""
    firms = new_firms(np.full(2, 8))
    firms.add(0, np.array([11, 12]), prefecture=[0, 1], trailing_sales=[4e9, 2e9], attraction=[4.0, 2.0])
    firms.add(
        1, np.array([21, 22, 23]), prefecture=0, trailing_sales=[4e8, 2e8, 1e6], attraction=[2.0, 1.0, 0.1]
    )
    return firms


@pytest.fixture
def anchors(p, firms):
    anchors = Anchors(p)
    anchors.renew(firms, 1.0)
    return anchors


def choose(anchors, firms, luck=0.5, volume=1e6, share=None, own=None):
    """Whom the first anchor takes in the second industry's first place, where it orders, at each luck."""
    if share is None:
        share = np.zeros((4, 4))
        share[2] = 0.1
    able = cheap_enough(firms, (0.0, np.zeros(2), 0.5), anchors.parameters.offer_tolerance, volume)
    luck_of = np.full(len(able), 0.25) if own is None else own[: len(able)]
    cells = firms.segment_of(able) * PLACES + firms.prefecture[able]
    offers = offers_of(firms, share, able, cells, luck_of)
    lucks = np.atleast_1d(luck)
    n = len(lucks)
    look = Looking(np.zeros(n, np.int64), np.zeros(n, np.int64), np.full(n, volume), np.full(n, 0.5), lucks)
    rows = anchors.choose(offers, look)
    return firms.id[rows].tolist() if (rows != FREE).all() else rows.tolist()


def test_who_is_large_buys_by_name_until_it_has_shrunk_to_half(anchors, firms):
    assert anchors.ids.tolist() == [11, 12]
    firms.trailing_sales[firms.row_of(12)] = 0.6e9
    anchors.renew(firms, 1.0)
    assert anchors.ids.tolist() == [11, 12]
    anchors.renew(firms, 2.0)  # the threshold grows with national markets
    assert anchors.ids.tolist() == [11]
    assert [firms.in_chains[firms.row_of(id)] for id in (11, 12)] == [BUYS, 0]


def test_an_anchor_keeps_its_suppliers_when_others_join(anchors, firms):
    anchors.link(firms, NOBODY + 1, NOBODY + 3, firms.rows_of([21]), 0)
    firms.trailing_sales[firms.row_of(22)] = 3e9
    anchors.renew(firms, 1.0)
    assert anchors.ids.tolist() == [11, 12, 22]
    assert anchors.suppliers[1].tolist() == [FREE, FREE, FREE, 21, FREE]


def test_of_those_who_can_serve_it_each_is_taken_by_its_attraction(anchors, firms):
    own = np.random.default_rng(1).random(len(firms))
    taken = []
    for _ in range(400):
        own = np.random.default_rng(len(taken)).random(len(firms))
        taken += choose(anchors, firms, own=own)
    assert set(taken) == {21, 22}  # never one too small for the order
    assert taken.count(21) / len(taken) == pytest.approx(2 / 3, abs=0.07)


def test_it_takes_the_one_who_waits_least_of_all_who_can_serve_it(anchors):
    firms = new_firms(np.full(2, 300))
    firms.add(0, np.array([11, 12]), prefecture=0, trailing_sales=4e9, attraction=1.0)
    dice = np.random.default_rng(3)
    sales = 1e6 * 10.0 ** (3.0 * dice.random(250))
    firms.add(1, 1000 + np.arange(250), prefecture=0, trailing_sales=sales, attraction=sales**0.7)
    anchors.suppliers[0, :3] = 1003, 1100, 1249
    own = np.floor(200.0 * dice.random(len(firms))) / 200.0  # some as lucky as others
    rows = firms.rows()[2:]
    for volume in (1e3, 2e6, 4e7):
        for luck in dice.random(60):
            able = cheap_enough(firms, (0.0, np.zeros(2), 0.5), 1.0, volume)
            drawn = luck + own[np.searchsorted(firms.rows(), rows)]
            waits = -np.log(np.maximum(drawn - (drawn >= 1.0), 1e-12)) / firms.attraction[rows]
            asked = np.isin(rows, able) & ~np.isin(firms.id[rows], anchors.suppliers[0])
            expected = firms.id[rows[np.argmin(np.where(asked, waits, np.inf))]]
            of_able = own[np.searchsorted(firms.rows(), able)]
            assert choose(anchors, firms, luck=luck, volume=volume, own=of_able) == [expected]


def test_it_takes_nobody_too_small_too_dear_or_known_and_not_itself(anchors, firms):
    firms.attraction[firms.row_of(22)] = 1e-9
    assert choose(anchors, firms) == [21]
    assert choose(anchors, firms, volume=0.25 * LARGEST_ORDER * 4e8 + 1.0) == [FREE]
    firms.log_price[firms.row_of(21)] = anchors.parameters.offer_tolerance + 0.01
    assert choose(anchors, firms) == [22]
    firms.log_quality[firms.row_of(21)] = 0.1  # worth half as much in the price
    assert choose(anchors, firms) == [21]
    anchors.suppliers[0, 2] = 21
    assert choose(anchors, firms) == [22]
    own = np.zeros((4, 4))
    own[0] = 0.1
    assert choose(anchors, firms, share=own) == [FREE]  # itself
    assert choose(anchors, firms, share=np.zeros((4, 4))) == [FREE]


def test_orders_by_name_follow_the_sales_of_the_buyer_and_end_with_it(anchors, firms):
    anchors.link(firms, np.array([0, 1]), np.array([0, 0]), firms.rows_of([21, 21]), 0)
    orders, ratio = np.zeros((4, 4)), np.full(4, 0.8)
    anchors.order(firms, ratio, orders)
    of_first, of_second = 0.01 * 0.25 * 4e9 * 0.8, 0.01 * 0.25 * 2e9 * 0.8
    assert firms.orders_by_name[firms.row_of(21)] == pytest.approx(of_first + of_second)
    assert orders[2].tolist() == pytest.approx([of_first, of_second, 0.0, 0.0])
    firms.trailing_sales[firms.row_of(11)] *= 0.5
    firms.remove(firms.rows_of([12]))
    anchors.order(firms, ratio, np.zeros((4, 4)))
    assert firms.orders_by_name[firms.row_of(21)] == pytest.approx(0.5 * of_first)


def test_a_supplier_learns_only_the_first_time(anchors, firms):
    row = firms.rows_of([21])
    assert anchors.link(firms, NOBODY, NOBODY, row, 3).tolist() == [True]
    assert anchors.link(firms, NOBODY, NOBODY + 1, row, 3).tolist() == [False]  # already on the list
    assert anchors.link(firms, NOBODY + 1, NOBODY, row, 7).tolist() == [True]
    assert anchors.learning[:, 0].tolist() == [True, False]
    assert anchors.since[:, 0].tolist() == [3, 7]
    assert firms.in_chains[row[0]] == SUPPLIED


def test_of_two_places_that_meet_the_same_firm_the_first_takes_it(anchors, firms):
    rows, who = firms.rows_of([21, 21, 21, 22]), np.array([0, 0, 1, 1])
    assert anchors.link(firms, who, np.array([0, 1, 0, 1]), rows, 3).tolist() == [True, False, True, True]
    assert anchors.suppliers[:, :2].tolist() == [[21, FREE], [21, 22]]
    assert anchors.learning[:, :2].tolist() == [[True, False], [False, True]]


def test_links_end_by_luck_and_with_suppliers_that_leave(anchors, firms):
    anchors.link(firms, np.array([0, 0, 1]), np.array([0, 1, 0]), firms.rows_of([21, 22, 21]), 0)
    luck = np.full((2, 5), 0.5)
    luck[1, 0] = 0.1
    firms.remove(firms.rows_of([22]))
    anchors.lose(firms, luck)
    assert anchors.suppliers[:, :2].tolist() == [[21, FREE], [FREE, FREE]] and anchors.lost == 2


def test_teaching_for_four_years_gives_the_whole_gain(p, firms):
    p = p._replace(supplier_productivity_gain=0.04, supplier_gain_spread=0.0, supplier_customer_gain=0.08)
    for _ in range(4):
        teach(firms.arrays(), firms.rows_of([22]), np.array([0.3]), p)
    row = firms.row_of(22)
    assert firms.log_productivity[row] == pytest.approx(0.04)
    assert firms.log_customer_capital[row] == pytest.approx(0.08)


def test_more_money_makes_more_look_and_none_as_many_as_ever():
    assert chance_to_look(0.25, 0.0, 1.0) == 0.25
    assert 0.25 < chance_to_look(0.25, 1.0, 1.0) < chance_to_look(0.25, 2.0, 1.0) < 1.0
    assert chance_to_look(0.25, 5.0, 0.0) == 0.25


def test_rows_are_found_among_some_and_free_elsewhere(firms):
    some = firms.rows_of([22, 11])
    assert firms.rows_among(np.array([11, 21, 22, FREE]), some).tolist() == [
        firms.row_of(11), FREE, firms.row_of(22), FREE,
    ]  # fmt: skip
    assert firms.rows_among(np.array([11]), some[:0]).tolist() == [FREE]
    assert firms.rows_among(np.array([22, 11, 22])).tolist() == firms.rows_of([22, 11, 22]).tolist()
    assert firms.rows_among(np.zeros(0, np.int64)).tolist() == []
