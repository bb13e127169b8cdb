"""The market for skilled people: stocks that go with the firms, moves that add up, awards that run out."""

import numpy as np
import pytest

from agents.people.talent_market import Surroundings, TalentMarket, TalentParameters
from scenarios.load import central_values, load_parameters
from sim.people.identities import check_talent

CELLS = 126
PAIR = np.array([0.3, 0.8])  # luck of two rounds of whole persons


def market_of(scale=1.0, settled=True, **changes):
    """A province of 252,000 workers in firms with research, alike in every cell, and 13,500 researchers."""
    parameters = TalentParameters(**central_values(load_parameters())["talent"])
    shares = np.full((14, 9), 1.0 / CELLS)
    years = range(2016, 2021)
    around = Surroundings(
        np.full(14, 0.5), np.ones(14), shares, shares, dict.fromkeys(years, 3e5), dict.fromkeys(years, 2e4)
    )
    market = TalentMarket(parameters._replace(**changes), around, 9, scale)
    workers = np.full(CELLS, 2000 * scale)
    market.see(workers, workers, np.full(CELLS, 100 * scale * 50_000.0), 20_000.0, 0.5)
    if settled:
        market.settle()
    return market


def test_before_it_is_settled_nothing_is_scarce():
    assert all((values == 1.0).all() for values in market_of(settled=False).local)


def test_the_stocks_of_the_start_go_with_the_firms_and_nothing_is_scarce_then():
    market = market_of(skilled_share=0.4, reserve=0.1, talent_share=0.15, researcher_pay=1.25)
    assert market.skilled.persons.tolist() == [880] * CELLS
    assert market.talent.persons.sum() == pytest.approx(0.15 * 100 * CELLS, abs=1.0)
    assert market.local.hiring.tolist() == [1.0] * CELLS
    assert market.local.wage == pytest.approx(np.ones(CELLS), abs=1e-3)
    assert market.local.talent.mean() == pytest.approx(1.0, abs=1e-3)


def test_the_usual_shares_of_graduates_and_of_the_pool_come():
    market = market_of(graduates_staying=0.6, graduates_to_technology=0.1, postgraduates_to_research=0.05)
    talent = market.talent.persons.sum()
    usual = market.invited(np.zeros(CELLS)).sum()
    assert usual == pytest.approx(market.parameters.arrivals * talent, rel=1e-3)
    market.graduate(2018, PAIR)
    assert market.skilled.graduated.sum() == pytest.approx(0.6 * 0.1 * 3e5, abs=1.0)
    assert market.talent.graduated.sum() == pytest.approx(0.6 * 0.05 * 2e4, abs=1.0)


def test_graduates_grow_after_the_last_known_year_and_go_with_the_scale():
    market = market_of(scale=0.1, graduates_growth=0.1)
    found = [market.graduates({2016: 100.0, 2020: 200.0}, year) for year in (2010, 2020, 2022)]
    assert found == pytest.approx([10.0, 20.0, 24.2])


def test_skilled_workers_nobody_wants_go_where_they_are_short_and_none_is_lost():
    market = market_of(job_changes=0.5, skilled_share=0.4, reserve=0.08)
    market.wanted = np.where(np.arange(CELLS) < 63, 764.0, 964.0)  # of 864 each
    market.open_quarter()
    market.change_jobs()
    assert market.skilled.changed[:63].tolist() == [-50] * 63
    assert market.skilled.changed[63:].tolist() == [50] * 63
    check_talent(market, 5)


def test_those_who_do_skilled_work_learn_it():
    market = market_of(training=0.25, skilled_share=0.4, reserve=0.08)
    market.employed = market.employed + 100.0  # 900 at work, 864 skilled
    market.open_quarter()
    market.train()
    assert market.skilled.arrived.tolist() == [9] * CELLS
    check_talent(market, 5)


def test_where_skilled_people_are_short_they_cost_more_and_not_all_are_found():
    market = market_of()
    market.wanted[7] *= 1.5
    market.read()
    assert market.pay[7] > 1.0 and market.local.wage[7] > 1.0 and market.local.hiring[7] < 1.0
    assert market.local.hiring[8] == 1.0


@pytest.mark.parametrize("heads", [0, 5, 20, 10_000])
def test_awards_bring_no_more_than_the_money_pays_for(heads):
    market = market_of()
    market.award = 5e5
    market.open_quarter()
    granted = market.welcome(heads, market.top_up(20_000.0), PAIR)
    assert granted.sum() == market.granted <= heads
    assert market.granted == min(heads, market.granted if heads == 10_000 else heads)
    check_talent(market, 5)


def test_more_money_brings_more_newcomers_until_all_are_paid():
    came = []
    for heads in (0, 30, 10_000):
        market = market_of()
        market.award = 5e5
        market.welcome(heads, market.top_up(20_000.0), PAIR)
        came.append(market.talent.arrived.sum())
    assert came[0] < came[1] < came[2]


def test_a_top_up_of_a_tenth_brings_eight_to_nineteen_per_cent_more():
    market = market_of(pay_elasticity=1.3, researcher_pay=2.5, pay_wedge=0.2, award_years=5.0)
    market.award = 0.1 * 5 * 4 * 20_000.0 * 2.5 * 0.8  # a tenth of five years' net pay
    top_up = market.top_up(20_000.0)
    assert top_up == pytest.approx(np.full(CELLS, 0.1), rel=1e-3)
    usual, more = market.invited(np.zeros(CELLS)).sum(), market.invited(top_up).sum()
    assert 1.08 < more / usual < 1.19


def test_residents_retire_and_leave_by_the_rates():
    market = market_of(skilled_leaving=0.06, talent_leaving=0.05)
    before = market.skilled.persons.sum(), market.talent.persons.sum()
    market.open_quarter()
    market.lose(np.linspace(0.0, 0.999, 2 * CELLS).reshape(CELLS, 2).T)
    assert market.skilled.left.sum() == pytest.approx(0.06 * before[0], rel=0.01)
    assert market.talent.left.sum() == pytest.approx(0.05 * before[1], rel=0.05)
    check_talent(market, 5)
