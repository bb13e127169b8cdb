"""Digital networks: vouchers in January, public works twice a year with what is released."""

import numpy as np

from agents.economy import Economy
from agents.money.chart import PREFECTURES
from agents.money.flows import Flow
from agents.numbers.shares import MILLION, part_of
from agents.state.networks import weigh_suppliers
from agents.state.orders import OF_ORDERS, place_orders

PROGRAMME = "digital_infrastructure"
INFORMATION = 3  # the industry that supplies networks and software


def refund_vouchers(economy: Economy, claims: np.ndarray) -> None:
    """Pays the vouchers of firms that digitalised, or all the same share; claims: [yuan per row]."""
    rows = np.flatnonzero(claims)
    rows = rows[economy.firms.entry_quarter[rows] < economy.quarter]  # who is new has bought nothing yet
    if not len(rows):
        return
    programme, claimed = economy.governments.programmes[PROGRAMME], claims[rows]
    paid = programme.disburse(economy.ledger, economy.firms, rows, claimed, Flow.PRODUCTION_SUBSIDY)
    economy.network.paid_share = float(paid.sum()) / float(claimed.sum())


def build_networks(economy: Economy, price: float) -> None:
    """Half a year's public works for what is released, divided by population; price: 1 in 2016Q1."""
    programme = economy.governments.programmes[PROGRAMME]
    budget = programme.can_pay(economy.ledger)
    spent = economy.governments.shares.split(budget)
    if budget:
        ordered = order_from_firms(economy, budget)
        buy_elsewhere(economy, budget - ordered)
    economy.network.build(spent, price)


def order_from_firms(economy: Economy, budget: int) -> int:
    """A part of the works is ordered from information firms by their sales; returns how much [yuan]."""
    firms, share = economy.firms, economy.network.parameters.works_from_firms
    rows = slice(INFORMATION, INFORMATION + 1)
    arrays, weights = firms.arrays(*OF_ORDERS), np.zeros(firms.capacity)
    total = weigh_suppliers(arrays, firms.start[rows], firms.stop[rows], weights)
    paid, wanted = np.zeros(PREFECTURES, np.int64), float(part_of(budget, round(share * MILLION)))
    place_orders(arrays, firms.start[rows], firms.stop[rows], weights, total, wanted, paid)
    economy.governments.programmes[PROGRAMME].account_for(economy.ledger, paid)
    return int(paid.sum())


def buy_elsewhere(economy: Economy, amount: int) -> None:
    """The other works are bought from the rest of the province and from outside [yuan]."""
    accounts, governments = economy.ledger.accounts, economy.governments
    at_home = part_of(amount, round(economy.network.parameters.works_at_home * MILLION))
    requested = np.concatenate(
        [governments.shares.split(at_home), governments.shares.split(amount - at_home)]
    )
    payees = np.repeat([accounts.rest, accounts.outside], PREFECTURES)
    places = np.tile(np.arange(PREFECTURES), 2)
    governments.programmes[PROGRAMME].support(economy.ledger, payees, requested, places)
