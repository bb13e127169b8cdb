"""Firms from outside that look for a place: whether they come, where to, and what they bring along.

The candidates are given; prefectures compete for them with incentives. Wages and prices are the same in
all prefectures and so decide nothing.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.block import block_of
from agents.engine.rules import rule, stage
from agents.firms.conditions import years_since_2016
from agents.firms.entry import endow
from agents.money.flows import Flow
from agents.numbers.distributions import poisson_quantile, spread_normal
from agents.numbers.elementary import exp_, log_, yuan

CAPITAL_EXPENDITURE = int(Flow.CAPITAL_EXPENDITURE)
ELSEWHERE = -1


class RelocationParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/relocation.yaml."""

    candidates: float
    staying_away: float
    incentive_weight: float
    distance_weight: float
    railway_weight: float
    cluster_weight: float
    cluster_floor: float
    size: float
    size_spread: float
    productivity: float
    cash: float


@rule
def utility(incentive, distance, on_railway, cluster, p):
    """Utility of a place: the incentive [yuan per yuan], kilometres to Guangdong, the railway, the cluster.

    `cluster`: the place's share of the province's firms of the industry.
    Source of the form: conditional logit of location, McFadden (1974).
    """
    return (
        p.incentive_weight * incentive
        - p.distance_weight * 0.01 * distance
        + p.railway_weight * on_railway
        + p.cluster_weight * log_(cluster + p.cluster_floor)
    )


@rule
def taste(luck):
    """A Gumbel value: the utility of one place that only this firm sees."""
    return -log_(-log_(luck))


@stage
def count_candidates(expected, national, luck, counts):
    """Draws the candidates of each industry; `expected` of all, divided as national demand is."""
    total = 0.0
    for k in range(len(national)):
        total += national[k]
    for k in range(len(national)):
        counts[k] = poisson_quantile(expected * national[k] / total, luck[k])


@stage
def choose_places(industries, incentive, distance, railway, firms, luck, p, appeal, chosen):
    """Writes the prefecture that each candidate chooses, or ELSEWHERE.

    firms: by cell. luck: by candidate and place, one more for each, the last for not coming: a higher
    incentive of one place draws candidates to it and moves nobody between two others; replaced by tastes.
    appeal: scratch by cell.
    """
    places = len(incentive)
    appeal_of_places(incentive, distance, railway, firms, p, appeal)
    for j in range(len(luck)):
        luck[j] = taste(luck[j])
    for n in range(len(industries)):
        first, own = industries[n] * places, n * (places + 1)
        best, chosen[n] = p.staying_away + luck[own + places], ELSEWHERE
        for a in range(places):
            value = appeal[first + a] + luck[own + a]
            if value > best:
                best, chosen[n] = value, a


@stage
def appeal_of_places(incentive, distance, railway, firms, p, appeal):
    """Writes the utility of every place to the firms of every industry, by cell."""
    places = len(incentive)
    for first in range(0, len(firms), places):
        there = 0.0
        for a in range(places):
            there += firms[first + a]
        for a in range(places):
            cluster = firms[first + a] / there if there > 0.0 else 0.0
            appeal[first + a] = utility(incentive[a], distance[a], railway[a], cluster, p)


@stage
def incentives_for(places, incentive, built, wanted):
    """Writes what is offered for each plant [yuan], given its place and what was `built` [yuan]."""
    for n in range(len(places)):
        wanted[n] = yuan(incentive[places[n]] * float(built[n]))


@rule
def log_size_of_movers(quarter, m, p):
    """Mean log of the annual sales [yuan] of firms that move here, a level that rises as that of founders."""
    return log_(m.size) + p.entry.entry_size_growth * years_since_2016(quarter)


class Movers(NamedTuple):
    """Firms that move here, one element each."""

    rows: np.ndarray  # where they stand among the firms
    industries: np.ndarray
    built: np.ndarray  # what they build, yuan
    cash: np.ndarray  # what money they keep, yuan


@stage
def settle_movers(firms, founding, p, m, conditions, movers, flows):
    """Endows the firms that move here, which are larger and no less productive than founders' firms.

    Writes what each of `movers` builds and what money it keeps; adds the building to `flows`.
    """
    for j in range(len(movers.rows)):
        i, k = movers.rows[j], movers.industries[j]
        c, luck = conditions[k], block_of(founding.luck, j, j + 1)
        log_size = spread_normal(log_size_of_movers(c.quarter, m, p), m.size_spread, luck.size[0])
        firms.trailing_sales[i] = exp_(log_size)
        level, lift = founding.productivity[k] + m.productivity, founding.lift[j : j + 1]
        endow(block_of(firms, i, i + 1), luck, lift, founding, p, c, level, founding.quality[k])
        movers.built[j] = yuan(firms.capital[i] * c.material_price)
        movers.cash[j] = yuan(m.cash * firms.trailing_sales[i])
        firms.deposits[i] = movers.cash[j]
        flows[CAPITAL_EXPENDITURE, firms.prefecture[i]] += movers.built[j]
