"""Identities of projects hold, and each break is named with its amount."""

import pytest

from agents.money.flows import AccountingError
from agents.projects.projects import Projects
from sim.model import IndustrialPolicyModel, choose
from sim.projects.identities import check
from sim.quarter import PARTS


@pytest.fixture(scope="module")
def model():
    """A small province in the first quarter of 2017."""
    model = IndustrialPolicyModel(choose(scale=0.05))
    for _ in range(5):
        model.step()
    return model


@pytest.fixture
def economy(model):
    return model.branch(model.spec).economy


def broken(message):
    return pytest.raises(AccountingError, match=f"^{message}$")


def checked(economy):
    check(economy, economy.ledger.add_up())


def test_all_hold(economy):
    checked(economy)
    assert len(economy.of(Projects).table) > 0


def test_a_project_in_no_stage_is_found(economy):
    table = economy.of(Projects).table
    table.stage[table.rows()[table.stage[table.rows()] == 2][0]] = 0
    with broken("I8 projects fails: account in no stage, quarter 5: -1 off"):
        checked(economy)


def test_a_contract_that_nobody_signed_is_found(economy):
    economy.of(Projects).moved["signed"] += 1
    with broken("I8 projects fails: account offered, quarter 5: -1 off"):
        checked(economy)


def test_a_plant_that_nobody_paid_for_is_found(economy):
    projects, rows = economy.of(Projects), economy.of(Projects).table.rows()
    unfinished = (projects.table.stage[rows] == 3) & (projects.table.origin[rows] >= 0)
    row = rows[unfinished][0]
    projects.table.built[row] += 6
    with broken("I8 investment fails: account projects, quarter 5: -6 off"):
        checked(economy)


def test_capital_that_nobody_brought_is_found(economy):
    economy.of(Projects).brought += 5
    with broken("I2 capital brought fails: account outside, quarter 5: -5 off"):
        checked(economy)


def test_an_incentive_that_was_not_recorded_is_found(economy):
    economy.prefectures.incentives_paid[2] += 4
    with broken("I4 incentives fails: account prefectures, quarter 5: -4 off"):
        checked(economy)


def test_a_firm_without_a_project_is_found(economy):
    economy.counts.relocated += 1
    with broken("I8 firms from outside fails: account projects, quarter 5: -1 off"):
        checked(economy)


def test_a_promise_that_is_not_held_back_is_found(economy):
    projects = economy.of(Projects)
    projects.number_of("investment_attraction")
    economy.governments.programmes["investment_attraction"].committed += 3
    with broken("I4 held back fails: account investment_attraction, quarter 5: 3 off"):
        checked(economy)


def test_the_check_of_a_quarter_includes_them(economy):
    economy.of(Projects).moved["signed"] += 1
    economy.stocks = None
    with pytest.raises(AccountingError, match="I8 projects"):
        PARTS.check(economy)
