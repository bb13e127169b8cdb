"""Institutions, governments and the bank are agents of a Mesa model and see their own accounts."""

from types import SimpleNamespace

import mesa
import numpy as np
import pytest

from agents.flows import Flow
from agents.government import GovernmentParameters, Governments
from agents.institutions import (
    BankingSector,
    Government,
    Institution,
    government_agents,
    institution_agents,
)
from agents.ledger import Accounts, Ledger
from agents.universities import Universities, UniversityParameters
from scenarios.load import central_values, load_parameters

NAMES = [f"prefecture {n}" for n in range(14)]


@pytest.fixture(scope="module")
def values():
    return central_values(load_parameters())


@pytest.fixture
def ledger():
    accounts = Accounts(0)
    ledger = Ledger(accounts, SimpleNamespace())
    ledger.set_opening(
        [(accounts.province, 50), (accounts.prefectures, np.arange(14)), (accounts.bank, 9)], 7, 0, 3
    )
    return ledger


def test_the_province_and_its_prefectures_see_their_own_treasuries(values, ledger):
    model = mesa.Model()
    governments = Governments(GovernmentParameters(**values["government"]), np.ones(14), 1.0, "borrow")
    programme = governments.add_programme("rd_subsidy", Flow.GRANT_RD)
    agents = government_agents(model, governments, ledger, NAMES)
    assert [agent.treasury for agent in agents] == [50, *range(14)]
    assert [agent.name for agent in agents][:2] == ["province", "prefecture 0"]
    assert (agents[0].bonds, agents[1].bonds) == (7, 0)
    assert agents[3].programmes == {"rd_subsidy": programme}
    assert len(model.agents_by_type[Government]) == 15


def test_the_bank_sees_its_own_funds_and_claims(ledger):
    bank = BankingSector(mesa.Model(), ledger)
    assert (bank.own_funds, bank.loans) == (9, 3)


def test_each_institution_sees_its_own_row(values):
    parameters = UniversityParameters(**values["universities"])
    universities = Universities(
        parameters,
        ("a", "b"),
        ("university", "institute"),
        np.array([0, 4]),
        np.ones(2),
        np.ones((2, 9)),
        0.3,
        1.0,
    )
    universities.research[:] = [5, 6]
    model = mesa.Model()
    one, other = institution_agents(model, universities)
    assert (one.name, one.kind, one.research, other.research, other.prefecture) == (
        "a",
        "university",
        5,
        6,
        4,
    )
    assert one.patents == universities.valid[0]
    assert other.knowledge == universities.knowledge[1]
    assert model.agents_by_type[Institution].select(lambda agent: agent.research > 5).get("name") == ["b"]
