"""Basic research: late, heavy-tailed, and as many patents of firms as studies found."""

import numpy as np
import pytest

from agents.science.basic_research import (
    BasicResearch,
    BasicResearchParameters,
    Results,
    basic_quality,
    count_results,
    file_patents,
    lag_of,
    number_results,
    rank_users,
    user_key,
)
from agents.science.inventions import InventionParameters, invention_quality
from scenarios.load import central_values, load_parameters

VALUES = central_values(load_parameters())
P = BasicResearchParameters(**VALUES["basic_research"])
UNIFORM = (np.arange(200_000) + 0.5) / 200_000


def test_results_come_after_three_to_five_years():
    lags = [lag_of(luck, P) for luck in UNIFORM[::100]]
    assert (min(lags), max(lags)) == (12, 20)
    assert np.mean(lags) == pytest.approx(16.0, abs=0.01)


def test_quality_has_its_mean_and_a_heavier_tail_than_that_of_other_inventions():
    others = InventionParameters(**VALUES["inventions"])
    basic = np.array([basic_quality(u, P._replace(quality_mean=1.0, quality_tail=1.4)) for u in UNIFORM])
    usual = np.array([invention_quality(u, others.reference_inventor_share, others) for u in UNIFORM])
    assert basic.mean() == pytest.approx(1.0, abs=0.05)
    assert basic[UNIFORM > 0.999].sum() / basic.sum() > usual[UNIFORM > 0.999].sum() / usual.sum()
    assert np.median(basic) < 0.5


def test_ten_million_dollars_bring_as_many_patents_as_the_study_found():
    p = P._replace(kept_here=1.0, research_per_invention=1e12)
    patents, inventions = np.zeros((2, 1), np.int64)
    luck = np.array([[0.5], [0.5]])
    count_results(np.array([10 * 66_000_000]), 1.0, p, luck, inventions, patents)
    assert (inventions[0], patents[0]) == (0, 23)


def test_the_number_falls_with_the_price_of_research():
    inventions, patents, luck = np.zeros(1, np.int64), np.zeros(1, np.int64), np.full((2, 1), 0.5)
    numbers = []
    for price in (1.0, 2.0):
        count_results(np.array([10**9]), price, P._replace(kept_here=0.0), luck, inventions, patents)
        numbers.append(int(inventions[0]))
    assert numbers == [41, 21]  # medians of 10**9 / 24 million, and of half of it


def test_every_result_has_an_id_of_its_own():
    n = 7
    ids, owner, kind = np.zeros((3, n), np.int64)
    number_results(np.array([2, 1]), np.array([1, 3]), 5, ids, owner, kind)
    assert len(set(ids.tolist())) == n
    assert (owner.tolist(), kind.tolist()) == ([0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 0, 1, 1, 1])


def results(*due):
    n = len(due)
    return Results(*np.zeros((3, n), np.int64), np.array(due), np.zeros(n, np.int64), np.ones(n))


def test_results_leave_when_they_are_due_and_knowledge_comes_after_the_mean_lag():
    basic = BasicResearch(P, 2)
    basic.begin(results(12, 14, 12), np.array([5.0, 0.0]))
    assert len(basic.due_now(11).id) == 0
    assert len(basic.due_now(12).id) == 2 and len(basic.under_way.id) == 1
    known = [basic.knowledge_now(2)[0] for _ in range(18)]
    assert known == [0.0] * 16 + [5.0, 0.0]


def test_firms_that_know_more_build_on_results_more_often_and_those_without_research_never(make_firms):
    assert user_key(10.0, 0.5, 0.7) > user_key(9.0, 0.5, 0.7)
    firms = make_firms(2, research=[0.0, 1e6], log_knowledge=[20.0, 10.0])
    start, keys = int(firms.start[0]), np.zeros(2)
    rank_users(firms.arrays(), P, np.full(2, 0.5), start, start + 2, keys)
    assert keys[0] < -1e299 < keys[1]


def test_a_patent_is_filed_with_the_others_of_the_quarter(make_firms):
    firms = make_firms(2)
    file_patents(firms.arrays(), firms.rows()[1:], 3)
    assert firms.pending_patents[:, firms.rows()].sum() == 1
    assert firms.pending_patents[3, firms.rows()[1]] == 1
