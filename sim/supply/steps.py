"""Supply links in a quarter: orders once firms have made their offers, deliveries once they have produced."""

import numpy as np

from agents.economy import Economy
from agents.money.families import SUPPLY_SUPPORT
from agents.money.programme import Programme
from agents.numbers.elementary import log_
from agents.numbers.shares import split
from agents.supply.anchors import FREE, PLACES_ON_LIST, YEARS_OF_GAINS, Anchors, chances_to_look, teach
from agents.supply.links import SupplyLinks, attraction_by_cell
from sim.luck.of_firms import LASTING_QUARTER
from sim.moment import Moment
from sim.supply.luck import SupplyPurpose, members
from sim.supply.search import Found, look_for_suppliers


def look_around(economy: Economy, now: Moment) -> None:
    """January: what is made within reach; large firms join or drop out, links end, new suppliers learn."""
    links, anchors, firms = economy.of(SupplyLinks), economy.of(Anchors), economy.firms
    links.look_around()
    links.support *= 1.0 - links.parameters.link_loss
    anchors.renew(firms, sum(economy.markets.national.tolist()) / anchors.markets)
    which = members(anchors.ids, PLACES_ON_LIST)
    luck = now.draws.uniforms(SupplyPurpose.LINK_LOSS, which.ravel(), now.quarter)
    learn(economy, now, anchors.lose(firms, luck.reshape(which.shape)))


def learn(economy: Economy, now: Moment, rows: np.ndarray) -> None:
    """Suppliers that were nobody's before learn in their first years; rows: see `Anchors.supplier_rows`."""
    anchors, firms, age = economy.of(Anchors), economy.firms, now.quarter - economy.of(Anchors).since
    rows = rows[(rows != FREE) & anchors.learning & (age <= 4 * YEARS_OF_GAINS)]
    luck = now.draws.uniforms(SupplyPurpose.SUPPLIER_GAIN, firms.id[rows], LASTING_QUARTER)
    teach(firms.arrays(), rows, luck, anchors.parameters)


def place_orders(economy: Economy, now: Moment) -> None:
    """Firms order from each other what last quarter's purchases imply, the large ones some of it by name."""
    links, firms, markets = economy.of(SupplyLinks), economy.firms, economy.markets
    places, cells = economy.geography.places, economy.geography.cells
    attraction = np.zeros(cells)
    attraction_by_cell(firms.arrays(), firms.start, firms.stop, attraction)
    links.place_orders(attraction)
    economy.of(Anchors).order(firms, links.bought_per_sale, links.orders)
    links.demand[:] = np.repeat(markets.demand_per_attraction, places) + links.at_home
    links.mean_orders(attraction, markets.orders_at_home)
    now.look_at_markets(economy)


def deliver(economy: Economy, now: Moment) -> None:
    """What firms supplied to each other goes to those who ordered it; the rest they buy elsewhere."""
    economy.of(SupplyLinks).deliver(economy.totals.cells)


def support(economy: Economy, now: Moment) -> None:
    """Large firms look for suppliers, more where programmes pay; what is left turns purchases of all."""
    anchors, programmes = economy.of(Anchors), economy.offers.payers(SUPPLY_SUPPORT)
    own, p = anchors.rows(economy.firms), anchors.parameters
    paid_for = links_paid_for(economy, programmes, own)
    chance = np.empty_like(paid_for)
    chances_to_look(paid_for, p, chance)
    price = log_(now.circumstances.outside_price)
    found = look_for_suppliers(economy, now.draws, now.quarter, own, chance, price)
    anchors.found, anchors.supported = len(found.buyers), 0
    for programme in programmes:
        reward(economy, programme, found, p.search_rate)
        turn_purchases(economy, programme)


def links_paid_for(economy: Economy, programmes: list[Programme], own: np.ndarray) -> np.ndarray:
    """Links that programmes could pay for, by free place, of each anchor; own: their rows."""
    anchors, paid_for = economy.of(Anchors), np.zeros(len(own))
    if not programmes:
        return paid_for
    free, cells = (anchors.suppliers == FREE).sum(axis=1), economy.cells_of(own)
    for programme in programmes:
        here = meant(programme, cells) & (own != FREE)
        money, open_places = programme.can_pay(economy.ledger), int(free[here].sum())
        paid_for[here] += money / (anchors.parameters.link_cost * max(open_places, 1))
    return paid_for


def meant(programme: Programme, cells: np.ndarray) -> np.ndarray:
    """Whether a programme, or the account of a block, means those in these cells."""
    return programme.cells[cells] if programme.beside else np.ones(len(cells), bool)


def reward(economy: Economy, programme: Programme, found: Found, usual: float) -> None:
    """Pays the buyers whose search a programme brought about the cost of each link."""
    anchors, firms = economy.of(Anchors), economy.firms
    added = (found.luck >= usual) & meant(programme, economy.cells_of(found.buyers))
    rows = found.buyers[added]
    if len(rows) and programme.can_pay(economy.ledger):
        claims = np.full(len(rows), round(anchors.parameters.link_cost), np.int64)
        programme.claim(int(claims.sum()))
        programme.disburse(economy.ledger, firms, rows, claims)
        anchors.supported += len(rows)


def turn_purchases(economy: Economy, programme: Programme) -> None:
    """Pays firms by their sales for purchases that they turn to suppliers at home."""
    money, firms, links = programme.can_pay(economy.ledger), economy.firms, economy.of(SupplyLinks)
    if not money:
        return
    rows = firms.rows()
    cells = economy.cells_of(rows)
    here = meant(programme, cells)
    if not here.any():
        return
    rows, cells = rows[here], cells[here]
    claims = split(money, firms.trailing_sales[rows])
    programme.claim(money)
    paid = programme.disburse(economy.ledger, firms, rows, claims)
    by_cell = np.zeros(len(links.support), np.int64)
    np.add.at(by_cell, cells, paid)
    links.support += links.parameters.purchases_per_yuan * by_cell
