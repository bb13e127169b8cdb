"""What building costs and who pays: the prefecture what it promised, programmes theirs, owners the rest.

A prefecture pays out of its own treasury and has less for other ends; what it lacks it pays later, as long as
the plant is built.
"""

import numpy as np

from agents.economy import Economy
from agents.money.flows import Flow
from agents.money.programme import Programme
from agents.numbers.shares import ration
from agents.projects.pipeline import build, list_returns, list_works
from agents.projects.project import BUILDING, INSIDE, PAYERS, PRODUCING
from agents.projects.projects import Projects
from sim.moment import Moment


def pay_works(economy: Economy, now: Moment) -> None:
    """A quarter's works of every plant that a firm from outside builds."""
    projects, table = economy.of(Projects), economy.of(Projects).table
    span = projects.span
    rows = span.start + np.flatnonzero((table.stage[span] == BUILDING) & (table.origin[span] != INSIDE))
    if not len(rows):
        return
    due, own, brought = np.zeros((3, len(rows)), np.int64)
    aid = np.zeros((PAYERS, len(rows)), np.int64)
    list_works(table.arrays(), rows, now.quarter, projects.parameters, due, own, aid)
    if now.quarter >= 0:  # before 2016 nobody's books are kept
        own = afforded(economy, table.prefecture[rows], own)
        post_incentives(economy, table.prefecture[rows], own)
        aid = np.stack([pay_aid(economy, rows, m, aid[m]) for m in range(PAYERS)])
    spent = np.zeros(economy.geography.places, np.int64)
    build(table.arrays(), rows, due, own, aid, now.circumstances.material_price, spent, brought)
    if now.quarter >= 0:
        economy.totals.flows[Flow.CAPITAL_EXPENDITURE] += spent
        economy.prefectures.attracted_year += spent
        economy.ledger.bring_capital(int(brought.sum()))
        projects.works += int(due.sum())
        projects.brought += int(brought.sum())


def afforded(economy: Economy, places: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """What each prefecture can pay of what it owes, out of its treasury, all the same share of it [yuan]."""
    block, paid = economy.ledger.accounts.prefectures, wanted.copy()
    treasuries = np.maximum(economy.ledger.balance[block], 0)
    for place in np.flatnonzero(by_place(economy, places, wanted) > treasuries).tolist():
        ours = places == place
        paid[ours] = ration(int(treasuries[place]), wanted[ours])
    return paid


def by_place(economy: Economy, places: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Sums [yuan] by prefecture."""
    totals = np.zeros(economy.geography.places, np.int64)
    np.add.at(totals, places, amounts)
    return totals


def post_incentives(economy: Economy, places: np.ndarray, paid: np.ndarray) -> None:
    """Prefectures pay what projects and firms were credited with [yuan]."""
    totals, accounts = by_place(economy, places, paid), economy.ledger.accounts
    economy.prefectures.incentives_paid += totals
    economy.ledger.post_each(accounts.prefectures, accounts.firms, totals, Flow.GRANT_INVESTMENT)


def pay_firms_here(economy: Economy, places: np.ndarray, wanted: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Prefectures pay the firms in `rows` what they owe them [yuan]; returns what each got."""
    paid = afforded(economy, places, wanted)
    economy.firms.deposits[rows] += paid
    post_incentives(economy, places, paid)
    return paid


def pay_aid(economy: Economy, rows: np.ndarray, slot: int, wanted: np.ndarray) -> np.ndarray:
    """Programmes pay what they promised projects in `rows` of the table, in one of their slots [yuan]."""
    projects, paid = economy.of(Projects), np.zeros(len(rows), np.int64)
    if not wanted.any():
        return paid
    payer, places = projects.table.payer[slot, rows], projects.table.prefecture[rows]
    for number in np.unique(payer[wanted > 0]).tolist():
        programme, ours = economy.governments.programmes[projects.payers[number]], payer == number
        paid[ours] = pay_of(economy, programme, wanted[ours], places[ours])
    projects.aided += int(paid.sum())
    return paid


def pay_of(economy: Economy, programme: Programme, wanted: np.ndarray, places: np.ndarray) -> np.ndarray:
    """A programme pays for plants in several prefectures what it can of what is wanted [yuan]."""
    programme.claim(int(wanted.sum()))
    paid = ration(programme.can_pay(economy.ledger), wanted)
    programme.cut(int(wanted.sum()) - int(paid.sum()))
    programme.account_for(economy.ledger, by_place(economy, places, paid))
    return paid


def return_taxes(economy: Economy, now: Moment, rows: np.ndarray, firm_rows: np.ndarray) -> None:
    """January: prefectures return a part of its taxes to each firm whose plant is new."""
    projects, firms, table = economy.of(Projects), economy.firms, economy.of(Projects).table
    own = (table.stage[rows] == PRODUCING) & (table.due[rows] >= now.quarter)
    wanted = np.zeros(int(own.sum()), np.int64)
    arrays = (table.arrays(), rows[own], firms.arrays(), firm_rows[own])
    list_returns(*arrays, now.quarter, projects.parameters, wanted)
    table.paid[rows[own]] += pay_firms_here(economy, table.prefecture[rows[own]], wanted, firm_rows[own])
