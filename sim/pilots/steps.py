"""Pilot lines in a quarter: products come to market, firms apply, lines are booked, and more are built.

It is done after production, so that no money of a programme moves value added in its quarter.
"""

import numpy as np

from agents.economy import Economy
from agents.firms.lift import lift_firms
from agents.firms.totals import RESEARCH
from agents.money.families import PILOT_PLATFORMS
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, parts_of, split
from agents.pilots.pilot_lines import PilotLines, product_gains, usual_gains
from sim.luck.ids import ABOVE
from sim.moment import Moment
from sim.pilots.luck import PilotPurpose
from sim.state.claims import buy_works

BUILDING = (1, 3)  # quarters of the year in which lines are built
OF_LICENCES, OF_ARRIVAL = ABOVE, 2 * ABOVE  # numbers of draws, kept apart from each other


def run_pilots(economy: Economy, now: Moment) -> None:
    """One quarter of the lines; nothing where there are none and nobody pays for any."""
    lines = economy.of(PilotLines)
    payers = [one for one in economy.offers.payers(PILOT_PLATFORMS) if one.can_pay(economy.ledger)]
    if lines.idle and not payers:
        return
    if len(lines.pilots):
        come_to_market(economy, now)
    lines.wear_out()
    if payers or lines.capacity.any():
        apply(economy, now)
    free = lines.free_bookings()
    for programme in payers:
        run_lines(economy, now, programme, free)
    if now.of_year in BUILDING:
        for programme in payers:
            build_lines(economy, now, programme)


def come_to_market(economy: Economy, now: Moment) -> None:
    """What succeeded is sold; who has left, finished or lost patience goes."""
    lines, firms = economy.of(PilotLines), economy.firms
    rows = firms.rows_among(lines.pilots.firm)
    places, gains = lines.outcomes(now.quarter)
    there = rows[places] >= 0
    process = economy.behaviour.innovation.process_share
    if there.any():
        lift_firms(firms.arrays(), rows[places[there]], gains[there], process)
    lines.forget(now.quarter, rows >= 0)


# --- who applies -----------------------------------------------------------------------------------------


def apply(economy: Economy, now: Moment) -> None:
    """Firms apply with inventions of their own research and with those they have just licensed."""
    lines, firms, p = economy.of(PilotLines), economy.firms, economy.of(PilotLines).parameters
    own, gains = own_inventions(economy, now)
    licensed, of_licences = now.licensed
    rows, usual = np.concatenate([own, licensed]), np.concatenate([gains, of_licences])
    ids = firms.id[rows].astype(np.int64)
    numbers = ids.copy()
    numbers[len(own) :] += OF_LICENCES
    luck = now.draws.uniforms(PilotPurpose.PILOT_SUCCESS, numbers, now.quarter)
    worth = np.empty(len(usual))
    product_gains(usual, p, worth)
    cells = economy.cells_of(rows)
    arrival = now.draws.uniforms(PilotPurpose.PILOT_SUCCESS, numbers + OF_ARRIVAL, now.quarter)
    order = np.argsort(arrival, kind="stable")
    order = order[worth[order] > 0.0]
    lines.pilots.add(ids[order], cells[order], worth[order], luck[order], now.quarter)
    lines.applied += len(order)
    lines.want(cells[order])


def own_inventions(economy: Economy, now: Moment) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the researching firms that bring an invention, and what it usually brings [log points]."""
    firms, p = economy.firms, economy.of(PilotLines).parameters
    chance, segments = 0.25 * p.seeking, (firms.start, firms.stop)
    rows, _ = now.draws.list_lucky(PilotPurpose.PILOT_SOUGHT, chance, now.quarter, firms.id, segments)
    rows = rows[(firms.research[rows] > 0.0) & (firms.knowledge[rows] > 0.0)]
    price, elasticity = now.circumstances.material_price, economy.behaviour.innovation.knowledge_elasticity
    gains = np.empty(len(rows))
    usual_gains(firms.research[rows], firms.knowledge[rows], price, elasticity, p, gains)
    return rows, gains


# --- what programmes pay for -----------------------------------------------------------------------------


def run_lines(economy: Economy, now: Moment, programme: Programme, free: np.ndarray) -> None:
    """A programme pays for bookings, of an account for firms of its block, as far as lines and money go."""
    lines = economy.of(PilotLines)
    cost = price_of(lines.parameters.running_cost, now)
    money = programme.can_pay(economy.ledger)
    meant = programme.cells if programme.beside else None
    chosen = lines.first_in_line(meant, free, money // cost)
    if not len(chosen):
        return
    served = np.bincount(lines.pilots.cell[chosen] % lines.places, minlength=lines.places)
    lines.runs += buy(economy, programme, served * cost)
    lines.book(chosen, now.quarter)


def build_lines(economy: Economy, now: Moment, programme: Programme) -> None:
    """A programme builds lines with what is left, never more than firms ask for and its money can run.

    By field as they are short of, by place as firms' research is. Money beyond it stays.
    """
    lines = economy.of(PilotLines)
    cost, running = (
        price_of(one, now) for one in (lines.parameters.line_cost, lines.parameters.running_cost)
    )
    where = now.last_cells[:, RESEARCH].reshape(lines.industries, lines.places).astype(np.float64)
    if programme.beside:
        where = where * economy.geography.by_industry(programme.cells)
    short = np.where(where.sum(axis=1) > 0.0, lines.short(), 0.0)
    can_run = programme.appropriated / running - float(lines.capacity.sum())
    wanted = min(sum(short.tolist()), can_run)
    spent = min(programme.can_pay(economy.ledger), int(max(wanted, 0.0) * cost))
    if spent <= 0:
        return
    weights = where / np.maximum(where.sum(axis=1, keepdims=True), 1.0) * short[:, None]
    by_cell = split(spent, weights.ravel()).reshape(where.shape)
    lines.works += buy(economy, programme, by_cell.sum(axis=0))
    lines.capacity += by_cell / cost


def price_of(amount: float, now: Moment) -> int:
    """A cost of 2016Q1 [yuan] at the prices of the quarter, at least one yuan."""
    return max(1, round(amount * now.circumstances.material_price))


def buy(economy: Economy, programme: Programme, by_place: np.ndarray) -> int:
    """Pays suppliers at home and outside for works and services in each prefecture; returns what was paid."""
    at_home = parts_of(by_place, round(economy.of(PilotLines).parameters.works_at_home * MILLION))
    return int(buy_works(economy, programme, at_home, by_place - at_home).sum())
