"""Public orders for novel products: whom the buyer prefers, and what each firm is ordered."""

from agents.engine.rules import rule, stage
from agents.firms.yearly import novel_revenue
from agents.numbers.elementary import yuan

OF_ORDERS = ("emerging_share", "research", "trailing_sales", "deposits", "procurement", "prefecture")


@rule
def order_weight(emerging_share, novel, trailing_sales):
    """Weight of a firm in public orders: its sales of novel products in emerging industries [yuan/year]."""
    return emerging_share * novel * trailing_sales


@stage
def weigh_offers(firms, intensity, starts, stops, weights):
    """Writes each firm's weight in public orders; returns their sum."""
    total = 0.0
    for k in range(len(starts)):
        low, high = starts[k], stops[k]
        research, trailing = firms.research[low:high], firms.trailing_sales[low:high]
        emerging, own = firms.emerging_share[low:high], weights[low:high]
        for i in range(high - low):
            novel = novel_revenue(4.0 * research[i], trailing[i], intensity)
            own[i] = order_weight(emerging[i], novel, trailing[i])
        for i in range(high - low):
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
        low, high = starts[k], stops[k]
        ordered, own = firms.procurement[low:high], weights[low:high]
        deposits, prefecture = firms.deposits[low:high], firms.prefecture[low:high]
        for i in range(high - low):
            ordered[i] += order_of(own[i], per_weight)
        for i in range(high - low):
            deposits[i] += order_of(own[i], per_weight)
        for i in range(high - low):
            paid[prefecture[i]] += order_of(own[i], per_weight)
