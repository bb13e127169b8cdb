"""The firms of end-2015 made ready to run: scale, research and patents that go with their traits."""

from agents.engine.rules import rule, stage
from agents.firms.entry import begin_knowledge, log_customers_of, set_scale
from agents.firms.innovation import high_value_rate
from agents.numbers.distributions import stochastic_round
from agents.numbers.elementary import exp_, log_, yuan


@rule
def starting_research(trailing_sales, log_propensity, p, c):
    """Research [yuan/quarter] at the reference user cost."""
    relative = p.research_size_elasticity * (log_(trailing_sales) - c.log_research_size)
    return 0.25 * p.research_scale * trailing_sales * exp_(log_propensity - relative)


@stage
def equip_firms(firms, cash_ratio, p, c, start, stop):
    """Capital, workers, money and research of rows `start` to `stop`; `cash_ratio` by row from `start`."""
    n = stop - start
    set_scale(firms, p, c, start, stop)
    size, does = firms.trailing_sales[start:stop], firms.does_research[start:stop]
    inventory, deposits = firms.inventory[start:stop], firms.deposits[start:stop]
    expected, value = firms.expected_demand[start:stop], firms.inventory_value[start:stop]
    research, inclination = firms.research[start:stop], firms.log_research_propensity[start:stop]
    for i in range(n):
        inventory[i] = p.inventory_target * expected[i]
    for i in range(n):
        value[i] = yuan(inventory[i] * p.material_share * c.material_price)
    for i in range(n):
        deposits[i] = yuan(cash_ratio[i] * size[i])
    for i in range(n):
        wanted = starting_research(size[i], inclination[i], p, c)
        research[i] = wanted if (does[i] != 0) & (4.0 * wanted >= p.research_fixed_cost) else 0.0
    begin_knowledge(firms, p.knowledge_depreciation + p.start_knowledge_growth, start, stop)


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
    n = stop - start
    wanted, size = sales[start:stop], firms.trailing_sales[start:stop]
    log_price, output = firms.log_price[start:stop], firms.expected_demand[start:stop]
    customers, quality = firms.log_customer_capital[start:stop], firms.log_quality[start:stop]
    log_fill, log_sales = firms.log_fill[start:stop], firms.log_sales[start:stop]
    resize(firms, sales, p, c, start, stop)
    for i in range(n):
        size[i] = wanted[i]
    for i in range(n):
        log_sales[i] = log_(size[i])
    for i in range(n):
        output[i] = 0.25 * size[i] * exp_(-log_price[i])
    for i in range(n):
        customers[i] = log_customers_of(size[i], log_price[i], quality[i], p, c)
    for i in range(n):
        customers[i] -= p.delivery_weight * log_fill[i]


@stage
def resize(firms, sales, p, c, start, stop):
    """What goes with the size of rows `start` to `stop` when their annual sales become `sales` [yuan]."""
    for i in range(start, stop):
        ratio = sales[i] / firms.trailing_sales[i]
        firms.capital[i] *= ratio
        firms.pending_capital[i] *= ratio
        firms.labour[i] *= ratio
        firms.inventory[i] *= ratio
        firms.inventory_value[i] = yuan(firms.inventory[i] * p.material_share * c.material_price)
        firms.research_year[i] = 0.0
        reported = 4.0 * (firms.research[i] + firms.relabelled[i])
        firms.research_last_year[i] = reported * p.start_research_last_year
        firms.profit[i] *= ratio
