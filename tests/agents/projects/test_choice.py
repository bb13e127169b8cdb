"""Firms choose by appeal, distance and pay, as far as programmes can promise, or go elsewhere."""

import numpy as np
import pytest

from agents.projects.choice import (
    ELSEWHERE,
    Candidates,
    Choices,
    Places,
    RelocationParameters,
    choose_places,
    cluster_term,
    cluster_terms,
    count_candidates,
    list_promises,
    taste,
    wage_terms,
)

P = RelocationParameters(
    candidates=300.0, first_origin=0.5, second_origin=0.2, staying_away=0.0, incentive_weight=5.0,
    distance_weight=0.2, railway_weight=0.4, zone_weight=0.1, cluster_weight=0.5, cluster_floor=0.01,
    chain_weight=0.0,
    wage_weight=1.0, enclave_pull=0.4, productivity=0.0, cash=0.2,
)  # fmt: skip
PLACES, CELLS = 14, 126


def scattered(candidates, places=PLACES + 1):
    """Uniforms that fill (0, 1) evenly in every column, in another order in each."""
    base = (np.arange(candidates) + 0.5) / candidates
    return np.stack([base[(np.arange(candidates) * step) % candidates] for step in primes(places)], axis=1)


def primes(count):
    return [n for n in range(101, 1000) if all(n % d for d in range(2, n))][:count]


def choose(luck, **given):
    """Choices of candidates of the first industry among fourteen like places, unless told; 1 yuan each."""
    n = len(luck)
    given = {
        "incentive": {},
        "aid": {},
        "left": [10**9],
        "home": -1,
        "distance": np.zeros((1, PLACES)),
        **given,
    }
    incentive, aid = np.zeros(PLACES), np.zeros(CELLS)
    for values, told in ((incentive, given["incentive"]), (aid, given["aid"])):
        for place, value in told.items():
            values[place] = value
    nobody = np.zeros(n, np.int64)
    candidates = Candidates(nobody, np.full(n, given["home"]), nobody, np.full(n, 100), luck.flatten())
    left = np.array(given["left"], np.int64)
    shares = np.ones((len(left), CELLS)) / len(left)
    worth = P.incentive_weight * aid
    places = Places(np.zeros(CELLS), incentive, worth, aid, shares, left, given["distance"])
    choices = Choices(*(np.zeros(n, np.int64) for _ in Choices._fields))
    choose_places(candidates, places, given.get("staying", 0.0), P, choices)
    return choices, left


def test_tastes_make_a_logit():
    """Two places that differ by log 3 in utility are chosen three to one."""
    luck = scattered(10_007, 2)
    better = np.array([np.log(3.0) + taste(a) > taste(b) for a, b in luck.tolist()])
    assert better.mean() == pytest.approx(0.75, abs=0.02)


def test_a_higher_incentive_draws_candidates_to_its_place_and_moves_nobody_between_others():
    luck = scattered(2003)
    before, after = choose(luck)[0], choose(luck, incentive={3: 0.2})[0]
    moved = before.place != after.place
    assert moved.sum() > 50 and (after.place[moved] == 3).all()
    assert (after.without_incentives == before.place).all()
    assert (after.without_lever == after.place).all() and not after.aided.any()


def test_aid_does_what_the_same_incentive_would_and_what_had_been_chosen_is_remembered():
    luck = scattered(2003)
    incentive, aided = choose(luck, incentive={3: 0.2})[0], choose(luck, aid={3: 0.2})[0]
    assert (incentive.place == aided.place).all()
    assert (aided.aided == (aided.place == 3)).all()
    assert (aided.without_lever == choose(luck)[0].place).all()


def test_nobody_is_promised_more_than_is_left_and_those_after_choose_as_without_aid():
    luck = scattered(2003)
    plenty, _ = choose(luck, aid={3: 0.2})
    short, left = choose(luck, aid={3: 0.2}, left=[1000])
    assert short.aided.sum() == 1000 // 20 and left[0] == 0
    last = np.flatnonzero(short.aided)[-1]
    assert (short.place[: last + 1] == plenty.place[: last + 1]).all()
    assert (short.place[last + 1 :] == choose(luck)[0].place[last + 1 :]).all()


def test_where_two_programmes_share_a_cost_both_must_have_it():
    _, left = choose(scattered(503), aid={3: 0.2}, left=[10**6, 95])
    assert left[1] == 5 and left[0] == 10**6 - 90


def test_a_firm_is_paid_where_it_comes_and_not_where_it_is():
    luck = scattered(2003)
    at_home = choose(luck, incentive={3: 0.2}, aid={3: 0.2}, home=3, staying=-1e300)[0]
    plain = choose(luck, home=3, staying=-1e300)[0]
    assert (at_home.place == plain.place).all() and not at_home.aided.any()
    assert (choose(luck, home=2, staying=-1e300)[0].place != ELSEWHERE).all()


def test_a_nearer_place_is_chosen_more_often():
    far = np.full((1, PLACES), 400.0)
    far[0, 5] = 100.0
    chosen = choose(scattered(2003), distance=far, staying=-1e300)[0].place
    odds = (chosen == 5).sum() / ((chosen != 5).sum() / (PLACES - 1))
    assert odds == pytest.approx(np.exp(0.2 * 3.0), rel=0.15)


def test_where_staying_away_is_best_nobody_comes():
    assert (choose(scattered(503), staying=50.0)[0].place == ELSEWHERE).all()


def test_a_cluster_is_worth_the_log_of_its_share_and_an_enclave_a_part_of_the_largest():
    assert cluster_term(0.19, 0.5, 0.0, P) == pytest.approx(0.5 * np.log(0.2))
    assert cluster_term(0.0, 0.5, 1.0, P) == pytest.approx(0.5 * np.log(0.4 * 0.5 + 0.01))
    firms, worth = np.zeros(28), np.empty(28)
    firms[14:17] = 30.0, 10.0, 0.0
    cluster_terms(firms, 14, np.zeros(28), P, worth)
    assert worth[14:17] == pytest.approx(0.5 * np.log([0.76, 0.26, 0.01]))
    assert worth[:14] == pytest.approx(0.5 * np.log(0.01))  # no firms anywhere


def test_dear_labour_keeps_plants_away():
    worth = np.empty(2)
    wage_terms(np.array([1.0, 1.1]), P, worth)
    assert worth == pytest.approx([0.0, -np.log(1.1)])


def test_promises_are_shares_of_the_cost_of_those_who_are_aided():
    cost, shares = np.array([0.1, 0.2]), np.array([[1.0, 0.25], [0.0, 0.75]])
    promised = np.zeros((2, 3), np.int64)
    cells, invested, aided = np.array([0, 1, 1]), np.array([1000, 1000, 1000]), np.array([1, 1, 0])
    list_promises(cells, invested, aided, cost, shares, promised)
    assert promised.tolist() == [[100, 50, 0], [0, 150, 0]]


def test_candidates_divide_as_national_demand_does(even_luck):
    counts, sums = np.zeros(2, np.int64), np.zeros(2)
    for luck in even_luck:
        count_candidates(12.0, np.array([1.0, 2.0]), np.array([luck, luck]), counts)
        sums += counts
    assert sums / len(even_luck) == pytest.approx([4.0, 8.0], rel=0.01)
