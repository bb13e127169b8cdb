"""Evaluation in the model as a whole: audits, claw-back, registers, budgets that keep their total."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.finance.information import Information
from agents.money.flows import AccountingError, Flow, Sector
from agents.state.evaluation import Evaluation
from scenarios.files.changes import lever_change
from scenarios.load import load_levers, load_scenarios
from sim.indicators import series_of
from sim.model import choose
from sim.run import past_of
from sim.state import evaluation as evaluation_steps
from sim.state import missions as mission_steps
from sim.state.missions import audited_missions

COLUMN = series_of().column
ON = {"audit": 0.5, "reallocation": 0.2, "budget": 1e8}


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def end_of_2020():
    """470 firms at the end of 2020; tests branch off it."""
    return past_of(choose(scale=0.02))


def branch(model, quarters, parameters=None, **fields):
    """The model some quarters on, with these values of the lever and of parameters."""
    changes = {("evaluation", field): ((2021, value),) for field, value in fields.items()}
    other = model.branch(replace(model.spec, scenario=model.spec.scenario.changed(changes)))
    known = other.economy.of(Evaluation)
    known.parameters = known.parameters._replace(**(parameters or {}))
    return after(quarters, other)


@pytest.fixture(scope="module")
def evaluated(end_of_2020):
    """Three years with audits and moves."""
    return branch(end_of_2020, 12, **ON)


def values(model, name, first=20):
    return model.series[first:, COLUMN[name]]


def total(model, name):
    return float(values(model, name).sum())


# --- audits ----------------------------------------------------------------------------------------------


def test_audits_come_in_the_third_quarter_of_the_year_after_the_grants(evaluated):
    assert (np.flatnonzero(values(evaluated, "audits")) % 4 == 2).all()
    assert values(evaluated, "audits")[:4].sum() == 0.0 < values(evaluated, "audits")[6]


def test_what_is_found_goes_from_firms_to_the_province(end_of_2020):
    model = branch(end_of_2020, 7, **ON)
    returned = model.economy.ledger.paid(Sector.FIRMS, Sector.PROVINCE, Flow.CLAW_BACK)
    assert 0 < returned == values(model, "clawed_back")[-1] <= values(model, "misuse_found")[-1]
    assert values(model, "misuse_found")[-1] <= 0.6 * values(model, "grants_misused")[3] + 1


def test_more_audits_leave_less_misuse(end_of_2020):
    misused = [
        values(branch(end_of_2020, 4, audit=audit, budget=1e8), "grants_misused")[3]
        for audit in (0.0, 0.5, 1.0)
    ]
    assert misused[0] > misused[1] > misused[2] > 0.0
    assert misused[2] == pytest.approx(0.7 * misused[0], rel=0.01)  # deterrence of three tenths


def test_without_deterrence_and_before_anything_is_found_audits_change_no_firm(end_of_2020):
    model = branch(end_of_2020, 4, {"audit_deterrence": 0.0}, audit=1.0, budget=1e8)
    assert total(model, "grants_misused") == total(branch(end_of_2020, 4), "grants_misused")


def test_as_many_audits_as_the_money_pays_for_and_firms_reckon_with_them(end_of_2020):
    model = branch(end_of_2020, 8, {"audit_cost": 2e6 * 0.02}, audit=1.0, budget=1e7)
    assert values(model, "audits")[6] == 3  # 70 % of 10 million are released, 2 million each
    assert model.economy.of(Evaluation).reach < 1.0
    programme = model.economy.governments.programmes["evaluation"]
    assert programme.history[-1].disbursed + programme.disbursed == 3 * 2e6 * 0.02


def test_tranches_of_missions_are_audited_too(end_of_2020):
    calls = {("mission_projects", f): ((2021, v),) for f, v in (("budget", 2e9), ("entrants", 3))}
    scenario = end_of_2020.spec.scenario.changed(calls)
    called = end_of_2020.branch(replace(end_of_2020.spec, scenario=scenario))
    loose, tight = branch(called, 7), branch(called, 7, audit=0.9, budget=5e8)
    assert total(tight, "mission_money_misused") < 0.5 * total(loose, "mission_money_misused")
    assert tight.economy.missions.audit.min() == pytest.approx(0.9) and total(tight, "misuse_found") > 0.0


def test_what_credit_information_finds_in_missions_is_no_audit_that_evaluation_pays_for(
    end_of_2020, monkeypatch
):
    """Ten tranches, whose luck is between the chances of nobody, of the platform alone, and of both."""
    model = branch(end_of_2020, 3, audit=0.4, budget=5e8)
    economy, luck, asked = model.economy, np.linspace(0.05, 0.95, 10), []
    rows = economy.firms.rows()[:10]
    monkeypatch.setattr(economy.of(Information), "level", 1.0)
    seen = economy.of(Information).of_audits(np.zeros(1))[0]
    assert 0.05 < seen < 0.95
    monkeypatch.setattr(economy.missions, "audit", np.full(10, 1.0))
    monkeypatch.setattr(mission_steps, "terms_at", lambda economy, term, rows: np.zeros(len(rows)))
    monkeypatch.setattr(
        evaluation_steps, "as_paid_for", lambda economy, luck, wanted: asked.append(wanted) or wanted
    )
    assert audited_missions(economy, luck, rows).all()
    assert asked[0].tolist() == (luck >= seen).tolist()


# --- budgets ---------------------------------------------------------------------------------------------


def appropriated(model, year):
    """What was appropriated of each programme in a closed year, but for evaluation's own [yuan]."""
    return {
        name: sum(one.appropriated for one in programme.history if one.year == year)
        for name, programme in model.economy.governments.programmes.items()
        if name != "evaluation"
    }


