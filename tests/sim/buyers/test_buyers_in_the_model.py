"""Buyers in the model: what support for novel products and subsidies do, and what holds to the yuan."""

from copy import deepcopy
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from whole_state import differences

from agents.buyers.households import Households
from agents.buyers.novelty import Novelty
from agents.money.flows import AccountingError, Flow, Sector
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.buyers import identities
from sim.buyers.steps import beyond_2020
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import past_of
from sim.trace.firm import UNEXPLAINED
from sim.trace.traced import traced

SCALE = 0.02
COLUMN = series_of().column
LEVERS = load_levers()
RATE, MONEY = ("first_set_support", "rate"), ("first_set_support", "budget")
OPEN, SITES = ("demonstration_zones", "openness"), ("demonstration_zones", "budget")
OFF_PRICE, FOR_BUYERS = ("consumer_subsidy", "rate"), ("consumer_subsidy", "budget")
FIRST_SETS = {RATE: 0.1, MONEY: 5e8}
SUBSIDY = {OFF_PRICE: 0.1, FOR_BUYERS: 5e9}


@pytest.fixture(scope="module")
def end_of_2020():
    """About 470 firms at the end of 2020."""
    return past_of(choose(scale=SCALE))


def branch(past, quarters, changes, **parameters):
    """Some quarters from the end of 2020 on with other values of levers, and of parameters of buyers."""
    spec = choose(scale=SCALE)
    dated = {key: lever_change(*key, value, LEVERS) for key, value in changes.items()}
    model = past.branch(replace(spec, scenario=spec.scenario.changed(dated)))
    for name, value in parameters.items():
        for one in (model.economy.of(Novelty), model.economy.of(Households)):
            if name in one.parameters._fields:
                one.parameters = one.parameters._replace(**{name: value})
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 4, {})


@pytest.fixture(scope="module")
def supported(end_of_2020):
    return branch(end_of_2020, 4, FIRST_SETS)


@pytest.fixture(scope="module")
def shown(end_of_2020):
    return branch(end_of_2020, 4, {SITES: 5e8})


@pytest.fixture(scope="module")
def subsidised(end_of_2020):
    return branch(end_of_2020, 4, SUBSIDY)


def by_quarter(model, name):
    return model.series[20:, COLUMN[name]]


def total(model, name):
    return float(by_quarter(model, name).sum())


def of(model, kind):
    return model.economy.of(kind)


@pytest.mark.parametrize(
    "nothing",
    [{RATE: 0.1}, {OPEN: 0.0, SITES: 0.0}, {OFF_PRICE: 0.1}],
)
def test_terms_without_money_change_nothing_to_the_last_bit(end_of_2020, usual, nothing):
    other = branch(end_of_2020, 4, nothing)
    names = [name for name in COLUMN if not name.startswith("subsidised_")]
    places = [COLUMN[name] for name in names]
    assert np.array_equal(other.series[:, places], usual.series[:, places], equal_nan=True)
    assert not of(other, Novelty).known and not of(other, Households).paid.any()


@pytest.mark.parametrize("field", [OPEN, OFF_PRICE, RATE, SITES])
def test_a_lever_at_zero_leaves_the_whole_state_as_it_is(end_of_2020, usual, field):
    assert not differences(branch(end_of_2020, 4, {field: 0.0}), usual)


def test_up_to_2020_nobody_has_a_reference_beyond_the_usual(usual):
    assert not usual.economy.firms.references.any() and total(usual, "references_by_orders") == 0.0


# --- first sets ------------------------------------------------------------------------------------------


def test_support_sells_first_sets_and_leaves_references(supported, usual):
    assert total(supported, "first_sets") > 0.0
    assert total(supported, "sales") > total(usual, "sales")
    assert of(supported, Novelty).known and supported.economy.firms.references.max() > 0.0


def test_the_state_pays_a_share_of_the_price_of_each_set(supported):
    paid = total(supported, "programme_first_set_support")
    assert paid == pytest.approx(0.1 * total(supported, "first_set_sales"))
    passed_on = of(supported, Novelty).parameters.passed_on
    assert total(supported, "first_set_price_support") == pytest.approx(passed_on * paid, rel=1e-4)


def test_in_the_quarter_of_payment_value_added_grows_by_less_than_is_sold_with_support(supported, usual):
    gained = by_quarter(supported, "sei_value_added")[0] - by_quarter(usual, "sei_value_added")[0]
    assert 0.0 < gained < by_quarter(supported, "first_set_sales")[0]


def test_support_that_makers_keep_moves_cash_and_no_sale(end_of_2020, usual):
    kept = branch(end_of_2020, 1, FIRST_SETS, passed_on=0.0)
    assert total(kept, "programme_first_set_support") > 0.0
    assert by_quarter(kept, "sales")[0] == by_quarter(usual, "sales")[0]
    assert not kept.economy.firms.references.any()


