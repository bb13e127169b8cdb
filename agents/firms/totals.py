"""Sums over the firms of each prefecture and industry, in whole numbers so that their order is free."""

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
N_CELL_TOTALS = 17
N_PREFECTURES = 14


@stage
def add_up_block(firms, c, cells, low, high):
    """Adds the quarter's flows of rows `low` to `high` to `cells` [126, N_CELL_TOTALS]: yuan, workers."""
    first = c.industry * N_PREFECTURES
    for i in range(low, high):
        cell = first + firms.prefecture[i]
        added = firms.value_added[i]
        cells[cell, VALUE_ADDED] += added
        cells[cell, EMERGING] += yuan(firms.emerging_share[i] * float(added))
        cells[cell, SALES] += firms.sales[i]
        cells[cell, RESEARCH] += yuan(firms.research[i])
        cells[cell, RELABELLED] += yuan(firms.relabelled[i])
        cells[cell, EMPLOYMENT] += yuan(firms.labour[i])
        cells[cell, PROFIT] += yuan(0.25 * firms.profit[i])


@stage
def count_stocks(firms, quarter, industry, start, stop, cells):
    """Adds what rows `start` to `stop` of an industry hold at the end of the quarter to `cells`."""
    first = industry * N_PREFECTURES
    for i in range(start, stop):
        cell = first + firms.prefecture[i]
        cells[cell, FIRMS] += 1
        cells[cell, CERTIFIED] += 1 if firms.certificate_expiry[i] > quarter else 0
        cells[cell, PATENTS] += firms.patents[i]
        cells[cell, HIGH_VALUE] += firms.high_value_patents[i]
        cells[cell, KNOWLEDGE] += yuan(firms.knowledge[i])
        cells[cell, RESEARCHERS] += 1 if firms.research[i] > 0.0 else 0
