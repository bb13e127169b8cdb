"""Missions, matching and rules of selection in the model as a whole."""

from dataclasses import replace

import pytest

from agents.money.families import SELECTIONS
from agents.money.flows import Flow, Sector
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose

COLUMN = series_of().column


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def end_of_2020():
    """700 firms at the end of 2020, without policy; tests branch off it."""
    return after(20, IndustrialPolicyModel(choose("no_policy", scale=0.05)))


def branch(model, quarters, parameters=None, **fields):
    """The model some quarters on, with these values of the lever and of parameters by group."""
    values = {"budget": 2e9, "entrants": 3, "stage_gate": 0.4, "audit": 0.0, **fields}
    changes = {("mission_projects", field): ((2021, value),) for field, value in values.items()}
    other = model.branch(replace(model.spec, scenario=model.spec.scenario.changed(changes)))
    missions = other.economy.missions
    missions.parameters = missions.parameters._replace(**(parameters or {}))
    return after(quarters, other)


def last(model, name):
    return model.series[-1, COLUMN[name]]


def over(model, name, first=20):
    return model.series[first:, COLUMN[name]].sum()


# --- missions --------------------------------------------------------------------------------------------


def test_the_first_call_pays_the_first_tranches_and_holds_the_rest_back(end_of_2020):
    called = branch(end_of_2020, 3)
    paid, held = last(called, "programme_mission_projects"), last(called, "missions_held_back")
    assert last(called, "mission_awards") == len(called.economy.missions) > 5
    assert held / (paid + held) == pytest.approx(0.4, abs=1e-4)
    programme = called.economy.governments.programmes["mission_projects"]
    assert programme.committed == held <= programme.available()


def test_universities_get_a_fifth_of_each_tranche(end_of_2020):
    called = branch(end_of_2020, 3)
    at_universities = last(called, "flow_mission_projects_universities")
    assert at_universities / last(called, "programme_mission_projects") == pytest.approx(0.2, abs=1e-4)


def test_the_winners_research_more_while_the_mission_lasts(end_of_2020):
    without, called = branch(end_of_2020, 3, budget=0), branch(end_of_2020, 3)
    ids = called.economy.missions.firm
    spent = [model.economy.firms.research[model.economy.firms.rows_of(ids)] for model in (without, called)]
    assert (spent[1] >= spent[0]).all() and spent[1].sum() > spent[0].sum()


def test_no_firm_has_two_missions_and_none_has_mission_research_without_one(end_of_2020):
    called = branch(end_of_2020, 11)
    firms, ids = called.economy.firms, called.economy.missions.firm
    assert len(set(ids.tolist())) == len(ids)
    busy = firms.id[firms.rows()][firms.mission_research[firms.rows()] > 0.0]
    assert set(busy.tolist()) <= set(ids.tolist())


def test_without_a_milestone_no_second_tranche_is_paid_and_its_money_is_awarded_anew(end_of_2020):
    never = branch(end_of_2020, 7, parameters={"milestone_chance": 0.0})
    missions = never.economy.missions
    assert over(never, "milestones_reached") == 0
    assert (missions.stage == 1).all()
    assert last(never, "mission_awards") == len(missions)


def test_with_sure_milestones_every_living_firm_gets_its_second_tranche(end_of_2020):
    sure = branch(end_of_2020, 7, parameters={"milestone_chance": 1.0, "misuse": 0.1}, audit=1.0)
    first = over(sure, "mission_awards") - last(sure, "mission_awards")
    second = int((sure.economy.missions.stage == 2).sum())
    assert over(sure, "mission_money_misused") == 0  # an audit is certain
    assert second == last(sure, "milestones_reached") <= first
    assert second >= 0.8 * first


def test_a_stage_gate_and_audits_lower_the_misused_share(end_of_2020):
    shares = []
    for gate, audit in ((0.0, 0.0), (0.4, 0.0), (0.4, 0.5)):
        called = branch(end_of_2020, 3, stage_gate=gate, audit=audit)
        paid = last(called, "flow_mission_projects_firms")
        shares.append(last(called, "mission_money_misused") / paid)
    assert shares[0] > shares[1] > shares[2] > 0.0


def test_what_audits_find_goes_back_to_the_province(end_of_2020):
    called = branch(end_of_2020, 7, audit=0.5)
    ledger = called.economy.ledger
    returned = ledger.paid(Sector.FIRMS, Sector.PROVINCE, Flow.CLAW_BACK)
    assert 0 < returned == last(called, "clawed_back") <= last(called, "misuse_found")


def test_a_call_without_applicants_awards_nothing(end_of_2020):
    assert over(branch(end_of_2020, 3, entrants=0), "mission_awards") == 0


# --- rules of selection ----------------------------------------------------------------------------------


def paid_under(rule, model):
    other = model.branch(model.spec)
    other.economy.governments.programmes["rd_subsidy"].rule = rule
    fields = {"rate": 0.3, "cap": 1e7, "budget": 1e8}  # short: claims are larger
    changes = {("rd_subsidy", key): ((2021, value),) for key, value in fields.items()}
    other.under(replace(other.spec, scenario=other.spec.scenario.changed(changes)))
    received = dict(zip(*ids_and_grants(model), strict=True))
    after(4, other)
    ids, now = ids_and_grants(other)
    got = {member for member, number in zip(ids, now, strict=True) if number > received.get(member, 0)}
    return got, last(other, "programme_rd_subsidy")


def ids_and_grants(model):
    firms = model.economy.firms
    return firms.id[firms.rows()].tolist(), firms.grants_received[firms.rows()].tolist()


def test_in_order_fewer_firms_get_the_same_money_than_when_all_get_a_part(end_of_2020):
    found = {rule: paid_under(rule, end_of_2020) for rule in SELECTIONS}
    alike, first, ranked = (found[rule][0] for rule in SELECTIONS)
    assert len({money for _, money in found.values()}) == 1
    assert first < alike and ranked < alike and first != ranked


# --- the centre's money ----------------------------------------------------------------------------------


def test_after_2020_the_centre_pays_what_the_world_says(end_of_2020):
    world, row = end_of_2020.setting.world, end_of_2020.setting.world.row

    def transfers(model):
        return model.economy.ledger.paid(Sector.CENTRAL, Sector.PROVINCE, Flow.TRANSFER)

    growth = world.central_transfers[row(20)] / world.central_transfers[row(19)]
    assert growth != 1.0
    model = end_of_2020.branch(end_of_2020.spec)
    assert transfers(after(1, model)) == pytest.approx(growth * transfers(end_of_2020), rel=1e-6)
