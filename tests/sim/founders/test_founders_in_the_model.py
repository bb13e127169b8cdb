"""Founders, start-up loans and incubators in the model: what levers do, what holds to the person and yuan."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.firms.entry import MARGINAL
from agents.founders.incubators import Incubators
from agents.founders.startup_loans import StartupLoans
from agents.founders.would_be import FounderParameters, WouldBeFounders
from agents.money.flows import AccountingError, Flow
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.founders import identities
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import past_of

SCALE = 0.05
COLUMN = series_of().column
LEVERS = load_levers()
LOANS = {("startup_loans", "interest"): 1.0, ("startup_loans", "budget"): 1e9}
SEATS = {("incubation", "budget"): 4e8}


@pytest.fixture(scope="module")
def end_of_2020():
    """About 900 firms at the end of 2020."""
    return past_of(choose(scale=SCALE))


def spec_with(changes):
    spec = choose(scale=SCALE)
    dated = {key: lever_change(*key, value, LEVERS) for key, value in changes.items()}
    return replace(spec, scenario=spec.scenario.changed(dated))


def branch(past, quarters, changes, **parameters):
    """Some quarters from the end of 2020 on with other values of levers, and of parameters."""
    model = past.branch(spec_with(changes))
    economy = model.economy
    for name, value in parameters.items():
        if name in economy.behaviour.names():
            economy.behaviour = economy.behaviour.but(**{name: value})
            continue
        for one in (economy.of(StartupLoans), economy.of(Incubators), economy.guarantee):
            if name in one.parameters._fields:
                one.parameters = one.parameters._replace(**{name: value})
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 4, {})


@pytest.fixture(scope="module")
def lent(end_of_2020):
    return branch(end_of_2020, 4, LOANS)


def total(model, name):
    return float(model.series[20:, COLUMN[name]].sum())


@pytest.mark.parametrize(
    "nothing",
    [
        {("startup_loans", "interest"): 1.0},
        {("startup_loans", "interest"): 0.0, ("startup_loans", "budget"): 1e9},
    ],
)
def test_interest_without_money_and_money_without_interest_change_nothing(usual, end_of_2020, nothing):
    other = branch(end_of_2020, 4, nothing)
    if ("startup_loans", "budget") not in nothing:
        assert [one for one in differences(usual, other) if "offers" not in one] == []
    assert usual.economy.firms.count == other.economy.firms.count
    assert total(other, "startup_loans") == 0.0


def test_loans_bring_firms_of_their_own_and_leave_the_luck_of_others(usual, lent):
    mine, others = (set(one.economy.firms.id[one.economy.firms.rows()].tolist()) for one in (lent, usual))
    added = [id for id in mine if id & MARGINAL]
    assert added and total(lent, "marginal_entrants") >= len(added)
    assert not [id for id in others if id & MARGINAL]
    common = np.array(sorted(mine & others))
    ours, theirs = (one.economy.firms for one in (lent, usual))
    young = common[theirs.entry_quarter[theirs.rows_of(common)] >= 20]
    traits = ("ownership", "intellectual_property_test", "relabelling_share", "log_patent_propensity")
    assert len(young) > 5
    for name in traits:
        assert (
            getattr(ours, name)[ours.rows_of(young)] == getattr(theirs, name)[theirs.rows_of(young)]
        ).all()


def test_a_marginal_firm_is_smaller_and_begins_with_a_guaranteed_loan(end_of_2020):
    model = branch(end_of_2020, 1, LOANS, reach=0.1, marginal_size=-3.0)
    firms = model.economy.firms
    rows = firms.rows()
    new = rows[firms.entry_quarter[rows] == 20]
    kind = (firms.id[new] & MARGINAL) != 0
    assert kind.sum() > 3
    assert np.median(firms.trailing_sales[new[kind]]) < 0.3 * np.median(firms.trailing_sales[new[~kind]])
    assert (firms.loans[new[kind]] > 0).all() and (firms.guaranteed[new[kind]] > 0).all()


def test_the_interest_is_paid_by_the_programme_and_only_that(lent):
    programme = lent.economy.governments.programmes["startup_loans"]
    assert programme.disbursed == round(total(lent, "programme_startup_loans"))
    assert 0 < programme.disbursed <= programme.appropriated
    assert total(lent, "startup_lending") > 5 * programme.disbursed


def test_money_for_few_serves_few_and_others_stay_held_back(end_of_2020, lent):
    few = branch(end_of_2020, 4, {**LOANS, ("startup_loans", "budget"): 1e7}, reach=0.1)
    many = branch(end_of_2020, 4, LOANS, reach=0.1)
    assert 0 < total(few, "startup_loans") < 0.5 * total(few, "startup_loan_applicants")
    assert total(few, "marginal_entrants") < total(many, "marginal_entrants")
    waiting = [one.economy.of(WouldBeFounders).held_back.persons.sum() for one in (few, many)]
    assert waiting[0] > waiting[1]


def test_without_guarantees_nobody_gets_a_start_up_loan(end_of_2020):
    model = branch(end_of_2020, 2, LOANS, capital_multiple=0.0, pool_multiple=1e-9)
    assert total(model, "startup_loan_applicants") > 0 and total(model, "startup_loans") == 0


def test_seats_stand_beside_the_usual_ones_and_only_taken_ones_are_paid(usual, end_of_2020):
    model = branch(end_of_2020, 4, SEATS)
    more = model.latest("seats") - usual.latest("seats")
    assert more == 4e8 * SCALE // 1e5
    assert model.latest("tenants") > usual.latest("tenants")
    paid = total(model, "programme_incubation")
    assert 0 < paid < 4e8 * SCALE
    extra = [
        max(0.0, float(model.series[q, COLUMN["tenants"]]) - float(usual.series[q, COLUMN["seats"]]))
        for q in range(20, 24)
    ]
    assert paid >= 0.25 * 1e5 * sum(extra)


def test_fewer_tenants_close_where_a_seat_protects(end_of_2020):
    safe = branch(end_of_2020, 4, {}, tenant_exit=0.0, exit_hazard=0.2)
    usual = branch(end_of_2020, 4, {}, tenant_exit=1.0, exit_hazard=0.2)
    assert safe.latest("tenants") > usual.latest("tenants")
    assert total(safe, "exits") < total(usual, "exits")


def test_a_block_keeps_seats_for_its_firms(end_of_2020, usual):
    block = [{"where": ["zhuzhou"], "industries": ["information"], "budget": 4e8}]
    model = branch(end_of_2020, 4, {("incubation", "blocks"): block})
    incubators = model.economy.of(Incubators)
    cells = model.economy.geography.meant(("zhuzhou",), ("information",))
    assert incubators.seats.reserved[cells].sum() == 200 and not incubators.seats.reserved[~cells].any()
    assert incubators.taken[cells].sum() >= usual.economy.of(Incubators).taken[cells].sum()


def test_a_block_lends_to_founders_there(end_of_2020):
    block = [{"where": ["changsha"], "interest": 1.0, "budget": 1e9}]
    model = branch(end_of_2020, 4, {("startup_loans", "blocks"): block})
    firms = model.economy.firms
    rows = firms.rows()
    new = rows[(firms.id[rows] & MARGINAL) != 0]
    assert total(model, "startup_loans") > 0 and (firms.prefecture[new] == 0).all()


def test_easier_approval_raises_entry_there(end_of_2020, usual):
    model = end_of_2020.branch(spec_with({}))
    model.economy.of(WouldBeFounders).approval[:] = 1.5
    for _ in range(4):
        model.step()
    assert 1.1 < total(model, "entrants") / total(usual, "entrants") < 1.6


# --- identities ------------------------------------------------------------------------------------------


def broken(words):
    return pytest.raises(AccountingError, match=words)


def check(model):
    identities.check(model.economy, model.economy.ledger.add_up())


def at_the_end(model):
    """A copy between the last check and the next quarter."""
    other = model.branch(model.spec)
    other.economy.quarter -= 1
    return other


@pytest.fixture
def checked(lent):
    model = at_the_end(lent)
    check(model)
    return model


def test_a_founder_from_nowhere_is_found(checked):
    checked.economy.of(WouldBeFounders).free.persons[3] += 1
    with broken("I8 founders fails: account would-be founders of cell 3, quarter 23: 1 off"):
        check(checked)


def test_fewer_founders_than_none_are_found(checked):
    held = checked.economy.of(WouldBeFounders).held_back
    gone = int(held.persons[5]) + 2
    held.persons[5] -= gone
    held.gave_up[5] += gone
    with broken("I8 founders fails: account founders held back, quarter 23: -2 off"):
        check(checked)


def test_an_entrant_whom_nobody_founded_is_found(checked):
    checked.economy.counts.entrants += 1
    with broken("I8 entrants fails: account founders, quarter 23: 1 off"):
        check(checked)


def test_a_tenant_without_admission_is_found(checked):
    firms = checked.economy.firms
    row = next(r for r in firms.rows().tolist() if firms.seat_until[r] <= 23)
    firms.seat_until[row] = 40
    with broken("I8 seats fails: account firms, quarter 23: 1 off"):
        check(checked)


def test_a_tenant_too_many_is_found(checked):
    checked.economy.of(Incubators).admitted -= 1
    with broken("I8 seats fails: account incubators, quarter 23: -1 off"):
        check(checked)


def test_interest_that_no_founder_got_is_found(checked):
    checked.economy.of(StartupLoans).subsidies += 4
    with broken("I4 interest fails: account start-up loans, quarter 23: -4 off"):
        check(checked)


def test_defaulted_start_up_loans_fall_on_the_guarantee(end_of_2020):
    def paid(**values):
        model = branch(end_of_2020, 8, LOANS, reach=0.1, applying=1.0, **values)
        return total(model, "guarantee_payments") + total(model, "risk_compensation")

    assert paid(marginal_exit=2.0, exit_hazard=0.1) > 0
    assert Flow.PRODUCTION_SUBSIDY.name == LEVERS["startup_loans"].about.programme.account


def test_a_stay_that_is_no_whole_number_of_quarters_seats_nobody_whose_time_is_over():
    """In the first quarter firms of 2015 may still sit: those whose whole quarters are not over."""
    spec = choose(scale=SCALE)
    stays = {**spec.parameters["incubators"], "stay": 7.58, "stay_spread": 0.0, "seeking": 1.0}
    stays |= {"largest_tenant": 1e8, "seats_2016": 1e5}
    model = IndustrialPolicyModel(replace(spec, parameters={**spec.parameters, "incubators": stays}))
    model.step()
    assert model.economy.of(Incubators).tenants > 0


def test_where_entry_falls_faster_than_people_give_up_nobody_is_there_less_than_not_at_all():
    stock = WouldBeFounders(FounderParameters(0.1, 0.02, 0.2, 0.2, 0.05, 0.4, 0.5), 3, growth=-0.2)
    stock.settle(np.full(3, 2.0), np.full(3, 100.0))
    assert (stock.held_back.persons > 0).all()
