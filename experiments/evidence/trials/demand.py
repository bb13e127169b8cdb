"""Prices: what customers do when all or some firms charge less, and what firms do when their cost rises."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from agents.economy import Economy
from agents.supply.links import SupplyLinks
from experiments.evidence.trials.replication import Replication, lived, living, random_part, ratio
from experiments.evidence.trials.trial import Trial
from sim.model import IndustrialPolicyModel

LOWER = 0.01  # log points of the price
DEARER = 0.05  # log points of productivity that the drawn firms lose
SOME = 0.05  # share of firms that charge less on their own
Figure = Callable[[IndustrialPolicyModel, np.ndarray], np.ndarray]


def demand(one: Replication) -> dict[str, float]:
    """Elasticities of quantity to price, of all firms together and of a few; pass-through of cost."""
    economy = one.past.economy
    everybody = economy.firms.id[economy.firms.rows()]
    few = random_part(everybody, SOME, one.number)
    half = random_part(everybody, 0.5, one.number)
    own, others = pass_through(one, half, np.setdiff1d(everybody, half))
    return {
        "elasticity_of_all": elasticity(one, everybody),
        "elasticity_of_few": elasticity(one, few),
        "pass_through": own,
        "rivals": others,
    }


def elasticity(one: Replication, ids: np.ndarray) -> float:
    """Percent more sold for a percent lower price of these firms, in the fourth quarter."""

    def cheaper(economy: Economy) -> None:
        firms = economy.firms
        rows = firms.rows_of(ids)
        part = economy.behaviour.demand.cost_pass_through
        firms.markup[rows] = (1.0 + firms.markup[rows]) * np.exp(-LOWER / part) - 1.0
        economy.behaviour = economy.behaviour.but(markup_lowest=-1.0)  # or the bound would undo it

    arms = [lived(one.branch({}, shocks), 4).economy for shocks in ([], [cheaper])]
    there = living(arms[0], ids) & living(arms[1], ids)
    (sold, price), (more, lower) = (quantity_and_price(arm, ids[there]) for arm in arms)
    change = float((lower - price).mean())
    return ratio(float(np.log(more.sum() / sold.sum())), -change)


def quantity_and_price(economy: Economy, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each firm is asked for, at its own price [quantity], and the log of the price."""
    firms, rows = economy.firms, economy.firms.rows_of(ids)
    per_attraction = economy.of(SupplyLinks).demand[economy.cells_of(rows)]
    price = firms.log_price[rows]
    return (firms.attraction[rows] * per_attraction + firms.orders_by_name[rows]) / np.exp(price), price


def pass_through(one: Replication, drawn: np.ndarray, others: np.ndarray) -> tuple[float, float]:
    """Percent of price per percent of unit cost, of the firms whose cost rises; of the others per theirs."""

    def dearer(economy: Economy) -> None:
        economy.firms.log_productivity[economy.firms.rows_of(drawn)] -= DEARER

    base, after = (lived(one.branch({}, shocks), 1) for shocks in ([], [dearer]))
    cost = mean_change(base, after, drawn, log_cost)
    own, theirs = (mean_change(base, after, ids, log_price) for ids in (drawn, others))
    return ratio(own, cost), ratio(theirs, own)


def mean_change(
    before: IndustrialPolicyModel, after: IndustrialPolicyModel, ids: np.ndarray, of: Figure
) -> float:
    """Mean change of a figure over the firms that are in both."""
    there = ids[living(before.economy, ids) & living(after.economy, ids)]
    return float((of(after, there) - of(before, there)).mean())


def log_cost(model: IndustrialPolicyModel, ids: np.ndarray) -> np.ndarray:
    """Log of normal unit cost in the quarter just done."""
    firms, rows = model.economy.firms, model.economy.firms.rows_of(ids)
    now = model.setting.circumstances(model.economy.quarter - 1, active=True)
    cost = firms.material_rate[rows] * now.material_price + firms.labour_per_unit[rows] * now.wage
    return np.asarray(np.log(cost))


def log_price(model: IndustrialPolicyModel, ids: np.ndarray) -> np.ndarray:
    """Log of the price."""
    firms = model.economy.firms
    return np.asarray(firms.log_price[firms.rows_of(ids)])


TRIAL = Trial(
    "demand",
    "From 2021 on all firms, or a random twentieth of them, charge 1 % less; what customers ask for in the "
    "fourth quarter. A random half loses 5 % of productivity; their price, and the others', a quarter later.",
    demand,
    {"elasticity_of_all": "-%/%", "elasticity_of_few": "-%/%", "pass_through": "%/%", "rivals": "%/%"},
)
