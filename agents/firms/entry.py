"""Entry: what a new firm brings, drawn for it alone, and its first balance sheet."""

import math
from typing import NamedTuple

import numpy as np

from agents.engine.block import block_of
from agents.engine.rules import rule, stage
from agents.firms.conditions import years_since_2016
from agents.firms.demand import log_normal_price, normal_labour
from agents.firms.production import material_rate
from agents.firms.research import fixed_cost, least_inclination, starting_research
from agents.firms.totals import PROFIT, SALES
from agents.money.flows import Flow
from agents.numbers.distributions import poisson_quantile, spread_normal
from agents.numbers.elementary import exp_, log_, yuan

FOUNDER_CAPITAL, CAPITAL_EXPENDITURE = int(Flow.FOUNDER_CAPITAL), int(Flow.CAPITAL_EXPENDITURE)

MARGINAL = 1 << 22  # bit of the ids of firms whose founders could not have founded without a start-up loan
REFERENCE_SIZE = 5e7  # yuan of annual sales at which entry_research_share holds


class EntryParameters(NamedTuple):
    """Who is founded, with what. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    entry_count: float
    entry_growth: float
    entry_profit_elasticity: float
    entry_size: float
    entry_size_growth: float
    entry_size_spread: float
    marginal_size: float
    entry_productivity_gap: float
    entry_cash: float
    productivity_spread: float
    quality_spread: float
    markup_mean: float
    markup_spread: float
    research_propensity_spread: float
    patent_propensity_mean: float
    patent_propensity_spread: float
    entry_research_share: float
    entry_research_slope: float
    entry_research_lowest: float
    entry_research_highest: float
    entry_knowledge_growth: float
    entry_state_share: float
    entry_foreign_share: float
    emerging_share_alpha: float
    emerging_share_beta: float


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
    shock: np.ndarray


class Founding(NamedTuple):
    """What new firms are made of: their luck, and what others of their industry are."""

    luck: EntryLuck
    lift: (
        np.ndarray
    )  # by how much each is better by what it was founded on, in process and product, log points
    shares: np.ndarray  # quantiles of the emerging share
    productivity: np.ndarray  # mean log of each industry
    quality: np.ndarray  # mean log of each industry
    research: np.ndarray  # log of how much more research is done in each prefecture than in the mean


@rule
def expected_entrants(weight, profitability, quarter, p):
    """Expected new firms of a prefecture and industry in a quarter.

    A count that grows, not a rate: a rate would let the population run away. `profitability` is the cell's
    profit margin relative to the mean. Source of the form: Dunne, Roberts and Samuelson (1988).
    """
    pull = exp_(p.entry.entry_profit_elasticity * log_(min(4.0, max(0.25, profitability))))
    grown = exp_(log_(1.0 + p.entry.entry_growth) * years_since_2016(quarter))
    return 0.25 * p.entry.entry_count * grown * weight * pull


@rule
def relative_margin(profit, sales, mean):
    """Profit margin of a cell relative to the mean of all; 1 where nothing was sold."""
    if sales <= 0 or mean <= 0.0:
        return 1.0
    return float(profit) / float(sales) / mean


@stage
def expect_entrants(p, quarter, scale, weights, cells, expected):
    """Writes the expected new firms of each cell, given last quarter's totals by cell.

    weights: of the cells, in which stands whatever else draws or keeps founders.
    """
    profit, sales = 0, 0
    for a in range(len(weights)):
        profit += cells[a, PROFIT]
        sales += cells[a, SALES]
    mean = float(profit) / float(sales) if sales > 0 else 0.0
    for a in range(len(weights)):
        margin = relative_margin(cells[a, PROFIT], cells[a, SALES], mean)
        expected[a] = scale * expected_entrants(weights[a], margin, quarter, p)


@stage
def count_entrants(expected, luck, counts):
    """Draws the new firms of each cell around their expected number, given one uniform each."""
    for a in range(len(expected)):
        counts[a] = poisson_quantile(expected[a], luck[a])


@rule
def table_value(table, luck):
    """The quantile `luck` of a distribution given by equally spaced quantiles, linear between them."""
    place = luck * (len(table) - 1)
    below = min(int(place), len(table) - 2)
    return table[below] + (place - below) * (table[below + 1] - table[below])


@rule
def log_customers_of(sales, log_price, log_quality, p, c):
    """Log customer capital that gives a firm these annual sales [yuan] in the market as it is."""
    appeal = p.demand.quality_weight * log_quality - p.demand.price_weight * (log_price - c.log_outside_price)
    return log_(max(0.25 * sales / c.demand_per_attraction, 1e-12)) - appeal


@stage
def found_firms(firms, founding, p, conditions, starts, stops, flows):
    """Endows the firms in rows `starts[k]` to `stops[k]` of every industry k: traits, capital, first money.

    Luck and lift follow the entrants, industry by industry. Adds what founders pay to `flows`.
    """
    first = 0
    for k in range(len(starts)):
        last = first + stops[k] - starts[k]
        firm, luck = block_of(firms, starts[k], stops[k]), block_of(founding.luck, first, last)
        c, lift, quality = conditions[k], founding.lift[first:last], founding.quality[k]
        level = founding.productivity[k] - p.entry.entry_productivity_gap
        draw_size(firm, luck, p, c)
        endow(firm, luck, lift, founding, p, c, level, quality)
        pay_in(firm, luck, p, c, flows)
        first = last


@stage
def endow(firm, luck, lift, founding, p, c, level, quality):
    """Traits of a block of entrants, and what goes with their sales.

    level: of log productivity, before `lift`. quality: mean log of their industry.
    """
    draw_technology(firm, luck, lift, p, level, quality)
    draw_identity(firm, luck, founding.shares, p, c)
    set_scale(firm, p, c)
    draw_research(firm, luck, founding.research, p, c)


@stage
def draw_technology(firm, luck, lift, p, level, quality):
    """Technology of a block of entrants."""
    n = len(firm.id)
    for i in range(n):
        mean = level + p.innovation.process_share * lift[i]
        firm.log_productivity[i] = spread_normal(mean, p.entry.productivity_spread, luck.productivity[i])
    for i in range(n):
        deviation = spread_normal(0.0, p.entry.productivity_spread, luck.productivity[i])
        firm.log_lasting_shock[i] = fading_part(deviation, p.entry.productivity_spread, luck.shock[i], p)
        firm.log_brief_shock[i] = 0.0
    for i in range(n):
        mean = quality + (1.0 - p.innovation.process_share) * lift[i]
        firm.log_quality[i] = spread_normal(mean, p.entry.quality_spread, luck.quality[i])
    for i in range(n):
        firm.markup[i] = markup_of(luck.markup[i], p)


@rule
def fading_part(deviation, spread, luck, p):
    """The part of a deviation of log productivity [log points] that shocks of the past left, and that fades.

    Normal given the whole deviation, whose standard deviation is `spread`: the past of an autoregression.
    """
    variance = p.january.lasting_shock_spread * p.january.lasting_shock_spread
    variance /= 1.0 - p.january.shock_persistence * p.january.shock_persistence
    share = min(1.0, variance / (spread * spread))
    return spread_normal(share * deviation, math.sqrt(variance * (1.0 - share)), luck)


@rule
def markup_of(luck, p):
    """Markup on normal unit cost, log-normal around its mean, within the bounds of firms."""
    spread = p.entry.markup_spread
    value = p.entry.markup_mean * exp_(spread_normal(-0.5 * spread * spread, spread, luck))
    return min(p.demand.markup_highest, max(p.demand.markup_lowest, value))


@rule
def owner_of(luck, p):
    """0 private, 1 state, 2 foreign."""
    return 1 if luck < p.entry.entry_state_share else (2 if luck > 1.0 - p.entry.entry_foreign_share else 0)


@stage
def draw_identity(firm, luck, shares, p, c):
    """What a block of entrants sells, since when, who owns them, their rank in tests."""
    for i in range(len(firm.id)):
        firm.emerging_share[i] = table_value(shares, luck.emerging_share[i])
        firm.entry_quarter[i] = c.quarter
        firm.ownership[i] = owner_of(luck.ownership[i], p)
        firm.intellectual_property_test[i] = luck.intellectual_property[i]


@rule
def log_entry_size(quarter, p):
    """Mean log of the annual sales [yuan] with which a firm begins: a level that rises with the years.

    Not a share of the median firm of the moment: smaller entrants would lower it, and so on without end.
    """
    return log_(p.entry.entry_size) + p.entry.entry_size_growth * years_since_2016(quarter)


@rule
def size_of_kind(id, p):
    """Log of the size of a firm over that of ordinary entrants: who founds on a loan alone begins smaller."""
    return p.entry.marginal_size if (id & MARGINAL) != 0 else 0.0


@stage
def draw_size(firm, luck, p, c):
    """Annual sales [yuan] of a block of entrants."""
    size = firm.trailing_sales
    for i in range(len(firm.id)):
        log_mean = log_entry_size(c.quarter, p) + size_of_kind(firm.id[i], p)
        size[i] = spread_normal(log_mean, p.entry.entry_size_spread, luck.size[i])
    for i in range(len(firm.id)):
        size[i] = exp_(size[i])


@stage
def set_scale(firm, p, c):
    """Customers, capital and workers of a block that go with its firms' annual sales."""
    n, size, output = len(firm.id), firm.trailing_sales, firm.expected_demand
    for i in range(n):
        firm.labour_per_unit[i] = normal_labour(firm.log_productivity[i], p, c)
    for i in range(n):
        firm.material_rate[i] = material_rate(firm.log_productivity[i], p, c)
    for i in range(n):
        rate, labour = firm.material_rate[i], firm.labour_per_unit[i]
        firm.log_price[i] = log_normal_price(firm.markup[i], rate, labour, p, c)
    for i in range(n):
        output[i] = 0.25 * size[i] * exp_(-firm.log_price[i])
    for i in range(n):
        firm.log_sales[i] = log_(size[i])
    for i in range(n):
        firm.capital[i] = p.production.normal_capital_output * output[i]
    for i in range(n):
        firm.labour[i] = output[i] * firm.labour_per_unit[i]
    for i in range(n):
        firm.profit[i] = 0.05 * size[i]
    for i in range(n):
        price, quality = firm.log_price[i], firm.log_quality[i]
        firm.log_customer_capital[i] = log_customers_of(size[i], price, quality, p, c)


