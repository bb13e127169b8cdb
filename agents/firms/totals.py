"""Sums over the firms of each prefecture and industry, in whole numbers so that their order is free."""

from agents.compiled import stage
from agents.elementary import yuan

# Columns of `Totals.cells`
VALUE_ADDED, EMERGING, SALES, REPORTED_RESEARCH, RESEARCH, RELABELLED = range(6)
EMPLOYMENT, PROFIT, KNOWLEDGE, FIRMS, CERTIFIED, PATENTS, HIGH_VALUE, RESEARCHERS = range(6, 14)
N_CELL_TOTALS = 14
N_PREFECTURES = 14


@stage
def add_up_block(firms, p, c, cells, low, high):
    """Adds the quarter's flows and the stocks of rows `low` to `high` to `cells` [126, N_CELL_TOTALS]."""
    first = c.industry * N_PREFECTURES
    for i in range(low, high):
        cell = first + firms.prefecture[i]
        added = firms.value_added[i]
        research = yuan(firms.research[i])
        relabelled = yuan(firms.relabelled[i])
        cells[cell, VALUE_ADDED] += added
        cells[cell, EMERGING] += yuan(firms.emerging_share[i] * float(added))
        cells[cell, SALES] += firms.sales[i]
        cells[cell, REPORTED_RESEARCH] += research + relabelled
        cells[cell, RESEARCH] += research
        cells[cell, RELABELLED] += relabelled
        cells[cell, EMPLOYMENT] += yuan(firms.labour[i])
        cells[cell, KNOWLEDGE] += yuan(firms.knowledge[i])
        cells[cell, FIRMS] += 1
        cells[cell, PATENTS] += firms.patents[i]
        cells[cell, HIGH_VALUE] += firms.high_value_patents[i]
        cells[cell, CERTIFIED] += 1 if firms.certificate_expiry[i] > c.quarter + 1 else 0
        cells[cell, RESEARCHERS] += 1 if research > 0 else 0
        cells[cell, PROFIT] += yuan(0.25 * firms.profit[i])
