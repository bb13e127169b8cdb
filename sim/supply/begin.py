"""Supply links at the end of 2015: none while firms warm up, then a part of what they sell anyway."""

from typing import Any

import numpy as np

from agents.economy import Economy
from agents.engine.rules import stage
from agents.firms.totals import BOUGHT, SALES
from agents.numbers.elementary import log_
from agents.supply.anchors import Anchors
from agents.supply.links import SupplyLinks, SupplyParameters
from sim.luck.draws import Draws
from sim.part import Start
from sim.supply.search import look_for_suppliers

LEAST_LEFT = 0.1  # of a firm's sales that is not ordered by name


def begin(start: Start) -> dict[Any, Any]:
    """Nobody supplies anybody yet."""
    region, parameters = start.region, SupplyParameters(**start.spec.parameters["supply"])
    distances, cells = region.prefectures.distances, region.geography.cells
    return {
        SupplyLinks: SupplyLinks(parameters, region.industries.inputs, distances, cells),
        Anchors: Anchors(parameters),
    }


def link_firms(economy: Economy, draws: Draws) -> None:
    """After the warm-up firms supply each other; what each sells, to whomever, stays as it is.

    National demand and the rivals in it become smaller by what links supply, so that the firms keep their
    share of the market that is left; each firm has fewer customers by what it sells to others at home.
    """
    links, anchors, firms = economy.of(SupplyLinks), economy.of(Anchors), economy.firms
    places, markets = economy.geography.places, economy.markets
    rows = firms.rows()
    cells = economy.cells_of(rows)
    sales = np.bincount(cells, 0.25 * firms.trailing_sales[rows], economy.geography.cells)
    of_warm_up = economy.totals.cells
    ratio = of_warm_up[:, BOUGHT] / np.maximum(of_warm_up[:, SALES], 1)
    links.sales[:], links.purchases[:] = np.rint(sales), np.rint(ratio * sales)
    links.look_around()
    anchors.renew(firms, 1.0)
    look_for_suppliers(economy, draws, -1, anchors.rows(firms), anchors.steady_chance)
    anchors.learning[:] = False
    anchors.order(firms, links.bought_per_sale, links.orders)
    by_name = np.bincount(cells, firms.orders_by_name[rows].astype(np.float64), len(sales))
    per_attraction = np.repeat(markets.demand_per_attraction, places)
    links.place_orders(np.maximum(sales - by_name, 0.0) / per_attraction)  # as if all were sold at home
    ordered = np.array([sum(row) for row in links.orders.tolist()])
    abroad = np.maximum(sales - ordered - by_name, LEAST_LEFT * sales)
    links.at_home[:] = np.divide(
        ordered * per_attraction, abroad, out=np.zeros(len(sales)), where=abroad > 0.0
    )
    shrink_markets(economy, sales, abroad)
    factor = per_attraction / (per_attraction + links.at_home)
    fewer_customers(firms.arrays(), factor, places, firms.start, firms.stop)


def shrink_markets(economy: Economy, sales: np.ndarray, abroad: np.ndarray) -> None:
    """National markets and rivals without what links supply. sales, abroad: all, outside links, by cell."""
    markets, by_industry = economy.markets, economy.geography.by_industry
    sold, left = (np.array([sum(own) for own in by_industry(one).tolist()]) for one in (sales, abroad))
    share = np.divide(left, sold, out=np.ones(len(sold)), where=sold > 0.0)
    markets.national = markets.national * share
    markets.outside = markets.outside * share
    economy.of(Anchors).markets = max(sum(markets.national.tolist()), 1.0)


@stage
def fewer_customers(firms, factor, places, starts, stops):
    """Customer capital of every firm with which it sells what it sold before. factor: by cell."""
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            sold = 0.25 * firms.trailing_sales[i]
            left = max(sold - float(firms.orders_by_name[i]), LEAST_LEFT * sold)
            part = left / sold * factor[k * places + firms.prefecture[i]]
            firms.log_customer_capital[i] += log_(part)
