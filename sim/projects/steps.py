"""Projects in a quarter: stages end, plants are built, firms begin to produce in them or move to them."""

import numpy as np

from agents.economy import Economy
from agents.finance.venture import find_members, marks_of
from agents.firms.credit import assess_new
from agents.firms.entry import Founding
from agents.projects.arrival import Arrivals, settle
from agents.projects.pipeline import draw_stages, leave_behind, ramp_up
from agents.projects.project import BUILDING, INSIDE, OFFERED, PRODUCING, SIGNED
from agents.projects.projects import Projects
from agents.regulation.regulation import Regulation
from sim.change.steps import change_place
from sim.firms.attitudes import take_attitudes
from sim.luck.ids import MOVED
from sim.luck.of_firms import LASTING_QUARTER, entry_luck
from sim.moment import Moment
from sim.projects.luck import ProjectPurpose
from sim.projects.money import pay_firms_here, pay_works, return_taxes
from sim.projects.offers import commit

SHORTEST = 0.25  # mean quarters to the first spade that no reform goes below
YEARS_RETURNED = 3  # after production begins, in which a prefecture returns taxes


def go_on(economy: Economy, now: Moment) -> None:
    """Projects are signed, begun, built and finished, or dropped; new plants win customers year by year."""
    look_after_firms(economy, now)
    end_stages(economy, now)
    pay_works(economy, now)
    commit(economy)
    firms, p = economy.firms, economy.of(Projects).parameters
    ramp_up(firms.arrays(), MOVED, firms.start, firms.stop, now.quarter, p)


def end_stages(economy: Economy, now: Moment) -> None:
    """What becomes of the projects whose stage ends this quarter."""
    projects, table = economy.of(Projects), economy.of(Projects).table
    span = projects.span
    rows = span.start + ((table.due[span] == now.quarter) & (table.stage[span] < PRODUCING)).nonzero()[0]
    if not len(rows):
        return
    stage, fails = table.stage[rows], table.fails[rows] != 0
    built, inside = stage == BUILDING, table.origin[rows] == INSIDE
    note_given_up(projects, rows[fails], stage[fails])
    begin_building(projects, now, rows[~fails & (stage == SIGNED)])
    sign(economy, now, rows[~fails & (stage == OFFERED)])
    found(economy, now, rows[~fails & built & ~inside])
    table.remove(rows[fails | (built & (inside | (now.quarter < 0)))])


def note_given_up(projects: Projects, rows: np.ndarray, stages: np.ndarray) -> None:
    """Projects that nobody pursues any longer leave their stages."""
    if len(rows):
        for stage, what in ((OFFERED, "refused"), (SIGNED, "withdrawn"), (BUILDING, "abandoned")):
            projects.note(what, rows[stages == stage])


def quarters_to_begin(economy: Economy, projects: Projects, rows: np.ndarray) -> np.ndarray:
    """Mean quarters from the contract to the first spade where each project stands, approvals among them."""
    table = projects.table
    cells = table.industry[rows].astype(np.int64) * economy.geography.places + table.prefecture[rows]
    saved = economy.of(Regulation).saved[cells]
    means: np.ndarray = np.maximum(projects.parameters.start_quarters - saved, SHORTEST)
    return means


def sign(economy: Economy, now: Moment, rows: np.ndarray) -> None:
    """Contracts are signed; some will never be performed."""
    projects = economy.of(Projects)
    p, table = projects.parameters, projects.table
    if not len(rows):
        return
    projects.note("signed", rows)
    means = quarters_to_begin(economy, projects, rows)
    enter_stage(projects, now, rows, (ProjectPurpose.STARTING, p.start_odds, means))
    table.stage[rows] = SIGNED


