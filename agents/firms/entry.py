"""Entry: what a new firm brings, drawn for it alone, and its first balance sheet."""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.firms.demand import log_normal_price, normal_labour
from agents.firms.lifecycle import markup_of, spread_normal
from agents.firms.totals import PROFIT, SALES
from agents.money.flows import Flow
from agents.numbers.distributions import poisson_quantile
from agents.numbers.elementary import exp_, log_, yuan

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
def found_firms(firms, luck, lift, shares, p, conditions, productivity, quality, starts, stops, flows):
    """Endows the firms in rows `starts[k]` to `stops[k]` of every industry k: traits, capital, first money.

    `luck` follows the entrants, industry by industry, and so does `lift`: by how much each is more productive
    than others by what it was founded on [log points]. `shares`: quantiles of the emerging share.
    `productivity`, `quality`: mean logs of each industry. Adds founders' money and first machines to `flows`.
    """
    first = 0
    for k in range(len(starts)):
        low, high = starts[k], stops[k]
        level = productivity[k] - p.entry_productivity_gap
        draw_size(firms, luck, p, conditions[k], low, high, first)
        endow_firms(firms, luck, lift, shares, p, conditions[k], quality[k], level, low, high, first)
        pay_in(firms, luck, p, conditions[k], flows, low, high, first)
        first += high - low


@stage
def endow_firms(firms, luck, lift, shares, p, c, quality, level, low, high, first):
    """Traits of the firms in rows `low` to `high` (luck from `first`), and what goes with their sales.

    `quality`: mean log of their industry. `level`: of log productivity, before `lift`.
    """
    draw_technology(firms, luck, lift, p, level, quality, low, high, first)
    draw_identity(firms, luck, shares, p, c, low, high, first)
    set_scale(firms, p, c, low, high)
    draw_research(firms, luck, p, low, high, first)


@stage
def draw_technology(firms, luck, lift, p, level, quality, low, high, first):
    """Technology of the entrants in rows `low` to `high`; their luck starts at `first`."""
    n = high - low
    own_productivity, own_quality = firms.log_productivity[low:high], firms.log_quality[low:high]
    markup = firms.markup[low:high]
    luck_productivity, luck_quality = luck.productivity[first : first + n], luck.quality[first : first + n]
    luck_markup, above = luck.markup[first : first + n], lift[first : first + n]
    for i in range(n):
        own_productivity[i] = spread_normal(level + above[i], p.productivity_spread, luck_productivity[i])
    for i in range(n):
        mean = quality + p.quality_share * above[i]
        own_quality[i] = spread_normal(mean, p.quality_spread, luck_quality[i])
    for i in range(n):
        markup[i] = markup_of(luck_markup[i], p)


@rule
def owner_of(luck, p):
    """0 private, 1 state, 2 foreign."""
    return 1 if luck < p.entry_state_share else (2 if luck > 1.0 - p.entry_foreign_share else 0)


@stage
def draw_identity(firms, luck, shares, p, c, low, high, first):
    """What the entrants in rows `low` to `high` sell, since when, who owns them, their rank in tests."""
    for i in range(low, high):
        j = first + i - low
        firms.emerging_share[i] = table_value(shares, luck.emerging_share[j])
        firms.entry_quarter[i] = c.quarter
        firms.ownership[i] = owner_of(luck.ownership[j], p)
        firms.intellectual_property_test[i] = luck.intellectual_property[j]


@stage
def draw_size(firms, luck, p, c, low, high, first):
    """Annual sales [yuan] of the entrants in rows `low` to `high`."""
    n = high - low
    size, luck_size = firms.trailing_sales[low:high], luck.size[first : first + n]
    for i in range(n):
        size[i] = spread_normal(c.log_median_sales + p.entry_size, p.entry_size_spread, luck_size[i])
    for i in range(n):
        size[i] = exp_(size[i])


