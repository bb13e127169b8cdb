"""What the account of the change is told in a quarter: what was made, who left, who changed prefecture."""

import numpy as np

from agents.change.decomposition import COVERAGE, Change, Marks, tell_firms, tell_leavers
from agents.coverage.coverage import Coverage
from agents.economy import Economy
from agents.firms.totals import EMERGING
from scenarios.spec import FIRST_YEAR, POLICY_YEAR
from sim.luck.ids import MOVED, SPIN_OFFS, START, member_id
from sim.moment import Moment

FIRST_FOUNDED = member_id(START + 1, 0, 0, 0)  # ids of the firms of end-2015 are below
LATELY = 4 * (POLICY_YEAR - FIRST_YEAR)


def add_quarter(economy: Economy, now: Moment) -> None:
    """Adds the emerging value added of the quarter in each cell, and what statistics count beside it."""
    change, emerging = economy.of(Change), economy.totals.cells[:, EMERGING]
    change.emerging += emerging
    change.cover(economy.of(Coverage).beside(emerging))


def divide_change(economy: Economy, now: Moment) -> None:
    """Divides the year's change of emerging value added among growth, entry, exit and reclassification."""
    firms, change = economy.firms, economy.of(Change)
    tell_firms(firms.arrays(), marks(economy), firms.start, firms.stop, change.told)
    change.told[:, COVERAGE] += change.covered - change.covered_before


def tell_exits(economy: Economy, rows: np.ndarray) -> None:
    """Firms leave, and are still in their rows."""
    change = economy.of(Change)
    cells = economy.cells_of(rows)
    tell_leavers(economy.firms.arrays(), marks(economy), rows, cells, change.told, change.owed)


def change_place(economy: Economy, rows: np.ndarray, prefectures: np.ndarray) -> None:
    """Firms go to other prefectures of the province, where they go on; who moves them calls this."""
    firms, before = economy.firms, economy.cells_of(rows)
    firms.prefecture[rows] = prefectures
    made = firms.emerging_last_year[rows], firms.emerging_year[rows]
    economy.of(Change).transfer((before, economy.cells_of(rows)), *made)


def marks(economy: Economy) -> Marks:
    """What tells who came in this year, and from where."""
    return Marks(FIRST_FOUNDED, MOVED, SPIN_OFFS, LATELY, economy.quarter - economy.quarter % 4)
