"""A box that is known is found by both methods, and noise gives none."""

import numpy as np
import pytest

from experiments.discovery.box import ABOVE, BELOW, Box, Condition, Score
from experiments.discovery.prim import best_peel, fewest_in_a_box, prim_box
from experiments.discovery.tested import halves, most_different, quasi_p, significant, what_stands
from experiments.discovery.tree import tree_box

METHODS = (prim_box, tree_box)
KNOWN = {(2, ABOVE), (7, BELOW)}


def all_allowed(variables):
    return np.ones((variables, 2), bool)


def drawn(runs=240, variables=60, seed=1):
    """Runs whose cases lie where variable 2 is above 0.6 and 7 below 0.5, nine of ten of them."""
    luck = np.random.default_rng(seed)
    table = luck.uniform(size=(runs, variables))
    cases = (table[:, 2] > 0.6) & (table[:, 7] < 0.5) & (luck.uniform(size=runs) < 0.9)
    return table, cases


def test_a_box_holds_what_is_within_all_of_its_bounds():
    box = Box.of(3, Condition(0, ABOVE, 0.5), Condition(0, BELOW, 0.9), Condition(2, BELOW, 0.2))
    table = np.array([[0.6, 0.0, 0.1], [0.95, 0.0, 0.1], [0.6, 0.0, 0.3], [0.5, 9.0, 0.1]])
    assert box.holds(table).tolist() == [True, False, False, False]
    assert [one.what for one in box.conditions()] == [(0, ABOVE), (0, BELOW), (2, BELOW)]
    assert box.without(box.conditions()[0]).holds(table).tolist() == [True, False, False, True]
    assert box.only({(2, BELOW)}).holds(table).tolist() == [True, True, False, True]


def test_density_and_coverage_are_shares_of_the_box_and_of_all_cases():
    table, cases = np.array([[0.1], [0.2], [0.8], [0.9]]), np.array([False, True, True, True])
    score = Box.of(1, Condition(0, ABOVE, 0.5)).score(table, cases)
    assert score == Score(2, 2, 3, 4)
    assert (score.density, score.coverage) == (1.0, 2 / 3)
    assert score.chance() == pytest.approx(np.log(0.75**2))
    assert (Score(0, 0, 0, 4).chance(), Score(0, 0, 0, 4).density) == (0.0, 0.0)


def test_a_peel_takes_a_twentieth_of_the_side_that_gains_most():
    table = np.column_stack([np.arange(100.0), np.tile([0.0, 1.0], 50)])
    cases = table[:, 0] >= 20
    peel = best_peel(table, cases, 12, all_allowed(2))
    assert peel.condition == Condition(0, ABOVE, 4.5)
    assert len(peel.kept) == 95


def test_values_that_many_runs_share_are_taken_together():
    table = np.array([0.0] * 60 + [1.0] * 40)[:, None]
    peel = best_peel(table, table[:, 0] > 0.5, 12, all_allowed(1))
    assert (peel.condition.bound, len(peel.kept)) == (0.5, 40)
    assert best_peel(np.zeros((100, 1)), np.arange(100) > 50, 12, all_allowed(1)) is None


def test_what_is_not_allowed_is_not_peeled():
    table, cases = drawn()
    allowed = np.zeros((60, 2), bool)
    allowed[7, 0] = True  # above alone, where cases lie below
    assert prim_box(table, cases, allowed).conditions() == []
    assert tree_box(table, cases, allowed).conditions() == []


def test_no_box_is_smaller_than_it_may_be():
    table, cases = drawn()
    for method in METHODS:
        assert method(table, cases, all_allowed(60)).score(table, cases).runs >= fewest_in_a_box(len(cases))


