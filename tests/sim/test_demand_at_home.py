"""The rest of the province answers what is demanded at home; what pays for a programme decides how much."""

from dataclasses import replace

import numpy as np
import pytest

from agents.money.flows import Flow, Sector
from scenarios.spec import Closure
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose

COLUMN = series_of().column
QUARTERS = 12  # after 2020


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def end_of_2020():
    """700 firms at the end of 2020.

    Nobody comes or moves: what pays for a programme decides what prefectures can promise to those who do.
    """
    spec = choose(scale=0.05)
    still = {"relocation": {"candidates": 0.0}, "projects": {"reconsidering": 0.0}}
    parameters = {group: {**values, **still.get(group, {})} for group, values in spec.parameters.items()}
    return after(20, IndustrialPolicyModel(replace(spec, parameters=parameters)))


def gone_on(model, changes=None, closure=Closure.REPRIORITISE, multiplier=None):
    """The model some quarters on, with other values of levers by year."""
    scenario = replace(model.spec.scenario.changed(changes or {}), closure=closure)
    other = model.branch(replace(model.spec, scenario=scenario))
    if multiplier is not None:
        rest = other.economy.rest
        rest.parameters = replace(rest.parameters, demand_multiplier=multiplier)
    return after(QUARTERS, other)


def over(model, name):
    """The sum of a series over the quarters after 2020."""
    return model.series[20:, COLUMN[name]].sum()


WORKS = {("digital_infrastructure", "budget"): ((2021, 2e10),)}
ORDERS = {("innovation_procurement", "budget"): ((2021, 2e10),)}


@pytest.fixture(scope="module")
def baseline(end_of_2020):
    return gone_on(end_of_2020)


@pytest.fixture(scope="module")
def works(end_of_2020):
    """Digital works of two hundred 亿 a year, by what pays for them."""
    return {closure: gone_on(end_of_2020, WORKS, closure) for closure in Closure}


def test_to_2020_the_rest_is_what_the_world_gives(end_of_2020):
    assert not end_of_2020.series[:, COLUMN["home_demand_beyond"]].any()


def test_demand_beyond_the_worlds_moves_value_added_a_quarter_later_by_the_multiplier(baseline):
    beyond = baseline.series[20:, COLUMN["home_demand_beyond"]]
    gdp, firms = (baseline.series[20:, COLUMN[name]] for name in ("gdp_expensed", "technology_value_added"))
    world = np.array([baseline.setting.rest_value_added(quarter) for quarter in range(20, 20 + QUARTERS)])
    answer = (gdp - firms - world).tolist()
    assert answer[0] == 0.0 and answer[1:] == pytest.approx(0.6 * beyond[:-1], abs=1.0)


def test_without_a_multiplier_no_closure_changes_gdp(end_of_2020):
    one, *others = (over(gone_on(end_of_2020, WORKS, closure, 0.0), "gdp") for closure in Closure)
    assert others == pytest.approx([one, one], rel=1e-7)  # of whole yuan some fall elsewhere


def test_firms_do_not_feel_what_pays_for_a_programme(works):
    one, *others = (over(model, "sales") for model in works.values())
    assert others == pytest.approx([one, one], rel=1e-7)


def test_bonds_add_most_to_gdp_and_money_taken_from_other_spending_least(works):
    order = (Closure.BORROW, Closure.HIGHER_TAXES, Closure.REPRIORITISE)
    borrowed, taxed, shifted = (over(works[closure], "gdp") for closure in order)
    assert borrowed > taxed > shifted


@pytest.mark.parametrize("changes", [WORKS, ORDERS], ids=["works", "orders"])
def test_money_that_is_new_and_spent_at_home_raises_value_added_at_home(end_of_2020, baseline, changes):
    paid, without = (gone_on(end_of_2020, changes, Closure.BORROW, psi) for psi in (None, 0.0))
    still = gone_on(end_of_2020, multiplier=0.0)
    gain = over(paid, "gdp") - over(baseline, "gdp")
    assert gain > over(without, "gdp") - over(still, "gdp") > 0.0


def test_interest_and_principal_of_the_bonds_are_missed_later(end_of_2020):
    """Works of one year: afterwards bonds leave less demand at home than taxes that have ended."""
    once = {("digital_infrastructure", "budget"): ((2021, 2e10), (2022, 1e9))}
    borrowed, taxed = (
        gone_on(end_of_2020, once, closure).series[26:, COLUMN["home_demand_beyond"]]
        for closure in (Closure.BORROW, Closure.HIGHER_TAXES)
    )
    assert (borrowed < taxed).all()


def test_households_consume_less_where_taxes_pay(end_of_2020):
    """Without a multiplier, so that nothing else moves their income but interest and what banks pay of it."""
    shifted, taxed = (gone_on(end_of_2020, WORKS, closure, 0.0) for closure in list(Closure)[::2])
    consumed = [
        model.economy.ledger.paid(Sector.HOUSEHOLDS, Sector.REST, Flow.CONSUMPTION)
        for model in (shifted, taxed)
    ]
    surcharge = taxed.economy.governments.taxed_extra
    public_wages = 0.3 * surcharge  # which `reprioritise` takes from households
    lost = taxed.economy.rest.spent_at_home * (surcharge - public_wages)
    assert surcharge > 0 and consumed[0] - consumed[1] == pytest.approx(lost, rel=0.05)
