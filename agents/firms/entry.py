"""Entry: what a new firm brings, drawn for it alone, and its first balance sheet."""

from typing import NamedTuple

import numpy as np

from agents.compiled import rule, stage
from agents.distributions import poisson_quantile
from agents.elementary import exp_, log_, yuan
from agents.firms.demand import log_normal_price, normal_labour
from agents.firms.lifecycle import markup_of, spread_normal
from agents.firms.totals import PROFIT, SALES
from agents.flows import Flow

FOUNDER_CAPITAL, CAPITAL_EXPENDITURE = int(Flow.FOUNDER_CAPITAL), int(Flow.CAPITAL_EXPENDITURE)

REFERENCE_SIZE = 5e7  # yuan of annual sales at which entry_research_share holds


class EntryLuck(NamedTuple):
    """One uniform number in (0, 1) per entrant and trait, in the order of the entrants."""

    size: np.ndarray
    productivity: np.ndarray
    quality: np.ndarray
    markup: np.ndarray
    emerging_share: np.ndarray
    research: np.ndarray
    research_propensity: np.ndarray
    patent_propensity: np.ndarray
    intellectual_property: np.ndarray
    cash: np.ndarray
    ownership: np.ndarray


@rule
def expected_entrants(weight, profitability, reform, p):
    """Expected new firms of a prefecture and industry in a quarter.

    A count, not a rate: a rate would let the population run away. `profitability` is the cell's profit
    margin relative to the mean. Source of the form: Dunne, Roberts and Samuelson (1988).
    """
    pull = exp_(p.entry_profit_elasticity * log_(min(4.0, max(0.25, profitability))))
    return 0.25 * p.entry_count * weight * pull * (1.0 + reform)


@rule
def relative_margin(profit, sales, mean):
    """Profit margin of a cell relative to the mean of all; 1 where nothing was sold."""
    if sales <= 0 or mean <= 0.0:
        return 1.0
    return float(profit) / float(sales) / mean


@stage
def count_entrants(p, scale, weights, cells, luck, counts):
    """Draws the new firms of each cell, given last quarter's totals by cell and one uniform each."""
    profit, sales = 0, 0
    for a in range(len(weights)):
        profit += cells[a, PROFIT]
        sales += cells[a, SALES]
    mean = float(profit) / float(sales) if sales > 0 else 0.0
    for a in range(len(weights)):
        margin = relative_margin(cells[a, PROFIT], cells[a, SALES], mean)
        counts[a] = poisson_quantile(scale * expected_entrants(weights[a], margin, 0.0, p), luck[a])


@rule
def table_value(table, luck):
    """The quantile `luck` of a distribution given by equally spaced quantiles, linear between them."""
    place = luck * (len(table) - 1)
    below = min(int(place), len(table) - 2)
    return table[below] + (place - below) * (table[below + 1] - table[below])


@rule
def log_customers_of(sales, log_price, log_quality, p, c):
    """Log customer capital that gives a firm these annual sales [yuan] in the market as it is."""
    appeal = p.quality_weight * log_quality - p.price_weight * (log_price - c.log_outside_price)
    return log_(max(0.25 * sales / c.demand_per_attraction, 1e-12)) - appeal


@stage
def found_firms(firms, luck, shares, p, conditions, productivity, quality, rows, industries, flows):
    """Endows the firms in `rows`: traits, capital, workers, founders' money.

    `shares`: quantiles of the emerging share. `productivity`, `quality`: mean logs of each industry.
    Adds founders' money and first machines to `flows`.
    """
    for j in range(len(rows)):
        i, k = rows[j], industries[j]
        c = conditions[k]
        size = exp_(spread_normal(c.log_median_sales + p.entry_size, p.entry_size_spread, luck.size[j]))
        level = productivity[k] - p.entry_productivity_gap
        endow_firm(firms, luck, shares, p, c, quality[k], size, level, i, j)
        cash = yuan(p.entry_cash * size * exp_(spread_normal(-0.08, 0.4, luck.cash[j])))
        machines = yuan(firms.capital[i] * c.material_price)
        firms.deposits[i] = cash
        flows[FOUNDER_CAPITAL, firms.prefecture[i]] += cash + machines
        flows[CAPITAL_EXPENDITURE, firms.prefecture[i]] += machines


@stage
def endow_firm(firms, luck, shares, p, c, quality, size, level, i, j):
    """Traits of row `i` with luck `j`, and what goes with annual sales of `size` yuan.

    `quality`: mean log of its industry. `level`: mean log productivity of firms like it.
    """
    firms.log_productivity[i] = spread_normal(level, p.productivity_spread, luck.productivity[j])
    firms.log_quality[i] = spread_normal(quality, p.quality_spread, luck.quality[j])
    firms.markup[i] = markup_of(luck.markup[j], p)
    firms.emerging_share[i] = table_value(shares, luck.emerging_share[j])
    firms.entry_quarter[i] = c.quarter
    state = luck.ownership[j] < p.entry_state_share
    foreign = luck.ownership[j] > 1.0 - p.entry_foreign_share
    firms.ownership[i] = 1 if state else (2 if foreign else 0)
    firms.intellectual_property_test[i] = luck.intellectual_property[j]
    set_scale(firms, size, p, c, i)
    set_research(firms, luck, size, p, i, j)


@stage
def set_scale(firms, size, p, c, i):
    """Customers, capital and workers of row `i` that go with annual sales of `size` yuan."""
    labour_per_unit = normal_labour(firms.log_productivity[i], p, c)
    log_price = log_normal_price(firms.markup[i], labour_per_unit, p, c)
    output = 0.25 * size * exp_(-log_price)
    firms.labour_per_unit[i] = labour_per_unit
    firms.log_price[i] = log_price
    firms.trailing_sales[i] = size
    firms.log_sales[i] = log_(size)
    firms.expected_demand[i] = output
    firms.capital[i] = p.normal_capital_output * output
    firms.labour[i] = output * labour_per_unit
    firms.profit[i] = 0.05 * size
    firms.log_customer_capital[i] = log_customers_of(size, log_price, firms.log_quality[i], p, c)


@stage
def set_research(firms, luck, size, p, i, j):
    """Inclination to research and to patent of row `i`, and the research it starts with."""
    spread = p.research_propensity_spread
    inclination = spread_normal(-0.5 * spread * spread, spread, luck.research_propensity[j])
    firms.log_research_propensity[i] = inclination
    firms.log_patent_propensity[i] = spread_normal(
        p.patent_propensity_mean, p.patent_propensity_spread, luck.patent_propensity[j]
    )
    by_size = p.entry_research_share + p.entry_research_slope * log_(size / REFERENCE_SIZE)
    share = min(p.entry_research_highest, max(p.entry_research_lowest, by_size))
    if luck.research[j] >= share:
        return
    firms.does_research[i] = 1
    research = 0.25 * p.research_scale * size * exp_(inclination)
    if 4.0 * research >= p.research_fixed_cost:
        firms.research_base[i] = research
        firms.research[i] = research
        firms.knowledge[i] = 4.0 * research / (p.knowledge_depreciation + p.entry_knowledge_growth)
        firms.knowledge_before[i] = firms.knowledge[i]
        firms.log_knowledge[i] = log_(max(firms.knowledge[i], 1.0))
