"""Demand: customer capital, normal-cost pricing and a firm's weight in its national market."""

from typing import NamedTuple

from agents.engine.block import block_of
from agents.engine.rules import rule, stage
from agents.firms.conditions import BLOCK
from agents.firms.production import material_rate
from agents.numbers.elementary import exp_, log_

LOGISTIC_SCALE = 0.5513288954217921  # sqrt(3) / pi: a logistic draw of this scale has variance one


class DemandParameters(NamedTuple):
    """Customers, prices and markups. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    quality_weight: float
    price_weight: float
    delivery_weight: float
    jump_probability: float
    jump_scale: float
    jump_size_elasticity: float
    jump_smallest_relative_size: float
    noise_scale: float
    markup_response: float
    markup_lowest: float
    markup_highest: float
    cost_pass_through: float


@rule
def jump_spread(log_sales, log_median_sales, p):
    """Scale of a customer jump [log points]: larger firms jump less.

    Source: the size-variance relation of firm growth, Stanley et al. (1996).
    """
    relative = max(log_sales - log_median_sales, p.demand.jump_smallest_relative_size)
    return p.demand.jump_scale * exp_(-p.demand.jump_size_elasticity * relative)


@rule
def jump_odds(luck, p):
    """The number whose log is the draw: of a Laplace jump, or of the logistic noise between jumps."""
    if luck < p.demand.jump_probability:
        odds = 1.0 - 2.0 * abs(luck / p.demand.jump_probability - 0.5)
    else:
        rank = (luck - p.demand.jump_probability) / (1.0 - p.demand.jump_probability)
        odds = rank / (1.0 - rank)
    return max(odds, 1e-12)


@rule
def customer_change(luck, log_odds, spread, p):
    """Change of log customer capital in a quarter, mean-corrected so that size is not inflated.

    A Laplace jump of scale `spread` with probability `jump_probability`, else small logistic noise.
    Source: Laplace growth rates, Bottazzi and Secchi (2006); drift = variance correction of the jump.
    """
    if luck < p.demand.jump_probability:
        sign = 1.0 if luck > 0.5 * p.demand.jump_probability else -1.0
        draw = -sign * spread * log_odds
    else:
        draw = p.demand.noise_scale * LOGISTIC_SCALE * log_odds
    return draw - spread * spread * p.demand.jump_probability


@rule
def adapted_markup(markup, change, p):
    """Markup on normal unit cost after a change in customer capital: firms in demand charge more."""
    adapted = markup * (1.0 + p.demand.markup_response * change)
    return min(p.demand.markup_highest, max(p.demand.markup_lowest, adapted))


@rule
def normal_labour(log_productivity, p, c):
    """Workers per unit of output at the normal capital-output ratio (Cobb-Douglas inverted)."""
    share = p.production.capital_share
    return exp_(-(log_productivity + share * c.log_normal_capital_output) / (1.0 - share))


@rule
def log_normal_price(markup, material_rate, labour_per_unit, p, c):
    """Log price: markup on normal unit cost, drawn towards the outside price.

    Normal, not actual, cost: idle labour is the firm's own loss.
    Source: normal-cost pricing, Coutts, Godley and Nordhaus (1978).
    """
    normal_cost = material_rate * c.material_price + c.wage * labour_per_unit
    own = log_((1.0 + markup) * normal_cost)
    return p.demand.cost_pass_through * own + (1.0 - p.demand.cost_pass_through) * c.log_outside_price


@rule
def attraction_weight(log_customer_capital, log_quality, log_price, log_fill, p, c):
    """Weight of the firm in its national market (logit demand in logs)."""
    return exp_(
        log_customer_capital
        + p.demand.quality_weight * log_quality
        - p.demand.price_weight * (log_price - c.log_outside_price)
        + p.demand.delivery_weight * log_fill
    )


@stage
def jump_block(firm, luck, p, c, work):
    """Customer capital and markups of a block after the quarter's jumps."""
    n = len(firm.id)
    for i in range(n):
        work.spread[i] = jump_spread(firm.log_sales[i], c.log_median_sales, p)
    for i in range(n):
        work.odds[i] = jump_odds(luck.customer_jump[i], p)
    for i in range(n):
        work.log_odds[i] = log_(work.odds[i])
    for i in range(n):
        change = customer_change(luck.customer_jump[i], work.log_odds[i], work.spread[i], p)
        work.customer_change[i] = c.active * change
    for i in range(n):
        firm.log_customer_capital[i] += work.customer_change[i]
    for i in range(n):
        firm.markup[i] = adapted_markup(firm.markup[i], work.customer_change[i], p)


@stage
def offer_block(firm, p, c):
    """Prices and attraction of a block; returns the sum of attraction."""
    n = len(firm.id)
    for i in range(n):
        firm.labour_per_unit[i] = normal_labour(firm.log_productivity[i], p, c)
    for i in range(n):
        firm.material_rate[i] = material_rate(firm.log_productivity[i], p, c)
    for i in range(n):
        rate, labour = firm.material_rate[i], firm.labour_per_unit[i]
        firm.log_price[i] = log_normal_price(firm.markup[i], rate, labour, p, c)
    for i in range(n):
        firm.attraction[i] = attraction_weight(
            firm.log_customer_capital[i], firm.log_quality[i], firm.log_price[i], firm.log_fill[i], p, c
        )
    total = 0.0
    for i in range(n):
        total += firm.attraction[i]
    return total


@stage
def make_offers(firms, luck, p, c, start, stop, work):
    """Offers of one industry's firms, rows `start` to `stop`; returns their total attraction."""
    total = 0.0
    for low in range(start, stop, BLOCK):
        high = min(low + BLOCK, stop)
        firm = block_of(firms, low, high)
        jump_block(firm, block_of(luck, low, high), p, c, work)
        total += offer_block(firm, p, c)
    return total
