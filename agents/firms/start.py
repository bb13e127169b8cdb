"""The firms of end-2015 made ready to run: scale, research and patents that go with their traits."""

from typing import NamedTuple

from agents.engine.block import block_of
from agents.engine.rules import rule, stage
from agents.firms.entry import begin_knowledge, fading_part, log_customers_of, set_scale
from agents.firms.innovation import high_value_rate
from agents.firms.research import least_inclination, starting_research
from agents.firms.settle import assets_of
from agents.numbers.distributions import spread_normal, stochastic_round
from agents.numbers.elementary import exp_, log_, yuan


class StartParameters(NamedTuple):
    """How the firms of end-2015 begin. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    start_leverage: float
    start_leverage_spread: float
    start_knowledge_growth: float
    start_research_last_year: float


@rule
def leverage_of(luck, p):
    """Loans over assets of a firm of end-2015, between none and nine tenths."""
    drawn = spread_normal(p.start.start_leverage, p.start.start_leverage_spread, luck)
    return min(0.9, max(0.0, drawn))


@stage
def draw_leverage(luck, p, out):
    """Leverage of firms by their luck, written to `out`."""
    for i in range(len(luck)):
        out[i] = leverage_of(luck[i], p)


@stage
def split_productivity(firms, luck, p, start, stop):
    """How much of the productivity of rows `start` to `stop` will fade; luck by row from `start`."""
    mean = 0.0
    for i in range(start, stop):
        mean += firms.log_productivity[i]
    mean /= max(stop - start, 1)
    for i in range(start, stop):
        deviation = firms.log_productivity[i] - mean
        fading = fading_part(deviation, p.entry.productivity_spread, luck[i - start], p)
        firms.log_lasting_shock[i] = fading


@stage
def equip_firms(firms, cash_ratio, leverage, p, c, start, stop):
    """Capital, workers, money, debt and research of rows `start` to `stop`.

    By row from `start`: cash_ratio, deposits over annual sales, and leverage, loans over assets. Who does
    research is given: such a firm is inclined to it at least as much as its fixed cost asks.
    """
    firm, n = block_of(firms, start, stop), stop - start
    set_scale(firm, p, c)
    for i in range(n):
        firm.inventory[i] = p.production.inventory_target * firm.expected_demand[i]
    for i in range(n):
        firm.inventory_value[i] = yuan(firm.inventory[i] * p.production.material_share * c.material_price)
    for i in range(n):
        firm.deposits[i] = yuan(cash_ratio[i] * firm.trailing_sales[i])
    for i in range(n):
        deposits, stocks = float(firm.deposits[i]), float(firm.inventory_value[i])
        firm.loans[i] = yuan(leverage[i] * assets_of(deposits, firm.capital[i], stocks, c))
    for i in range(n):
        own, least = firm.log_research_propensity[i], least_inclination(firm.trailing_sales[i], p, c)
        firm.log_research_propensity[i] = max(own, least) if firm.does_research[i] != 0 else own
    for i in range(n):
        wanted = starting_research(firm.trailing_sales[i], firm.log_research_propensity[i], p, c)
        firm.research[i] = wanted if firm.does_research[i] != 0 else 0.0
    begin_knowledge(firm, p.research.knowledge_depreciation + p.start.start_knowledge_growth)


@stage
def patent_weights(firms, start, stop, weights):
    """Writes the expected share of patents of each row of an industry; returns their sum."""
    total = 0.0
    for i in range(start, stop):
        known = firms.research[i] > 0.0
        research = exp_(0.9 * log_(max(4.0 * firms.research[i], 1.0)))
        weights[i] = research * exp_(firms.log_patent_propensity[i]) if known else 0.0
        total += weights[i]
    return total


@stage
def grant_start_patents(firms, luck, p, start, stop, weights, per_weight, past_ten):
    """Patents in force at the start of rows `start` to `stop`: whole numbers around their expectation.

    past_ten: share of them that was filed ten years ago or earlier.
    """
    for i in range(start, stop):
        held = stochastic_round(weights[i] * per_weight, luck.patent_lapse[i])
        other = (1.0 - high_value_rate(firms.emerging_share[i], 0.0, p)) * (1.0 - past_ten)
        valued = stochastic_round(held * (1.0 - other), luck.patent_value[i])
        firms.patents[i] = held
        firms.high_value_patents[i] = min(held, valued)


@stage
def restore_sizes(firms, sales, p, c, start, stop):
    """Sets the sales of rows `start` to `stop` back to the synthesised ones [yuan/year, by row].

    Customers, capital and workers go with them; the ratios the warm-up found stay.
    """
    firm, wanted, n = block_of(firms, start, stop), sales[start:stop], stop - start
    size, customers = firm.trailing_sales, firm.log_customer_capital
    resize(firm, wanted, p, c)
    for i in range(n):
        size[i] = wanted[i]
    for i in range(n):
        firm.log_sales[i] = log_(size[i])
    for i in range(n):
        firm.expected_demand[i] = 0.25 * size[i] * exp_(-firm.log_price[i])
    for i in range(n):
        customers[i] = log_customers_of(size[i], firm.log_price[i], firm.log_quality[i], p, c)
    for i in range(n):
        customers[i] -= p.demand.delivery_weight * firm.log_fill[i]


@stage
def resize(firm, sales, p, c):
    """What goes with the size of a block's firms when their annual sales become `sales` [yuan]."""
    for i in range(len(firm.id)):
        ratio = sales[i] / firm.trailing_sales[i]
        firm.capital[i] *= ratio
        firm.pending_capital[i] *= ratio
        firm.labour[i] *= ratio
        firm.deposits[i] = yuan(ratio * float(firm.deposits[i]))
        firm.loans[i] = yuan(ratio * float(firm.loans[i]))
        firm.inventory[i] *= ratio
        firm.inventory_value[i] = yuan(firm.inventory[i] * p.production.material_share * c.material_price)
        firm.research_year[i] = 0.0
        reported = 4.0 * (firm.research[i] + firm.relabelled[i])
        firm.research_last_year[i] = reported * p.start.start_research_last_year
        firm.profit[i] *= ratio
