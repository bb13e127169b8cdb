"""Production: orders, output from capital and labour, stocks of goods, and lumpy investment."""

from agents.engine.rules import rule, stage
from agents.firms.credit import line_on_sales
from agents.firms.totals import N_PREFECTURES, STAFF, STAFF_WANTED
from agents.numbers.elementary import exp_, log_, yuan


@rule
def expected_orders(expected, ordered, p):
    """Expected demand [quantity/quarter], adapted to the orders of the quarter."""
    return p.expectation_weight * ordered + (1.0 - p.expectation_weight) * expected


@rule
def log_labour_wanted(log_expected, log_productivity, log_capital, p):
    """Log of the workers [persons] that produce the expected demand with the capital at hand."""
    return (log_expected - log_productivity - p.capital_share * log_capital) / (1.0 - p.capital_share)


@rule
def bounded_labour(wanted, expected, labour_per_unit, p):
    """Workers wanted [persons], bounded while capital is short."""
    return min(wanted, p.labour_ceiling * expected * labour_per_unit)


@rule
def adjusted_labour(labour, wanted, found, p):
    """Workers after a quarter's hiring and leaving; `found`: share of the wanted additional ones [0, 1]."""
    change = p.labour_adjustment * (wanted - labour)
    return max(labour + (change * found if change > 0.0 else change), 1e-3)


@rule
def log_capacity(log_productivity, log_capital, log_labour, p):
    """Log of the most a firm can make [quantity/quarter], without the overtime margin."""
    return log_productivity + p.capital_share * log_capital + (1.0 - p.capital_share) * log_labour


@rule
def planned_output(expected, inventory, capacity, p):
    """Output [quantity/quarter]: expected demand and the gap in stock, within capacity and its margin."""
    wanted = expected + p.inventory_target * expected - inventory
    return min(max(wanted, 0.0), p.capacity_margin * capacity)


@rule
def maintenance(capital, wanted, p):
    """Capital replaced [quantity/quarter]; a firm far above its wanted capital lets it wear out."""
    if capital < (1.0 + p.investment_overshoot) * wanted:
        return p.maintenance_share * 0.25 * p.depreciation * capital
    return 0.0


@rule
def expansion(capital, pending, wanted, affordable, p):
    """New capital ordered [quantity]; lumpy: nothing until the gap passes a threshold.

    Source: (S, s) investment, Caballero and Engel (1999).
    """
    gap = (1.0 + p.investment_overshoot) * wanted - capital
    if pending > 0.0 or wanted - capital <= p.investment_threshold * wanted:
        return 0.0
    return max(min(gap, affordable), 0.0)


@rule
def affordable_capital(deposits, loans, credit, trailing_sales, p, c):
    """Capital [quantity] that cash above a working balance and unused credit would buy.

    credit: line on sales and guaranteed loans [yuan].
    """
    return (deposits + credit - loans - p.cash_target * trailing_sales) / c.material_price


@stage
def hire_block(firms, p, c, local, work, cells, low, high):
    """Orders, expected demand, capital and labour of rows `low` to `high`; adds the staff to `cells`.

    Leaves in work: a log capital, b orders [quantity], c the labour wanted.
    """
    n = high - low
    log_capital, ordered, wanted = work.a, work.b, work.c
    attraction = firms.attraction[low:high]
    procurement = firms.procurement[low:high]
    log_price = firms.log_price[low:high]
    expected = firms.expected_demand[low:high]
    capital = firms.capital[low:high]
    labour_per_unit = firms.labour_per_unit[low:high]
    productivity = firms.log_productivity[low:high]
    for i in range(n):
        ordered[i] = exp_(-log_price[i])
    for i in range(n):
        ordered[i] *= attraction[i] * c.demand_per_attraction + procurement[i]
    for i in range(n):
        expected[i] = max(expected_orders(expected[i], ordered[i], p), 1.0)
    receive_capital(firms, p, c, low, high)
    for i in range(n):
        log_capital[i] = log_(max(capital[i], 1.0))
    for i in range(n):
        wanted[i] = log_(expected[i])
    for i in range(n):
        wanted[i] = exp_(log_labour_wanted(wanted[i], productivity[i], log_capital[i], p))
    for i in range(n):
        wanted[i] = bounded_labour(wanted[i], expected[i], labour_per_unit[i], p)
    staff_block(firms, p, c, local, work, cells, low, high)


