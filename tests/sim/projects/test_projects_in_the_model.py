"""Projects in the model: pipeline, arrivals, movers, incentives and the lever, and what each changes."""

from dataclasses import replace

import numpy as np
import pytest
from another_calendar import exchange

from agents.money.flows import Flow, Sector
from agents.projects.project import BUILDING, INSIDE, PRODUCING, Project
from agents.projects.projects import Projects
from sim.indicators import series_of
from sim.luck.ids import has_moved
from sim.model import IndustrialPolicyModel, choose
from sim.projects import steps

COLUMN = series_of().column
SCALE = 0.05
ATTRACTION = "investment_attraction"


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def end_of_2020():
    """A twentieth of the province at the end of 2020; tests branch off it."""
    return after(20, IndustrialPolicyModel(choose(scale=SCALE)))


def aided(model, quarters, where=(), **fields):
    """The model some quarters on, with these values of the lever from 2021."""
    changes = {(ATTRACTION, field): ((2021, value),) for field, value in fields.items()}
    return after(quarters, model.branch(replace(model.spec, scenario=model.spec.scenario.changed(changes))))


def over(model, name, first=20):
    return model.series[first:, COLUMN[name]].sum()


def table_of(model):
    return model.economy.of(Projects).table


def columns(model, *names):
    table = table_of(model)
    rows = table.rows()
    return [getattr(table, name)[rows] for name in names]


def arrived(model):
    """{id: prefecture} of the firms that came from outside."""
    firms, rows = model.economy.firms, model.economy.firms.rows()
    own = rows[has_moved(firms.id[rows]) != 0]
    return dict(zip(firms.id[own].tolist(), firms.prefecture[own].tolist(), strict=True))


# --- the pipeline ----------------------------------------------------------------------------------------


def test_plants_are_under_way_when_2016_begins_and_about_a_hundred_firms_come_a_year(end_of_2020):
    yearly = end_of_2020.series[:20, COLUMN["relocations"]].reshape(5, 4).sum(axis=1) / SCALE
    assert yearly.mean() == pytest.approx(100.0, abs=45.0) and yearly[0] > 20.0


def test_fewer_are_built_than_signed_and_fewer_signed_than_offered(end_of_2020):
    counts = [over(end_of_2020, f"projects_{name}", 0) for name in ("offered", "signed", "started")]
    assert counts[0] > counts[1] > counts[2] > over(end_of_2020, "relocations", 0) > 0


def test_each_firm_that_came_was_a_project_and_has_its_place(end_of_2020):
    stage, ids, firm, place = columns(end_of_2020, "stage", "id", "firm", "prefecture")
    producing = stage == PRODUCING
    assert (ids[producing] == firm[producing]).all()
    known = arrived(end_of_2020)
    found = dict(zip(firm[producing].tolist(), place[producing].tolist(), strict=True))
    assert len(known) > 10 and all(known[key] == at for key, at in found.items() if key in known)


def test_what_is_invested_adds_to_demand_for_plant_before_anybody_produces(end_of_2020):
    built, stage, origin = columns(end_of_2020, "built", "stage", "origin")
    assert built[(stage == BUILDING) & (origin != INSIDE)].sum() > 0
    assert over(end_of_2020, "projects_invested", 0) > 0


def test_projects_are_agents_of_the_model(end_of_2020):
    model = end_of_2020.branch(end_of_2020.spec)
    agents = model.agents_by_type[Project]
    assert len(agents) == len(table_of(model)) > 0
    assert {agent.stage for agent in agents} <= {1, 2, 3, 4}


def test_without_candidates_and_without_moving_nothing_happens():
    spec = choose(scale=0.01)
    values = spec.parameters
    none = {
        **values,
        "relocation": {**values["relocation"], "candidates": 0.0},
        "projects": {**values["projects"], "reconsidering": 0.0},
    }
    model = after(5, IndustrialPolicyModel(replace(spec, parameters=none)))
    assert len(table_of(model)) == 0 and over(model, "relocations", 0) == 0


# --- firms of the province that move ---------------------------------------------------------------------


