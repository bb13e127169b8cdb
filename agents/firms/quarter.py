"""One quarter of all firms in order, block by block: the table of contents of the files beside this one."""

from agents.engine.block import block_of
from agents.engine.rules import stage
from agents.firms.conditions import BLOCK
from agents.firms.demand import make_offers
from agents.firms.exit import close_block, update_sizes
from agents.firms.innovation import learn_block, patent_block
from agents.firms.production import hire_block, invest_block, produce_block
from agents.firms.research import research_block
from agents.firms.settle import settle_block
from agents.firms.totals import add_up_block, count_stocks


@stage
def offer(firms, luck, p, conditions, work, starts, stops, attraction):
    """Prices and offers of every industry; writes the total attraction of each."""
    for k in range(len(starts)):
        attraction[k] = make_offers(firms, luck, p, conditions[k], starts[k], stops[k], work)


@stage
def operate(firms, luck, p, conditions, local, work, span, totals):
    """The quarter of every firm once demand is known; returns how many firms leave.

    span: first and last rows of each industry.
    """
    leaving = 0
    starts, stops = span
    for k in range(len(starts)):
        c = conditions[k]
        for low in range(starts[k], stops[k], BLOCK):
            high = min(low + BLOCK, stops[k])
            firm, drawn = block_of(firms, low, high), block_of(luck, low, high)
            hire_block(firm, p, c, local, work, totals.cells)
            produce_block(firm, p, work)
            invest_block(firm, drawn, p, c, local)
            research_block(firm, drawn, p, c, local, work)
            settle_block(firm, drawn, p, c, local, work, totals)
            learn_block(firm, drawn, p, c, local, work)
            patent_block(firm, drawn, p, c, local, work, totals)
            update_sizes(firm)
            leaving += close_block(firm, drawn, p, c, totals)
            add_up_block(firm, c, totals.cells)
    return leaving


@stage
def count(firms, quarter, starts, stops, cells):
    """Counts the firms, and what they hold at the end of the quarter, in every cell."""
    places = len(cells) // len(starts)
    for k in range(len(starts)):
        count_stocks(firms, quarter, k * places, starts[k], stops[k], cells)