def test_budgets_move_from_the_second_january_on_and_keep_their_total_to_the_yuan(end_of_2020):
    model, usual = branch(end_of_2020, 13, **ON), branch(end_of_2020, 13)
    assert np.flatnonzero(values(model, "budgets_moved")).tolist()[0] == 8  # January 2023
    for year in (2021, 2022):
        assert appropriated(model, year) == appropriated(usual, year)
    here, there = appropriated(model, 2023), appropriated(usual, 2023)
    assert here != there and sum(here.values()) == sum(there.values())
    for name, amount in here.items():
        assert abs(amount - there[name]) <= 0.2 * there[name]


def test_moved_budgets_are_released_financed_and_accounted_for_as_all_are(evaluated, end_of_2020):
    usual = branch(end_of_2020, 12)
    released = [
        sum(
            one.released for name, one in model.economy.governments.programmes.items() if name != "evaluation"
        )
        for model in (evaluated, usual)
    ]
    assert released[0] == released[1]
    for programme in evaluated.economy.governments.programmes.values():
        account = programme.over_all_years()
        assert account["appropriated"] == account["spent"] + account["lapsed"] + account["left"]


def test_the_closure_finances_the_lever_and_nothing_else(evaluated, end_of_2020):
    usual = branch(end_of_2020, 12)
    extra = [model.economy.governments.extra for model in (evaluated, usual)]
    own = evaluated.economy.governments.programmes["evaluation"]
    fourth = own.released - own.appropriated * (own.release_by_quarter[2]) // 1_000_000
    assert extra[0] - extra[1] == pytest.approx(fourth, abs=10)


def test_what_pays_no_firm_keeps_its_budget(evaluated):
    budgets = evaluated.economy.of(Evaluation).budgets
    assert {"rd_subsidy", "high_tech_award"} <= set(budgets)
    assert not {"guidance_funds", "innovation_carriers", "talent_introduction", "evaluation"} & set(budgets)


def test_accounts_of_blocks_keep_what_the_block_gives(end_of_2020):
    block = [{"where": ["changsha"], "award": 6e5, "budget": 1e8}]
    change = {("high_tech_award", "blocks"): lever_change("high_tech_award", "blocks", block, load_levers())}
    scenario = end_of_2020.spec.scenario.changed(change)
    model = branch(end_of_2020.branch(replace(end_of_2020.spec, scenario=scenario)), 9, **ON)
    programmes = model.economy.governments.programmes
    (account,) = [one for one in programmes.values() if one.beside]
    assert account.appropriated == 1e8 * 0.02 and account.name not in model.economy.of(Evaluation).budgets


def test_a_budget_written_by_hand_is_found(evaluated):
    other = after(1, evaluated.branch(evaluated.spec))
    other.economy.of(Evaluation).budgets["rd_subsidy"] += 1
    with pytest.raises(AccountingError, match="I4 moved budgets"):
        other.step()


def test_only_a_part_is_judged_where_money_is_short(end_of_2020):
    rich = branch(end_of_2020, 8, reallocation=0.2, budget=1e8)
    poor = branch(end_of_2020, 8, {"judging_cost": 0.001}, reallocation=0.2, budget=2e6)
    assert total(poor, "programmes_judged") <= total(rich, "programmes_judged") >= 3
    errors = [model.economy.of(Evaluation).estimates["high_tech_award"].error for model in (rich, poor)]
    assert errors[1] > errors[0]


def test_no_truth_enters_an_estimate(end_of_2020):
    # research that is none, reported as research: the estimate rises, knowledge does not
    def report_more(model):
        firms = model.economy.firms
        rows = firms.rows()
        rows = rows[np.isin(firms.id[rows], model.economy.of(Evaluation).paid["high_tech_award"].ids)]
        firms.research_year[rows] *= 2.0
        return model

    plain = branch(end_of_2020, 7, reallocation=0.2, budget=1e8)
    padded = report_more(plain.branch(plain.spec))
    one, other = (after(1, model).economy.of(Evaluation).estimates for model in (plain, padded))
    assert other["high_tech_award"].effect > one["high_tech_award"].effect


# --- nothing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nothing", [{"gap": 1.0}, {"audit": 0.0, "reallocation": 0.0}, {"audit": 1.0, "reallocation": 0.2}]
)
def test_without_money_nothing_happens_to_the_last_bit(end_of_2020, nothing):
    assert differences(branch(end_of_2020, 8, **nothing), branch(end_of_2020, 8)) == []


def test_money_without_terms_lapses(end_of_2020):
    model = branch(end_of_2020, 5, budget=1e8)
    (account,) = [
        one for one in model.economy.governments.programmes["evaluation"].history if one.year == 2021
    ]
    assert account.lapsed == account.appropriated == 2e6 and total(model, "audits") == 0.0


def test_when_it_ends_budgets_are_again_what_levers_ask_for(evaluated):
    off = {("evaluation", field): ((2024, 0.0),) for field in ON}
    scenario = evaluated.spec.scenario.changed(off)
    model = after(1, evaluated.branch(replace(evaluated.spec, scenario=scenario)))
    assert model.economy.of(Evaluation).budgets == {} and model.economy.of(Evaluation).register is None
    programmes = model.economy.governments.programmes
    assert programmes["rd_subsidy"].appropriated == programmes["rd_subsidy"].asked


def test_the_shipped_scenario_is_the_plan_with_evaluation():
    scenarios = load_scenarios()
    plan, adaptive = scenarios["plan"], scenarios["adaptive_plan"]
    assert {name for name in plan.levers if plan.levers[name] != adaptive.levers[name]} == {"evaluation"}
    for year in range(2021, 2026):
        assert adaptive.public_cost(year, year) == plan.public_cost(year, year) + 30e6
