"""One quarter of all firms in order, block by block: the table of contents of the files beside this one."""

from agents.engine.rules import stage
from agents.firms.conditions import BLOCK
from agents.firms.demand import make_offers
from agents.firms.innovation import learn_block, patent_block
from agents.firms.lifecycle import close_block, update_sizes
from agents.firms.money import settle_block
from agents.firms.production import hire_block, invest_block, produce_block
from agents.firms.research import research_block
from agents.firms.totals import add_up_block, count_stocks

OF_COUNT = ("prefecture", "certificate_expiry", "patents", "high_value_patents", "knowledge", "research")


@stage
def offer(firms, luck, p, conditions, work, starts, stops, attraction):
    """Prices and offers of every industry; writes the total attraction of each."""
    for k in range(len(starts)):
        attraction[k] = make_offers(firms, luck, p, conditions[k], starts[k], stops[k], work)


@stage
def operate(firms, luck, p, conditions, local, work, bill, starts, stops, pool, pool_before, totals, counts):
    """The quarter of every firm once demand is known; returns how many firms leave.

    `local`: what the firms of a cell meet alike.
    `pool`, `pool_before`: knowledge within reach of each cell now and a quarter ago [126].
    `counts`: see `patent_block` and `close_block`.
    """
    leaving = 0
    for k in range(len(starts)):
        c = conditions[k]
        for low in range(starts[k], stops[k], BLOCK):
            high = min(low + BLOCK, stops[k])
            hire_block(firms, p, c, local, work, totals.cells, low, high)
            produce_block(firms, p, work, low, high)
            invest_block(firms, p, c, low, high)
            research_block(firms, luck, p, c, local, work, low, high)
            settle_block(firms, luck, p, c, work, bill, totals, low, high)
            learn_block(firms, luck, p, c, local, pool, pool_before, work, low, high)
            patent_block(firms, luck, p, c, local, work, counts, low, high)
            update_sizes(firms, low, high)
            leaving += close_block(firms, luck, p, c, counts, low, high)
            add_up_block(firms, c, totals.cells, low, high)
    return leaving


@stage
def count(firms, quarter, starts, stops, cells):
    """Counts the firms, and what they hold at the end of the quarter, in every cell."""
    for k in range(len(starts)):
        count_stocks(firms, quarter, k, starts[k], stops[k], cells)
