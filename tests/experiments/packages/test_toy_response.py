"""A response whose best packages are known is recovered: the cheapest, the nearest, the front, equal
spending."""

import numpy as np
import pytest
from scipy.optimize import minimize

from experiments.packages.archive import Archive, Outcome, Ranked, Room, rounded
from experiments.packages.cheapest import cheapest
from experiments.packages.front import Scored, front, on_front
from experiments.packages.robust import at_cost, least_regret, regrets, worst_decile
from experiments.packages.sampled import refuse_without_optuna
from scenarios.values.errors import InputError

pytest.importorskip("optuna")

LEVERS = 8
LUCK = np.random.default_rng(0)
GAINS = np.array([4.0, 3.0, 2.5, 2.0, 1.0, 0.0, 0.0, 0.0])  # three levers do nothing
STEEP, DEAR = LUCK.uniform(1.0, 4.0, LEVERS), LUCK.uniform(5.0, 60.0, LEVERS)
ROOM = Room((0.0,) * LEVERS, (0.2,) * LEVERS, {f"lever_{k}": (k,) for k in range(LEVERS)})


def gain(point, of=GAINS):
    """Each lever gains less the more it has."""
    return float((of * (1.0 - np.exp(-STEEP * np.array(point)))).sum())


def cost(point):
    return float((DEAR * np.array(point) ** 2).sum())


def searched(missing, evaluations=120, cap=1e6, seed=1):
    """The toy, searched; and the packages in the order in which they were asked for."""
    asked = []

    def evaluate(points):
        asked.extend(points)
        return [Outcome(gain(one) - missing, cost(one), cost(one) / cap - 1.0) for one in points]

    archive = Ranked(evaluate, evaluations, 2.0)
    course = cheapest(archive, ROOM, seed)
    return archive, course, asked


def truly_cheapest(missing):
    found = minimize(
        cost, np.full(LEVERS, 0.5), bounds=[(0, 1)] * LEVERS,
        constraints=[{"type": "ineq", "fun": lambda z: gain(z) - missing}],
    )  # fmt: skip
    return found.fun


def truly_most(money, of=GAINS):
    found = minimize(
        lambda z: -gain(z, of), np.full(LEVERS, 0.1), bounds=[(0, 1)] * LEVERS,
        constraints=[{"type": "ineq", "fun": lambda z: money - cost(z)}],
    )  # fmt: skip
    return -found.fun


@pytest.mark.parametrize("missing", [4.0, 7.0, 9.0])
def test_the_cheapest_package_is_found_within_a_tenth(missing):
    archive, _, _ = searched(missing)
    point, found = archive.best()
    assert found.reaches and found.cost <= 1.1 * truly_cheapest(missing)
    assert all(point[k] == 0.0 for k in (5, 6, 7))


def test_levers_that_do_nothing_are_not_looked_at():
    _, course, _ = searched(7.0)
    assert set(course.levers) == {f"lever_{k}" for k in range(5)}


def test_of_a_target_that_money_does_not_reach_the_nearest_package_keeps_within_the_money():
    archive, _, _ = searched(30.0, cap=10.0)
    _, found = archive.best()
    assert not found.reaches and found.may_be and found.cost <= 10.0
    assert found.margin + 30.0 >= 0.95 * truly_most(10.0)


def test_of_a_target_that_nothing_reaches_the_nearest_package_is_at_the_most():
    archive, _, _ = searched(1_000.0)
    point, _ = archive.best()
    assert all(point[k] == 1.0 for k in range(5))


def test_no_more_is_tried_than_may_be_and_nothing_twice():
    archive, _, asked = searched(7.0, evaluations=60)
    assert len(asked) == len(set(asked)) == len(archive.known) <= 60


def test_the_same_seed_asks_for_the_same_packages_and_another_for_others():
    assert searched(7.0)[2] == searched(7.0)[2]
    assert searched(7.0)[2] != searched(7.0, seed=2)[2]


def test_nothing_is_searched_where_what_is_in_force_reaches_the_target():
    archive, _, asked = searched(-1.0)
    assert archive.best()[0] == ROOM.usual and asked == [ROOM.usual]


# --- fronts ---

OTHER = np.array([0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 0.0, 2.0])


def bred(evaluations=240, seed=1, cap=80.0):
    asked = []

    def evaluate(points):
        asked.extend(points)
        return [
            Scored((gain(one), gain(one, OTHER)), cost(one), cost(one) / cap - 1.0, (0.0, 0.0))
            for one in points
        ]

    archive = Archive(evaluate, evaluations)
    front(archive, ROOM, [], seed, counts_cost=True)
    return archive, asked


@pytest.mark.parametrize("money", [8.0, 25.0, 65.0])
@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_the_front_comes_near_the_true_one(money, weight):
    archive, _ = bred()
    best = max(
        weight * archive.known[one].wanted[0] + (1.0 - weight) * archive.known[one].wanted[1]
        for one in on_front(archive, counts_cost=True)
        if archive.known[one].cost <= money
    )
    assert best >= 0.85 * truly_most(money, weight * GAINS + (1.0 - weight) * OTHER)


def test_no_package_of_the_front_outdoes_another_and_each_may_be_paid():
    archive, _ = bred(120)
    found = [archive.known[one] for one in on_front(archive, counts_cost=True)]
    table = np.array([[*one.wanted, -one.cost] for one in found])
    for row in table:
        assert not ((table >= row).all(axis=1) & (table > row).any(axis=1)).any()
    assert all(one.excess <= 0.0 for one in found) and [one.cost for one in found] == sorted(
        one.cost for one in found
    )


def test_the_same_seed_breeds_the_same_packages():
    assert bred(100)[1] == bred(100)[1]


# --- equal spending, regret ---


@pytest.mark.parametrize("money", [3.0, 12.0])
def test_a_package_is_brought_to_the_money_within_two_per_cent(money):
    found = at_cost((0.3,) * LEVERS, ROOM, money, cost, LEVERS)
    assert found.absorbs and abs(found.cost - money) <= 0.02 * money
    assert len(set(found.point)) == 1  # all dials alike


def test_what_cannot_spend_the_money_is_marked():
    found = at_cost((0.5,) * LEVERS, ROOM, 1e4, cost, LEVERS)
    assert not found.absorbs and found.cost < 1e4


def test_regret_is_what_the_best_reaches_more_in_each_run():
    values = np.array([[10.0] * 10, [0.0] * 9 + [30.0]])
    steady, risky = regrets(values)
    assert (steady.regret, steady.worst_regret, steady.best_in) == (2.0, 20.0, 0.9)
    assert (risky.regret, risky.worst_regret, risky.worst) == (9.0, 10.0, 0.0)
    assert least_regret([steady, risky]) == 1


def test_the_worst_decile_is_the_mean_of_the_smallest_tenth():
    assert worst_decile(np.arange(20.0)) == 0.5
    assert worst_decile(np.array([3.0, 1.0])) == 1.0


def test_positions_are_rounded_and_stay_inside():
    assert rounded([-0.2, 0.123456, 1.7]) == (0.0, 0.1235, 1.0)


def test_without_optuna_a_line_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr("experiments.packages.sampled.find_spec", lambda _: None)
    with pytest.raises(InputError, match="the extra `sensitivity`"):
        refuse_without_optuna("reach")
