"""The parts of the change of emerging value added: who counts as what, and that nothing is left over."""

import numpy as np
import pytest

from agents.change.decomposition import (
    ARRIVED,
    COVERAGE,
    ENTRY,
    EXIT,
    FOUNDED,
    GROWTH,
    LATELY,
    ORIGINS,
    RECLASSIFICATION,
    SPIN_OFF,
    START,
    TRANSFER,
    Change,
    Marks,
    is_new,
    origin_of,
    reclassified,
    tell_firms,
    tell_leavers,
)

MARKS = Marks(start=512, moved=128, spin_off=64, lately=20, first=24)
LATER = 512  # ids of firms that were not there at the start


def at(part, origin):
    return ORIGINS * part + origin


@pytest.mark.parametrize(
    ("member", "entry", "origin"),
    [
        (17, -9, START),
        (128 | 3, 0, ARRIVED),  # it was called before the start
        (LATER | 3, 19, FOUNDED),
        (LATER | 64, 0, SPIN_OFF),
        (LATER | 128, 5, ARRIVED),
        (LATER | 128 | 64, 5, ARRIVED),
        (LATER, 20, FOUNDED + LATELY),
        (LATER | 64, 30, SPIN_OFF + LATELY),
        (LATER | 128, 24, ARRIVED + LATELY),
    ],
)
def test_id_and_quarter_of_entry_tell_where_a_firm_is_from(member, entry, origin):
    assert origin_of(member, entry, MARKS) == origin


def test_who_came_since_january_is_new():
    assert is_new(LATER, 24, MARKS) and not is_new(LATER, 23, MARKS) and not is_new(17, 24, MARKS)


def test_the_part_of_a_changed_share_is_its_share_of_what_was_made():
    assert reclassified(1000, 0.5, 0.1) == 200
    assert reclassified(1000, 0.5, 0.0) == 0
    assert reclassified(0, 0.0, 0.0) == 0


@pytest.fixture
def firms(make_firms):
    """Of one industry in two places: of 2015, of founders, from outside this year, and one that shifted."""
    made = make_firms(
        4,
        prefecture=[0, 0, 1, 1],
        entry_quarter=[-3, 8, 25, -3],
        emerging_share=[0.5, 0.5, 0.5, 0.5],
        emerging_shift=[0.0, 0.0, 0.0, 0.25],
        emerging_year=[70, 30, 11, 90],
        emerging_last_year=[50, 40, 0, 60],
    )
    made.id[made.rows()] = [17, LATER, LATER | 128, 18]
    return made


def tell(firms, change):
    """One industry with two places."""
    tell_firms(firms.arrays(), MARKS, firms.start[:1], firms.stop[:1], change.told)


def test_each_firm_counts_where_it_is_from_and_its_next_year_begins(firms):
    change = Change.of(2)
    tell(firms, change)
    here, there = change.told
    assert here[at(GROWTH, START)] == 20 and here[at(GROWTH, FOUNDED)] == -10 and here.sum() == 10
    assert there[at(ENTRY, ARRIVED + LATELY)] == 11
    assert there[at(RECLASSIFICATION, START)] == 45 and there[at(GROWTH, START)] == -15 and there.sum() == 41
    rows = firms.rows()
    assert firms.emerging_last_year[rows].tolist() == [70, 30, 11, 90]
    assert firms.emerging_year[rows].tolist() == [0, 0, 0, 0]


def test_what_a_firm_made_before_it_left_is_missing_in_this_year_and_the_next(firms):
    change, rows = Change.of(2), firms.rows()[[0, 2]]
    tell_leavers(firms.arrays(), MARKS, rows, np.array([0, 1]), change.told, change.owed)
    assert change.told[0, at(EXIT, START)] == 20 and change.told[1, at(ENTRY, ARRIVED + LATELY)] == 11
    assert change.owed[0, at(EXIT, START)] == -70 and change.owed[1, at(EXIT, ARRIVED + LATELY)] == -11
    change.begin_year()
    assert change.told.sum() == -81 and not change.owed.any()


def test_a_move_takes_last_year_along_and_adds_to_zero():
    """Made 100 last year and 30 before it went, then 50: its old place loses 70 now and 30 next year."""
    change = Change.of(2)
    change.emerging_before, change.emerging = np.array([100, 0]), np.array([30, 50])
    change.transfer((np.array([0]), np.array([1])), np.array([100]), np.array([30]))
    change.told[1, at(GROWTH, START)] += 80 - 100
    assert change.told[:, TRANSFER].tolist() == [-70, 70] and change.moved == 100
    assert change.gaps().tolist() == [0, 0]
    change.begin_year()
    change.emerging = np.array([0, 90])
    change.told[1, at(GROWTH, START)] += 90 - 80
    assert change.told[:, TRANSFER].tolist() == [-30, 30]
    assert change.gaps().tolist() == [0, 0]


def test_what_statistics_count_beside_is_a_part_of_its_own():
    change = Change.of(2)
    change.cover(np.array([5, 0]))
    assert change.gaps().tolist() == [5, 0]
    change.told[:, COVERAGE] += change.covered - change.covered_before
    assert change.gaps().tolist() == [0, 0]
    change.begin_year()
    change.told[:, COVERAGE] += change.covered - change.covered_before
    assert change.told[:, COVERAGE].tolist() == [-5, 0] and change.gaps().tolist() == [0, 0]
