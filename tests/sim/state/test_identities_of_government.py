"""Identities of two tiers and missions: they hold, and each break is named with its amount."""

from dataclasses import replace

import pytest

from agents.money.flows import AccountingError
from sim.model import IndustrialPolicyModel, choose
from sim.quarter import PARTS
from sim.state import identities

MISSIONS = {("mission_projects", field): ((2016, value),)
            for field, value in (("budget", 3e9), ("stage_gate", 0.4), ("audit", 0.5))}  # fmt: skip


@pytest.fixture(scope="module")
def model():
    """A small province with missions, at the end of January's quarter of 2017."""
    spec = choose(scale=0.02)
    model = IndustrialPolicyModel(replace(spec, scenario=spec.scenario.changed(MISSIONS)))
    for _ in range(5):
        model.step()
    return model


@pytest.fixture
def economy(model):
    return model.branch(model.spec).economy


def broken(message):
    return pytest.raises(AccountingError, match=f"^{message}$")


def test_all_hold(economy):
    identities.check_government(economy, economy.ledger.add_up())
    assert economy.missions.promised > 0


def test_a_share_that_was_not_recorded_is_found(economy):
    programme = economy.governments.programmes["rd_subsidy"]
    programme.matched_now[3] -= 7
    with broken("I4 tiers fails: account prefectures, quarter 5: 7 off"):
        identities.check_government(economy, economy.ledger.add_up())


def test_a_tax_that_reached_no_prefecture_is_found(economy):
    economy.ledger.books.revenue[economy.ledger.accounts.prefectures.start] -= 9
    with broken("I2 prefecture revenue fails: account prefectures, quarter 5: -9 off"):
        identities.check_government(economy, economy.ledger.add_up())


def test_a_promise_that_no_mission_holds_is_found(economy):
    economy.governments.programmes["mission_projects"].committed += 5
    with broken("I4 held back fails: account mission_projects, quarter 5: 5 off"):
        identities.check_government(economy, economy.ledger.add_up())


def test_promises_without_the_money_are_found(economy):
    programme = economy.governments.programmes["mission_projects"]
    programme.carried_in -= programme.available() - programme.committed + 11
    with broken("I4 promised beyond the budget fails: account mission_projects, quarter 5: -11 off"):
        identities.check_government(economy, economy.ledger.add_up())


def test_the_check_of_a_quarter_includes_them(economy):
    economy.governments.programmes["mission_projects"].committed += 5
    with broken("I4 held back fails: account mission_projects, quarter 5: 5 off"):
        PARTS.check(economy)