def test_more_money_supports_more_sets(end_of_2020, supported):
    more = branch(end_of_2020, 4, {RATE: 0.1, MONEY: 1e9})
    assert total(more, "first_sets") > total(supported, "first_sets")
    assert total(more, "sales") > total(supported, "sales")


def test_money_beyond_all_first_sets_is_left_over(end_of_2020):
    most = branch(end_of_2020, 4, {RATE: 0.1, MONEY: 2e10}).economy.governments
    held = most.programmes["first_set_support"].over_all_years()
    assert 0.0 < held["spent"] < held["appropriated"]
    assert held["left"] > 0.0


# --- demonstration and open markets ----------------------------------------------------------------------


def test_sites_cost_what_is_paid_and_are_references_in_the_next_quarter(shown):
    works = total(shown, "demonstrations")
    cost = total(shown, "programme_demonstration_zones") / works
    p = of(shown, Novelty).parameters
    assert cost == pytest.approx(p.demonstration_cost, rel=0.2)  # at the prices of the year
    firms = shown.economy.firms
    assert 0.0 < firms.references.sum() <= works * (1.0 + 1e-5)
    assert by_quarter(shown, "novel_demand").tolist() == [1.0] * 4  # shown in the fourth quarter


def test_references_bring_demand_and_fade(end_of_2020, shown):
    model = branch(end_of_2020, 9, {SITES: 5e8, ("demonstration_zones", "blocks"): []})
    assert by_quarter(model, "novel_demand")[4] > 1.0
    once = branch(end_of_2020, 4, {SITES: 5e8})
    before = once.economy.firms.references.sum()
    once.step()
    assert 0.0 < once.economy.firms.references.sum() < before
    assert shown.economy.firms.references.sum() == before


def test_open_markets_raise_demand_at_no_cost(end_of_2020, usual):
    opened = branch(end_of_2020, 4, {OPEN: 1.0})
    assert (by_quarter(opened, "novel_demand") > 1.0).all()
    assert total(opened, "sales") > total(usual, "sales")
    assert total(opened, "programme_demonstration_zones") == 0.0


def test_without_a_discount_nothing_can_be_shown(end_of_2020, usual):
    nothing = branch(end_of_2020, 1, {OPEN: 1.0}, novelty_penalty=0.0)
    assert by_quarter(nothing, "sales")[0] == by_quarter(usual, "sales")[0]


def test_a_block_shows_products_of_its_firms_alone(end_of_2020):
    block = [{"where": ["zhuzhou"], "industries": ["equipment"], "budget": 5e8}]
    firms = branch(end_of_2020, 4, {("demonstration_zones", "blocks"): block}).economy.firms
    rows = np.flatnonzero(firms.references)
    assert len(rows) and (firms.prefecture[rows] == firms.prefecture[rows[0]]).all()
    assert (firms.segment_of(rows) == 0).all()


def test_public_orders_beyond_those_of_2020_are_references(end_of_2020, usual):
    budget = ("innovation_procurement", "budget")
    now = usual.economy.governments.programmes["innovation_procurement"].history[-1].appropriated / SCALE
    more = branch(end_of_2020, 2, {budget: 3.0 * now})
    assert total(more, "references_by_orders") > 0.0
    assert by_quarter(more, "novel_demand")[1] > 1.0
    fewer = branch(end_of_2020, 2, {budget: 0.5 * now})
    assert total(fewer, "references_by_orders") == 0.0 and not of(fewer, Novelty).known


def test_a_smaller_programme_than_in_2020_is_nothing_beyond_it():
    then = SimpleNamespace(year=2020, appropriated=100)
    for appropriated, share in ((0, 0.0), (50, 0.0), (100, 0.0), (400, 0.75)):
        programme = SimpleNamespace(beside="", history=[then], appropriated=appropriated)
        assert beyond_2020(programme) == share


# --- subsidies for buyers --------------------------------------------------------------------------------


def test_households_are_paid_a_share_of_the_price_and_spend_it_on_the_products(subsidised, usual):
    paid = total(subsidised, "programme_consumer_subsidy")
    assert paid == pytest.approx(0.1 * total(subsidised, "subsidised_purchases"), rel=1e-3)
    ledger = subsidised.economy.ledger
    programme = (Flow.PRODUCTION_SUBSIDY, "consumer_subsidy")
    got = ledger.paid(Sector.PROVINCE, Sector.HOUSEHOLDS, *programme)
    assert got == of(subsidised, Households).paid.sum()


def test_most_of_what_is_bought_in_addition_is_made_elsewhere(subsidised):
    share = of(subsidised, Households).parameters.local_market_share
    beyond, leaked = (total(subsidised, name) for name in ("purchases_beyond", "purchases_leaked"))
    assert beyond > 0.0
    assert leaked == pytest.approx((1.0 - share) * beyond, rel=0.02)


