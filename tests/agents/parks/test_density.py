"""Density: who counts, what growth of it brings, and what founders get of it."""

import math

import numpy as np
import pytest

from agents.parks.density import count_density, gain_of_density, premium_by_cell, raise_firms


def test_workers_count_by_distance_and_those_of_other_industries_less(make_parks):
    parks = make_parks(density_other=0.25, density_reach=60.0)
    density = np.zeros(6)
    workers = np.array([100, 0, 0, 0, 0, 40])
    count_density(workers, parks.near, parks.parameters, np.empty(3), density)
    assert density[0] == pytest.approx(125 + 0.25 * 40 * math.exp(-4))
    assert density[1] == pytest.approx(125 * math.exp(-1) + 0.25 * 40 * math.exp(-4))
    assert density[3] == pytest.approx(25 + 1.25 * 40 * math.exp(-4))


def test_density_that_grows_as_usual_brings_nothing(central):
    assert gain_of_density(1099.0, 999.0, math.log(1.1), central) == pytest.approx(0.0, abs=1e-12)


def test_in_the_years_to_2020_the_usual_growth_is_that_of_the_year_then_their_mean(make_parks):
    parks, firms = make_parks(), np.ones(6, np.int64)
    parks.crowd(np.full(6, 100), firms, observed=True)
    for workers in (110, 132):
        parks.crowd(np.full(6, workers), firms, observed=True)
        assert parks.gain == pytest.approx(np.zeros(6), abs=1e-5)
    parks.crowd(np.full(6, 132), firms, observed=False)
    assert (parks.gain < 0.0).all() and len(parks.growths) == 2


def test_density_brings_its_elasticity_less_what_crowding_takes(central):
    p = central._replace(density_elasticity=0.05, congestion=0.2)
    assert gain_of_density(1999.0, 999.0, 0.0, p) == pytest.approx(0.04 * math.log(2))
    assert gain_of_density(999.0, 1999.0, 0.0, p) == pytest.approx(-0.04 * math.log(2))
    assert gain_of_density(999.0, 0.0, 0.0, p._replace(density_elasticity=0.0)) == 0.0


def test_the_first_january_only_counts(make_parks):
    parks = make_parks()
    assert not parks.crowd(np.full(6, 100), np.ones(6, np.int64), observed=True)
    assert not parks.gain.any()
    assert parks.crowd(np.array([200, 100, 100, 100, 100, 100]), np.ones(6, np.int64), observed=True)
    assert parks.gain[0] == parks.gain.max() > 0.0


def test_founders_get_what_their_place_adds_to_the_mean_of_the_industry():
    premium = np.zeros(4)
    premium_by_cell(np.array([0.02, 0.0, 0.03, 0.03]), np.array([30, 10, 5, 0]), 2, premium)
    assert premium.tolist() == pytest.approx([0.005, -0.015, 0.0, 0.0])


def test_firms_of_a_cell_gain_in_process_and_product(make_firms):
    firms = make_firms(2, prefecture=[0, 3], log_productivity=1.0, log_quality=0.5)
    gain = np.zeros(126)
    gain[3] = 0.01
    raise_firms(firms.arrays(), gain, 0.6, firms.start, firms.stop)
    rows = firms.rows()
    assert firms.log_productivity[rows].tolist() == pytest.approx([1.0, 1.006])
    assert firms.log_quality[rows].tolist() == pytest.approx([0.5, 0.504])
