"""Shorter approval and relief from compliance costs in the model: what they move, and where."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.founders.would_be import WouldBeFounders
from agents.projects.projects import Projects
from agents.regulation.regulation import Regulation
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.indicators import series_of
from sim.model import choose
from sim.projects.steps import SHORTEST, quarters_to_begin
from sim.projects.terms import approval
from sim.run import past_of

SCALE = 0.03
COLUMN = series_of().column
LEVERS = load_levers()
CUT, RELIEF = ("approval_reform", "cut"), ("compliance_relief", "relief")


@pytest.fixture(scope="module")
def end_of_2020():
    """About 700 firms at the end of 2020."""
    return past_of(choose(scale=SCALE))


def branch(past, quarters, changes):
    """Some quarters from the end of 2020 on with other values of levers."""
    spec = choose(scale=SCALE)
    dated = {key: lever_change(*key, value, LEVERS) for key, value in changes.items()}
    model = past.branch(replace(spec, scenario=spec.scenario.changed(dated)))
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 4, {})


@pytest.fixture(scope="module")
def reformed(end_of_2020):
    return branch(end_of_2020, 4, {CUT: 0.9})


def series(model, name):
    return model.series[20:, COLUMN[name]]


def test_no_cut_and_no_relief_are_the_baseline_to_the_last_bit(usual, end_of_2020):
    other = branch(end_of_2020, 4, {CUT: 0.0, RELIEF: 0.0})
    assert [one for one in differences(usual, other) if "offers" not in one] == []


def test_days_of_approval_fall_by_the_cut_in_every_prefecture(usual, reformed):
    days = {name for name in COLUMN if name.startswith("approval_days_")}
    assert len(days) == 14
    for name in days:
        assert series(reformed, name) == pytest.approx(0.1 * series(usual, name))


def test_less_capital_waits_for_approval_where_it_takes_fewer_days(usual, reformed):
    assert (series(reformed, "capital_waiting") < 0.5 * series(usual, "capital_waiting")).all()
    for model in (usual, reformed):
        assert (series(model, "capital_waiting") <= series(model, "capital_pending")).all()


def test_orders_of_capital_come_a_quarter_sooner_for_a_part_of_firms(usual, reformed):
    """.86 of a quarter is saved: of those who order in the last quarter nearly all wait three quarters."""
    lag = int(usual.economy.behaviour.production.investment_lag)
    for model, shares in ((usual, (0.0, 0.0)), (reformed, (0.6, 1.0))):
        firms, quarter = model.economy.firms, model.economy.quarter - 1
        rows = firms.rows()
        due = firms.pending_due[rows[firms.pending_capital[rows] > 0.0]] - quarter
        sooner = np.count_nonzero(due == lag - 1)
        newest = np.count_nonzero(due == lag) + (sooner if model is reformed else 0)
        assert newest > 5
        share = sooner / newest if model is reformed else 0.0
        assert shares[0] <= share <= shares[1]


def test_founders_and_projects_answer_the_cut_where_it_holds(end_of_2020):
    block = lever_change("approval_reform", "blocks", [{"where": ["changsha"], "cut": 0.5}], LEVERS)
    spec = choose(scale=SCALE)
    model = end_of_2020.branch(
        replace(spec, scenario=spec.scenario.changed({("approval_reform", "blocks"): block}))
    )
    model.step()
    economy = model.economy
    places = economy.geography.place_of_cell
    entry, worth = economy.of(WouldBeFounders).approval, approval(economy, economy.totals.cells)
    assert (entry[places == 0] > 1.0).all() and (entry[places != 0] == 1.0).all()
    assert (worth[places == 0] > 0.0).all() and (worth[places != 0] == 0.0).all()
    days = [name for name in COLUMN if name.startswith("approval_days_")]
    assert len({float(series(model, name)[0]) for name in days}) == 2
    projects, table = economy.of(Projects), economy.of(Projects).table
    rows = table.rows()
    means = quarters_to_begin(economy, projects, rows)
    usual = projects.parameters.start_quarters
    here = table.prefecture[rows] == 0
    assert (means[here] < usual).all() and (means[~here] == usual).all() and (means >= SHORTEST).all()


def test_a_reform_that_ends_leaves_the_usual_wait(end_of_2020):
    spec = choose(scale=SCALE)
    dated = {CUT: ((2021, 0.5), (2022, 0.0))}
    model = end_of_2020.branch(replace(spec, scenario=spec.scenario.changed(dated)))
    for _ in range(5):
        model.step()
    regulation = model.economy.of(Regulation)
    assert not regulation.cut.any() and not regulation.saved.any()
    assert (model.economy.of(WouldBeFounders).approval == 1.0).all()


def test_relief_lowers_the_cost_of_compliance_by_its_share_in_the_first_quarter(usual, end_of_2020):
    relieved = branch(end_of_2020, 1, {RELIEF: 0.5})
    before, after = (series(model, "compliance_cost")[0] for model in (usual, relieved))
    assert after == pytest.approx(0.5 * before, rel=1e-4)
    regulation = relieved.economy.of(Regulation)
    assert (regulation.relief == 0.5).all()


def test_what_relief_spares_in_a_quarter_is_profit_and_a_little_value_added(end_of_2020):
    """Staff is no value added; services that are not bought are. No order, price or worker moves at once."""
    relieved = branch(end_of_2020, 1, {RELIEF: 0.9})
    first = branch(end_of_2020, 1, {})
    ours, theirs = relieved.economy.firms, first.economy.firms
    both = np.intersect1d(ours.id[ours.rows()], theirs.id[theirs.rows()])  # relief may keep one from failing
    here, there = ours.rows_among(both), theirs.rows_among(both)
    assert (ours.sales[here] == theirs.sales[there]).all()
    added = int((ours.value_added[here] - theirs.value_added[there]).sum())
    spared = 0.9 * series(first, "compliance_cost")[0] * float(theirs.sales[there].sum())
    bought = first.economy.behaviour.bill.overhead_bought_share
    assert added == pytest.approx(bought * spared, rel=0.02)
