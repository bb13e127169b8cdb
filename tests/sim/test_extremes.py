"""Extreme conditions: what a model of an economy must do where one of its parts is nothing, or all there is.

The books are checked in every quarter of every run, so that each of these is also a run in which they hold.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from scenarios.load import load_levers
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import past_of

SCALE, TO_2021 = 0.02, 20
COLUMN = series_of().column
LEVERS = load_levers()
PLAN = choose("plan").scenario
WITH_BUDGET = sorted(name for name, lever in LEVERS.items() if "budget" in lever.fields)
TWO_YEARS = 8
RATIONED = {"credit_guarantee", "guidance_funds"}  # what they spend follows defaults and exits, not a budget


@pytest.fixture(scope="module")
def end_of_2020():
    return past_of(choose(scale=SCALE))


def run_with(quarters, **values):
    """A run from 2016 on with parameters that need not lie within their ranges."""
    spec = choose(scale=SCALE)
    parameters = {group: dict(held) for group, held in spec.parameters.items()}
    for name, value in values.items():
        (group,) = [group for group, held in parameters.items() if name in held]
        parameters[group][name] = value
    model = IndustrialPolicyModel(replace(spec, parameters=parameters))
    for _ in range(quarters):
        model.step()
    return model


def series(model, name):
    return model.series[:, COLUMN[name]]


def branch(past, quarters, **fields):
    """The province some quarters after 2020 under other values of levers, named LEVER__FIELD."""
    spec = choose(scale=SCALE)
    changes = {tuple(name.split("__")): ((2021, value),) for name, value in fields.items()}
    model = past.branch(replace(spec, scenario=spec.scenario.changed(changes)))
    for _ in range(quarters):
        model.step()
    return model


def at_dose(name, factor=1.0):
    """The lever's fields as in the plan in 2022, or at its own dose; its budget so many times as large."""
    lever, values = LEVERS[name], dict(PLAN.lever_values(name, 2022))
    if not values["budget"] and lever.about.dose is not None:
        values = {field: float(value) for field, value in lever.about.dose.fields.items()}
    most = lever.fields["budget"].range[1]
    values["budget"] = min(factor * max(values.get("budget", 0.0), 0.01 * most), most)
    return {f"{name}__{field}": value for field, value in values.items()}


def paid_in_two_years(past, name, factor):
    """What the programme pays in 2021 and 2022 [yuan] with its budget at so many times the dose."""
    model = branch(past, TWO_YEARS, **at_dose(name, factor))
    return float(series(model, f"programme_{name}")[TO_2021:].sum())


# --- nothing of one part -----------------------------------------------------------------------------------


def test_without_research_of_their_own_firms_know_less_and_go_on():
    usual, without = run_with(12), run_with(12, research_scale=0.0)
    left = 0.2 * series(usual, "rd_firms_real")[-4:].sum()  # what grants and new shares are tied to goes on
    assert series(without, "rd_firms_real")[-4:].sum() < left
    known = [model.economy.firms.knowledge[model.economy.firms.rows()].sum() for model in (usual, without)]
    assert known[1] < known[0]
    assert np.isfinite(series(without, "sei_value_added")).all() and series(without, "firms")[-1] > 0.0


def test_where_the_bank_lends_nothing_on_sales_firms_owe_less_and_go_on():
    usual, without = run_with(12), run_with(12, credit_to_sales=0.0)
    assert series(without, "loans_new")[1:].sum() < 0.5 * series(usual, "loans_new")[1:].sum()
    assert series(without, "firm_loans")[-1] < series(usual, "firm_loans")[-1]
    assert series(without, "firms")[-1] > 0.0


def test_where_owners_take_what_they_can_of_grants_less_of_them_is_left_for_research():
    usual, taken = run_with(12), run_with(12, grant_misuse=1.0)
    assert series(taken, "grants_misused").sum() > 2.0 * series(usual, "grants_misused").sum() > 0.0
    left = [model.economy.firms.earmarked[model.economy.firms.rows()].sum() for model in (usual, taken)]
    assert left[1] < left[0]


def test_a_province_without_policy_goes_on(end_of_2020):
    nothing = {
        f"{name}__{field}": max(0.0, number.range[0])
        for name, lever in LEVERS.items()
        for field, number in lever.fields.items()
    }
    model = branch(end_of_2020, TWO_YEARS, **nothing)
    spent = [place for name, place in COLUMN.items() if name.startswith("programme_")]
    assert model.series[-4:, spent].sum() < 0.02 * end_of_2020.series[-4:, spent].sum()
    assert series(model, "sei_value_added")[-1] > 0.0


@pytest.mark.parametrize("end", [0, 1])
def test_all_levers_at_an_end_of_their_ranges_keep_the_books(end, end_of_2020):
    ends = {
        f"{name}__{field}": number.range[end]
        for name, lever in LEVERS.items()
        for field, number in lever.fields.items()
    }
    model = branch(end_of_2020, 20, **ends)
    assert np.isfinite(model.series).all()


# --- money -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(WITH_BUDGET) - RATIONED))
def test_a_larger_budget_never_pays_out_less(name, end_of_2020):
    spent = [paid_in_two_years(end_of_2020, name, factor) for factor in (0.0, 0.5, 1.0, 3.0)]
    least = 0.02 * max(spent)  # who claims hangs on what was paid before, in this and the year before
    assert all(more >= less - least for less, more in pairwise(spent)), spent


@pytest.mark.parametrize("name", WITH_BUDGET)
def test_no_lever_raises_value_added_in_the_quarter_of_payment_by_more_than_it_buys(name, end_of_2020):
    """Money is no product: it buys demand in its quarter, and works from then on."""
    fields = at_dose(name)
    without = branch(end_of_2020, TWO_YEARS, **{f"{name}__budget": 0.0})
    paid = branch(end_of_2020, TWO_YEARS, **fields)
    more = (series(paid, f"programme_{name}") - series(without, f"programme_{name}"))[TO_2021:]
    if not (more > 0.0).any():
        pytest.skip("nobody is paid within two years in so small a province")
    first = int(np.argmax(more > 0.0))
    added = (series(paid, "technology_value_added") - series(without, "technology_value_added"))[TO_2021:]
    lent = series(paid, "startup_loans")[TO_2021 : TO_2021 + first + 1].sum()  # which founders spend
    bought = more[first] + lent
    assert added[first] <= bought + 1e-6 * abs(series(paid, "technology_value_added")[-1])


# --- size --------------------------------------------------------------------------------------------------


def test_twice_the_province_has_the_same_shares_and_rates():
    """Growth, shares and research intensity over 6 runs each, within three standard errors."""
    found = []
    for scale in (0.02, 0.04):
        values = []
        for n in range(6):
            model = IndustrialPolicyModel(choose(scale=scale, replication=n))
            for _ in range(12):
                model.step()
            added, research = series(model, "technology_value_added"), series(model, "rd_firms_real")
            values.append(
                [
                    added[-4:].sum() / added[:4].sum(),
                    series(model, "sei_value_added")[-4:].sum() / added[-4:].sum(),
                    research[-4:].sum() / added[-4:].sum(),
                    series(model, "hnte")[-1] / series(model, "firms")[-1],
                ]
            )
        found.append(np.array(values))
    error = np.sqrt(sum(values.var(axis=0, ddof=1) / len(values) for values in found))
    assert (np.abs(found[0].mean(axis=0) - found[1].mean(axis=0)) < 3.0 * error).all()