def test_firms_sell_what_households_buy_of_them_and_no_more(end_of_2020, usual):
    model = branch(end_of_2020, 1, SUBSIDY)
    sold = by_quarter(model, "sales")[0] - by_quarter(usual, "sales")[0]
    asked = by_quarter(model, "purchases_at_home")[0]
    assert 0.3 * asked < sold <= asked * 1.001  # some cannot deliver at once


def test_when_the_subsidy_ends_less_is_bought_for_some_time(end_of_2020):
    model = branch(end_of_2020, 8, {OFF_PRICE: {2021: 0.1, 2022: 0.0}, FOR_BUYERS: {2021: 5e9, 2022: 0.0}})
    beyond = by_quarter(model, "purchases_beyond")
    assert (beyond[:4] > 0.0).all() and (beyond[4:] < 0.0).all()
    assert beyond.sum() > 0.0


def test_a_block_pays_households_of_its_places_for_products_of_its_industries(end_of_2020):
    block = [{"where": ["changsha"], "industries": ["vehicles"], "rate": 0.2, "budget": 1e9}]
    model = branch(end_of_2020, 1, {("consumer_subsidy", "blocks"): block})
    meant = model.economy.geography.meant(("changsha",), ("vehicles",))
    paid = of(model, Households).paid
    assert paid[meant].all() and not paid[~meant].any()


def test_what_households_pay_themselves_they_do_not_buy_of_the_rest(end_of_2020):
    models = [branch(end_of_2020, 1, SUBSIDY, demand_elasticity=elasticity) for elasticity in (3.0, 0.0)]
    eager, nobody = (of(model, Households) for model in models)
    assert not nobody.net.any() and nobody.paid.any()
    assert eager.displaced > 0.0 > nobody.displaced
    of_rest = [model.economy.rest.demand.beyond for model in models]
    assert of_rest[0] < of_rest[1]


# --- what holds to the yuan ------------------------------------------------------------------------------


def test_support_that_nobody_noted_stops_the_run(supported):
    novelty, economy = of(supported, Novelty), supported.economy
    novelty.price_support += 1
    with pytest.raises(AccountingError, match="I15 support fails: account first sets"):
        identities.check(economy, None)
    novelty.price_support -= 1
    identities.check(economy, None)


def test_a_site_that_nobody_paid_for_stops_the_run(shown):
    of(shown, Novelty).works += 1
    with pytest.raises(AccountingError, match="I15 support fails: account demonstrations"):
        identities.check(shown.economy, None)
    of(shown, Novelty).works -= 1


def test_households_who_got_what_no_programme_paid_stop_the_run(subsidised):
    households = of(subsidised, Households)
    kept = households.paid
    households.paid = kept + 1
    with pytest.raises(AccountingError, match="I15 support fails: account households"):
        identities.check(subsidised.economy, None)
    households.paid = kept


@pytest.mark.parametrize(
    ("column", "amount", "message"),
    [
        ("ahead", 1, "I15 purchases ahead fails: account households of cell 3, quarter 24: 1 off"),
        ("bought", -(10**12), "I15 purchases fails: account households of cell 3"),
        ("at_home", 10**12, "I15 purchases at home fails: account households of cell 3"),
    ],
)
def test_purchases_that_do_not_add_up_stop_the_run(subsidised, column, amount, message):
    households = deepcopy(of(subsidised, Households))
    identities.check_purchases(households, 24)
    getattr(households, column)[3] += amount
    with pytest.raises(AccountingError, match=message):
        identities.check_purchases(households, 24)


def test_a_firm_sees_what_it_is_paid_for_first_sets_as_an_order_and_as_money_to_keep():
    spec = choose(scale=0.005)
    spec = replace(spec, scenario=spec.scenario.changed({RATE: ((2016, 0.2),), MONEY: ((2016, 2e10),)}))
    _, quarters = traced(spec, f"firm:{largest_with_novel_products(spec)}")
    payments = [one for quarter in quarters for one in quarter.payments]
    paid = {one.flow for one in payments if one.programme == "first_set_support"}
    assert paid == {Flow.PROCUREMENT.name, Flow.PRODUCTION_SUBSIDY.name}
    assert UNEXPLAINED not in {one.flow for one in payments}


def largest_with_novel_products(spec):
    """The id of one that has some when 2016 opens."""
    firms = IndustrialPolicyModel(spec).economy.firms
    rows = firms.rows()
    rows = rows[(firms.research[rows] > 0.0) & (firms.emerging_share[rows] > 0.0)]
    return int(firms.id[rows[np.argmax(firms.trailing_sales[rows])]])
