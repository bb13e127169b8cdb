"""I13 holds on honest land, and a broken one names what, the prefecture and the quarter."""

import re

import numpy as np
import pytest

from agents.money.flows import AccountingError
from agents.parks.land import ParkParameters
from agents.parks.parks import Parks
from scenarios.load import central_values, load_parameters
from sim.parks.identities import check_land


@pytest.fixture
def parks():
    """Two prefectures some quarters on, with works under way that have just been paid."""
    p = ParkParameters(**central_values(load_parameters())["parks"])
    apart = np.array([[0.0, 100.0], [100.0, 0.0]])
    parks = Parks(p, np.array([4e8, 2e8]), np.array([8e8, 4e8]), np.array([0.6, 0.4]), apart)
    capital = np.array([5e11, 3e11])
    parks.settle(capital, np.array([0.3, 0.8]), 0)
    for quarter in range(1, 4):
        parks.forget()
        parks.open_land(quarter)
        parks.use_land(capital * (1.0 + 0.02 * quarter), quarter)
    parks.begin_works(np.array([123_456_789, 0]), 811, 3)
    return parks


def broken(words):
    whole = f"I13 parks fails: account {words} off"
    return pytest.raises(AccountingError, match="^" + re.escape(whole) + "$")


def test_land_that_opened_is_filled_or_free(parks):
    check_land(parks, 3)


def test_land_that_nobody_opened_is_found(parks):
    parks.land.serviced[1] += 7
    parks.land.free[1] += 7
    with broken("serviced land of prefecture 1, quarter 3: 7"):
        check_land(parks, 3)


@pytest.mark.parametrize("held", ["by_firms", "by_others", "free"])
def test_land_that_is_used_twice_is_found(held, parks):
    getattr(parks.land, held)[0] += 5
    with broken("use of land of prefecture 0, quarter 3: -5"):
        check_land(parks, 3)


def test_a_park_larger_than_its_land_is_found(parks):
    parks.land.planned[0] = parks.land.serviced[0] + parks.land.underway[:, 0].sum() - 9
    with broken("planned land of prefecture 0, quarter 3: -9"):
        check_land(parks, 3)


def test_works_that_cost_another_sum_than_was_paid_are_found(parks):
    parks.started[0] += 1
    with broken("works of prefecture 0, quarter 3: -811"):
        check_land(parks, 3)


def test_more_land_used_than_there_is_is_found(parks):
    parks.land.by_others[0] += parks.land.free[0] + 3
    parks.land.free[0] = -3
    with broken("free land of prefecture 0, quarter 3: -3"):
        check_land(parks, 3)
