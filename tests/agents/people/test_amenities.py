"""Places for skilled people: built in a year, worn, worth a part of what they cost, for talent first."""

import numpy as np
import pytest

from agents.people.amenities import Amenities, AmenityParameters, share_served, worth_of_place
from scenarios.load import central_values, load_parameters


def amenities_of(places=2, **changes):
    values = central_values(load_parameters())["amenities"]
    return Amenities(AmenityParameters(**{**values, **changes}), places)


def test_money_builds_whole_places_which_open_after_the_lag_and_what_is_left_waits():
    here = amenities_of(works_lag=4.0, wear=0.0)
    here.build(np.array([250, 99]), 100, 20)
    here.build(np.array([50, 0]), 100, 20)
    assert here.kept.tolist() == [0, 99]
    for quarter in (21, 22, 23):
        here.move(quarter)
        assert not here.places.any() and here.any
    here.move(24)
    assert here.places.tolist() == [3, 0] and here.opened.tolist() == [3, 0]


def test_places_wear():
    here = amenities_of(wear=0.04)
    here.places[:] = 1000, 0
    here.move(8)
    assert here.places.tolist() == [990, 0] and here.worn.tolist() == [10, 0]


def test_talent_is_served_before_other_skilled_workers():
    here = amenities_of()
    here.places[:] = 30, 120
    here.serve(np.array([40, 20]), np.array([400, 400]), 1.0)
    assert here.talent.tolist() == [0.75, 1.0]
    assert here.skilled.tolist() == [0.0, 0.25]


def test_where_nobody_is_nobody_is_served():
    assert share_served(10.0, 0.0) == 0.0


def test_a_place_is_worth_its_services_as_whom_it_serves_values_them():
    p = amenities_of(place_cost=300_000.0, service_yield=0.05, valuation=0.6).parameters
    assert worth_of_place(1.1, p) == pytest.approx(9_900.0)
    assert worth_of_place(1.1, p._replace(valuation=0.0)) == 0.0


def test_in_kind_it_adds_to_pay_as_many_are_served():
    here = amenities_of(place_cost=200_000.0, service_yield=0.05, valuation=1.0)
    here.places[:] = 50, 0
    here.serve(np.array([100, 100]), np.zeros(2), 1.0)
    # two industries in two prefectures; half of the talent of the first is served
    assert here.in_kind(here.talent, np.full(4, 100_000.0)).tolist() == pytest.approx([0.05, 0.0, 0.05, 0.0])
