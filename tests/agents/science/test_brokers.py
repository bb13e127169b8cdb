"""Technology brokers: whom they serve, what that does to matching, how they come and go."""

import numpy as np
import pytest

from agents.science.brokers import BrokerParameters, Brokers, heads_after, lift_by_brokers
from scenarios.load import central_values, load_parameters

P = BrokerParameters(**central_values(load_parameters())["brokers"])._replace(
    clients=10.0, broker_effect=0.2, hiring=0.25
)


def test_half_of_the_seekers_served_lift_matching_by_half_the_effect():
    assert lift_by_brokers(5.0, 100, P) == pytest.approx(1.1)
    assert lift_by_brokers(0.0, 100, P) == 1.0
    assert lift_by_brokers(5.0, 0, P) == 1.0


def test_more_brokers_than_all_seekers_need_bring_nothing_more():
    assert lift_by_brokers(10.0, 100, P) == lift_by_brokers(99.0, 100, P) == pytest.approx(1.2)


def test_matching_never_falls_with_brokers_where_their_effect_is_not_negative():
    lifts = [lift_by_brokers(float(n), 500, P) for n in range(80)]
    assert lifts == sorted(lifts)


def test_a_quarter_of_the_vacancies_is_filled_and_who_is_not_wanted_leaves():
    assert heads_after(20.0, 60.0, P) == pytest.approx(30.0)
    assert heads_after(20.0, 5.0, P) == 5.0


def test_brokers_go_where_firms_look_for_technology():
    brokers = Brokers(P, 4)
    assert brokers.wanted(40.0).tolist() == [10.0] * 4
    brokers.seekers = np.array([30, 10, 0, 0])
    assert brokers.wanted(40.0).tolist() == [30.0, 10.0, 0.0, 0.0]


def test_without_brokers_the_rate_of_matching_stays_to_the_last_bit():
    brokers, rate = Brokers(P, 2), np.array([0.123, 0.456])
    brokers.bring_together(rate, np.array([7, 9]))
    assert rate.tolist() == [0.123, 0.456] and brokers.mean_lift == 1.0


def test_who_is_not_paid_leaves_and_matching_falls_back():
    brokers, rate = Brokers(P, 1), np.array([0.1])
    brokers.employ(np.array([4.0]))
    brokers.bring_together(rate, np.array([10]))
    assert rate[0] == pytest.approx(0.12) and brokers.mean_lift == pytest.approx(1.2)
    brokers.keep_paid(0.0)
    rate = np.array([0.1])
    brokers.bring_together(rate, np.array([10]))
    assert rate[0] == 0.1 and brokers.mean_lift == 1.0
