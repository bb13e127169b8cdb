"""Seats: whole, given to whom they are for, in order; what they do to customers of tenants and others."""

import numpy as np
import pytest

from agents.engine.population import Population
from agents.firms import Firm
from agents.founders.incubators import IncubatorParameters, Incubators, Seats, grow_tenants, tenants_of

P = IncubatorParameters(
    seats_2016=20.0,
    seats_2017=30.0,
    seats_2018=40.0,
    seats_2019=50.0,
    seats_2020=60.0,
    seeking=0.6,
    largest_tenant=12e6,
    stay=12.0,
    stay_spread=4.0,
    research_preferred=0.3,
    seat_cost=100_000.0,
    tenant_growth=0.02,
    business_stealing=0.9,
)


@pytest.fixture
def incubators():
    """Two industries in two prefectures; three quarters of entry in the first prefecture."""
    return Incubators(P, np.array([0.5, 0.15, 0.25, 0.1]), 2, 1.0)


def test_seats_of_a_year_stand_where_firms_are_founded(incubators):
    assert incubators.usual_seats(2016).tolist() == [15, 5]
    assert incubators.usual_seats(2025).tolist() == incubators.usual_seats(2020).tolist() == [45, 15]


def test_a_budget_keeps_whole_seats(incubators):
    assert [incubators.seats_for(yuan) for yuan in (0, 99_999, 250_000)] == [0, 0, 2]


def test_seats_are_given_in_order_while_there_are_any(incubators):
    incubators.seats = Seats(np.array([2, 0]), np.zeros(4, np.int64))
    got = incubators.give(np.array([0, 2, 0, 1]), np.array([2, 1, 0, 3]))
    assert got.tolist() == [False, True, True, False]
    assert incubators.taken.tolist() == [1, 0, 1, 0] and incubators.crowded == 0


def test_a_seat_that_is_kept_for_a_cell_is_for_its_firms_alone(incubators):
    incubators.seats = Seats(np.array([1, 0]), np.array([0, 0, 1, 0]))
    got = incubators.give(np.array([0, 0, 2, 2]), np.arange(4))
    assert got.tolist() == [True, False, True, False]


def test_nobody_is_let_in_where_more_sit_than_may(incubators):
    incubators.look(np.array([0, 0, 0]), 1)
    incubators.seats = Seats(np.array([2, 1]), np.zeros(4, np.int64))
    assert incubators.give(np.array([0, 1]), np.arange(2)).tolist() == [False, True]
    assert incubators.tenants == 4 and incubators.crowded == 0


def test_only_added_seats_that_are_taken_are_paid_for(incubators):
    incubators.own = np.array([2, 1])
    incubators.seats = Seats(np.array([5, 3]), np.zeros(4, np.int64))
    incubators.look(np.array([0, 0, 0, 2, 1]), 0)
    assert incubators.used_beyond_own().tolist() == [2, 0]


@pytest.fixture
def firms():
    """Three firms of one industry, two of another; the first sits in an incubator until quarter 9."""
    found = Population(Firm, segments=2, capacity_per_segment=4)
    found.add(0, 3, trailing_sales=np.array([10.0, 20.0, 70.0]), seat_until=np.array([9, 5, 0]))
    found.add(1, 2, trailing_sales=50.0)
    return found


def test_tenants_are_who_has_a_seat_still(firms):
    rows = np.empty(firms.capacity, np.int64)
    assert [tenants_of(firms.seat_until, q, firms.start, firms.stop, rows) for q in (4, 5, 8, 9)] == [
        2,
        1,
        1,
        0,
    ]


def test_what_tenants_win_others_of_their_industry_lose_in_part(firms):
    grow_tenants(firms.arrays(), 6, P, firms.start, firms.stop)
    tenant, other, largest = firms.log_customer_capital[firms.rows()[:3]].tolist()
    assert tenant == pytest.approx(0.02) and other == largest == pytest.approx(-0.9 * 0.02 * 10.0 / 90.0)
    assert firms.log_customer_capital[firms.rows()[3:]].tolist() == [0.0, 0.0]
