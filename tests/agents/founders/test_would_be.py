"""The stock of would-be founders: as usual at the start, whole persons, entry in step with who can found."""

import numpy as np
import pytest

from agents.founders.would_be import FounderParameters, Waiting, WouldBeFounders

P = FounderParameters(
    founding=0.1,
    giving_up=0.06,
    from_graduates=0.2,
    trying_again=0.2,
    usual_exit=0.055,
    held_back=0.4,
    stock_elasticity=0.5,
)
ENTRANTS, FIRMS = np.array([40.0, 10.0, 5.0, 5.0]), np.array([2000.0, 500.0, 250.0, 250.0])
STAFF, NOBODY = np.array([1000, 500]), np.zeros(2, np.int64)  # of two prefectures


@pytest.fixture
def stock():
    """Two industries in two prefectures, 60 entrants a quarter, no growth."""
    found = WouldBeFounders(P, 4, 0.0)
    found.settle(ENTRANTS, FIRMS)
    return found


def year(stock, staff=STAFF, graduates=STAFF):
    """Four quarters in which usually many found and close, and the pull of each at their end."""
    luck = np.random.default_rng(7)
    for quarter in range(4):
        stock.open_quarter()
        stock.free.found(ENTRANTS.astype(np.int64))
        stock.come(staff, graduates if quarter == 2 else NOBODY, luck.random(2))
        stock.give_up(luck.random(2))
        stock.closed += np.rint(0.25 * P.usual_exit * FIRMS).astype(np.int64)
    return stock.pull(4)


def test_at_the_start_the_stock_leaves_entry_as_it_is(stock):
    assert stock.free.persons.tolist() == [400, 100, 50, 50]
    assert stock.pull(0) == pytest.approx(np.ones(4))


def test_with_as_many_coming_as_going_it_stays_as_it_is(stock):
    for _ in range(5):
        pull = year(stock)
    assert pull == pytest.approx(np.ones(4), abs=0.08)
    assert stock.held_back.persons.sum() == pytest.approx(held_back_at_start(), rel=0.06)


def held_back_at_start():
    stock = WouldBeFounders(P, 4, 0.0)
    stock.settle(ENTRANTS, FIRMS)
    return stock.held_back.persons.sum()


def test_more_skilled_people_in_a_prefecture_bring_more_founders_there(stock):
    year(stock)
    assert year(stock, staff=np.array([2000, 500])).tolist()[::2] > year(stock).tolist()[1::2]


def test_who_stays_after_graduating_founds_there(stock):
    usual = WouldBeFounders(P, 4, 0.0)
    usual.settle(ENTRANTS, FIRMS)
    for one, graduates in ((usual, STAFF), (stock, np.array([3000, 500]))):
        year(one)
        year(one, graduates=graduates)
    assert (stock.free.persons - usual.free.persons)[::2].min() > 10
    assert np.abs(stock.free.persons - usual.free.persons)[1::2].max() <= 1


def test_closed_firms_leave_founders_who_try_again(stock):
    before = stock.free.persons.copy()
    stock.open_quarter()
    stock.inflow[:] = 0.0
    stock.closed[:] = [0, 100, 0, 0]
    stock.come(STAFF, NOBODY, np.array([0.5, 0.5]))
    assert (stock.free.persons - before).tolist() == [0, 12, 0, 0]  # a fifth, three fifths of them can found
    assert not stock.closed.any()


def test_entry_follows_the_stock_with_its_elasticity(stock):
    stock.free.persons[:] = [800, 50, 50, 0]
    pull = stock.pull(0)
    assert pull[0] == pytest.approx(2.0**0.5, rel=0.01) and pull[1] == pytest.approx(0.5**0.5, rel=0.02)
    assert pull[2] == pytest.approx(1.0) and 0.0 < pull[3] < 0.25


def test_the_usual_stock_grows_as_entry_does():
    stock = WouldBeFounders(P, 4, 0.1)
    stock.settle(ENTRANTS, FIRMS)
    assert stock.pull(4)[0] == pytest.approx(1.1**-0.5, rel=0.01)


def test_who_founds_where_nobody_waited_came_in_the_same_quarter():
    waiting = Waiting.of(np.array([3, 0]))
    waiting.found(np.array([2, 5]))
    assert waiting.persons.tolist() == [1, 0] and waiting.came.tolist() == [0, 5]
    assert (waiting.before + waiting.came - waiting.founded - waiting.gave_up == waiting.persons).all()


def test_never_more_give_up_than_are_there():
    for luck in (0.01, 0.5, 0.99):
        waiting = Waiting.of(np.array([1, 0, 1, 7]))
        waiting.lose(0.9, luck)
        assert (waiting.persons >= 0).all() and waiting.gave_up.sum() in (8, 9)
