"""Production: orders, output from capital and labour, stocks of goods, and lumpy investment."""

from typing import NamedTuple

from agents.engine.rules import rule, stage
from agents.firms.credit import line_on_sales
from agents.firms.totals import STAFF, STAFF_WANTED
from agents.numbers.distributions import low_half
from agents.numbers.elementary import exp_, log_, yuan


class ProductionParameters(NamedTuple):
    """Production, workers and machines. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    material_share: float
    material_saving: float
    capital_share: float
    normal_capital_output: float
    expectation_weight: float
    inventory_target: float
    capacity_margin: float
    labour_adjustment: float
    labour_ceiling: float
    depreciation: float
    maintenance_share: float
    investment_threshold: float
    investment_threshold_spread: float
    investment_overshoot: float
    investment_lag: float
    cash_target: float


@rule
def material_rate(log_productivity, p, c):
    """Materials per unit of output [ratio]: who is more productive than usual also wastes less.

    A gain of 1 % in what capital and labour yield is a gain of about a quarter of a per cent in gross output,
    the share of value added in sales; with that saving technical change is neutral. At 0 a better firm never
    saves materials. Source of the form: Hicks-neutral gross output, Bruno (1978); bounded far from practice.
    """
    ahead = min(2.0, max(-2.0, log_productivity - c.usual_productivity))
    return p.production.material_share * exp_(-p.production.material_saving * ahead)


@rule
def expected_orders(expected, ordered, p):
    """Expected demand [quantity/quarter], adapted to the orders of the quarter."""
    return p.production.expectation_weight * ordered + (1.0 - p.production.expectation_weight) * expected


@rule
def log_labour_wanted(log_expected, log_productivity, log_capital, p):
    """Log of the workers [persons] that produce the expected demand with the capital at hand."""
    share = p.production.capital_share
    return (log_expected - log_productivity - share * log_capital) / (1.0 - share)


@rule
def bounded_labour(wanted, expected, labour_per_unit, p):
    """Workers wanted [persons], bounded while capital is short."""
    return min(wanted, p.production.labour_ceiling * expected * labour_per_unit)


@rule
def adjusted_labour(labour, wanted, found, p):
    """Workers after a quarter's hiring and leaving; `found`: share of the wanted additional ones [0, 1]."""
    change = p.production.labour_adjustment * (wanted - labour)
    return max(labour + (change * found if change > 0.0 else change), 1e-3)


@rule
def log_capacity(log_productivity, log_capital, log_labour, p):
    """Log of the most a firm can make [quantity/quarter], without the overtime margin."""
    share = p.production.capital_share
    return log_productivity + share * log_capital + (1.0 - share) * log_labour


@rule
def planned_output(expected, inventory, capacity, p):
    """Output [quantity/quarter]: expected demand and the gap in stock, within capacity and its margin."""
    wanted = expected + p.production.inventory_target * expected - inventory
    return min(max(wanted, 0.0), p.production.capacity_margin * capacity)


@rule
def maintenance(capital, wanted, p):
    """Capital replaced [quantity/quarter]; a firm far above its wanted capital lets it wear out."""
    if capital < (1.0 + p.production.investment_overshoot) * wanted:
        return p.production.maintenance_share * 0.25 * p.production.depreciation * capital
    return 0.0


@rule
def investment_threshold(luck, p):
    """Gap [share of wanted capital] beyond which a firm expands this quarter: the fixed cost of it is drawn.

    Source: generalised (S, s) rule with a random fixed cost, Caballero and Engel (1999).
    """
    return p.production.investment_threshold + p.production.investment_threshold_spread * (2.0 * luck - 1.0)


@rule
def expansion(capital, pending, wanted, affordable, threshold, p):
    """New capital ordered [quantity]; lumpy: nothing until the gap passes the quarter's threshold."""
    gap = (1.0 + p.production.investment_overshoot) * wanted - capital
    if pending > 0.0 or wanted - capital <= max(threshold, 0.0) * wanted:
        return 0.0
    return max(min(gap, affordable), 0.0)


@rule
def quarters_to_use(saved, luck, p):
    """Whole quarters from the order of capital to its use; `saved` ones less, whole by the draw; at least 1.

    A reform that saves half a quarter brings every second order one quarter sooner.
    """
    return max(1, int(p.production.investment_lag) - int(saved + luck))


@rule
def affordable_capital(deposits, loans, credit, trailing_sales, p, c):
    """Capital [quantity] that cash above a working balance and unused credit would buy.

    credit: line on sales and guaranteed loans [yuan].
    """
    return (deposits + credit - loans - p.production.cash_target * trailing_sales) / c.material_price


