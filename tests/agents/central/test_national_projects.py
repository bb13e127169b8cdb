"""National projects: what a match wins in addition, and money that comes over the years of a project."""

import math

import numpy as np
import pytest

from agents.central.national_projects import (
    NationalProjectParameters,
    NationalProjects,
    added_share,
    count_added,
    ranks_of,
    standing_key,
    weight_of_rank,
)
from scenarios.load import central_values, load_parameters

P = NationalProjectParameters(**central_values(load_parameters())["national_projects"])._replace(
    project_years=2.0, university_project=800.0, firm_project=1000.0, quality_weight=0.5
)


def test_a_match_wins_by_its_response_and_none_wins_nothing():
    assert added_share(0.2, 0.0) == added_share(0.0, 0.5) == 0.0
    assert added_share(0.2, 0.5) == pytest.approx(math.exp(0.1) - 1.0)
    assert added_share(-0.2, 0.5) < 0.0


def test_the_better_win_more_often():
    assert [weight_of_rank(rank, 0.5) for rank in (0.0, 0.5, 1.0)] == [0.5, 1.0, 1.5]
    assert standing_key(10.0, 0.5, 0.7) > standing_key(9.0, 0.5, 0.7)
    assert ranks_of(np.array([5.0, 1.0, 3.0])).tolist() == pytest.approx([5 / 6, 1 / 6, 0.5])


def counted(share, luck=0.5):
    counts, luck = np.zeros(2, np.int64), np.full(2, luck)
    count_added(np.array([80_000, 8000]), np.array([0.75, 0.25]), P, share, luck, counts)
    return counts.tolist()


def test_institutions_win_in_proportion_to_their_projects_and_rank():
    assert counted(0.0) == counted(-0.1) == [0, 0]
    assert counted(0.4) == [50, 3]  # medians of 0.4 x 1.25 x 100 and 0.4 x 0.75 x 10


def test_money_of_institutions_comes_in_even_parts_and_adds_up():
    projects = NationalProjects(P, 2)
    projects.award_institutions(np.array([2, 0]))
    assert (projects.awarded, projects.promised, projects.won) == (1600, 1600, 2)
    parts = [projects.due_now().tolist() for _ in range(9)]
    assert parts == [[200, 0]] * 8 + [[0, 0]]
    assert (projects.paid, projects.promised, projects.under_way) == (1600, 0, False)


def test_money_of_firms_comes_once_a_year_and_lapses_with_the_firm():
    projects = NationalProjects(P, 2)
    projects.award_firms(np.array([5, 6]))
    assert projects.pay_year().tolist() == [500, 500]
    projects.drop(np.array([True, False]))
    assert (projects.lapsed, projects.promised, projects.firm.tolist()) == (500, 500, [6])
    assert projects.pay_year().tolist() == [500]
    assert (projects.paid, len(projects.firm)) == (1500, 0)
    assert projects.awarded == projects.paid + projects.lapsed


@pytest.mark.parametrize("years", [1, 2, 4])
def test_firms_that_have_just_won_get_a_year_at_once_and_no_more_than_they_won(years):
    projects = NationalProjects(P._replace(project_years=years), 2)
    paid = []
    for year in range(years + 2):
        paid += projects.pay_year().tolist()
        if year < 2:
            projects.award_firms(np.array([5 + year]))
            paid += projects.pay_first_year(1).tolist()
        assert projects.awarded == projects.paid + projects.promised
    assert sum(paid) == projects.paid == projects.awarded and projects.promised == 0
    assert not projects.under_way
