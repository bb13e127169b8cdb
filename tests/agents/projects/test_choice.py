"""Firms from outside choose by incentive, distance, railway and cluster, or stay away; they bring capital."""

import numpy as np
import pytest

from agents.firms.conditions import ByIndustry
from agents.firms.entry import EntryLuck, Founding
from agents.money.flows import Flow
from agents.state.relocation import (
    ELSEWHERE,
    Movers,
    RelocationParameters,
    choose_places,
    count_candidates,
    log_size_of_movers,
    settle_movers,
    taste,
    utility,
)

P = RelocationParameters(
    candidates=300.0, staying_away=0.0, incentive_weight=5.0, distance_weight=0.2, railway_weight=0.4,
    cluster_weight=0.5, cluster_floor=0.01, size=2.7e7, size_spread=0.0, productivity=0.0, cash=0.2,
)  # fmt: skip
NOWHERE = np.zeros(126)


def choose(luck, p=P, incentive=0.0, firms=NOWHERE):
    """Choices of candidates of the first industry among fourteen like places; luck: [candidate, 15]."""
    chosen = np.full(len(luck), -7)
    offered = np.zeros(14)
    offered[3] = incentive
    industries = np.zeros(len(luck), np.int64)
    like = np.zeros(14)
    choose_places(industries, offered, like, like, firms, luck.flatten(), p, np.zeros(126), chosen)
    return chosen


def scattered(candidates, places=15):
    """Uniforms that fill (0, 1) evenly in every column, in another order in each."""
    base = (np.arange(candidates) + 0.5) / candidates
    return np.stack([base[(np.arange(candidates) * step) % candidates] for step in primes(places)], axis=1)


def primes(count):
    return [n for n in range(101, 1000) if all(n % d for d in range(2, n))][:count]


def test_each_part_of_the_utility_counts_as_it_should():
    plain = utility(0.0, 0.0, 0.0, 0.0, P)
    assert utility(0.1, 0.0, 0.0, 0.0, P) - plain == pytest.approx(0.5)
    assert utility(0.0, 300.0, 0.0, 0.0, P) - plain == pytest.approx(-0.6)
    assert utility(0.0, 0.0, 1.0, 0.0, P) - plain == pytest.approx(0.4)
    assert utility(0.0, 0.0, 0.0, 0.09, P) - plain == pytest.approx(0.5 * np.log(10.0))


def test_tastes_make_a_logit():
    """Two places that differ by log 3 in utility are chosen three to one."""
    luck = scattered(10_007, 2)
    better = np.array([np.log(3.0) + taste(a) > taste(b) for a, b in luck.tolist()])
    assert better.mean() == pytest.approx(0.75, abs=0.02)


def test_a_higher_incentive_draws_candidates_to_its_place_and_moves_nobody_between_others():
    luck = scattered(2003)
    before, after = choose(luck), choose(luck, incentive=0.2)
    moved = before != after
    assert moved.sum() > 50
    assert (after[moved] == 3).all()


def test_where_staying_away_is_best_nobody_comes():
    assert (choose(scattered(503), P._replace(staying_away=50.0)) == ELSEWHERE).all()


def test_an_industry_attracts_its_own():
    firms = NOWHERE.copy()
    firms[5] = 40.0
    chosen = choose(scattered(2003), firms=firms)
    assert (chosen == 5).sum() > 2 * (chosen == 4).sum()


def test_candidates_divide_as_national_demand_does(even_luck):
    counts, sums = np.zeros(2, np.int64), np.zeros(2)
    for luck in even_luck:
        count_candidates(12.0, np.array([1.0, 2.0]), np.array([luck, luck]), counts)
        sums += counts
    assert sums / len(even_luck) == pytest.approx([4.0, 8.0], rel=0.01)


@pytest.mark.parametrize(("quarter", "size"), [(-8, 2.7e7), (0, 2.7e7), (20, 2.7e7 * np.exp(0.25))])
def test_movers_are_of_a_level_that_rises_as_that_of_founders(p, quarter, size):
    p = p.but(entry_size_growth=0.05)
    assert np.exp(log_size_of_movers(quarter, P, p)) == pytest.approx(size)


@pytest.mark.parametrize("median", [2e6, 2e9])
def test_a_mover_brings_plant_and_money_whatever_the_size_of_firms_here(p, c, make_firms, median):
    p, c = p.but(entry_size_growth=0.0), c._replace(log_median_sales=np.log(median))
    firms = make_firms(1, prefecture=4)
    luck = EntryLuck(*(np.array([0.5]) for _ in EntryLuck._fields))
    flows = np.zeros((18, 14), np.int64)
    founding = Founding(luck, np.zeros(1), np.full(2, 0.4), np.zeros(9), np.zeros(9), np.zeros(14))
    movers = Movers(firms.rows(), np.array([0]), *np.zeros((2, 1), np.int64))
    settle_movers(firms.arrays(), founding, p, P, ByIndustry([c] * 9), movers, flows)
    size = float(firms.trailing_sales[firms.rows()[0]])
    assert size == pytest.approx(2.7e7)
    assert movers.cash[0] == firms.deposits[firms.rows()[0]] == round(0.2 * size)
    capital = float(firms.capital[firms.rows()[0]])
    assert movers.built[0] == flows[Flow.CAPITAL_EXPENDITURE, 4] == round(capital)
    assert flows[Flow.FOUNDER_CAPITAL].sum() == 0