@stage
def staff_block(firms, p, c, local, work, cells, low, high):
    """Labour of rows `low` to `high`, towards what is wanted (c); who does research needs skilled workers."""
    n = high - low
    wanted, found, first = work.c, work.d, c.industry * N_PREFECTURES
    prefecture, does = firms.prefecture[low:high], firms.does_research[low:high]
    labour = firms.labour[low:high]
    for i in range(n):
        found[i] = local.hiring[first + prefecture[i]] if does[i] == 1 else 1.0
    for i in range(n):
        labour[i] = adjusted_labour(labour[i], wanted[i], found[i], p)
    for i in range(n):
        if does[i] == 1:
            cells[first + prefecture[i], STAFF] += yuan(labour[i])
            cells[first + prefecture[i], STAFF_WANTED] += yuan(wanted[i])


@stage
def receive_capital(firms, p, c, low, high):
    """Ordered capital arrives when due; all capital wears."""
    n = high - low
    capital = firms.capital[low:high]
    pending = firms.pending_capital[low:high]
    due = firms.pending_due[low:high]
    wear = 1.0 - 0.25 * p.depreciation
    for i in range(n):
        arrived = pending[i] if c.quarter >= due[i] else 0.0
        capital[i] = (capital[i] + arrived) * wear
        pending[i] -= arrived


@stage
def produce_block(firms, p, work, low, high):
    """Output, sales and stocks of rows `low` to `high`; needs log capital (a) and orders (b).

    Leaves in work: d output, e goods delivered, f share of orders delivered.
    """
    n = high - low
    log_capital, ordered, capacity = work.a, work.b, work.c
    output, delivered, filled = work.d, work.e, work.f
    productivity = firms.log_productivity[low:high]
    labour = firms.labour[low:high]
    expected = firms.expected_demand[low:high]
    inventory = firms.inventory[low:high]
    log_fill = firms.log_fill[low:high]
    for i in range(n):
        capacity[i] = log_(labour[i])
    for i in range(n):
        capacity[i] = exp_(log_capacity(productivity[i], log_capital[i], capacity[i], p))
    for i in range(n):
        output[i] = planned_output(expected[i], inventory[i], capacity[i], p)
    for i in range(n):
        delivered[i] = min(ordered[i], output[i] + inventory[i])
        inventory[i] = output[i] + inventory[i] - delivered[i]  # in this order nothing sold out is below zero
    for i in range(n):
        filled[i] = delivered[i] / max(ordered[i], 1e-9)
    for i in range(n):
        log_fill[i] = log_(max(filled[i], 0.3))


@stage
def invest_block(firms, p, c, low, high):
    """Maintenance and expansion orders of rows `low` to `high`."""
    n = high - low
    capital = firms.capital[low:high]
    pending = firms.pending_capital[low:high]
    due = firms.pending_due[low:high]
    expected = firms.expected_demand[low:high]
    deposits = firms.deposits[low:high]
    loans = firms.loans[low:high]
    trailing = firms.trailing_sales[low:high]
    investment = firms.investment[low:high]
    risk = firms.default_risk[low:high]
    guaranteed = firms.guaranteed[low:high]
    arrival = c.quarter + int(p.investment_lag)
    for i in range(n):
        wanted = p.normal_capital_output * expected[i]
        kept = maintenance(capital[i], wanted, p)
        credit = line_on_sales(trailing[i], risk[i], p) + float(guaranteed[i])
        affordable = affordable_capital(float(deposits[i]), float(loans[i]), credit, trailing[i], p, c)
        ordered = expansion(capital[i], pending[i], wanted, affordable, p)
        investment[i] = kept + ordered
        capital[i] += kept
        pending[i] += ordered
        due[i] = arrival if ordered > 0.0 else due[i]
