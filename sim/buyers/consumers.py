"""Subsidies for buyers in a quarter: households are paid and buy more, mostly of makers outside."""

import numpy as np

from agents.buyers.households import Households, favour_emerging, gains_of, weigh_emerging
from agents.economy import Economy
from agents.firms.totals import EMERGING, SALES, VALUE_ADDED
from agents.money.families import CONSUMER_SUBSIDY
from agents.money.flows import Flow
from agents.numbers.shares import MILLION
from sim.moment import Moment
from sim.state.claims import Left


def subsidise(economy: Economy, now: Moment) -> None:
    """Households buy emerging products at a part of the price; firms at home have a share of the market."""
    households, cells = economy.of(Households), economy.geography.cells
    offers = economy.offers
    offered = offers.of(CONSUMER_SUBSIDY).rate or offers.differs(CONSUMER_SUBSIDY)
    if not offered and not households.ahead.any():
        return
    rates = np.minimum(offers.at(CONSUMER_SUBSIDY, "rate", cells), 0.9)
    sold, emerging = emerging_sales(economy, now)
    consumption = economy.rest.parameters.consumption_share * economy.rest.income
    usual = households.usual(consumption, emerging)
    wanted = households.wanted(usual, rates)
    households.buy(wanted, pay_households(economy, wanted.claims))
    households.divide(usual, sold)
    spend(economy)
    turn_to_firms(economy)


def emerging_sales(economy: Economy, now: Moment) -> tuple[np.ndarray, np.ndarray]:
    """Last quarter's sales of emerging products [yuan], and their share, by industry."""
    sums = economy.geography.by_industry(now.last_cells).sum(axis=1)
    sold, added, emerging = sums[:, SALES], sums[:, VALUE_ADDED], sums[:, EMERGING]
    share = np.divide(emerging, added, out=np.zeros(len(added)), where=added > 0)
    share = np.minimum(np.maximum(share, 0.0), 1.0)
    return sold * share, share


def pay_households(economy: Economy, claims: np.ndarray) -> np.ndarray:
    """Pays households what they claim [yuan], by cell, as far as the money goes; returns what they got."""
    cells = np.arange(len(claims)) if economy.offers.differs(CONSUMER_SUBSIDY) else None
    places = economy.geography.place_of_cell
    homes, paid, left = economy.ledger.accounts.households.start + places, np.zeros_like(claims), Left(cells)
    for programme, parts in economy.offers.divide(CONSUMER_SUBSIDY, claims, cells=cells):
        wanted = parts + left.for_account(programme) if programme.beside else parts
        programme.claim(int(wanted.sum()))
        got = programme.support(economy.ledger, homes, wanted, places)
        left.note(programme, wanted - got)
        paid += got
    return paid


def spend(economy: Economy) -> None:
    """Households spend the subsidy on what it is for; what they add to it they do not buy of the rest."""
    households, ledger = economy.of(Households), economy.ledger
    accounts, rest = ledger.accounts, economy.rest
    paid = economy.geography.by_industry(households.paid).sum(axis=0)
    at_home = round(households.parameters.local_market_share * MILLION)
    sellers, codes = (accounts.rest, accounts.outside), (Flow.CONSUMPTION, Flow.CONSUMPTION)
    ledger.post_divided(accounts.households, sellers, paid, at_home, codes)
    total, net = float(paid.sum()), float(households.net.sum())
    of_own_money = rest.parameters.consumption_at_home * (net - total)
    households.displaced = rest.spent_at_home * total + of_own_money


def turn_to_firms(economy: Economy) -> None:
    """Net purchases at home are demand for the emerging products of firms, beside their national markets."""
    firms, by_industry = economy.firms, economy.geography.by_industry
    extra = by_industry(economy.of(Households).at_home).sum(axis=1).astype(np.float64)
    weights, demand = np.zeros(len(extra)), economy.markets.demand_per_attraction
    weigh_emerging(firms.arrays(), firms.start, firms.stop, weights)
    favour_emerging(firms.arrays(), gains_of(extra, demand, weights), firms.start, firms.stop)