@stage
def hire_block(firm, p, c, local, work, cells):
    """Orders, expected demand, capital and labour of a block; adds the staff to `cells`."""
    n = len(firm.id)
    for i in range(n):
        work.goods_per_yuan[i] = exp_(-firm.log_price[i])
    order_block(firm, c, local, work)
    for i in range(n):
        firm.expected_demand[i] = max(expected_orders(firm.expected_demand[i], work.ordered[i], p), 1.0)
    receive_capital(firm, p, c)
    for i in range(n):
        work.log_capital[i] = log_(max(firm.capital[i], 1.0))
    for i in range(n):
        work.log_expected[i] = log_(firm.expected_demand[i])
    for i in range(n):
        log_wanted = log_labour_wanted(work.log_expected[i], firm.log_productivity[i], work.log_capital[i], p)
        work.labour_wanted[i] = exp_(log_wanted)
    staff_block(firm, p, c, local, work, cells)


@stage
def order_block(firm, c, local, work):
    """Orders of a block, of the state and of others, and how much of these comes from firms at home."""
    for i in range(len(firm.id)):
        at, by_name = c.first_cell + firm.prefecture[i], float(firm.orders_by_name[i])
        others = firm.attraction[i] * local.demand[at] + by_name
        at_home = firm.attraction[i] * local.at_home[at] + by_name
        work.ordered[i] = work.goods_per_yuan[i] * (others + firm.procurement[i])
        work.at_home[i] = at_home / max(others, 1e-9)


@stage
def staff_block(firm, p, c, local, work, cells):
    """Labour of a block, towards what is wanted; who does research needs skilled workers, or more others."""
    n = len(firm.id)
    wanted = work.labour_wanted
    for i in range(n):
        at = c.first_cell + firm.prefecture[i]
        work.skill[i] = local.skill[at] if firm.does_research[i] == 1 else 1.0
    for i in range(n):
        wanted[i] /= work.skill[i]
    for i in range(n):
        wanted[i] = bounded_labour(wanted[i], firm.expected_demand[i], firm.labour_per_unit[i], p)
    for i in range(n):
        at = c.first_cell + firm.prefecture[i]
        work.share_found[i] = local.hiring[at] if firm.does_research[i] == 1 else 1.0
    for i in range(n):
        firm.labour[i] = adjusted_labour(firm.labour[i], wanted[i], work.share_found[i], p)
    for i in range(n):
        if firm.does_research[i] == 1:
            at = c.first_cell + firm.prefecture[i]
            cells[at, STAFF] += yuan(firm.labour[i])
            cells[at, STAFF_WANTED] += yuan(wanted[i])


@stage
def receive_capital(firm, p, c):
    """Ordered capital arrives when due; all capital wears."""
    wear = 1.0 - 0.25 * p.production.depreciation
    for i in range(len(firm.id)):
        arrived = firm.pending_capital[i] if c.quarter >= firm.pending_due[i] else 0.0
        firm.capital[i] = (firm.capital[i] + arrived) * wear
        firm.pending_capital[i] -= arrived


@stage
def produce_block(firm, p, work):
    """Output, goods delivered and stocks of a block that has hired."""
    n = len(firm.id)
    for i in range(n):
        work.log_labour[i] = log_(firm.labour[i] * work.skill[i])
    for i in range(n):
        most = log_capacity(firm.log_productivity[i], work.log_capital[i], work.log_labour[i], p)
        work.capacity[i] = exp_(most)
    for i in range(n):
        work.output[i] = planned_output(firm.expected_demand[i], firm.inventory[i], work.capacity[i], p)
    for i in range(n):
        at_hand = work.output[i] + firm.inventory[i]
        work.delivered[i] = min(work.ordered[i], at_hand)
        firm.inventory[i] = at_hand - work.delivered[i]  # in this order nothing sold out is below zero
    for i in range(n):
        work.share_filled[i] = work.delivered[i] / max(work.ordered[i], 1e-9)
    for i in range(n):
        firm.log_fill[i] = log_(max(work.share_filled[i], 0.3))


@stage
def invest_block(firm, luck, p, c, local):
    """Maintenance and expansion orders of a block; where serviced land is short a part finds no place."""
    for i in range(len(firm.id)):
        at = c.first_cell + firm.prefecture[i]
        trailing, deposits, loans = firm.trailing_sales[i], float(firm.deposits[i]), float(firm.loans[i])
        wanted = p.production.normal_capital_output * firm.expected_demand[i]
        kept = maintenance(firm.capital[i], wanted, p)
        credit = line_on_sales(trailing, firm.default_risk[i], p) + float(firm.guaranteed[i])
        affordable = affordable_capital(deposits, loans, credit, trailing, p, c)
        threshold = investment_threshold(low_half(luck.liquidation[i]), p)
        sought = expansion(firm.capital[i], firm.pending_capital[i], wanted, affordable, threshold, p)
        ordered = sought * local.room[at]
        arrival = c.quarter + quarters_to_use(local.approval[at], low_half(luck.exit[i]), p)
        firm.investment[i] = kept + ordered
        firm.capital[i] += kept
        firm.pending_capital[i] += ordered
        firm.pending_due[i] = arrival if ordered > 0.0 else firm.pending_due[i]
