"""Demand: customer capital, normal-cost pricing and a firm's weight in its national market."""

from agents.engine.rules import rule, stage
from agents.firms.conditions import BLOCK
from agents.numbers.elementary import exp_, log_

LOGISTIC_SCALE = 0.5513288954217921  # sqrt(3) / pi: a logistic draw of this scale has variance one


@rule
def jump_spread(log_sales, log_median_sales, p):
    """Scale of a customer jump [log points]: larger firms jump less.

    Source: the size-variance relation of firm growth, Stanley et al. (1996).
    """
    relative = max(log_sales - log_median_sales, p.jump_smallest_relative_size)
    return p.jump_scale * exp_(-p.jump_size_elasticity * relative)


@rule
def jump_odds(luck, p):
    """The number whose log is the draw: of a Laplace jump, or of the logistic noise between jumps."""
    if luck < p.jump_probability:
        odds = 1.0 - 2.0 * abs(luck / p.jump_probability - 0.5)
    else:
        rank = (luck - p.jump_probability) / (1.0 - p.jump_probability)
        odds = rank / (1.0 - rank)
    return max(odds, 1e-12)


@rule
def customer_change(luck, log_odds, spread, p):
    """Change of log customer capital in a quarter, mean-corrected so that size is not inflated.

    A Laplace jump of scale `spread` with probability `jump_probability`, else small logistic noise.
    Source: Laplace growth rates, Bottazzi and Secchi (2006); drift = variance correction of the jump.
    """
    if luck < p.jump_probability:
        sign = 1.0 if luck > 0.5 * p.jump_probability else -1.0
        draw = -sign * spread * log_odds
    else:
        draw = p.noise_scale * LOGISTIC_SCALE * log_odds
    return draw - spread * spread * p.jump_probability


@rule
def adapted_markup(markup, change, p):
    """Markup on normal unit cost after a change in customer capital: firms in demand charge more."""
    return min(p.markup_highest, max(p.markup_lowest, markup * (1.0 + p.markup_response * change)))


@rule
def normal_labour(log_productivity, p, c):
    """Workers per unit of output at the normal capital-output ratio (Cobb-Douglas inverted)."""
    return exp_(-(log_productivity + p.capital_share * c.log_normal_capital_output) / (1.0 - p.capital_share))


@rule
def log_normal_price(markup, labour_per_unit, p, c):
    """Log price: markup on normal unit cost, drawn towards the outside price.

    Normal, not actual, cost: idle labour is the firm's own loss.
    Source: normal-cost pricing, Coutts, Godley and Nordhaus (1978).
    """
    normal_cost = p.material_share * c.material_price + c.wage * labour_per_unit
    own = log_((1.0 + markup) * normal_cost)
    return p.cost_pass_through * own + (1.0 - p.cost_pass_through) * c.log_outside_price


@rule
def attraction_weight(log_customer_capital, log_quality, log_price, log_fill, p, c):
    """Weight of the firm in its national market (logit demand in logs)."""
    return exp_(
        log_customer_capital
        + p.quality_weight * log_quality
        - p.price_weight * (log_price - c.log_outside_price)
        + p.delivery_weight * log_fill
    )


@stage
def jump_block(firms, luck, p, c, work, low, high):
    """Customer capital and markups of rows `low` to `high` after the quarter's jumps."""
    n = high - low
    change, spread = work.a, work.b
    luck_jump = luck.customer_jump[low:high]
    log_sales = firms.log_sales[low:high]
    customers = firms.log_customer_capital[low:high]
    markup = firms.markup[low:high]
    for i in range(n):
        spread[i] = jump_spread(log_sales[i], c.log_median_sales, p)
    for i in range(n):
        change[i] = jump_odds(luck_jump[i], p)
    for i in range(n):
        change[i] = log_(change[i])
    for i in range(n):
        change[i] = c.active * customer_change(luck_jump[i], change[i], spread[i], p)
    for i in range(n):
        customers[i] += change[i]
    for i in range(n):
        markup[i] = adapted_markup(markup[i], change[i], p)


@stage
def offer_block(firms, p, c, low, high):
    """Prices and attraction of rows `low` to `high`; returns the sum of attraction."""
    n = high - low
    customers = firms.log_customer_capital[low:high]
    markup = firms.markup[low:high]
    labour_per_unit = firms.labour_per_unit[low:high]
    productivity = firms.log_productivity[low:high]
    log_price = firms.log_price[low:high]
    attraction = firms.attraction[low:high]
    quality = firms.log_quality[low:high]
    fill = firms.log_fill[low:high]
    for i in range(n):
        labour_per_unit[i] = normal_labour(productivity[i], p, c)
    for i in range(n):
        log_price[i] = log_normal_price(markup[i], labour_per_unit[i], p, c)
    for i in range(n):
        attraction[i] = attraction_weight(customers[i], quality[i], log_price[i], fill[i], p, c)
    total = 0.0
    for i in range(n):
        total += attraction[i]
    return total


@stage
def make_offers(firms, luck, p, conditions, start, stop, work):
    """Offers of one industry's firms, rows `start` to `stop`; returns their total attraction."""
    total = 0.0
    for low in range(start, stop, BLOCK):
        high = min(low + BLOCK, stop)
        jump_block(firms, luck, p, conditions, work, low, high)
        total += offer_block(firms, p, conditions, low, high)
    return total
