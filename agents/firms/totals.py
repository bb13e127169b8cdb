"""Sums over the firms of each prefecture and industry, in whole numbers so that their order is free."""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import stage
from agents.numbers.elementary import yuan

# Columns of `Totals.cells`: flows of the quarter, firms that leave in it included
VALUE_ADDED, EMERGING, SALES, RESEARCH, RELABELLED, EMPLOYMENT, PROFIT = range(7)
# Stocks at its end
FIRMS, CERTIFIED, PATENTS, HIGH_VALUE, KNOWLEDGE, RESEARCHERS = range(7, 13)
# Workers of firms that do research, and what these firms want; of the quarter
STAFF, STAFF_WANTED = range(13, 15)
# People at its end, see agents.people.talent_market
SKILLED, TALENT = range(15, 17)
# Own research of the emerging part of firms, which capitalisation adds to their value added; a flow
EMERGING_RESEARCH = 17
# Purchases of firms, and what firms sold to other firms at home; flows
BOUGHT, SUPPLIED = range(18, 20)
# Overhead that complying with rules takes, a flow; capital ordered and not at work, a stock
COMPLIANCE_COST, PENDING_CAPITAL = range(20, 22)
N_CELL_TOTALS = 22


@kept
class Totals(NamedTuple):
    """What a quarter of the firms adds up to, one element each but in the first two."""

    flows: np.ndarray  # [flow code, prefecture]
    cells: np.ndarray  # [cell, column as above]
    gap: np.ndarray  # sum of |output side - income side| of value added over firms
    failing: np.ndarray  # id of a firm with a gap
    equipment: np.ndarray  # of research, a part of capital expenditure
    forgone: np.ndarray  # income tax, through the deduction for research and the reduced rate
    applied: np.ndarray  # patents
    granted: np.ndarray
    lapsed: np.ndarray  # with the firms that leave, too
    high_value_new: np.ndarray
    high_value_lapsed: np.ndarray
    certificates_lapsed: np.ndarray  # with the last quarter
    certificates_left: np.ndarray  # with the firms that leave
    insolvent: np.ndarray  # firms that leave
    closed: np.ndarray


def new_totals(flows: int, places: int, cells: int) -> Totals:
    """Totals of a quarter before anything happened."""
    one = {name: np.zeros(1, np.int64) for name in Totals._fields}
    one["flows"] = np.zeros((flows, places), np.int64)
    one["cells"] = np.zeros((cells, N_CELL_TOTALS), np.int64)
    return Totals(**one)


@stage
def add_up_block(firm, c, cells):
    """Adds the quarter's flows of a block to `cells` [cell, column]: yuan, workers."""
    for i in range(len(firm.id)):
        cell = c.first_cell + firm.prefecture[i]
        added = firm.value_added[i]
        cells[cell, VALUE_ADDED] += added
        emerging = yuan(firm.emerging_share[i] * float(added))
        cells[cell, EMERGING] += emerging
        firm.emerging_year[i] += emerging
        cells[cell, SALES] += firm.sales[i]
        research = yuan(firm.research[i])
        cells[cell, RESEARCH] += research
        cells[cell, EMERGING_RESEARCH] += yuan(firm.emerging_share[i] * float(research))
        cells[cell, RELABELLED] += yuan(firm.relabelled[i])
        cells[cell, EMPLOYMENT] += yuan(firm.labour[i])
        cells[cell, PROFIT] += yuan(0.25 * firm.profit[i])


@stage
def count_stocks(firms, quarter, first_cell, start, stop, cells):
    """Adds what rows `start` to `stop` of an industry hold at the end of the quarter to `cells`."""
    for i in range(start, stop):
        cell = first_cell + firms.prefecture[i]
        cells[cell, FIRMS] += 1
        cells[cell, CERTIFIED] += 1 if firms.certificate_expiry[i] > quarter else 0
        cells[cell, PATENTS] += firms.patents[i]
        cells[cell, HIGH_VALUE] += firms.high_value_patents[i]
        cells[cell, KNOWLEDGE] += yuan(firms.knowledge[i])
        cells[cell, PENDING_CAPITAL] += yuan(firms.pending_capital[i])
        cells[cell, RESEARCHERS] += 1 if firms.research[i] > 0.0 else 0