def begin_building(projects: Projects, now: Moment, rows: np.ndarray) -> None:
    """Building begins; a plant that will not be finished is abandoned on the way.

    A firm of the province moves in a January.
    """
    p, table = projects.parameters, projects.table
    if not len(rows):
        return
    projects.note("started", rows)
    means = np.full(len(rows), p.build_quarters)
    fails, due = enter_stage(projects, now, rows, (ProjectPurpose.FINISHING, p.finish_odds, means))
    table.stage[rows], table.began[rows], table.quarters[rows] = BUILDING, now.quarter, due - now.quarter
    if fails.any():
        luck = now.draws.uniforms(ProjectPurpose.ABANDONING, table.id[rows], LASTING_QUARTER)
        early = now.quarter + np.maximum(1, np.floor(luck * (due - now.quarter))).astype(np.int64)
        table.due[rows] = np.where(fails != 0, early, due)
    inside = rows[table.origin[rows] == INSIDE]
    table.due[inside] = -(-table.due[inside] // 4) * 4


def enter_stage(
    projects: Projects, now: Moment, rows: np.ndarray, about: tuple
) -> tuple[np.ndarray, np.ndarray]:
    """Draws how the stage that projects enter will end, 1 for badly, and when; returns both."""
    purpose, odds, means = about
    fails, due = np.zeros((2, len(rows)), np.int64)
    luck = now.draws.uniforms(purpose, projects.table.id[rows], LASTING_QUARTER)
    draw_stages(luck, odds, means, now.quarter, projects.parameters, fails, due)
    projects.table.fails[rows], projects.table.due[rows] = fails, due
    return fails, due


# --- firms that come ---------------------------------------------------------------------------------------


def found(economy: Economy, now: Moment, rows: np.ndarray) -> None:
    """Finished plants become firms of the province; those of before 2016 are among its firms already."""
    projects, table = economy.of(Projects), economy.of(Projects).table
    projects.note("produced", rows)
    if now.quarter < 0 or not len(rows):
        return
    table.stage[rows], table.firm[rows] = PRODUCING, table.id[rows]
    table.due[rows] = now.quarter + 4 * YEARS_RETURNED
    ids, industries = table.id[rows], table.industry[rows].astype(np.int64)
    firm_rows = economy.firms.add(industries, ids, prefecture=table.prefecture[rows])
    arrivals = Arrivals(firm_rows, industries, table.plant[rows], np.zeros(len(rows), np.int64))
    endow(economy, now, ids, arrivals)
    projects.closing_elsewhere += int(table.closes_elsewhere[rows].sum())
    projects.cash += int(arrivals.cash.sum())
    economy.ledger.bring_capital(int(arrivals.cash.sum()))
    economy.counts.relocated = len(rows)


def endow(economy: Economy, now: Moment, ids: np.ndarray, arrivals: Arrivals) -> None:
    """What firms from outside are: by luck of their own, whenever and wherever they come."""
    firms, markets = economy.firms, economy.markets
    founding = Founding(
        entry_luck(now.draws, ids, LASTING_QUARTER),
        np.zeros(len(ids)),  # founded on no invention
        economy.emerging_quantiles,
        markets.mean_productivity,
        markets.mean_quality,
        economy.research_of_place,
    )
    start = economy.of(Projects).parameters.ramp_start
    settle(firms.arrays(), founding, economy.behaviour, economy.relocation, start, now.conditions, arrivals)
    take_attitudes(economy, now.draws, arrivals.rows)
    assess_new(firms.arrays(), economy.credit, now.conditions, arrivals.rows, arrivals.industries)


# --- firms that are here -----------------------------------------------------------------------------------


def move_firms(economy: Economy, now: Moment) -> None:
    """Firms of the province whose new plant is ready stand there from now on, and rebuild what they left."""
    projects, firms = economy.of(Projects), economy.firms
    rows, firm_rows = moving(economy, now.quarter)
    if not len(rows):
        return
    leave_behind(firms.arrays(), firm_rows, projects.parameters.left_behind)
    change_place(economy, firm_rows, projects.table.prefecture[rows])


def moving(economy: Economy, quarter: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the projects of firms that move this quarter, and of these firms."""
    table, span = economy.of(Projects).table, economy.of(Projects).span
    ready = (table.origin[span] == INSIDE) & (table.stage[span] == BUILDING)
    rows = span.start + (ready & (table.due[span] == quarter) & (table.fails[span] == 0)).nonzero()[0]
    firm_rows = rows_of_firms(economy, table.firm[rows])
    return rows[firm_rows >= 0], firm_rows[firm_rows >= 0]


def rows_of_firms(economy: Economy, ids: np.ndarray) -> np.ndarray:
    """The row of each firm of these ids, -1 for those who are gone."""
    if not len(ids):
        return np.zeros(0, np.int64)
    known, which = np.unique(ids, return_inverse=True)
    firms, rows = economy.firms, np.empty(len(known), np.int64)
    find_members(firms.id, firms.start, firms.stop, known, marks_of(known), rows)
    return rows[which]


def look_after_firms(economy: Economy, now: Moment) -> None:
    """January: taxes are returned to new plants, firms that moved are paid, and who is gone is forgotten."""
    projects, table = economy.of(Projects), economy.of(Projects).table
    if now.of_year or now.quarter < 0:
        return
    moved, moved_firms = moving(economy, now.quarter)
    projects.note("moved", moved)
    pay_those_who_moved(economy, moved, moved_firms)
    table.remove(moved)
    span = projects.span
    rows = span.start + table.firm[span].nonzero()[0]
    firm_rows = rows_of_firms(economy, table.firm[rows])
    alive, stage = firm_rows >= 0, table.stage[rows]
    return_taxes(economy, now, rows[alive], firm_rows[alive])
    note_given_up(projects, rows[~alive], stage[~alive])
    ended = (stage == PRODUCING) & (~alive | (table.due[rows] <= now.quarter))
    projects.note("over", rows[ended])
    table.remove(rows[ended | ~alive])


def pay_those_who_moved(economy: Economy, rows: np.ndarray, firm_rows: np.ndarray) -> None:
    """Firms that moved are paid what they were promised."""
    projects, firms, table = economy.of(Projects), economy.firms, economy.of(Projects).table
    if not len(rows):
        return
    wanted = np.floor(table.incentive[rows] * table.invested[rows]).astype(np.int64)
    pay_firms_here(economy, table.prefecture[rows], wanted, firm_rows)
    for slot in range(len(table.payer)):
        payer = table.payer[slot, rows]
        for number in sorted(set(payer[payer >= 0].tolist())):
            ours = np.flatnonzero(payer == number)
            programme = economy.governments.programmes[projects.payers[number]]
            wanted = table.aid[slot, rows[ours]]
            programme.claim(int(wanted.sum()))
            paid = programme.disburse(economy.ledger, firms, firm_rows[ours], wanted)
            projects.aided += int(paid.sum())
