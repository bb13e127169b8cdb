"""The firms of end-2015 made ready to run: scale, research and patents that go with their traits."""

from agents.compiled import rule, stage
from agents.distributions import stochastic_round
from agents.elementary import exp_, log_, yuan
from agents.firms.entry import log_customers_of, set_scale
from agents.firms.innovation import high_value_rate


@rule
def starting_research(trailing_sales, log_propensity, p, c):
    """Research [yuan/quarter] at the reference user cost."""
    relative = p.research_size_elasticity * (log_(trailing_sales) - c.log_research_size)
    return 0.25 * p.research_scale * trailing_sales * exp_(log_propensity - relative)


@stage
def equip_firms(firms, cash_ratio, p, c, start, stop):
    """Capital, workers, money and research of rows `start` to `stop`; `cash_ratio` by row from `start`."""
    for i in range(start, stop):
        size = firms.trailing_sales[i]
        set_scale(firms, size, p, c, i)
        firms.inventory[i] = p.inventory_target * firms.expected_demand[i]
        firms.inventory_value[i] = yuan(firms.inventory[i] * p.material_share * c.material_price)
        firms.deposits[i] = yuan(cash_ratio[i - start] * size)
        if firms.does_research[i] == 0:
            continue
        research = starting_research(size, firms.log_research_propensity[i], p, c)
        if 4.0 * research < p.research_fixed_cost:
            continue
        firms.research_base[i] = research
        firms.research[i] = research
        firms.knowledge[i] = 4.0 * research / (p.knowledge_depreciation + p.start_knowledge_growth)
        firms.knowledge_before[i] = firms.knowledge[i]
        firms.log_knowledge[i] = log_(max(firms.knowledge[i], 1.0))


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
def grant_start_patents(firms, luck, p, start, stop, weights, per_weight):
    """Patents in force at the start of rows `start` to `stop`: whole numbers around their expectation."""
    for i in range(start, stop):
        held = stochastic_round(weights[i] * per_weight, luck.patent_lapse[i])
        valued = stochastic_round(held * high_value_rate(firms.emerging_share[i], p), luck.patent_value[i])
        firms.patents[i] = held
        firms.high_value_patents[i] = min(held, valued)


@stage
def restore_sizes(firms, sales, p, c, start, stop):
    """Sets the sales of rows `start` to `stop` back to the synthesised ones [yuan/year, by row].

    Customers, capital and workers go with them; the ratios the warm-up found stay.
    """
    for i in range(start, stop):
        size = sales[i]
        ratio = size / firms.trailing_sales[i]
        firms.trailing_sales[i] = size
        firms.log_sales[i] = log_(size)
        firms.expected_demand[i] = 0.25 * size * exp_(-firms.log_price[i])
        firms.capital[i] *= ratio
        firms.pending_capital[i] *= ratio
        firms.labour[i] *= ratio
        firms.inventory[i] *= ratio
        firms.inventory_value[i] = yuan(firms.inventory[i] * p.material_share * c.material_price)
        firms.log_customer_capital[i] = log_customers_of(size, firms.log_price[i], firms.log_quality[i], p, c)
        firms.log_customer_capital[i] -= p.delivery_weight * firms.log_fill[i]
        firms.research_year[i] = 0.0
        reported = 4.0 * (firms.research[i] + firms.relabelled[i])
        firms.research_last_year[i] = reported * p.start_research_last_year
        firms.profit[i] *= ratio
