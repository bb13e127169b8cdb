"""Regulation: shares of days become quarters, entry and a place's worth; none is nothing."""

import math

import numpy as np
import pytest

from agents.regulation.regulation import LONGEST_CUT, Regulation, RegulationParameters, quarters_saved

P = RegulationParameters(approval_days=50.0, entry_response=0.2, cost_of_waiting=0.08)


def test_forty_per_cent_of_fifty_days_are_a_third_of_a_quarter():
    assert quarters_saved(0.4, P) == pytest.approx(20.0 / 62.5)


def test_without_a_cut_nothing_is_written_and_nothing_changes():
    regulation = Regulation(P, 3)
    assert not regulation.approve(np.zeros(3))
    assert regulation.entry.tolist() == [1.0] * 3 and regulation.saved.tolist() == [0.0] * 3


def test_a_cut_acts_in_its_cells_alone_and_is_undone_when_it_ends():
    regulation = Regulation(P, 3)
    assert regulation.approve(np.array([0.0, 0.5, 0.0]))
    assert regulation.days().tolist() == [50.0, 25.0, 50.0]
    assert regulation.entry.tolist() == pytest.approx([1.0, math.exp(0.1), 1.0])
    assert regulation.approve(np.zeros(3))
    assert regulation.entry.tolist() == [1.0] * 3 and regulation.saved.tolist() == [0.0] * 3


def test_a_larger_cut_saves_more_brings_more_entry_and_is_worth_more():
    found = []
    for cut in (0.1, 0.3, 0.9):
        regulation = Regulation(P, 1)
        regulation.approve(np.array([cut]))
        found.append((regulation.saved[0], regulation.entry[0], regulation.worth(6.0)[0]))
    assert found == sorted(found) and len(set(found)) == 3


def test_some_days_are_always_needed():
    regulation = Regulation(P, 1)
    regulation.approve(np.array([1.5]))
    assert regulation.cut[0] == LONGEST_CUT and regulation.days()[0] > 0.0


def test_a_quarter_sooner_is_worth_what_its_capital_costs():
    """8 % a year for a quarter is 2 %: as much as an incentive of .02 yuan per yuan."""
    regulation = Regulation(P._replace(approval_days=125.0), 1)
    regulation.approve(np.array([0.5]))
    assert regulation.saved[0] == pytest.approx(1.0)
    assert regulation.worth(6.0)[0] == pytest.approx(6.0 * 0.02)


def test_nobody_is_spared_more_than_the_whole_cost():
    regulation = Regulation(P, 2)
    regulation.spare(np.array([0.3, 1.7]))
    assert regulation.relief.tolist() == [0.3, 1.0]
