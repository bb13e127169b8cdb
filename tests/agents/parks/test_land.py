"""Serviced land: who uses it, what opens, what works buy, whom it lets in."""

import numpy as np
import pytest

from agents.numbers.elementary import log_
from agents.parks.land import draw_of_works, land_saved, share_with_room

BILLION = 1_000_000_000


def filled(parks):
    return parks.land.by_firms + parks.land.by_others + parks.land.free


def test_land_is_used_by_firms_as_capital_per_land_has_it_and_by_others_for_the_rest(make_parks, central):
    parks = make_parks(free_share=0.1, capital_density=3600.0)
    assert parks.land.free.tolist() == [40_000_000, 20_000_000, 10_000_000]
    assert parks.land.by_firms.tolist() == [200_000_000, 100_000_000, 0]
    assert filled(parks).tolist() == parks.land.serviced.tolist()


def test_firms_that_need_more_than_there_is_stand_closer_together(make_parks):
    parks = make_parks(capital=(7.2e12, 0.0, 0.0), free_share=0.1)
    assert parks.land.by_firms[0] == 360_000_000
    assert parks.land.by_others[0] == 0
    assert parks.per_capital[0] == pytest.approx(360e6 / 7.2e12)


def test_firms_save_land_from_year_to_year(make_parks, central):
    assert make_parks(capital_density=4000.0).per_capital[0] == pytest.approx(1 / 4000)
    p = central._replace(land_saving=0.05)
    assert land_saved(0, p) == 1.0 and log_(land_saved(8, p)) == pytest.approx(-0.1)


def test_capital_that_grows_takes_free_land_until_there_is_none(make_parks):
    parks = make_parks(land_saving=0.0, free_share=0.1)
    parks.use_land(np.array([7.92e11, 36e11, 0.0]), 1)
    land = parks.land
    assert land.by_firms[0] == 220_000_000
    assert land.free[1] == 0
    assert land.beyond[1] == 1_000_000_000 - land.by_firms[1]
    assert filled(parks).tolist() == land.serviced.tolist()


def test_usual_land_opens_at_its_growth_and_never_beyond_what_is_planned(make_parks):
    parks = make_parks(serviced_growth=0.08)
    for quarter in range(1, 41):
        parks.open_land(quarter)
    land = parks.land
    assert land.serviced[0] == pytest.approx(8e8)  # 4e8 * 1.08**10 would be 8.6e8
    assert land.serviced[2] == 120_000_000
    assert (land.serviced <= land.planned).all()


def test_works_open_what_they_paid_for_after_the_lag(make_parks):
    parks = make_parks(works_lag=3, serviced_growth=0.005)
    parks.begin_works(np.array([8_000_000_799, 0, 0]), 800, 4)
    assert parks.carried.tolist() == [799, 0, 0]
    assert parks.started.tolist() == [10_000_000, 0, 0]
    opened = []
    for quarter in range(4, 9):
        parks.open_land(quarter)
        opened.append(int(parks.land.opened_works[0]))
    assert opened == [0, 0, 0, 10_000_000, 0]


def test_yuan_that_buy_no_whole_square_metre_are_not_lost(make_parks):
    parks = make_parks()
    for quarter in (1, 3):
        parks.forget()
        parks.begin_works(np.array([401, 0, 0]), 800, quarter)
    assert parks.started.tolist() == [1, 0, 0]
    assert parks.carried.tolist() == [2, 0, 0]


def test_works_may_cost_no_more_than_the_planned_land_is_worth(make_parks):
    parks = make_parks()
    most = parks.most_works(800)
    assert most.tolist() == [400_000_000 * 800, 200_000_000 * 800, 20_000_000 * 800]
    parks.begin_works(most, 800, 1)
    assert parks.most_works(800).tolist() == [0, 0, 0]


def test_what_was_carried_buys_nothing_where_a_park_is_full_though_land_has_become_cheaper(make_parks):
    parks = make_parks()
    parks.begin_works(parks.most_works(800), 800, 1)
    parks.carried[0] = 799
    parks.begin_works(np.array([0, 0, 0]), 790, 3)
    land = parks.land
    assert (land.planned - land.serviced - land.underway.sum(axis=0)).tolist() == [0, 0, 0]
    assert parks.carried.tolist() == [799, 0, 0]


def test_free_land_of_works_is_taken_as_far_as_firms_came_because_of_it(make_parks):
    parks = make_parks(land_saving=0.0)
    parks.land.works_free[:], parks.drawn[:] = [10_000_000, 0, 0], [1.25, 1.0, 1.0]
    parks.use_land(np.array([7.56e11, 3.6e11, 0.0]), 1)  # takes 10 million m2
    assert parks.land.works_free.tolist() == [8_000_000, 0, 0]


def test_everybody_finds_land_while_a_years_need_is_free(central):
    p = central._replace(serviced_growth=0.05, room_effect=0.4)
    assert share_with_room(5.0, 100.0, p) == 1.0
    assert share_with_room(2.5, 100.0, p) == pytest.approx(0.8)
    assert share_with_room(0.0, 100.0, p) == pytest.approx(0.6)


def test_where_land_has_no_effect_nobody_is_kept_out(central):
    assert share_with_room(0.0, 100.0, central._replace(room_effect=0.0)) == 1.0


def test_without_works_land_draws_nobody_to_the_last_bit(central):
    for free in (0.0, 1.0, 12345678.0, 1e9 / 3.0):
        assert draw_of_works(free, 0.0, 1e9, central) == 1.0


def test_free_land_of_works_draws_at_its_elasticity(central):
    p = central._replace(serviced_growth=0.05, land_response=0.5)
    assert draw_of_works(25.0, 15.0, 100.0, p) == pytest.approx((30 / 15) ** 0.5)
    assert draw_of_works(25.0, 15.0, 100.0, p._replace(land_response=0.0)) == 1.0
