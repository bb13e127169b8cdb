"""Institutions, governments and the bank are agents of a Mesa model and see their own accounts."""

from types import SimpleNamespace

import mesa
import numpy as np
import pytest

from agents.money.flows import Flow
from agents.money.ledger import Accounts, Ledger
from agents.science.inventions import InventionParameters, Inventions
from agents.science.technology_market import TechnologyMarket, TechnologyMarketParameters
from agents.science.universities import Examination, Universities, UniversityParameters
from agents.state.government import GovernmentParameters, Governments
from scenarios.load import central_values, load_parameters
from sim.finance.faces import BankingSector
from sim.science.faces import Institution, RegionalCentre, centre_agents, institution_agents
from sim.state.faces import Government, government_agents

NAMES = [f"prefecture {n}" for n in range(14)]


@pytest.fixture(scope="module")
def values():
    return central_values(load_parameters())


@pytest.fixture
def market(values):
    """A market of two regions, the second of one prefecture only, and two institutions."""
    parameters = TechnologyMarketParameters(**values["technology_market"])
    return TechnologyMarket(
        parameters, np.zeros((14, 14)), np.array([0] * 13 + [1]), institutions=2, industries=9
    )


@pytest.fixture
def inventions(values):
    return Inventions(InventionParameters(**values["inventions"]))


@pytest.fixture
def ledger():
    accounts = Accounts(14, 0)
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


def test_each_institution_sees_its_own_row(values, inventions, market):
    parameters = UniversityParameters(**values["universities"])
    universities = Universities(
        parameters,
        ("a", "b"),
        ("university", "institute"),
        np.array([0, 4]),
        np.ones(2),
        np.ones((2, 9)),
        Examination(8, np.full(2, 0.3), (0.0, 0.0)),
        1.0,
    )
    universities.research[:] = [5, 6]
    inventions.owner = np.array([1, 0, 1])
    market.income[:], market.income_outside[:] = [3, 0], [4, 5]
    model = mesa.Model()
    one, other = institution_agents(model, universities, inventions, market)
    assert (one.inventions_on_offer, other.inventions_on_offer) == (1, 2)
    assert (one.licence_income, other.licence_income) == (7, 5)
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


def test_each_regional_centre_sees_the_licences_of_its_region(market):
    model = mesa.Model()
    centres = centre_agents(model, market, ["core", "rest"])
    market.deals[:] = [3, 1]
    assert [(one.name, one.licences) for one in model.agents_by_type[RegionalCentre]] == [
        ("core", 3),
        ("rest", 1),
    ]
    assert centres[1].prefectures == [13]