@rule
def research_chance(size, p):
    """Chance that an entrant of annual sales `size` [yuan] does research: larger ones do more often."""
    by_size = p.entry.entry_research_share + p.entry.entry_research_slope * log_(size / REFERENCE_SIZE)
    return min(p.entry.entry_research_highest, max(p.entry.entry_research_lowest, by_size))


@stage
def draw_research(firm, luck, of_place, p, c):
    """Inclination to research and to patent of a block of entrants, and the research they start with.

    of_place: log of how much more research is done in each prefecture. A firm keeps it wherever it moves.
    """
    n, spread, inclination = len(firm.id), p.entry.research_propensity_spread, firm.log_research_propensity
    for i in range(n):
        own = spread_normal(-0.5 * spread * spread, spread, luck.research_propensity[i])
        inclination[i] = own + of_place[firm.prefecture[i]]
    for i in range(n):
        mean, own_luck = p.entry.patent_propensity_mean, luck.patent_propensity[i]
        firm.log_patent_propensity[i] = spread_normal(mean, p.entry.patent_propensity_spread, own_luck)
    for i in range(n):
        starts = luck.research[i] < research_chance(firm.trailing_sales[i], p)
        starts &= fixed_cost(c.quarter, p) <= firm.trailing_sales[i]
        firm.does_research[i] = 1 if starts else 0
    for i in range(n):
        least = least_inclination(firm.trailing_sales[i], p, c)
        inclination[i] = max(inclination[i], least) if firm.does_research[i] != 0 else inclination[i]
    for i in range(n):
        wanted = starting_research(firm.trailing_sales[i], inclination[i], p, c)
        firm.research[i] = wanted if firm.does_research[i] != 0 else 0.0
    begin_knowledge(firm, p.research.knowledge_depreciation + p.entry.entry_knowledge_growth)


@stage
def begin_knowledge(firm, turnover):
    """Knowledge of a block as a long past of its firms' research left it.

    `turnover`: depreciation and growth of the stock [share a year].
    """
    n = len(firm.id)
    for i in range(n):
        firm.research_base[i] = firm.research[i]
    for i in range(n):
        firm.knowledge[i] = 4.0 * firm.research[i] / turnover
    for i in range(n):
        firm.knowledge_before[i] = firm.knowledge[i]
    for i in range(n):
        firm.log_knowledge[i] = log_(max(firm.knowledge[i], 1.0))


@stage
def pay_in(firm, luck, p, c, flows):
    """First deposits of a block of entrants; founders pay for them and for the machines."""
    n = len(firm.id)
    for i in range(n):
        relative = exp_(spread_normal(-0.08, 0.4, luck.cash[i]))
        firm.deposits[i] = yuan(p.entry.entry_cash * firm.trailing_sales[i] * relative)
    for i in range(n):
        machines = yuan(firm.capital[i] * c.material_price)
        flows[FOUNDER_CAPITAL, firm.prefecture[i]] += firm.deposits[i] + machines
        flows[CAPITAL_EXPENDITURE, firm.prefecture[i]] += machines