@pytest.mark.parametrize("method", METHODS)
def test_the_known_box_is_found_and_nothing_else(method):
    table, cases = drawn()
    found = what_stands(method, table, cases, np.arange(len(cases)))
    assert {one.condition.what for one in found.kept} == KNOWN
    assert min(one.returns for one in found.kept) > 0.5 and max(one.p for one in found.kept) < 0.01
    bounds = {one.condition.variable: one.condition.bound for one in found.kept}
    assert (bounds[2], bounds[7]) == (pytest.approx(0.6, abs=0.05), pytest.approx(0.5, abs=0.05))
    assert found.score.coverage > 0.95 and found.score.density > 0.8
    assert found.outside[0] > 0.6 and found.outside[1] > 0.7


@pytest.mark.parametrize("method", METHODS)
def test_noise_has_no_conditions(method):
    table, _ = drawn()
    for seed in range(3):
        cases = np.random.default_rng(seed).uniform(size=240) < 0.25
        assert what_stands(method, table, cases, np.arange(240)).kept == ()


def test_without_its_test_a_method_would_tell_of_noise():
    table, _ = drawn()
    cases = np.random.default_rng(0).uniform(size=240) < 0.25
    assert all(len(method(table, cases, all_allowed(60)).conditions()) >= 2 for method in METHODS)


def test_a_condition_that_does_not_come_back_is_dropped(monkeypatch):
    table, cases = drawn()
    calls = iter(range(10_000))

    def fickle(own, among, allowed):
        whole = next(calls) == 0
        return Box.of(
            own.shape[1], *([Condition(int(own.var(axis=0).argmax()), ABOVE, 0.4)] if whole else [])
        )

    monkeypatch.setattr("experiments.discovery.tested.SIGNIFICANT", 1e9)
    monkeypatch.setattr("experiments.discovery.tested.IN_A_HALF", 1e9)
    found = what_stands(fickle, table, cases, np.arange(len(cases)))
    assert (found.kept, [one.returns for one in found.dropped]) == ((), [0.0])
    assert found.outside is None and found.score.runs == len(cases)


def test_a_condition_is_judged_by_all_that_were_looked_at():
    table, cases = drawn()
    many = np.full(60, 1e20)
    assert what_stands(prim_box, table, cases, np.arange(240), many).kept == ()
    assert len(what_stands(prim_box, table, cases, np.arange(240)).kept) > 0


def test_runs_of_one_set_stay_together():
    clusters = np.repeat(np.arange(10), 3)
    for one, other in halves(clusters):
        assert set(clusters[one]) & set(clusters[other]) == set()
        assert len(one) + len(other) == 30


def test_a_condition_of_one_set_of_parameters_repeated_is_not_taken_for_many():
    # Forty runs of each of six sets; which sets succeed is luck, and no variable but the sets' own tells it.
    luck = np.random.default_rng(5)
    clusters = np.repeat(np.arange(6), 40)
    table = np.column_stack([luck.normal(size=6)[clusters], luck.normal(size=(240, 20))])
    cases = clusters < 2
    alone = what_stands(prim_box, table, cases, np.arange(240))
    together = what_stands(prim_box, table, cases, clusters)
    assert max((one.returns for one in alone.kept), default=0.0) >= max(
        (one.returns for one in [*together.kept, *together.dropped]), default=0.0
    )


def test_a_quasi_p_is_how_probable_so_many_cases_are_without_the_condition():
    table = np.arange(20.0)[:, None]
    cases = table[:, 0] >= 10
    box = Box.of(1, Condition(0, ABOVE, 9.5))
    assert quasi_p(box, table, cases)[0, ABOVE] == pytest.approx(0.5**10)


def test_one_side_of_all_or_nothing_gives_no_box():
    table, _ = drawn()
    for cases in (np.zeros(240, bool), np.ones(240, bool)):
        assert significant(prim_box, table, cases, np.ones(60)).conditions() == []


def test_the_variables_that_differ_most_are_looked_at():
    table, cases = drawn(variables=80)
    chosen = most_different(table, cases)
    assert {2, 7} <= set(chosen.tolist()) and len(chosen) == 30
