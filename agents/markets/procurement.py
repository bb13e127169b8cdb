"""Public orders for novel products: whom the buyer prefers, and what each firm is ordered."""

from agents.compiled import rule, stage
from agents.elementary import yuan
from agents.firms.yearly import novel_revenue


@rule
def order_weight(emerging_share, novel, trailing_sales, does_research):
    """Weight of a firm in public orders: its sales of novel products in emerging industries [yuan/year]."""
    return emerging_share * novel * trailing_sales if does_research else 0.0


@stage
def weigh_offers(firms, p, starts, stops, weights):
    """Writes each firm's weight in public orders; returns their sum."""
    total = 0.0
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            novel = novel_revenue(4.0 * firms.research[i], firms.trailing_sales[i], p)
            does = firms.research[i] > 0.0
            weights[i] = order_weight(firms.emerging_share[i], novel, firms.trailing_sales[i], does)
            total += weights[i]
    return total


@stage
def place_orders(firms, starts, stops, weights, total_weight, budget, orders):
    """Divides `budget` [yuan] by weight, rounded down; adds to the firms' orders; returns the sum placed."""
    placed = 0
    per_weight = budget / total_weight if total_weight > 0.0 else 0.0
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            order = max(yuan(weights[i] * per_weight - 0.5), 0)
            orders[i] = order
            firms.procurement[i] += order
            placed += order
    return placed


@stage
def forget_orders(firms, starts, stops):
    """Orders of the last quarter are delivered or lapsed."""
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            firms.procurement[i] = 0
