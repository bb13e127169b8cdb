"""Supply links: what a large buyer does to new suppliers, and money for supply chains to value added."""

from __future__ import annotations

import numpy as np

from agents.economy import Economy
from agents.supply.anchors import FREE, Anchors
from agents.supply.links import SupplyLinks
from experiments.evidence.trials.replication import (
    Replication,
    Shock,
    lived,
    living,
    log_percent,
)
from experiments.evidence.trials.trial import Trial

BUDGET = 1e9  # yuan a year
SMALLEST = 4.0  # sales of a new supplier over what it is ordered
Figures = dict[str, np.ndarray]


def supply(one: Replication) -> dict[str, float]:
    """New suppliers against themselves without the buyer; emerging value added where chains are paid for."""
    arms = [one.branch(), one.branch(shocks=[new_buyers(one.number)])]
    before, after = (arm.economy.of(Anchors).suppliers for arm in arms)
    ids = np.setdiff1d(after, before)
    first = [figures(lived(arm, 4).economy, ids) for arm in arms]
    fourth = [figures(lived(arm, 12).economy, ids) for arm in arms]
    return {
        "staff": gap(fourth, "labour"),
        "productivity": gap(fourth, "productivity"),
        "others": gap(fourth, "others"),
        "others_first_year": gap(first, "others"),
        "emerging": paid_for(one),
    }


def new_buyers(number: int) -> Shock:
    """Every free place on the list of a large firm is taken by a firm drawn at random that can serve it."""

    def take(economy: Economy) -> None:
        firms, anchors, links = economy.firms, economy.of(Anchors), economy.of(SupplyLinks)
        anchors.parameters = anchors.parameters._replace(link_loss=0.0, search_rate=0.0)
        chance, own = np.random.default_rng(number), anchors.rows(firms)
        looking, places = np.nonzero((anchors.suppliers == FREE) & (own != FREE)[:, None])
        ratios = links.bought_per_sale[economy.cells_of(own[looking])]
        volumes = anchors.volumes(firms, own[looking], ratios)
        rows = firms.rows()
        free = chance.permutation(rows[(firms.in_chains[rows] == 0)])
        chosen = np.full(len(looking), FREE)
        for n, volume in enumerate(volumes.tolist()):
            able = np.flatnonzero(0.25 * firms.trailing_sales[free] >= SMALLEST * volume)
            if len(able):
                chosen[n], free = free[able[0]], np.delete(free, able[0])
        anchors.link(firms, looking, places, chosen, economy.quarter)

    return take


def figures(economy: Economy, ids: np.ndarray) -> Figures:
    """Staff, productivity and sales to others than large buyers of firms; nan of those that have left."""
    firms, there = economy.firms, living(economy, ids)
    rows = firms.rows_of(ids[there])
    by_name = np.exp(firms.log_fill[rows]) * firms.orders_by_name[rows]
    found = {
        "labour": np.log(firms.labour[rows]),
        "productivity": firms.log_productivity[rows],
        "others": np.log(np.maximum(firms.sales[rows] - by_name, 1.0)),
    }
    spread = {name: np.full(len(ids), np.nan) for name in found}
    for name, values in found.items():
        spread[name][there] = values
    return spread


def gap(arms: list[Figures], name: str) -> float:
    """Mean change [log points x 100] of the firms that live in both arms."""
    change = arms[1][name] - arms[0][name]
    known = change[np.isfinite(change)]
    return 100.0 * float(known.mean()) if len(known) else float("nan")


def paid_for(one: Replication) -> float:
    """Emerging value added of 2021 to 2025 with money for supply chains against that without [%]."""
    paid = one.course({("supply_chain_completion", "budget"): BUDGET})
    return log_percent(paid.total("sei_value_added"), one.usual.total("sei_value_added"))


TRIAL = Trial(
    "supply",
    "From 2021 on every free place on the list of a large firm is taken by a firm drawn at random that can "
    "serve it, for good; the same firms without it, after one year and four. "
    f"{BUDGET / 1e9:.0f} billion yuan a year for supply chains; 2021 to 2025.",
    supply,
    {
        "staff": "%", "productivity": "%", "others": "%", "others_first_year": "%",
        "emerging": "%",
    },
)  # fmt: skip