def test_firms_that_move_stay_themselves_and_stand_elsewhere(end_of_2020, monkeypatch):
    model, noted = end_of_2020.branch(end_of_2020.spec), []
    original = steps.move_firms

    def noting(economy, now):
        table, (rows, firm_rows) = economy.of(Projects).table, steps.moving(economy, now.quarter)
        before = economy.firms.prefecture[firm_rows].tolist(), economy.firms.capital[firm_rows].tolist()
        original(economy, now)
        after_it = economy.firms.prefecture[firm_rows].tolist(), economy.firms.capital[firm_rows].tolist()
        noted.append((table.left[rows].tolist(), table.prefecture[rows].tolist(), before, after_it))

    exchange(monkeypatch, original, noting)
    after(9, model)
    moved = [one for one in noted if one[0]]
    assert moved
    share = model.economy.of(Projects).parameters.left_behind
    for left, chosen, (was, had), (stands, has) in moved:
        assert left == was and chosen == stands and all(a != b for a, b in zip(was, stands, strict=True))
        assert has == pytest.approx([(1.0 - share) * one for one in had])


def test_moves_within_the_province_are_counted_apart_from_arrivals(end_of_2020):
    assert over(end_of_2020, "moves_within", 0) > 0
    entered = over(end_of_2020, "entrants", 0) + over(end_of_2020, "relocations", 0)
    firms = end_of_2020.series[:20, COLUMN["firms"]]
    assert entered - over(end_of_2020, "exits", 0) == pytest.approx(
        firms[-1] - firms[0] + end_of_2020.series[0, COLUMN["entrants"]]
        + end_of_2020.series[0, COLUMN["relocations"]] - end_of_2020.series[0, COLUMN["exits"]]
    )  # fmt: skip


# --- incentives ------------------------------------------------------------------------------------------


def usual_incentive(model, value, place=3):
    """The next two years, in which one prefecture offers an incentive of its own making."""
    other = model.branch(model.spec)
    economy = other.economy
    economy.relocation = economy.relocation._replace(candidates=5000.0)
    economy.prefectures.parameters = economy.prefectures.parameters._replace(
        imitation=0.0, incentive_spread=0.0, incentive_budget=1e6
    )
    economy.prefectures.usual[place] = value
    return after(1, other)


def offered(model):
    ids, place, stage, origin = columns(model, "id", "prefecture", "stage", "origin")
    new = (stage == 1) & (origin != INSIDE)
    return dict(zip(ids[new].tolist(), place[new].tolist(), strict=True))


def test_a_higher_incentive_keeps_its_projects_and_wins_more(end_of_2020):
    low, high = offered(usual_incentive(end_of_2020, 0.0)), offered(usual_incentive(end_of_2020, 0.3))
    before, now = ({member for member, place in found.items() if place == 3} for found in (low, high))
    assert before < now
    elsewhere = {member: place for member, place in high.items() if place != 3}
    assert elsewhere == {member: low[member] for member in elsewhere}


def test_a_prefecture_pays_no_more_than_it_has_and_plants_are_built_all_the_same(end_of_2020, monkeypatch):
    go_on, rich = steps.go_on, usual_incentive(end_of_2020, 0.2)
    after(2, rich)

    def spend_and_go_on(economy, now):
        block, ledger = economy.ledger.accounts.prefectures, economy.ledger
        for place in range(block.start, block.stop):
            left = max(0, int(ledger.balance[place]) - 10)
            ledger.post(place, ledger.accounts.rest, left, Flow.PUBLIC_PURCHASES)
        go_on(economy, now)

    exchange(monkeypatch, go_on, spend_and_go_on)
    poor = after(2, usual_incentive(end_of_2020, 0.2))
    assert [over(model, "projects_invested") for model in (rich, poor)] == [
        over(rich, "projects_invested")
    ] * 2
    paid = poor.economy.prefectures.incentives_paid
    assert (paid <= 10).all() and 0 < paid.sum() < rich.economy.prefectures.incentives_paid.sum()


def test_incentives_are_paid_by_prefectures_which_have_less_to_spend(end_of_2020):
    ledger, paid = end_of_2020.economy.ledger, end_of_2020.economy.prefectures.incentives_paid
    assert ledger.paid(Sector.PREFECTURES, Sector.FIRMS, Flow.GRANT_INVESTMENT) == paid.sum()
    assert ledger.paid(Sector.PROVINCE, Sector.FIRMS, Flow.GRANT_INVESTMENT) == 0
    names = [name for name in COLUMN if name.startswith("attraction_")]
    together = sum(over(end_of_2020, name, 0) for name in names)
    assert len(names) == 14 and together == over(end_of_2020, "relocation_incentives", 0) > 0


# --- the lever -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_aid(end_of_2020):
    return aided(end_of_2020, 20, rate=0.1, budget=5e9)


@pytest.fixture(scope="module")
def without_aid(end_of_2020):
    return aided(end_of_2020, 20)


