"""Pilot lines: chance and lag by access, the queue, what a booking brings and takes back."""

import numpy as np
import pytest

from agents.pilots.pilot_lines import (
    PilotLines,
    PilotParameters,
    product_gain,
    quarters_to_market,
    success_chance,
    usual_gain,
)
from scenarios.load import central_values, load_parameters

P = PilotParameters(**central_values(load_parameters())["pilots"])
FAR = np.array([[0.0, 1e9], [1e9, 0.0]])


def lines(**values):
    """Lines of two fields in two prefectures out of each other's reach, none built yet."""
    return PilotLines(P._replace(**values), 2, FAR, 1.0)


def waiting(own, cells, luck, gain=0.06):
    n = len(cells)
    cells = np.array(cells)
    own.pilots.add(np.arange(1, n + 1), cells, np.full(n, gain), np.array(luck), 10)
    own.applied += n
    return own


def test_full_access_adds_its_gain_to_the_chance_and_saves_quarters():
    p = P._replace(usual_success=0.3, success_gain=0.2, usual_lag=8.0, lag_saved=3.0)
    assert success_chance(0.0, p) == 0.3
    assert success_chance(1.0, p) == 0.5
    assert (quarters_to_market(0.0, p), quarters_to_market(1.0, p)) == (8, 5)
    assert success_chance(1.0, p._replace(success_gain=0.9)) == 1.0


def test_a_project_brings_its_part_of_the_growth_of_knowledge():
    p = P._replace(project_cost=2e6)
    assert usual_gain(8e6, 4e7, 1.0, 0.1, p) == pytest.approx(0.1 * 2e6 / 4e7)
    assert usual_gain(1e6, 4e7, 2.0, 0.1, p) == pytest.approx(0.1 * 0.5e6 / 4e7)


def test_a_success_is_worth_the_mean_over_the_usual_chance_up_to_a_bound():
    p = P._replace(usual_success=0.3, largest_gain=0.1)
    assert product_gain(0.006, p) == pytest.approx(0.02)
    assert product_gain(0.5, p) == 0.1


def test_on_average_a_booking_brings_the_added_chance_for_good_and_the_usual_one_for_the_quarters_saved():
    own = lines(usual_success=0.3, success_gain=0.2, usual_lag=8.0, lag_saved=3.0)
    own.capacity[0, 0] = 40.0
    even = (np.arange(1000) + 0.5) / 1000
    waiting(own, [0] * 1000, even)
    own.book(np.arange(1000), 10)
    sums = {quarter: float(own.outcomes(quarter)[1].sum()) for quarter in range(10, 20)}
    assert sums[15] == pytest.approx(0.5 * 1000 * 0.06)
    assert sums[18] == pytest.approx(-0.3 * 1000 * 0.06)
    assert sum(sums.values()) == pytest.approx(0.2 * 1000 * 0.06)


def test_without_access_a_booking_changes_nothing():
    own = waiting(lines(), [0] * 100, (np.arange(100) + 0.5) / 100)
    own.capacity[0, 1] = 40.0  # out of reach
    own.book(np.arange(100), 10)
    assert not any(len(own.outcomes(quarter)[0]) for quarter in range(10, 30))


def test_who_waits_longest_comes_first_within_what_lines_and_money_allow():
    own = waiting(lines(), [0, 2, 0, 3, 0], [0.5] * 5)
    assert own.first_in_line(None, np.array([2, 1]), 9).tolist() == [0, 1, 2]
    assert own.first_in_line(None, np.array([2, 1]), 2).tolist() == [0, 1]
    meant = np.array([False, False, False, True])
    assert own.first_in_line(meant, np.array([2, 1]), 9).tolist() == [3]


def test_parts_of_bookings_are_kept_for_the_next_quarter():
    own = lines()
    own.capacity[0, 0] = 6.0
    assert [own.free_bookings()[0] for _ in range(4)] == [1, 2, 1, 2]


def test_access_is_the_mean_over_lines_by_distance():
    own = lines()
    own.capacity[0] = [3.0, 1.0]
    assert own.access(np.array([0, 1, 2])).tolist() == [0.75, 0.25, 0.0]


def test_everybody_who_came_is_there_or_has_gone():
    own = waiting(lines(patience=4.0), [0, 0, 0], [0.5] * 3)
    own.capacity[0, 0] = 4.0
    own.book(np.array([1]), 10)
    own.forget(14, np.array([True, True, False]))
    assert (own.gave_up, own.closed, own.finished, len(own.pilots)) == (1, 1, 0, 1)
    assert own.before + own.applied - own.gave_up - own.closed - own.finished == len(own.pilots)


def test_what_is_short_is_what_is_wanted_and_waits_beyond_the_lines():
    own = waiting(lines(), [0, 1], [0.5] * 2)
    own.want(np.array([0, 1]))
    own.capacity[0, 0] = 4.0
    assert own.short().tolist() == [6.0, 0.0]
