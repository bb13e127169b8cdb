"""Central investment: a contest for a given pool, what a project asks for, and the plant that money adds."""

import numpy as np
import pytest

from agents.central.investment import (
    CentralInvestment,
    CentralInvestmentParameters,
    asked_for,
    chance_of_project,
    finish_plant,
    pay_for_plant,
    project_key,
    success_share,
)
from scenarios.load import central_values, load_parameters

P = CentralInvestmentParameters(**central_values(load_parameters())["central_investment"])._replace(
    pool=900.0, oversubscription=4.0, grant_rate=0.1, project_share=0.5, largest_grant=1000.0,
    preparation=0.05, cofinancing=0.4, additional_investment=0.5,
)  # fmt: skip


def test_the_province_gets_the_pool_over_all_that_is_asked_of_what_it_asks():
    assert success_share(100.0, 300.0, 100.0) == 0.25
    assert success_share(100.0, 10.0, 20.0) == 1.0
    assert success_share(100.0, 0.0, 0.0) == 0.0


def test_who_asks_for_more_wins_more_and_a_smaller_part_of_it():
    asked = (10.0, 100.0, 1000.0, 10000.0)
    shares = [success_share(100.0, 300.0, one) for one in asked]
    won = [one * share for one, share in zip(asked, shares, strict=True)]
    assert shares == sorted(shares, reverse=True)
    assert won == sorted(won) and won[-1] < 100.0


@pytest.mark.parametrize(("rank", "chance"), [(0.5, 0.3), (1.0, 0.45), (0.0, 0.15)])
def test_better_projects_win_more_often(rank, chance):
    assert chance_of_project(0.3, rank, 0.5) == pytest.approx(chance)


def test_a_project_asks_for_a_tenth_of_half_the_machines_at_most_the_largest_grant():
    assert asked_for(8000.0, 2.0, P) == 800.0
    assert asked_for(80_000.0, 2.0, P) == 1000.0


def test_larger_firms_have_a_project_ready_more_often():
    assert project_key(10.0, 0.5, 0.7) > project_key(9.0, 0.5, 0.7)
    assert project_key(10.0, 0.5, 0.0) == project_key(9.0, 0.5, 0.0)


def test_preparing_and_the_likely_own_part_are_what_a_yuan_asked_for_costs():
    assert CentralInvestment(P, 2).cost_of(np.array([100.0])) == pytest.approx([5.0 + 10.0])


def test_pools_follow_national_markets_and_scale():
    assert CentralInvestment(P, 2).pools(np.array([2.0, 1.0]), 0.5).tolist() == [300.0, 150.0]


def test_winners_build_half_of_the_grant_more_as_far_as_cash_goes(make_firms):
    firms = make_firms(3, deposits=[1000, 30, -5])
    firms.prefecture[firms.rows()] = [0, 2, 2]
    spent, invested = np.zeros(3, np.int64), np.zeros(14, np.int64)
    pay_for_plant(firms.arrays(), firms.rows(), np.array([400, 100, 100]), P, spent, invested)
    assert spent.tolist() == [200, 30, 0]
    assert firms.deposits[firms.rows()].tolist() == [800, 0, -5]
    assert invested[[0, 2]].tolist() == [200, 30]


def test_plant_stands_when_it_is_ready_and_not_before(make_firms):
    central = CentralInvestment(P, 2)
    central.begin_plant(np.array([7, 8]), np.array([10.0, 20.0]), 5)
    central.begin_plant(np.array([9]), np.array([30.0]), 6)
    assert [len(one) for one in central.ready(4)] == [0, 0]
    builders, quantity = central.ready(5)
    assert (builders.tolist(), quantity.tolist(), central.builder.tolist()) == ([7, 8], [10.0, 20.0], [9])
    firms = make_firms(1, capital=100.0)
    finish_plant(firms.arrays(), firms.rows(), quantity[:1])
    assert firms.capital[firms.rows()].tolist() == [110.0]
