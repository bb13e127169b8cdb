"""Pledges: loans within what inventions are worth, and which of them come into the count of high value."""

import numpy as np
import pytest

from agents.finance.pledges import (
    PledgeParameters,
    Pledges,
    lend_on_pledges,
    loans_within,
    pledged_for,
    relabelled,
)
from scenarios.load import central_values, load_parameters

P = PledgeParameters(**central_values(load_parameters())["pledges"])._replace(counted=0.5)


@pytest.mark.parametrize(("loan", "pledged"), [(0.0, 0), (100.0, 1), (101.0, 2), (900.0, 4)])
def test_as_many_inventions_are_pledged_as_the_loan_needs_and_no_more_than_are_free(loan, pledged):
    assert pledged_for(loan, 100.0, 4) == pledged


def test_loans_stay_within_what_free_inventions_are_worth():
    loans, pledged = np.zeros((2, 3), np.int64)
    loans_within(np.array([250, 1000, 50]), np.array([5, 2, 0]), 100.0, loans, pledged)
    assert (loans.tolist(), pledged.tolist()) == ([250, 200, 0], [3, 2, 0])


def test_half_of_the_pledged_that_were_plain_count_from_now_on():
    assert relabelled(8, 10, 5, 0.5, P) == 2  # 8 pledged, half of them plain, half of these counted
    assert relabelled(8, 10, 10, 0.5, P) == relabelled(0, 0, 0, 0.5, P) == 0
    assert relabelled(10, 10, 9, 0.01, P._replace(counted=1.0)) == 1


def test_a_pledge_lends_its_money_and_moves_no_other_number_of_the_firm(make_firms):
    firms = make_firms(2, deposits=10, loans=5, patents=10, high_value_patents=5)
    before = {name: column.copy() for name, column in firms.columns.items()}
    new, rows = np.zeros(14, np.int64), firms.rows()
    loans, pledged, luck = np.array([300, 0]), np.array([8, 8]), np.full(2, 0.5)
    counted = lend_on_pledges(firms.arrays(), P, rows, loans, pledged, luck, new)
    assert (counted, int(new.sum())) == (4, 300)
    moved = {name for name, column in firms.columns.items() if (column != before[name]).any()}
    assert moved == {"deposits", "loans", "high_value_patents"}
    assert firms.deposits[rows].tolist() == [310, 10] and firms.loans[rows].tolist() == [305, 5]


def test_pledges_end_after_their_time():
    pledges = Pledges(P)
    pledges.add(np.array([3, 4]), np.array([2, 6]), 8)
    pledges.end(7)
    assert (pledges.firm.tolist(), pledges.inventions) == ([3, 4], 8)
    pledges.end(8)
    assert not len(pledges.firm)
