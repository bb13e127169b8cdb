"""Supply links in the model: a part of the sales of 2015, exact in the books, and moved by money."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.firms.totals import BOUGHT, SUPPLIED
from agents.money.flows import AccountingError, Flow, Sector
from agents.supply.anchors import FREE, Anchors
from agents.supply.links import SupplyLinks
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.model import IndustrialPolicyModel, choose
from sim.run import past_of
from sim.supply.identities import check_trade

SCALE = 0.05
NONE = {"local_share": 0.0, "link_volume": 0.0, "search_rate": 0.0}
BUDGET = ("supply_chain_completion", "budget")


def spec_with(budget=None, blocks=(), **values):
    """The baseline with a budget from 2021 on, in the province or in blocks, and other parameters."""
    spec, changes = choose(scale=SCALE), {}
    if budget is not None:
        changes[BUDGET] = ((2021, budget),)
    if blocks:
        name = BUDGET[0]
        changes[name, "blocks"] = lever_change(name, "blocks", list(blocks), load_levers())
    supply = {**spec.parameters["supply"], **values}
    parameters = {**spec.parameters, "supply": supply}
    return replace(spec, scenario=spec.scenario.changed(changes), parameters=parameters)


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def end_of_2020():
    return past_of(spec_with())


@pytest.fixture(scope="module")
def first_year():
    """With links and without, after a quarter."""
    return [after(1, IndustrialPolicyModel(spec_with(**values))) for values in ({}, NONE)]


def of(model):
    return model.economy.of(SupplyLinks)


def test_links_supply_a_part_of_what_firms_of_2015_sell_anyway(first_year):
    linked, alone = (model.latest("sales") for model in first_year)
    assert linked == pytest.approx(alone, rel=0.01)
    assert first_year[0].latest("supplies") > 0.05 * first_year[0].latest("purchases")
    assert first_year[1].latest("supplies") == 0.0


def test_without_links_nothing_is_sold_at_home_and_national_markets_are_whole(first_year):
    linked, alone = (model.economy for model in first_year)
    assert (alone.markets.national > linked.markets.national).all()
    assert not alone.firms.orders_by_name.any() and not alone.of(SupplyLinks).orders.any()


def test_what_firms_buy_of_each_other_is_posted_once_and_the_rest_elsewhere(end_of_2020):
    economy = end_of_2020.economy
    links, cells, ledger = economy.of(SupplyLinks), economy.totals.cells, economy.ledger
    traded = int(links.traded.sum())
    assert traded == ledger.paid(Sector.FIRMS, Sector.FIRMS, Flow.SUPPLIES) > 0
    others = sum(ledger.paid(Sector.FIRMS, to, Flow.PURCHASES) for to in (Sector.REST, Sector.OUTSIDE))
    assert others + traded == cells[:, BOUGHT].sum()
    assert traded <= cells[:, SUPPLIED].sum()


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda links: links.traded.__setitem__((0, 0), -1), "sales to firms"),
        (lambda links: links.sold.__setitem__(3, links.sold[3] + 1), "sales by cell"),
        (lambda links: links.bought.__setitem__(3, links.bought[3] + 1), "purchases by cell"),
    ],
)
def test_i12_finds_what_one_side_has_and_the_other_has_not(end_of_2020, spoil, named):
    model = end_of_2020.branch(spec_with())
    cells, links = model.economy.totals.cells, of(model)
    check_trade(links, cells[:, SUPPLIED], cells[:, BOUGHT], 19)
    spoil(links)
    with pytest.raises(AccountingError, match=f"I12 {named}"):
        check_trade(links, cells[:, SUPPLIED], cells[:, BOUGHT], 19)


def test_i12_finds_more_sold_than_supplied_and_more_bought_than_purchased(end_of_2020):
    cells, links = end_of_2020.economy.totals.cells, of(end_of_2020)
    for supplied, bought, named in ((0, 1, "sales"), (1, 0, "purchases")):
        with pytest.raises(AccountingError, match=f"I12 {named}"):
            check_trade(links, supplied * cells[:, SUPPLIED], bought * cells[:, BOUGHT], 19)


def test_a_budget_of_nothing_is_the_baseline_to_the_last_bit(end_of_2020):
    nothing, usual = (after(8, end_of_2020.branch(spec_with(budget))) for budget in (0.0, None))
    assert differences(nothing, usual) == []


def test_money_turns_purchases_and_fills_lists_and_all_of_it_is_spent(end_of_2020):
    paid, usual = (after(8, end_of_2020.branch(spec_with(budget))) for budget in (5e9, None))
    spent = paid.series[20:, paid.recorded.column["programme_supply_chain_completion"]].sum()
    assert spent == pytest.approx(2 * 5e9 * SCALE, rel=1e-6)
    assert of(paid).support.sum() > 0.0 and paid.economy.of(Anchors).supported > 0
    assert paid.latest("local_sourcing") > usual.latest("local_sourcing")
    assert paid.latest("supplier_links") > usual.latest("supplier_links")


def test_without_effect_of_money_it_is_a_gift_that_turns_nothing(end_of_2020):
    dull = spec_with(5e9)
    model = end_of_2020.branch(dull)
    for held in (of(model), model.economy.of(Anchors)):
        held.parameters = held.parameters._replace(purchases_per_yuan=0.0, search_response=0.0)
    after(4, model)
    assert not of(model).support.any() and model.economy.of(Anchors).supported == 0


def test_a_block_pays_buyers_there_alone(end_of_2020):
    block = {"where": ["zhuzhou"], "industries": ["equipment"], "budget": {2021: 2e9}}
    model = after(4, end_of_2020.branch(spec_with(blocks=[block])))
    meant = model.economy.geography.meant(("zhuzhou",), ("equipment",))
    assert of(model).support[meant].all() and not of(model).support[~meant].any()


def test_suppliers_lose_their_orders_when_the_buyer_leaves(end_of_2020):
    model = end_of_2020.branch(spec_with())
    economy = model.economy
    anchors, firms = economy.of(Anchors), economy.firms
    taken = (anchors.suppliers != FREE).sum(axis=1)
    buyer = int(np.argmax(taken))
    suppliers = anchors.suppliers[buyer][anchors.suppliers[buyer] != FREE]
    orders = firms.orders_by_name[firms.living_rows_of(suppliers)].sum()
    row = firms.row_of(int(anchors.ids[buyer]))
    firms.trailing_sales[row] = 1.0  # it has lost its market
    anchors.order(firms, of(model).bought_per_sale, np.zeros_like(of(model).orders))
    assert firms.orders_by_name[firms.living_rows_of(suppliers)].sum() < orders
