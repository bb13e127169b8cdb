"""Incubators in a quarter: seats there are, who takes one until when, and who pays for added ones."""

import numpy as np

from agents.economy import Economy
from agents.founders.incubators import Incubators, Seats, tenants_of
from agents.founders.incubators import grow_tenants as grow
from agents.money.families import INCUBATION
from agents.money.programme import Programme
from agents.numbers.shares import ration
from sim.founders.luck import FounderPurpose
from sim.moment import Moment


def take_seats(economy: Economy, now: Moment) -> None:
    """Tenants whose time is over leave, new firms take what seats there are, programmes pay for theirs."""
    incubators, firms, quarter = economy.of(Incubators), economy.firms, now.quarter
    finished = int(np.count_nonzero(firms.seat_until == quarter)) if quarter > 0 else 0
    incubators.look(economy.cells_of(tenants(economy)), finished)
    added = open_seats(economy, now.year)
    rows = applicants(economy, now)
    if len(rows):
        ids = firms.id[rows]
        luck = now.draws.uniforms(FounderPurpose.SEAT_RANK, ids, quarter)
        rank = luck - incubators.parameters.research_preferred * (firms.does_research[rows] != 0)
        got = incubators.give(economy.cells_of(rows), rank.argsort(kind="stable"))
        firms.seat_until[rows[got]] = stays_until(economy, now, rows[got])
    pay_for_seats(economy, now, added)


def tenants(economy: Economy) -> np.ndarray:
    """Rows of the firms that sit in an incubator."""
    firms, rows = economy.firms, np.empty(economy.firms.capacity, np.int64)
    return rows[: tenants_of(firms.seat_until, economy.quarter, firms.start, firms.stop, rows)]


def open_seats(economy: Economy, year: int) -> dict[str, np.ndarray]:
    """Sets the seats of the quarter; returns what programmes add, by prefecture, and accounts, by cell."""
    incubators, added = economy.of(Incubators), {}
    incubators.own = incubators.usual_seats(year)
    general, reserved = incubators.own.copy(), np.zeros(economy.geography.cells, np.int64)
    for one in economy.offers.payers(INCUBATION):
        number = incubators.seats_for(one.appropriated)
        if one.beside:
            added[one.name] = incubators.divided(number, np.where(one.cells, incubators.weights, 0.0))
            reserved += added[one.name]
        else:
            added[one.name] = incubators.divided(number, incubators.shares)
            general += added[one.name]
    incubators.seats = Seats(general, reserved)
    return added


def applicants(economy: Economy, now: Moment) -> np.ndarray:
    """Rows of new, small firms that look for a seat; when 2016 begins, of all that may have one already."""
    firms, p = economy.firms, economy.of(Incubators).parameters
    rows = now.founded.rows
    if now.quarter == 0:
        rows = firms.rows()
        rows = rows[firms.entry_quarter[rows] > -np.floor(p.stay)]
    rows = rows[firms.trailing_sales[rows] <= p.largest_tenant]
    luck = now.draws.uniforms(FounderPurpose.SEAT_SOUGHT, firms.id[rows], now.quarter)
    return rows[luck < p.seeking]


def stays_until(economy: Economy, now: Moment, rows: np.ndarray) -> np.ndarray:
    """The quarter in which each of those who take a seat leaves it again."""
    firms, p = economy.firms, economy.of(Incubators).parameters
    luck = now.draws.uniforms(FounderPurpose.STAY, firms.id[rows], now.quarter)
    stay = np.floor(p.stay + luck * (p.stay_spread + 1.0))
    return firms.entry_quarter[rows] + stay.astype(np.int64)


def pay_for_seats(economy: Economy, now: Moment, added: dict[str, np.ndarray]) -> None:
    """Every programme pays for its seats that are taken, what is owed of this year as money is released.

    Who runs an incubator belongs to the rest of the province.
    """
    incubators = economy.of(Incubators)
    if now.of_year == 0:
        incubators.owed.clear()
    if not added:
        return
    cost, left = round(0.25 * incubators.parameters.seat_cost), incubators.used_beyond_own()
    for programme in economy.offers.payers(INCUBATION):
        seats = added[programme.name]
        if programme.beside:
            used = np.minimum(seats, incubators.taken).reshape(-1, economy.geography.places).sum(axis=0)
        else:
            used = np.minimum(seats, left)
            left = left - used
        pay_operators(economy, programme, incubators.owed, used * cost)


def pay_operators(
    economy: Economy, programme: Programme, owed: dict[str, np.ndarray], due: np.ndarray
) -> None:
    """Pays what is owed in each prefecture [yuan] as far as there is money; the rest stays owed."""
    total = owed.get(programme.name, 0) + due
    if not total.any():
        return
    paying = ration(programme.can_pay(economy.ledger), total)
    if paying.any():
        places = np.arange(len(due))
        payees = np.full(len(due), economy.ledger.accounts.rest)
        programme.claim(int(paying.sum()))
        programme.support(economy.ledger, payees, paying, places)
    owed[programme.name] = total - paying


def grow_tenants(economy: Economy, now: Moment) -> None:
    """January: a year in an incubator brings customers, most of them from other firms of the industry."""
    firms, p = economy.firms, economy.of(Incubators).parameters
    if p.tenant_growth != 0.0:
        grow(firms.arrays(), now.quarter, p, firms.start, firms.stop)