def test_aid_wins_projects_from_elsewhere_and_loses_none(with_aid, without_aid):
    won = over(with_aid, "projects_tipped_by_lever")
    assert 0 < won < over(with_aid, "projects_offered")
    assert over(without_aid, "projects_tipped_by_lever") == 0
    gained = over(with_aid, "projects_offered") - over(without_aid, "projects_offered")
    assert gained == pytest.approx(won, abs=0.4 * won + 3)  # incentives of prefectures answer, too
    assert over(with_aid, "relocations") > over(without_aid, "relocations")


def test_what_is_promised_is_held_back_and_paid_as_plants_are_built(with_aid):
    programme = with_aid.economy.governments.programmes[ATTRACTION]
    table, rows = table_of(with_aid), table_of(with_aid).rows()
    money, paid = table.aid[:, rows], table.aid_paid[:, rows]
    assert (paid <= money).all() and programme.committed == (money - paid).sum() > 0
    assert over(with_aid, f"programme_{ATTRACTION}") == over(with_aid, "projects_aid") > 0


def test_a_small_budget_is_promised_once_and_not_overdrawn(end_of_2020):
    short = aided(end_of_2020, 12, rate=0.3, budget=5e8)
    programme = short.economy.governments.programmes[ATTRACTION]
    told = programme.over_all_years()
    assert 0.0 < told["spent"] + programme.committed <= told["appropriated"] == 3 * 5e8 * SCALE


@pytest.mark.parametrize("fields", [{"rate": 0.2, "budget": 0.0}, {"rate": 0.0, "budget": 1e9}])
def test_a_rate_without_money_and_money_without_a_rate_change_nobody(end_of_2020, without_aid, fields):
    model = aided(end_of_2020, 8, **fields)
    held = without_aid.series[:28], model.series
    for name in ("relocations", "projects_offered", "projects_signed"):
        assert (held[0][:, COLUMN[name]] == held[1][:, COLUMN[name]]).all()


def test_the_lever_at_zero_is_the_model_without_it(end_of_2020):
    spec = end_of_2020.spec
    levers = {name: dated for name, dated in spec.scenario.levers.items() if name != ATTRACTION}
    absent = end_of_2020.branch(replace(spec, scenario=replace(spec.scenario, levers=levers)))
    zero = after(9, end_of_2020.branch(spec))
    after(9, absent)
    assert zero.series.tobytes() == absent.series.tobytes()
    assert zero.economy.ledger.balance.tobytes() == absent.economy.ledger.balance.tobytes()
    for population in (zero.economy.firms, table_of(zero)):
        other = absent.economy.firms if population is zero.economy.firms else table_of(absent)
        held = [{name: one[..., whom.rows()].tobytes() for name, one in whom.columns.items()}
                for whom in (population, other)]  # fmt: skip
        assert held[0] == held[1]


def test_an_enclave_draws_projects_to_where_the_industry_is_not(end_of_2020):
    model = end_of_2020.branch(end_of_2020.spec)
    model.economy.relocation = model.economy.relocation._replace(enclave_pull=1.0, candidates=5000.0)
    plain = model.branch(model.spec)
    changes = {(ATTRACTION, "enclave"): ((2021, 1.0),), (ATTRACTION, "budget"): ((2021, 2e10),)}
    with_enclaves = model.branch(replace(model.spec, scenario=model.spec.scenario.changed(changes)))
    after(1, plain)
    after(1, with_enclaves)
    without = np.bincount(list(offered(plain).values()), minlength=14)
    within = np.bincount(list(offered(with_enclaves).values()), minlength=14)
    assert within[1:].sum() > without[1:].sum()
    assert with_enclaves.series[20, COLUMN["projects_tipped_by_lever"]] > 0
    assert over(with_enclaves, "projects_aid", 20) == 0  # nothing is built yet
    assert with_enclaves.economy.governments.programmes[ATTRACTION].committed > 0


def test_no_programme_promises_anything_to_projects_of_the_years_before_its_first_budget():
    spec = choose(scale=0.02)
    fields = (("rate", 0.3), ("budget", 4e9))
    aid = {("investment_attraction", name): ((2016, value),) for name, value in fields}
    model = IndustrialPolicyModel(replace(spec, scenario=spec.scenario.changed(aid)))
    model.step()
    table = model.economy.of(Projects).table
    rows = table.rows()
    assert len(rows) > 0 and 0 < table.aid[:, rows].sum() <= 4e9 * 0.02
