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
    rows = span.start + ((table.stage[span] == BUILDING) & (table.origin[span] != INSIDE)).nonzero()[0]
    if not len(rows):
        return
    due, own, brought = np.zeros((3, len(rows)), np.int64)
    aid = np.zeros((PAYERS, len(rows)), np.int64)
    list_works(table.arrays(), rows, now.quarter, projects.parameters, due, own, aid)
    if now.quarter >= 0:  # before 2016 nobody's books are kept
        own = pay_incentives(economy, table.prefecture[rows], own)
        if aid.any():
            aid = np.stack([pay_aid(economy, rows, m, aid[m]) for m in range(PAYERS)])
    spent = np.zeros(economy.geography.places, np.int64)
    build(table.arrays(), rows, due, own, aid, now.circumstances.material_price, spent, brought)
    if now.quarter >= 0:
        economy.totals.flows[Flow.CAPITAL_EXPENDITURE] += spent
        economy.prefectures.attracted_year += spent
        economy.ledger.bring_capital(int(brought.sum()))
        projects.works += int(due.sum())
        projects.brought += int(brought.sum())


def pay_incentives(economy: Economy, places: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Prefectures pay what they owe projects or firms in them; returns what each is credited with [yuan].

    Out of its treasury each pays all that it owes, or the same share of it.
    """
    if not wanted.any():
        return wanted
    accounts, paid, totals = economy.ledger.accounts, wanted, by_place(economy, places, wanted)
    treasuries = np.maximum(economy.ledger.balance[accounts.prefectures], 0)
    short = (totals > treasuries).nonzero()[0]
    if len(short):
        paid = wanted.copy()
        for place in short.tolist():
            ours = places == place
            paid[ours] = ration(int(treasuries[place]), wanted[ours])
        totals = by_place(economy, places, paid)
    economy.prefectures.incentives_paid += totals
    economy.ledger.post_each(accounts.prefectures, accounts.firms, totals, Flow.GRANT_INVESTMENT)
    return paid


def by_place(economy: Economy, places: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Sums [yuan] by prefecture."""
    totals = np.zeros(economy.geography.places, np.int64)
    np.add.at(totals, places.astype(np.int64), amounts)
    return totals


def pay_firms_here(economy: Economy, places: np.ndarray, wanted: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Prefectures pay the firms in `rows` what they owe them [yuan]; returns what each got."""
    paid = pay_incentives(economy, places, wanted)
    economy.firms.deposits[rows] += paid
    return paid


def pay_aid(economy: Economy, rows: np.ndarray, slot: int, wanted: np.ndarray) -> np.ndarray:
    """Programmes pay what they promised projects in `rows` of the table, in one of their slots [yuan]."""
    projects, paid = economy.of(Projects), np.zeros(len(rows), np.int64)
    if not wanted.any():
        return paid
    payer, places = projects.table.payer[slot, rows], projects.table.prefecture[rows]
    for number in sorted(set(payer[wanted > 0].tolist())):
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
    new = (table.stage[rows] == PRODUCING) & (table.due[rows] >= now.quarter)
    rows, firm_rows = rows[new], firm_rows[new]
    if not len(rows):
        return
    wanted = np.zeros(len(rows), np.int64)
    arrays = (table.arrays(), rows, firms.arrays(), firm_rows)
    list_returns(*arrays, now.quarter, projects.parameters, wanted)
    table.paid[rows] += pay_firms_here(economy, table.prefecture[rows], wanted, firm_rows)