@stage
def set_scale(firms, p, c, low, high):
    """Customers, capital and workers of rows `low` to `high` that go with their annual sales."""
    n = high - low
    size, log_sales = firms.trailing_sales[low:high], firms.log_sales[low:high]
    productivity, quality = firms.log_productivity[low:high], firms.log_quality[low:high]
    markup, labour_per_unit = firms.markup[low:high], firms.labour_per_unit[low:high]
    log_price, output = firms.log_price[low:high], firms.expected_demand[low:high]
    capital, labour = firms.capital[low:high], firms.labour[low:high]
    profit, customers = firms.profit[low:high], firms.log_customer_capital[low:high]
    for i in range(n):
        labour_per_unit[i] = normal_labour(productivity[i], p, c)
    for i in range(n):
        log_price[i] = log_normal_price(markup[i], labour_per_unit[i], p, c)
    for i in range(n):
        output[i] = 0.25 * size[i] * exp_(-log_price[i])
    for i in range(n):
        log_sales[i] = log_(size[i])
    for i in range(n):
        capital[i] = p.normal_capital_output * output[i]
    for i in range(n):
        labour[i] = output[i] * labour_per_unit[i]
    for i in range(n):
        profit[i] = 0.05 * size[i]
    for i in range(n):
        customers[i] = log_customers_of(size[i], log_price[i], quality[i], p, c)


@rule
def research_chance(size, p):
    """Chance that an entrant of annual sales `size` [yuan] does research: larger ones do more often."""
    by_size = p.entry_research_share + p.entry_research_slope * log_(size / REFERENCE_SIZE)
    return min(p.entry_research_highest, max(p.entry_research_lowest, by_size))


@stage
def draw_research(firms, luck, p, low, high, first):
    """Inclination to research and to patent of rows `low` to `high`, and the research they start with."""
    n, spread = high - low, p.research_propensity_spread
    size, does = firms.trailing_sales[low:high], firms.does_research[low:high]
    inclination, patents = firms.log_research_propensity[low:high], firms.log_patent_propensity[low:high]
    research = firms.research[low:high]
    luck_inclination = luck.research_propensity[first : first + n]
    luck_patents, luck_research = luck.patent_propensity[first : first + n], luck.research[first : first + n]
    for i in range(n):
        inclination[i] = spread_normal(-0.5 * spread * spread, spread, luck_inclination[i])
    for i in range(n):
        patents[i] = spread_normal(p.patent_propensity_mean, p.patent_propensity_spread, luck_patents[i])
    for i in range(n):
        does[i] = 1 if luck_research[i] < research_chance(size[i], p) else 0
    for i in range(n):
        wanted = 0.25 * p.research_scale * size[i] * exp_(inclination[i])
        research[i] = wanted if (does[i] != 0) & (4.0 * wanted >= p.research_fixed_cost) else 0.0
    begin_knowledge(firms, p.knowledge_depreciation + p.entry_knowledge_growth, low, high)


@stage
def begin_knowledge(firms, turnover, low, high):
    """Knowledge of rows `low` to `high` as a long past of their research left it.

    `turnover`: depreciation and growth of the stock [share a year].
    """
    n = high - low
    research, base = firms.research[low:high], firms.research_base[low:high]
    knowledge, before = firms.knowledge[low:high], firms.knowledge_before[low:high]
    log_knowledge = firms.log_knowledge[low:high]
    for i in range(n):
        base[i] = research[i]
    for i in range(n):
        knowledge[i] = 4.0 * research[i] / turnover
    for i in range(n):
        before[i] = knowledge[i]
    for i in range(n):
        log_knowledge[i] = log_(max(knowledge[i], 1.0))


@stage
def pay_in(firms, luck, p, c, flows, low, high, first):
    """First deposits of rows `low` to `high`; founders pay for them and for the machines."""
    n = high - low
    size, deposits = firms.trailing_sales[low:high], firms.deposits[low:high]
    luck_cash = luck.cash[first : first + n]
    for i in range(n):
        deposits[i] = yuan(p.entry_cash * size[i] * exp_(spread_normal(-0.08, 0.4, luck_cash[i])))
    for i in range(low, high):
        machines = yuan(firms.capital[i] * c.material_price)
        flows[FOUNDER_CAPITAL, firms.prefecture[i]] += firms.deposits[i] + machines
        flows[CAPITAL_EXPENDITURE, firms.prefecture[i]] += machines
