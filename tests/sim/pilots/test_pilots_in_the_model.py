"""Pilot lines in the model: what the lever pays for, who is served, what holds to the yuan and the piece."""

import numpy as np
import pytest
from branched import branch, past, series, total
from whole_state import differences

from agents.money.flows import AccountingError
from agents.pilots.pilot_lines import PilotLines
from sim.pilots import identities

LEVER = "pilot_platforms"
MONEY = {(LEVER, "budget"): 1e9}


@pytest.fixture(scope="module")
def end_of_2020():
    return past()


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 8, {})


@pytest.fixture(scope="module")
def built(end_of_2020):
    return branch(end_of_2020, 8, MONEY)


def test_without_money_there_are_no_lines_and_the_baseline_stays_to_the_last_bit(end_of_2020, usual):
    nothing = branch(end_of_2020, 8, {(LEVER, "budget"): 0.0})
    assert differences(nothing, usual) == []
    assert nothing.economy.of(PilotLines).idle


def test_money_builds_lines_runs_them_and_is_spent_on_nothing_else(built):
    lines = built.economy.of(PilotLines)
    assert series(built, "pilot_capacity")[-1] == pytest.approx(lines.capacity.sum())
    assert total(built, "pilot_bookings") > 0
    programme = built.economy.governments.programmes[LEVER]
    assert 0 < total(built, f"programme_{LEVER}") <= programme.over_all_years()["appropriated"]


def test_products_come_no_sooner_than_a_booking_lets_them(built):
    booked, sold = series(built, "pilot_bookings"), series(built, "pilot_products")
    assert sold[: np.flatnonzero(booked)[0] + 1].sum() == 0


def test_productivity_moves_only_after_a_booking(built, usual):
    first = np.flatnonzero(series(built, "pilot_bookings"))[0]
    sales = series(built, "sei_value_added")[: first + 1], series(usual, "sei_value_added")[: first + 1]
    assert np.abs(sales[0] / sales[1] - 1.0).max() < 1e-3  # what the works themselves buy


def test_lines_are_built_only_for_those_who_ask(end_of_2020):
    none = branch(end_of_2020, 8, MONEY, PilotLines, seeking=0.0)
    assert series(none, "pilot_applications").sum() == series(none, "licences").sum()
    some = branch(end_of_2020, 8, {(LEVER, "budget"): 5e9}, PilotLines, seeking=0.02)
    lines = some.economy.of(PilotLines)
    assert lines.capacity.sum() <= 2.0 * lines.wanted.sum() + len(lines.pilots)
    left = some.economy.governments.programmes[LEVER].over_all_years()
    assert left["left"] + left["lapsed"] > 0.5 * left["appropriated"]


def test_more_money_serves_no_fewer(end_of_2020, built):
    less = branch(end_of_2020, 8, {(LEVER, "budget"): 3e8})
    assert total(less, "pilot_bookings") < total(built, "pilot_bookings")
    assert total(less, f"programme_{LEVER}") < total(built, f"programme_{LEVER}")


def test_a_block_serves_its_own_firms_alone(end_of_2020):
    block = [{"where": ["changsha"], "budget": {2021: 1e9}}]
    model = branch(end_of_2020, 8, {(LEVER, "blocks"): block})
    lines = model.economy.of(PilotLines)
    assert lines.capacity[:, 0].sum() > 0
    assert not lines.capacity[:, 1:].any()
    booked = lines.pilots.cell[~lines.pilots.waits]
    assert len(booked)
    assert (booked % lines.places == 0).all()


@pytest.mark.parametrize("what", ["applied", "gave_up", "works", "runs"])
def test_a_broken_count_is_found(built, what):
    lines = built.economy.of(PilotLines)
    setattr(lines, what, getattr(lines, what) + 1)
    with pytest.raises(AccountingError, match=r"inventions for pilot lines|pilot lines"):
        identities.check(built.economy, None)
    setattr(lines, what, getattr(lines, what) - 1)
    identities.check(built.economy, None)
