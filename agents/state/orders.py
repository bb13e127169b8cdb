"""Public orders for novel products: whom the buyer prefers, and what each firm is ordered."""

from agents.engine.block import block_of
from agents.engine.rules import rule, stage
from agents.firms.january import novel_revenue
from agents.numbers.elementary import yuan


@rule
def order_weight(emerging_share, novel, trailing_sales):
    """Weight of a firm in public orders: its sales of novel products in emerging industries [yuan/year]."""
    return emerging_share * novel * trailing_sales


@stage
def weigh_offers(firms, intensity, starts, stops, weights):
    """Writes each firm's weight in public orders; returns their sum."""
    total = 0.0
    for k in range(len(starts)):
        firm, own = block_of(firms, starts[k], stops[k]), weights[starts[k] : stops[k]]
        for i in range(len(own)):
            novel = novel_revenue(4.0 * firm.research[i], firm.trailing_sales[i], intensity)
            own[i] = order_weight(firm.emerging_share[i], novel, firm.trailing_sales[i])
        for i in range(len(own)):
            total += own[i]
    return total


@rule
def order_of(weight, per_weight):
    """What a firm is ordered [yuan]: its weight's part of the budget, rounded down."""
    return max(yuan(weight * per_weight - 0.5), 0)


@stage
def place_orders(firms, starts, stops, weights, total_weight, budget, paid):
    """Divides `budget` [yuan] by weight, rounded down, and pays each firm its order.

    Adds what was paid to `paid` [prefecture].
    """
    per_weight = budget / total_weight if total_weight > 0.0 else 0.0
    for k in range(len(starts)):
        firm, own = block_of(firms, starts[k], stops[k]), weights[starts[k] : stops[k]]
        for i in range(len(own)):
            firm.procurement[i] += order_of(own[i], per_weight)
        for i in range(len(own)):
            firm.deposits[i] += order_of(own[i], per_weight)
        for i in range(len(own)):
            paid[firm.prefecture[i]] += order_of(own[i], per_weight)
