"""The yearly round of loans on pledged inventions."""

from typing import NamedTuple

import numpy as np

from agents.economy import Economy
from agents.finance.guarantee import list_clients, no_clients
from agents.finance.pledges import Pledges, lend_on_pledges, loans_within
from agents.firms.conditions import BLOCK
from agents.money.families import IP_QUALITY
from agents.money.flows import Flow
from agents.money.programme import Programme
from sim.finance.luck import FundPurpose
from sim.luck.ids import ABOVE
from sim.moment import Moment

OF_VALUE = ABOVE  # numbers of draws for one firm, kept apart


class Wish(NamedTuple):
    """Pledges that firms wish for, one element each: row, loan [yuan], inventions, whether new money."""

    rows: np.ndarray
    loans: np.ndarray
    pledged: np.ndarray
    new: np.ndarray


def pledge_patents(economy: Economy, now: Moment) -> None:
    """Firms borrow on inventions or pledge them for old loans; programmes pay for valuers and insurers."""
    pledges, share = economy.of(Pledges), economy.offers.of(IP_QUALITY).pledge
    if len(pledges.firm):
        pledges.end(now.quarter)
    if share <= 0.0:
        return
    for programme in economy.offers.payers(IP_QUALITY):
        if programme.can_pay(economy.ledger) > 0:
            hold_round(economy, now, programme, share)


def hold_round(economy: Economy, now: Moment, programme: Programme, share: float) -> None:
    """One round, paid by a programme."""
    pledges, firms = economy.of(Pledges), economy.firms
    wish = wishes(economy, now, share)
    luck = now.draws.uniforms(FundPurpose.PLEDGE, firms.id[wish.rows], now.quarter)
    order = np.argsort(luck, kind="stable")
    costs = np.rint(pledges.parameters.service_cost * wish.loans[order]).astype(np.int64)
    served = order[np.cumsum(costs) <= programme.can_pay(economy.ledger)]
    if len(served):
        pay_services(economy, programme, wish.rows[served], costs[: len(served)])
        book(economy, now, Wish(*(column[served] for column in wish)))


def wishes(economy: Economy, now: Moment, share: float) -> Wish:
    """What firms wish for at so much lent per yuan of an invention's value: the rationed, then others."""
    firms, pledges = economy.firms, economy.of(Pledges)
    free, p = free_inventions(economy), pledges.parameters
    each = share * p.invention_value
    clients, g = no_clients(firms.count, BLOCK), economy.guarantee.parameters
    arrays, span = firms.arrays(), (firms.start, firms.stop)
    found = list_clients(arrays, economy.behaviour, g, 1.0, now.conditions, *span, clients)
    rationed, wanted = clients.rows[:found], clients.loans[:found]
    able = free[rationed] > 0
    rationed, wanted = rationed[able], wanted[able]
    others = swappers(economy, now, free, share)
    others = others[~np.isin(others, rationed)]
    most = np.minimum(free[others], int(p.pledged_each))
    wanted = np.concatenate([wanted, np.minimum(firms.loans[others], (each * most).astype(np.int64))])
    rows = np.concatenate([rationed, others])
    loans, pledged = np.zeros((2, len(rows)), np.int64)
    loans_within(wanted, free[rows], each, loans, pledged)
    return Wish(rows, loans, pledged, np.arange(len(rows)) < len(rationed))


def free_inventions(economy: Economy) -> np.ndarray:
    """Inventions of each firm that are not pledged, by row."""
    firms, pledges = economy.firms, economy.of(Pledges)
    free = firms.patents.copy()
    rows = firms.rows_among(pledges.firm)
    np.subtract.at(free, rows[rows >= 0], pledges.number[rows >= 0])
    return np.maximum(free, 0)


def swappers(economy: Economy, now: Moment, free: np.ndarray, share: float) -> np.ndarray:
    """Rows of firms that pledge inventions for loans which they have, because its cost is borne."""
    firms, p = economy.firms, economy.of(Pledges).parameters
    rows = firms.rows()
    rows = rows[(free[rows] > 0) & (firms.loans[rows] > 0)]
    luck = now.draws.uniforms(FundPurpose.PLEDGE, firms.id[rows].astype(np.int64) + OF_VALUE, now.quarter)
    return rows[luck < p.swapping * share]


def pay_services(economy: Economy, programme: Programme, rows: np.ndarray, costs: np.ndarray) -> None:
    """The programme pays those of the rest of the province who value, register and insure pledges [yuan]."""
    places = np.arange(economy.geography.places)
    by_place = np.zeros(len(places), np.int64)
    np.add.at(by_place, economy.firms.prefecture[rows], costs)
    programme.claim(int(by_place.sum()))
    payees = np.full(len(places), economy.ledger.accounts.rest)
    programme.support(economy.ledger, payees, by_place, places)


def book(economy: Economy, now: Moment, wish: Wish) -> None:
    """The bank lends on new pledges; inventions that are pledged may count as of high value."""
    pledges, firms = economy.of(Pledges), economy.firms
    money = np.where(wish.new, wish.loans, 0)
    luck = now.draws.uniforms(
        FundPurpose.PLEDGE, firms.id[wish.rows].astype(np.int64) + 2 * OF_VALUE, now.quarter
    )
    new_loans, arrays = economy.totals.flows[Flow.LOAN_NEW], firms.arrays()
    counted = lend_on_pledges(arrays, pledges.parameters, wish.rows, money, wish.pledged, luck, new_loans)
    ids = firms.id[wish.rows].astype(np.int64)
    pledges.add(ids, wish.pledged, now.quarter + int(pledges.parameters.quarters))
    pledges.lent += int(money.sum())
    pledges.swapped += int(wish.loans.sum() - money.sum())
    pledges.counted += counted
    economy.counts.high_value_pledged += counted
