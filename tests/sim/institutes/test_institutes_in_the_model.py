"""New-type institutes in the model: they join all arrays, are paid by programmes and clients, do research."""

import numpy as np
import pytest
from branched import END_OF_2020, branch, past, series, total
from whole_state import differences

from agents.money.flows import AccountingError, Flow, Sector
from agents.science.new_institutes import ROOM, NewInstitutes
from sim.institutes import identities
from sim.science.faces import Institution
from sim.trace.member import UniversityTrace

LEVER = "new_research_institutes"
FOUND = {(LEVER, "number"): 6.0, (LEVER, "budget"): 5e8}


@pytest.fixture(scope="module")
def end_of_2020():
    return past()


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 8, {})


@pytest.fixture(scope="module")
def founded(end_of_2020):
    return branch(end_of_2020, 8, FOUND)


@pytest.mark.parametrize(
    "nothing",
    [{(LEVER, "number"): 6.0}, {(LEVER, "number"): 0.0, (LEVER, "budget"): 0.0}],
)
def test_without_money_nobody_is_founded_and_the_baseline_stays_to_the_last_bit(end_of_2020, usual, nothing):
    other = branch(end_of_2020, 8, nothing)
    found = [path for path in differences(other, usual) if "number" not in path]
    assert [path for path in found if "offers" not in path] == []
    assert total(other, "new_institutes") == 0


def test_as_many_are_founded_as_called_for_while_money_pays_their_first_year(end_of_2020, founded):
    assert series(founded, "new_institutes")[[0, 4]].tolist() == [6, 12]
    poor = branch(end_of_2020, 8, {(LEVER, "number"): 6.0, (LEVER, "budget"): 7e7})
    assert 0 < series(poor, "new_institutes")[-1] < 6
    none = branch(end_of_2020, 4, {(LEVER, "number"): 6.0, (LEVER, "budget"): 1e7})
    assert series(none, "new_institutes")[-1] == 0
    assert none.economy.governments.programmes[LEVER].over_all_years()["spent"] == 0


def test_every_array_of_institutions_has_a_row_for_each(founded):
    of, institutes = founded.economy.universities, founded.economy.of(NewInstitutes)
    rows = of.core + len(institutes)
    assert len(of) == len(of.names) == len(of.knowledge) == len(of.fields) == of.pending.shape[1] == rows
    assert len(founded.economy.technology.income) == rows
    assert of.prefecture[of.core :].tolist() == (institutes.cell % 14).tolist()


def test_they_spend_on_research_what_programmes_clients_and_licences_pay(founded):
    ledger, of = founded.economy.ledger, founded.economy.universities
    licences = founded.economy.technology.licence_income[of.core :].sum()
    passed_on = founded.economy.technology.of_inventors[of.core :].sum()
    own = founded.economy.of(NewInstitutes)
    received = own.public + own.contracts.sum() + licences - passed_on
    assert of.research[of.core :].sum() == received
    assert ledger.paid(Sector.FIRMS, Sector.UNIVERSITIES, Flow.RESEARCH_CONTRACTS) > own.contracts.sum() > 0


def test_they_learn_file_and_disclose(founded):
    of = founded.economy.universities
    assert (of.knowledge[of.core :] > 0).all()
    assert of.pending[:, of.core :].sum() > 0


def test_firms_pay_no_more_for_research_because_an_institute_does_it(founded, usual):
    first = END_OF_2020
    for model in (founded, usual):
        assert model.series[first, model.recorded.column["rd_firms_real"]] > 0
    name = "rd_firms_real"
    assert series(founded, name)[0] == pytest.approx(series(usual, name)[0], rel=2e-3)


def test_clients_are_researching_firms_of_the_field(founded):
    economy, clients = founded.economy, founded.economy.of(NewInstitutes).clients
    rows = economy.firms.rows_among(clients.firm)
    there = rows >= 0
    field = economy.of(NewInstitutes).cell[clients.institute] // economy.geography.places
    assert (economy.firms.segment_of(rows[there]) == field[there]).all()
    assert (clients.gain > 0).all()


def test_they_look_for_researchers_too(founded, usual):
    assert series(founded, "talent")[0] == series(usual, "talent")[0]
    more = founded.economy.talent.researchers.sum() - usual.economy.talent.researchers.sum()
    assert more > 0


def test_mesa_and_traces_know_who_was_founded(end_of_2020):
    model = branch(end_of_2020, 0, FOUND)
    trace = UniversityTrace(model, "new_institute_2")
    before = len(model.agents_by_type[Institution])
    for _ in range(2):
        model.step()
        trace.close_quarter()
    shown = model.agents_by_type[Institution]
    assert len(shown) == before + 6
    assert [one.name for one in shown][-1] == "new_institute_6"
    assert trace.quarters[-1].values["research"] > 0
    assert any(payment.programme == LEVER for payment in trace.quarters[-1].payments)


def test_a_copy_that_goes_on_shows_all_that_were_founded(founded):
    copied = founded.branch(founded.spec)
    assert len(copied.agents_by_type[Institution]) == len(founded.economy.universities)


def test_a_block_founds_in_its_own_cells(end_of_2020):
    block = [{"where": ["zhuzhou"], "number": {2021: 3}, "budget": {2021: 3e8}}]
    model = branch(end_of_2020, 4, {(LEVER, "blocks"): block})
    places = model.economy.geography.place_names
    cells = model.economy.of(NewInstitutes).cell
    assert [places[cell % 14] for cell in cells.tolist()] == ["zhuzhou"] * 3


def test_when_the_money_ends_nobody_new_comes_and_those_there_live_on_contracts(end_of_2020):
    changes = {(LEVER, "number"): {2021: 6.0, 2022: 0.0}, (LEVER, "budget"): {2021: 5e8, 2022: 0.0}}
    model = branch(end_of_2020, 8, changes)
    assert series(model, "new_institutes").tolist() == [6.0] * 8
    assert total(model, f"programme_{LEVER}") <= 5e8 * 0.02
    assert series(model, "institute_contracts")[-1] > 0


def test_the_books_have_room_for_all_that_can_be_founded():
    assert ROOM >= 6 * 40


@pytest.mark.parametrize("what", ["founded", "public"])
def test_a_broken_count_is_found(founded, what):
    own = founded.economy.of(NewInstitutes)
    setattr(own, what, getattr(own, what) + 1)
    with pytest.raises(AccountingError, match="institutes"):
        identities.check(founded.economy, None)
    setattr(own, what, getattr(own, what) - 1)
    identities.check(founded.economy, None)


def test_contracts_that_nobody_paid_are_found(founded):
    own = founded.economy.of(NewInstitutes)
    kept, own.contracts = own.contracts, own.contracts + 1
    with pytest.raises(AccountingError, match="contracts"):
        identities.check(founded.economy, None)
    own.contracts = kept
    own.clients = own.clients._replace(firm=np.zeros_like(own.clients.firm))
    with pytest.raises(AccountingError, match="clients of institutes"):
        identities.check(founded.economy, None)
