"""Digital networks: vouchers in January, public works twice a year with what is released."""

import numpy as np

from agents.economy import Economy
from agents.firms.january import Digitalisation, renew_firms
from agents.money.families import DIGITAL_VOUCHER, DIGITAL_WORKS
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, Shares, part_of
from agents.state.networks import weigh_suppliers
from agents.state.orders import place_orders
from sim.moment import Moment
from sim.state.claims import buy_works, of_those_meant, order, pay_firms, share_paid, shares_meant


def refund_vouchers(economy: Economy, claims: np.ndarray) -> None:
    """Pays the vouchers of firms that digitalised, or all the same share; claims: [yuan per row]."""
    rows = np.flatnonzero(claims)
    rows = rows[economy.firms.entry_quarter[rows] < economy.quarter]  # who is new has bought nothing yet
    if not len(rows):
        return
    claimed = claims[rows]
    paid = pay_firms(economy, DIGITAL_VOUCHER, rows, claimed)
    economy.network.paid_share = share_paid(economy, DIGITAL_VOUCHER, rows, (paid, claimed))


def renew_by_cell(economy: Economy, drawn: np.ndarray, usual: float) -> np.ndarray:
    """January where vouchers differ by cell, industry by industry; returns what firms claim [yuan per row].

    usual: share of the cost that is offered elsewhere.
    """
    firms, network, places = economy.firms, economy.network, economy.geography.places
    shares = economy.offers.at(DIGITAL_VOUCHER, "share", economy.geography.cells)
    ease = ease_by_cell(economy, shares, usual)
    before, claims = firms.digital.copy(), np.zeros(firms.capacity, np.int64)
    for k in range(economy.geography.industries):
        one, here = slice(k, k + 1), slice(k * places, (k + 1) * places)
        peers = economy.markets.digital[one]
        around = Digitalisation(peers, ease[here], usual * network.parameters.adoption_cost, claims)
        renew_firms(firms.arrays(), drawn, economy.behaviour, around, firms.start[one], firms.stop[one])
    rows = firms.rows()
    rows = rows[shares[economy.cells_of(rows)] != usual]
    refund = shares[economy.cells_of(rows)] * network.parameters.adoption_cost
    cost = refund * firms.trailing_sales[rows] * (firms.digital[rows] - before[rows])
    claims[rows] = np.rint(cost).astype(np.int64)
    return claims


def ease_by_cell(economy: Economy, shares: np.ndarray, usual: float) -> np.ndarray:
    """How much easier digitalisation is in each cell, by the share that vouchers refund there."""
    network, place = economy.network, economy.geography.place_of_cell
    ease = np.ones(len(shares))
    for share in [*np.unique(shares[shares != usual]).tolist(), usual]:  # the usual one last: it stays
        network.look(share)
        ease = np.where(shares == share, network.ease[place], ease)
    return ease


def build_networks(economy: Economy, now: Moment) -> None:
    """Public works for what is released, divided by population."""
    spent = np.zeros(economy.geography.places, np.int64)
    for programme in economy.offers.payers(DIGITAL_WORKS):
        budget = programme.can_pay(economy.ledger)
        shares = shares_meant(economy, programme, economy.governments.shares)
        if shares is None:  # of some industries alone: it pays vouchers only
            continue
        spent += shares.split(budget)
        if budget:
            ordered = order_from_firms(economy, programme, budget)
            buy_elsewhere(economy, programme, budget - ordered, shares)
    economy.network.build(spent, now.circumstances.material_price)


def order_from_firms(economy: Economy, programme: Programme, budget: int) -> int:
    """A part of the works is ordered from the supplying industry by sales; returns how much [yuan]."""
    firms, share = economy.firms, economy.network.parameters.works_from_firms
    rows = slice(economy.network.supplier, economy.network.supplier + 1)
    arrays, weights = firms.arrays(), np.zeros(firms.capacity)
    total = weigh_suppliers(arrays, firms.start[rows], firms.stop[rows], weights)
    if programme.beside:
        weights, total = of_those_meant(economy, programme.cells, weights)
    paid, wanted = np.zeros_like(economy.prefectures.revenue), float(part_of(budget, round(share * MILLION)))
    place_orders(arrays, firms.start[rows], firms.stop[rows], weights, total, wanted, paid)
    order(programme, paid, economy)
    return int(paid.sum())


def buy_elsewhere(economy: Economy, programme: Programme, amount: int, shares: Shares) -> None:
    """The other works are bought from the rest of the province and from outside [yuan]."""
    at_home = part_of(amount, round(economy.network.parameters.works_at_home * MILLION))
    buy_works(economy, programme, shares.split(at_home), shares.split(amount - at_home))
