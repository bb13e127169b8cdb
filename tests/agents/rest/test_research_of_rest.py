"""Research of enterprises that are no technology firms: how much of the rest's value added, and where."""

import numpy as np
import pytest

from agents.rest.research_of_rest import RestResearch, intensity_of, shares_by_place

YI = 10**8
PLACES = np.array([0.75, 0.25])


def test_a_tenth_of_400_over_2000_of_value_added_is_two_per_cent():
    assert intensity_of(0.1, 400.0 * YI, 2000 * YI) == pytest.approx(0.02)


@pytest.mark.parametrize("value_added", [0, -5])
def test_a_province_whose_rest_makes_nothing_researches_nothing(value_added):
    assert intensity_of(0.1, 400.0 * YI, value_added) == 0.0


def test_research_goes_with_value_added_while_its_cost_stays():
    rest = RestResearch(0.02, PLACES)
    for added in (500 * YI, 550 * YI):
        rest.perform(added, 0.2, elasticity=1.1, adjustment=0.15)
        assert rest.performed == round(0.02 * added)
    assert rest.by_prefecture == pytest.approx([8.25 * YI, 2.75 * YI])


def test_half_the_cost_doubles_it_at_unit_elasticity_by_a_tenth_of_the_gap_a_quarter():
    rest = RestResearch(0.02, PLACES)
    rest.perform(500 * YI, 0.2, elasticity=1.0, adjustment=0.1)
    for share in (1.1, 1.19, 1.271):
        rest.perform(500 * YI, 0.1, elasticity=1.0, adjustment=0.1)
        assert rest.performed == round(10 * YI * share)


GDP, OF_FIRMS = np.array([400.0, 300.0, 50.0]), np.array([100.0, 100.0, 90.0])


def test_places_share_it_as_industrys_research_is_shared_whatever_they_make():
    for unit in (1.0, 1e8):
        shares = shares_by_place(GDP, OF_FIRMS, unit * np.array([10.0, 20.0, 50.0]))
        assert shares == pytest.approx([0.125, 0.25, 0.625])


def test_where_no_research_is_published_they_share_it_by_output_without_technology_firms():
    assert shares_by_place(GDP, OF_FIRMS, None) == pytest.approx([0.6, 0.4, 0.0])


def test_where_technology_firms_make_everything_places_share_alike():
    assert shares_by_place(np.ones(4), np.full(4, 2.0), None) == pytest.approx([0.25] * 4)
