"""Sizes have a cut-off power law; stages end by odds and lags; what is built is paid for to the yuan."""

import numpy as np
import pytest

from agents.engine.population import Population
from agents.firms.conditions import ByIndustry
from agents.firms.entry import EntryLuck, Founding
from agents.projects.arrival import Arrivals, settle
from agents.projects.choice import RelocationParameters
from agents.projects.pipeline import (
    build,
    draw_stages,
    leave_behind,
    list_returns,
    list_works,
    planned_investment,
    ramp_up,
    tax_returned,
)
from agents.projects.project import BUILDING, PAYERS, PRODUCING, Project, ProjectParameters
from scenarios.load import central_values, load_parameters

VALUES = central_values(load_parameters())
P = ProjectParameters(**VALUES["projects"])
M = RelocationParameters(**VALUES["relocation"])


def test_sizes_lie_between_the_bounds_and_follow_the_tail(even_luck):
    p = P._replace(smallest=3e7, largest=1e10, tail=1.1)
    sizes = np.array([planned_investment(luck, 1.0, p) for luck in even_luck])
    assert 3e7 <= sizes.min() < sizes.max() <= 1e10
    above = [(sizes > size).mean() for size in (1e8, 1e9)]
    assert np.log(above[0] / above[1]) / np.log(10) == pytest.approx(
        1.1, abs=0.1
    )  # cut off, so a little more
    assert planned_investment(0.3, 2.0, p) == pytest.approx(2.0 * planned_investment(0.3, 1.0, p))


def test_a_stage_fails_as_often_as_its_odds_say_and_lasts_at_least_a_quarter():
    p, n = P._replace(lag_spread=0.4), 20_011
    luck = np.random.default_rng(3).random(n)
    fails, due = np.zeros((2, n), np.int64)
    draw_stages(luck, 0.7, np.full(n, 6.0), 10, p, fails, due)
    assert fails.mean() == pytest.approx(0.3, abs=0.01)
    assert (due - 10).mean() == pytest.approx(6.0, rel=0.03) and (due > 10).all()
    assert np.corrcoef(fails, due)[0, 1] == pytest.approx(0.0, abs=0.03)


def a_project(**columns):
    """One project that has just begun to be built, and what a quarter of it costs and asks for."""
    told = {"stage": BUILDING, "began": 4, "quarters": 7, "invested": 1_000_003, "prefecture": 2, **columns}
    table = Population(Project)
    table.add(0, [5], **told)
    return table


def quarter_of(table, quarter, p=P, short=1.0):
    rows = table.rows()
    due, own, brought = np.zeros((3, 1), np.int64)
    aid, spent = np.zeros((PAYERS, 1), np.int64), np.zeros(14, np.int64)
    list_works(table.arrays(), rows, quarter, p, due, own, aid)
    own = (own * short).astype(np.int64)
    build(table.arrays(), rows, due, own, aid, 2.0, spent, brought)
    assert spent[2] == due[0] == own[0] + aid.sum() + brought[0]
    return int(due[0]), int(own[0]), aid[:, 0].tolist(), int(brought[0])


def test_a_plant_is_built_in_even_parts_that_add_up_to_what_is_invested():
    table = a_project()
    parts = [quarter_of(table, quarter)[0] for quarter in range(4, 11)]
    assert sum(parts) == 1_000_003 == table.built[0] and max(parts) - min(parts) <= 1
    assert table.plant[0] == pytest.approx(1_000_003 / 2.0)


def test_land_is_paid_first_and_programmes_pay_with_the_works():
    p = P._replace(land_share=0.5, returned_share=0.4)
    table = a_project(incentive=0.1, aid=np.array([[70_000], [7_000]]), payer=np.array([[0], [1]]))
    paid = [quarter_of(table, quarter, p) for quarter in range(4, 11)]
    own = [one[1] for one in paid]
    assert sum(own) == pytest.approx(0.6 * 100_000, abs=1) and own[0] > 3 * own[1] > 0
    assert np.sum([one[2] for one in paid], axis=0).tolist() == [70_000, 7_000]
    assert all(one[3] >= 0 for one in paid)


def test_what_a_treasury_could_not_pay_is_asked_for_again():
    p, table = P._replace(land_share=0.0, returned_share=0.0), a_project(incentive=0.1)
    first = quarter_of(table, 4, p, short=0.0)
    second = quarter_of(table, 5, p)
    assert first[1] == 0 and second[1] == pytest.approx(2 * 100_000 / 7, abs=1)


def test_no_more_is_asked_for_than_is_built():
    p, table = (
        P._replace(land_share=1.0, returned_share=0.0),
        a_project(incentive=0.3, aid=np.array([[10**6], [0]])),
    )
    due, own, aid, brought = quarter_of(table, 4, p)
    assert own == due and aid == [0, 0] and brought == 0


def test_taxes_are_returned_in_even_parts_within_what_the_firm_pays(make_firms):
    assert tax_returned(300, 3, 1e9, P) == 100
    p = P._replace(returned_tax=0.01)
    assert tax_returned(300_000, 3, 1e6, p) == 10_000
    firms = make_firms(1, trailing_sales=1e9)
    table = a_project(stage=PRODUCING, incentive=0.1, paid=40_000, due=24)
    wanted = np.zeros(1, np.int64)
    for quarter, left in ((13, 3), (17, 2), (21, 1)):
        list_returns(table.arrays(), table.rows(), firms.arrays(), firms.rows(), quarter, P, wanted)
        assert wanted[0] == (100_000 - table.paid[0]) // left
        table.paid[0] += wanted[0]
    assert table.paid[0] == 100_000


def test_customers_come_in_the_years_after_a_plant_begins(make_firms):
    p = P._replace(ramp_start=0.25, ramp_quarters=8.0)
    firms = make_firms(2, entry_quarter=3, log_customer_capital=1.0)
    first, moved = firms.rows()[0], int(firms.id[firms.rows()[1]])
    for quarter in range(3, 20):
        ramp_up(firms.arrays(), moved, firms.start, firms.stop, quarter, p)
    grown = firms.log_customer_capital[firms.rows()]
    assert grown[0] == 1.0 and firms.id[first] & moved == 0
    assert grown[1] == pytest.approx(1.0 + np.log(4.0))


def test_a_firm_that_moves_leaves_a_part_of_its_plant(make_firms):
    firms = make_firms(2, capital=100.0)
    leave_behind(firms.arrays(), firms.rows()[:1], 0.3)
    assert firms.capital[firms.rows()].tolist() == pytest.approx([70.0, 100.0])


@pytest.mark.parametrize("plant", [1e7, 3e9])
def test_the_plant_of_a_firm_is_what_was_built_and_its_sales_begin_at_a_part(p, c, make_firms, plant):
    firms = make_firms(1, prefecture=4)
    luck = EntryLuck(*(np.array([0.4]) for _ in EntryLuck._fields))
    founding = Founding(luck, np.zeros(1), np.full(2, 0.4), np.zeros(9), np.zeros(9), np.zeros(14))
    arrivals = Arrivals(firms.rows(), np.array([0]), np.array([plant]), np.zeros(1, np.int64))
    settle(firms.arrays(), founding, p, M, 0.35, ByIndustry([c] * 9), arrivals)
    row = firms.rows()[0]
    assert firms.capital[row] == plant
    output = firms.expected_demand[row] / 0.35
    assert plant == pytest.approx(p.production.normal_capital_output * output)
    assert firms.deposits[row] == arrivals.cash[0] == round(M.cash * firms.trailing_sales[row] / 0.35)
