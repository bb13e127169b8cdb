"""Support for markets abroad in the model: nothing without money, every yuan and every market counted."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.money.flows import AccountingError
from agents.outward.outward import Outward
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.indicators import series_of
from sim.model import choose
from sim.outward import identities
from sim.run import past_of

SCALE = 0.03
COLUMN = series_of().column
LEVERS = load_levers()
SHARE, BUDGET = ("outward_links", "share"), ("outward_links", "budget")
MUCH = {SHARE: 0.7, BUDGET: 1e9}


@pytest.fixture(scope="module")
def end_of_2020():
    """About 700 firms at the end of 2020."""
    return past_of(choose(scale=SCALE))


def branch(past, quarters, changes, **parameters):
    """Some quarters from the end of 2020 on with other values of levers, and of parameters."""
    spec = choose(scale=SCALE)
    dated = {key: lever_change(*key, value, LEVERS) for key, value in changes.items()}
    model = past.branch(replace(spec, scenario=spec.scenario.changed(dated)))
    outward = model.economy.of(Outward)
    outward.parameters = outward.parameters._replace(**parameters)
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 8, {})


@pytest.fixture(scope="module")
def supported(end_of_2020):
    return branch(end_of_2020, 8, MUCH, reach=1.0)


def total(model, name):
    return float(model.series[20:, COLUMN[name]].sum())


@pytest.mark.parametrize("nothing", [{SHARE: 0.7}, {SHARE: 0.0, BUDGET: 0.0}])
def test_a_share_without_money_and_nothing_at_all_are_the_baseline(usual, end_of_2020, nothing):
    other = branch(end_of_2020, 8, nothing)
    assert [one for one in differences(usual, other) if "offers" not in one] == []


def test_what_the_programme_pays_is_a_share_of_the_cost_for_each_firm_served(supported):
    cost = supported.economy.behaviour.bill.market_entry_cost
    served, paid = total(supported, "export_supported"), total(supported, "programme_outward_links")
    assert 0 < served <= total(supported, "export_applicants")
    price = supported.setting.circumstances(20, True).material_price
    assert paid / served == pytest.approx(0.7 * cost * price, rel=0.1)


def test_those_who_would_have_gone_anyway_are_served_and_add_nothing(end_of_2020):
    model = branch(end_of_2020, 4, MUCH, reach=1.0, anyway=0.5)
    assert 0 < total(model, "export_additional") < total(model, "export_supported")


def test_money_for_few_serves_few_and_none_is_paid_beyond_it(end_of_2020, supported):
    few = branch(end_of_2020, 4, {SHARE: 0.7, BUDGET: 5e7}, reach=1.0)
    assert 0 < total(few, "export_supported") < total(few, "export_applicants")
    assert total(few, "programme_outward_links") <= 5e7 * SCALE
    assert total(few, "export_supported") < total(supported, "export_supported")


def test_firms_pay_for_the_try_before_they_gain_and_are_not_favoured_in_the_quarter_of_payment(
    end_of_2020,
):
    model = branch(end_of_2020, 2, MUCH, reach=1.0)
    ours, theirs = model.economy.firms, branch(end_of_2020, 2, {}).economy.firms
    rows, other = ours.rows(), theirs.rows()
    tries = ours.entering[rows] == 1
    assert tries.sum() > 5
    more = ours.value_added[rows] - theirs.value_added[other]
    assert (more[tries] < 0).all() and more.sum() < 0
    assert (ours.sales[rows] == theirs.sales[other]).all()


def test_markets_are_won_half_a_year_later_and_sell(supported):
    won = supported.series[20:, COLUMN["markets_won"]]
    assert not won[:3].any() and won[3] > 0
    assert supported.series[-1, COLUMN["promoted_sales"]] > 0
    firms = supported.economy.firms
    held = int(firms.destinations[firms.rows()].sum())
    closed = total(supported, "markets_won") - total(supported, "markets_lost") - held
    assert 0 <= closed <= total(supported, "markets_won")


def test_without_success_nobody_wins_a_market(end_of_2020):
    model = branch(end_of_2020, 5, MUCH, reach=1.0, success=0.0)
    assert total(model, "markets_won") == 0 and model.economy.of(Outward).markets == 0


def test_customers_of_markets_that_are_worth_nothing_change_no_luck_of_others(usual, supported):
    """Firms that never tried keep their draws: what they are differs by the market they share alone."""
    mine, theirs = supported.economy.firms, usual.economy.firms
    common = np.intersect1d(mine.id[mine.rows()], theirs.id[theirs.rows()])
    assert len(common) > 300
    for name in ("log_patent_propensity", "relabelling_share"):
        ours, others = (getattr(one, name)[one.rows_of(common)] for one in (mine, theirs))
        assert (ours == others).all()


def test_a_market_that_nobody_won_is_found(end_of_2020):
    model = branch(end_of_2020, 4, MUCH, reach=1.0)
    model.economy.firms.destinations[model.economy.firms.rows()[0]] += 1
    with pytest.raises(AccountingError, match="I8 markets"):
        identities.check(model.economy, None)


def test_a_refund_that_no_firm_got_is_found(end_of_2020):
    model = branch(end_of_2020, 2, MUCH, reach=1.0)
    model.economy.of(Outward).refunded += 3
    with pytest.raises(AccountingError, match="I4 refunds"):
        identities.check(model.economy, None)
