"""A trace follows one member and changes nothing."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from agents.firms.entry import MARGINAL
from agents.money.flows import Flow
from agents.projects.project import OFFERED, PRODUCING
from agents.projects.projects import Projects
from scenarios.values.errors import InputError
from sim.luck.ids import has_moved
from sim.model import IndustrialPolicyModel, choose
from sim.run import simulate
from sim.trace.firm import UNEXPLAINED, largest
from sim.trace.traced import traced

SPEC = choose("plan", scale=0.004, seed=3)
FOLLOWED = 12
RESEARCH = {Flow.RESEARCH_WAGES.name, Flow.RESEARCH_MATERIALS.name, Flow.CAPITAL_EXPENDITURE.name}


@cache
def untraced():
    (outcome,) = simulate([SPEC])
    return outcome


@cache
def members():
    """Ids of firms: the largest of end-2015, some that entered later, some that left."""
    model = IndustrialPolicyModel(SPEC)
    at_start = set(model.economy.firms.id[model.economy.firms.rows()].tolist())
    first = largest(model.economy.firms, 4)
    model.run_for(24)
    left = sorted(at_start - set(model.economy.firms.id[model.economy.firms.rows()].tolist()))
    model.run_for(12)  # until enough have entered
    later = model.economy.firms.id[model.economy.firms.rows()].tolist()
    entered = [one for one in later if one not in at_start]
    return [*first, *entered[:: max(1, len(entered) // 4)][:4], *left[:: max(1, len(left) // 4)][:4]]


@cache
def followed(subject):
    return traced(SPEC, subject)


def flows(quarters):
    return {payment.flow for one in quarters for payment in one.payments}


SUBJECTS = ["university:0", "programme:rd_subsidy", *(f"firm:#{n}" for n in range(FOLLOWED))]


def subject_of(name):
    return f"firm:{members()[int(name.split('#')[1])]}" if "#" in name else name


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_traced_run_is_the_same_to_the_last_bit(name):
    outcome, _ = followed(subject_of(name))
    assert outcome.series.tobytes() == untraced().series.tobytes()
    assert outcome.cells.tobytes() == untraced().cells.tobytes()


@pytest.mark.parametrize("number", range(FOLLOWED))
def test_the_payments_of_a_firm_are_every_change_of_its_deposits(number):
    _, quarters = followed(f"firm:{members()[number]}")
    held = [one.values["deposits"] for one in quarters]
    assert [sum(p.amount for p in one.payments) for one in quarters[1:]] == np.diff(held).tolist()
    assert UNEXPLAINED not in flows(quarters)


@pytest.mark.parametrize("number", range(4, 8))
def test_an_entrant_begins_with_the_money_that_it_was_founded_with_or_brought(number):
    member = members()[number]
    _, quarters = followed(f"firm:{member}")
    brought = Flow.INWARD_INVESTMENT if has_moved(member) else Flow.FOUNDER_CAPITAL
    assert len(quarters) < 40
    assert quarters[0].payments[0].flow == brought.name
    assert flows(quarters[:1]) & {Flow.FOUNDER_CAPITAL.name, Flow.INWARD_INVESTMENT.name} == {brought.name}


LOANS = {("startup_loans", "interest"): ((2016, 1.0),), ("startup_loans", "budget"): ((2016, 1e10),)}


@pytest.mark.parametrize("marginal", [0, MARGINAL])
def test_a_founder_with_a_start_up_loan_receives_it_beside_own_money_and_the_interest(marginal):
    """Who could not have founded without it has that much less of its own."""
    spec = replace(SPEC, scenario=SPEC.scenario.changed(LOANS))
    model, served = IndustrialPolicyModel(spec), []
    while not served:
        model.step()
        firms = model.economy.firms
        rows = firms.rows()
        new = (firms.entry_quarter[rows] == model.economy.quarter - 1) & (firms.guaranteed[rows] > 0)
        served = [one for one in firms.id[rows[new]].tolist() if one & MARGINAL == marginal]
    member = served[0]
    _, quarters = traced(spec, f"firm:{member}")
    payments = quarters[0].payments
    lent, *_ = (one.amount for one in payments if one.flow == Flow.LOAN_NEW.name)
    interest = [one.amount for one in payments if one.programme == "startup_loans"]
    own = [one.amount for one in payments if one.flow == Flow.FOUNDER_CAPITAL.name]
    assert lent > 0 and 0 < sum(interest) < lent
    assert own[1:] == ([-lent] if marginal else []) and sum(own) > 0
    assert UNEXPLAINED not in flows(quarters)


def test_a_firm_that_leaves_is_wound_up_and_followed_no_further():
    _, quarters = followed(f"firm:{members()[8]}")
    assert len(quarters) < 25
    assert quarters[-1].values["exit_reason"] in (1, 2)
    assert quarters[-1].values["deposits"] == 0
    assert Flow.ASSET_SALES.name in {payment.flow for payment in quarters[-1].payments}


def test_a_university_spends_what_it_receives():
    _, quarters = followed("university:0")
    assert len(quarters) == 40
    for one in quarters:
        spent = -sum(p.amount for p in one.payments if p.flow in RESEARCH)
        assert one.values["research"] == spent > 0
        assert {p.flow for p in one.payments if p.amount < 0} <= RESEARCH | {Flow.INVENTOR_SHARE.name}
    held = np.cumsum([sum(payment.amount for payment in one.payments) for one in quarters])
    assert (held >= 0).all() and held[0] == 0


def test_a_university_has_a_number_and_a_name():
    names = IndustrialPolicyModel(SPEC).economy.universities.names
    assert followed(f"university:{names[0]}")[1] == followed("university:0")[1]


def test_a_programme_pays_cuts_or_keeps_waiting_what_is_claimed_and_pays_within_what_is_released():
    _, quarters = followed("programme:rd_subsidy")
    paid = [one.values["paid"] for one in quarters]
    assert [-sum(p.amount for p in one.payments) for one in quarters] == paid and sum(paid) > 0
    open_claims = 0
    for one in quarters:
        decided = one.values["paid"] + one.values["cut"] + one.values["withdrawn"]
        assert one.values["paid"] <= open_claims + one.values["claimed"]
        open_claims += one.values["claimed"] - decided
        assert open_claims == one.values["waiting"]
        assert one.values["paid_this_year"] <= one.values["released"] + one.values["carried_in"]
        assert {payment.other.split(" to ")[1] for payment in one.payments} <= {"firms"}


def test_the_land_of_parks_is_followed_from_one_quarter_to_the_next():
    _, quarters = followed("parks:changsha")
    served = [one.values["serviced"] for one in quarters]
    assert [one.values["before"] for one in quarters[1:]] == served[:-1]
    for one in quarters:
        land = one.values
        assert land["by_firms"] + land["by_others"] + land["free"] == land["serviced"] > 0


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("firm", "expected firm:ID, university:ID, programme:NAME, parks:PLACE or project:ID"),
        ("firm:", "expected firm:ID"),
        ("bank:1", "cannot trace 'bank:1'"),
        ("firm:x", "the largest firms of end-2015: "),
        ("firm:４", "is no id"),
        ("firm:99999999", "this run has no firm 99999999"),
        ("university:400", "or a number from 0 to "),
        ("parks:chengsha", "unknown prefecture 'chengsha' - did you mean 'changsha'?"),
        ("programme:rd_subsdy", "did you mean 'rd_subsidy'?"),
    ],
)
def test_what_a_run_has_not_cannot_be_traced(subject, reason):
    with pytest.raises(InputError) as refusal:
        traced(SPEC, subject)
    assert reason in str(refusal.value)


def test_a_project_is_followed_from_its_offer_until_nothing_is_owed_to_it():
    spec = choose(scale=0.05)
    model = IndustrialPolicyModel(spec)
    table = model.economy.of(Projects).table
    model.run_for(1)
    offered = table.id[table.rows()[table.stage[table.rows()] == OFFERED]].tolist()
    model.run_for(20)
    producing = table.id[table.rows()[table.stage[table.rows()] == PRODUCING]].tolist()
    (id, *_) = [one for one in producing if one in offered]
    _, quarters = traced(spec, f"project:{id}")
    stages = [one.values["stage"] for one in quarters]
    assert stages == sorted(stages) and set(stages) == {1, 2, 3, 4} and len(stages) < 40
    last = quarters[-1].values
    paid = {who: sum(one.amount for quarter in quarters for one in quarter.payments if one.other == who)
            for who in ("prefecture", "owners")}  # fmt: skip
    assert 0 < paid["prefecture"] < paid["owners"] < last["built"] == last["invested"]
    assert last["firm"] == id


def test_a_project_is_named_by_a_number():
    with pytest.raises(InputError, match="is no id"):
        traced(choose(scale=0.01), "project:plant")
