"""Digital networks: vouchers in January, public works twice a year with what is released."""

import numpy as np

from agents.economy import Economy
from agents.money.families import DIGITAL_VOUCHER, DIGITAL_WORKS
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, part_of
from agents.state.networks import weigh_suppliers
from agents.state.orders import place_orders
from sim.moment import Moment
from sim.state.claims import order, pay_firms


def refund_vouchers(economy: Economy, claims: np.ndarray) -> None:
    """Pays the vouchers of firms that digitalised, or all the same share; claims: [yuan per row]."""
    rows = np.flatnonzero(claims)
    rows = rows[economy.firms.entry_quarter[rows] < economy.quarter]  # who is new has bought nothing yet
    if not len(rows):
        return
    claimed = claims[rows]
    paid = pay_firms(economy, DIGITAL_VOUCHER, rows, claimed)
    economy.network.paid_share = float(paid.sum()) / float(claimed.sum())


def build_networks(economy: Economy, now: Moment) -> None:
    """Public works for what is released, divided by population."""
    spent = np.zeros(economy.geography.places, np.int64)
    for programme in economy.offers.payers(DIGITAL_WORKS):
        budget = programme.can_pay(economy.ledger)
        spent += economy.governments.shares.split(budget)
        if budget:
            ordered = order_from_firms(economy, programme, budget)
            buy_elsewhere(economy, programme, budget - ordered)
    economy.network.build(spent, now.circumstances.material_price)


def order_from_firms(economy: Economy, programme: Programme, budget: int) -> int:
    """A part of the works is ordered from the supplying industry by sales; returns how much [yuan]."""
    firms, share = economy.firms, economy.network.parameters.works_from_firms
    rows = slice(economy.network.supplier, economy.network.supplier + 1)
    arrays, weights = firms.arrays(), np.zeros(firms.capacity)
    total = weigh_suppliers(arrays, firms.start[rows], firms.stop[rows], weights)
    paid, wanted = np.zeros_like(economy.prefectures.revenue), float(part_of(budget, round(share * MILLION)))
    place_orders(arrays, firms.start[rows], firms.stop[rows], weights, total, wanted, paid)
    order(programme, paid, economy)
    return int(paid.sum())


def buy_elsewhere(economy: Economy, programme: Programme, amount: int) -> None:
    """The other works are bought from the rest of the province and from outside [yuan]."""
    accounts, governments = economy.ledger.accounts, economy.governments
    at_home = part_of(amount, round(economy.network.parameters.works_at_home * MILLION))
    requested = np.concatenate(
        [governments.shares.split(at_home), governments.shares.split(amount - at_home)]
    )
    payees = np.repeat([accounts.rest, accounts.outside], economy.geography.places)
    places = np.tile(np.arange(economy.geography.places), 2)
    programme.claim(amount)
    programme.support(economy.ledger, payees, requested, places)
