"""I10 holds on honest counts, and a broken one names kind, cell, quarter and persons."""

import re

import numpy as np
import pytest

from agents.money.flows import AccountingError
from agents.people.talent_market import Stock
from sim.people.identities import check_stock


@pytest.fixture
def stock():
    """10 people in each of 3 cells; then 4 graduates, 3 newcomers, 2 who move from cell 0 to 2, 5 leavers."""
    stock = Stock.of(3)
    stock.begin(np.array([10, 10, 10]))
    stock.graduated, stock.arrived = np.array([4, 0, 0]), np.array([0, 3, 0])
    stock.changed, stock.left = np.array([-2, 0, 2]), np.array([0, 5, 0])
    stock.persons = np.array([12, 8, 12])
    return stock


def broken(words):
    return pytest.raises(AccountingError, match="^" + re.escape(words) + "$")


def test_people_who_came_and_went_explain_those_who_are_there(stock):
    check_stock("talent", stock, 7)


@pytest.mark.parametrize("moves", ["graduated", "arrived", "changed"])
def test_somebody_who_came_but_is_not_there_is_found(moves, stock):
    getattr(stock, moves)[1] += 1
    with broken("I10 people fails: account talent of cell 1, quarter 7: -1 persons off"):
        check_stock("talent", stock, 7)


def test_somebody_who_left_but_is_there_is_found(stock):
    stock.left[2] = 1
    with broken("I10 people fails: account talent of cell 2, quarter 7: 1 persons off"):
        check_stock("talent", stock, 7)


def test_people_who_change_cell_are_not_made(stock):
    stock.changed[2] += 1
    stock.persons[2] += 1
    with broken("I10 people fails: account skilled workers who changed cell, quarter 7: 1 persons off"):
        check_stock("skilled workers", stock, 7)


def test_fewer_than_nobody_is_found(stock):
    stock.left[1] += 9
    stock.persons[1] -= 9
    with broken("I10 people fails: account talent of cell 1, quarter 7: -1 persons off"):
        check_stock("talent", stock, 7)
