"""Owners that are no actors: so many at the end of each year, growing evenly; counted like all others."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.science.other_owners import YEARS, OtherOwners, PatentParameters
from scenarios.load import central_values, load_parameters

LAKELAND = Path(__file__).parents[2] / "regions" / "lakeland"
HELD = {2015: 1000, 2016: 1200, 2017: 1500, 2018: 2000, 2019: 2500, 2020: 3000}


def given_by(growth=0.1, held=HELD):
    return PatentParameters(0.25, growth, *(float(held[year]) for year in YEARS))


def owners(held=HELD, growth=0.1, lapse=0.015, rate=0.5, past_ten=0.1, scale=1.0):
    return OtherOwners(given_by(growth, held), lapse, rate, past_ten, scale)


def test_the_end_of_each_year_is_met_and_growth_within_it_is_even():
    path = given_by()
    assert [path.held_by_others(4 * n + 3) for n in range(5)] == pytest.approx(list(HELD.values())[1:])
    assert path.held_by_others(1) == pytest.approx((1000 * 1200) ** 0.5)


def test_after_2020_they_grow_as_the_parameter_says():
    assert given_by(0.1).held_by_others(39) == pytest.approx(3000 * 1.1**5)
    assert given_by(0.0).held_by_others(39) == 3000.0


def test_the_start_is_of_high_value_by_grant_or_by_age():
    assert (owners().valid, owners().high_value) == (1000, 550)


def test_a_region_that_counts_none_has_none_ever():
    none = owners(held=dict.fromkeys(YEARS, 0))
    for quarter in range(40):
        none.pass_quarter(quarter, 0.0, 0.01, 0.5)
        assert (none.valid, none.high_value, none.granted, none.lapsed) == (0, 0, 0, 0)


def test_lapse_grants_and_those_that_turn_ten_by_hand():
    one = owners(held=HELD | {2016: 1000}, lapse=0.1, rate=0.5, past_ten=0.0)
    one.pass_quarter(0, 0.1, 0.02, 0.0)
    assert (one.lapsed, one.granted, one.valid) == (100, 100, 1000)
    assert (one.high_value_lapsed, one.high_value_new) == (50, 60 + 10)
    assert one.granted_plain == pytest.approx(40.0)


def test_those_of_high_value_never_exceed_those_held_by_a_rounded_fraction():
    one = owners(dict.fromkeys(YEARS, 49), lapse=0.0)
    one.high_value, one.parameters = 49, given_by(held=dict.fromkeys(YEARS, 48))
    one.pass_quarter(3, 0.0, 0.0, 0.0)  # 1 / 49 * 49 is less than 1
    assert (one.valid, one.high_value, one.high_value_new) == (48, 48, 0)


@given(
    st.lists(st.integers(0, 4000), min_size=6, max_size=6),
    st.floats(0.0, 0.5),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
    st.floats(0.001, 0.999),
)
def test_what_comes_and_goes_is_counted_and_none_is_left_over(held, lapse, rate, maturing, luck):
    one = owners(dict(zip(YEARS, held, strict=True)), lapse=lapse, rate=rate)
    for quarter in range(40):
        valid, valued = one.valid, one.high_value
        one.pass_quarter(quarter, -0.05, maturing, luck)
        assert one.valid == valid + one.granted - one.lapsed
        assert one.high_value == valued + one.high_value_new - one.high_value_lapsed
        assert 0 <= one.high_value <= one.valid and min(one.granted, one.lapsed) >= 0
        assert min(one.high_value_new, one.high_value_lapsed) >= 0


def test_hunan_counts_some_and_a_made_up_region_none():
    values = central_values(load_parameters())["patents"]
    assert PatentParameters(**values).held_by_others(19) == 3063.0
    other = central_values(load_parameters(region=str(LAKELAND)))["patents"]
    assert {other[f"other_owners_{year}"] for year in YEARS} == {0.0}
