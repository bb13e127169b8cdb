"""Public orders for novel products: whom the buyer prefers, and what each firm is ordered."""

from agents.compiled import rule, stage
from agents.elementary import yuan
from agents.firms.yearly import novel_revenue

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
        for i in range(starts[k], stops[k]):
            novel = novel_revenue(4.0 * firms.research[i], firms.trailing_sales[i], intensity)
            weights[i] = order_weight(firms.emerging_share[i], novel, firms.trailing_sales[i])
            total += weights[i]
    return total


@stage
def place_orders(firms, starts, stops, weights, total_weight, budget, paid):
    """Divides `budget` [yuan] by weight, rounded down, and pays each firm its order.

    Adds what was paid to `paid` [prefecture].
    """
    per_weight = budget / total_weight if total_weight > 0.0 else 0.0
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            order = max(yuan(weights[i] * per_weight - 0.5), 0)
            firms.procurement[i] += order
            firms.deposits[i] += order
            paid[firms.prefecture[i]] += order
