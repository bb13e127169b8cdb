"""The prefectures: what each collects, matches of programmes, and offers to firms that move.

Both decisions are made in January, on the books of the year before. Arrays have one element per prefecture.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.distributions import log_normal
from agents.numbers.elementary import exp_, log_
from agents.numbers.shares import MILLION

TERM = 20  # quarters for which a prefecture's leaders, and with them its taste for incentives, stay


class PrefectureParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/prefectures.yaml."""

    matching_lowest: float
    matching_highest: float
    matching_response: float
    imitation: float
    rival_distance: float
    incentive_highest: float
    incentive_budget: float
    incentive_spread: float


@rule
def matching_share(strength, p):
    """Share of provincial programmes that a prefecture pays, by fiscal strength [1 is the mean].

    Half-way between the bounds at the mean; a rich prefecture matches more.
    """
    middle = 0.5 * (p.matching_lowest + p.matching_highest)
    wanted = middle + p.matching_response * log_(max(strength, 1e-6))
    return min(p.matching_highest, max(p.matching_lowest, wanted))


@rule
def own_incentive(usual, strength, luck, p):
    """Incentive [yuan per yuan of investment] that a prefecture would offer if there were no rivals."""
    room = min(2.0, max(0.5, strength))
    return usual * room * log_normal(p.incentive_spread, luck)


@rule
def affordable_incentive(revenue, attracted, p):
    """Incentive [yuan per yuan] that a share of last year's revenue pays for last year's investment."""
    if attracted <= 0.0:
        return p.incentive_highest
    return min(p.incentive_highest, p.incentive_budget * revenue / attracted)


@rule
def next_incentive(own, rivals, affordable, p):
    """Incentive offered this year: between the own wish and what near rivals offered, within means.

    Source of the form: tax and subsidy reaction functions, Brueckner (2003).
    """
    wanted = (1.0 - p.imitation) * own + p.imitation * rivals
    return max(0.0, min(wanted, affordable))


@stage
def offer_incentives(usual, strength, luck, nearness, revenue, attracted, p, before, offered):
    """Writes what each prefecture offers, given what all offered the year before."""
    for a in range(len(before)):
        total, weight = 0.0, 0.0
        for b in range(len(before)):
            if b != a:
                total += nearness[a, b] * before[b]
                weight += nearness[a, b]
        rivals = total / weight if weight > 0.0 else before[a]
        own = own_incentive(usual[a], strength[a], luck[a], p)
        offered[a] = next_incentive(own, rivals, affordable_incentive(revenue[a], attracted[a], p), p)


class Prefectures:
    """The second tier of government; its treasuries are accounts of the ledger.

    revenue_year, revenue: own taxes since January, and of the last full year [yuan].
    strength: revenue per resident over the mean; 1 until a year is known.
    matching_share: of provincial programmes that it pays.
    incentive: offered to firms that move here [yuan per yuan of investment]; usual: without rivals and luck.
    attracted_year, attracted: what was invested since January in plants that it pays incentives for, and last
        year [yuan]. incentives_paid: of the quarter [yuan].
    """

    def __init__(
        self,
        parameters: PrefectureParameters,
        population: np.ndarray,
        distances: np.ndarray,
        incentive: np.ndarray,
    ) -> None:
        self.parameters = parameters
        self.population_share = np.asarray(population, dtype=np.float64) / float(sum(population))
        reach = parameters.rival_distance
        self.nearness = np.array([[exp_(-float(d) / reach) for d in row] for row in distances])
        self.usual = np.array(incentive, dtype=np.float64)
        self.incentive = self.usual.copy()
        self.strength = np.ones_like(self.usual)
        self.matching_share = self._matching()
        self.revenue_year, self.revenue = np.zeros((2, len(self.usual)), dtype=np.int64)
        self.attracted_year, self.attracted = np.zeros((2, len(self.usual)), dtype=np.int64)
        self.incentives_paid = np.zeros(len(self.usual), dtype=np.int64)

    def remember(self, collected: np.ndarray) -> None:
        """Adds the quarter's own taxes [yuan]."""
        self.revenue_year += collected

    def close_year(self) -> None:
        """January: the year's revenue is known, with it the fiscal strength, and what was invested."""
        self.attracted, self.attracted_year = self.attracted_year, np.zeros_like(self.attracted_year)
        self.revenue, self.revenue_year = self.revenue_year, np.zeros_like(self.revenue_year)
        total = int(self.revenue.sum())
        if total > 0:
            self.strength = self.revenue / float(total) / self.population_share

    def match(self) -> np.ndarray:
        """Decides the share of programmes that each pays this year; returns it in millionths."""
        self.matching_share = self._matching()
        return np.array([int(share * MILLION + 0.5) for share in self.matching_share.tolist()], np.int64)

    def _matching(self) -> np.ndarray:
        return np.array([matching_share(one, self.parameters) for one in self.strength.tolist()])

    def set_incentives(self, luck: np.ndarray, coordination: float = 0.0) -> None:
        """What each offers this year; luck: one uniform each, the same for a term.

        coordination: share of the imitation of rivals that the province prevents.
        """
        before = self.incentive.copy()
        imitation = self.parameters.imitation * (1.0 - min(coordination, 1.0))
        offer_incentives(
            self.usual,
            self.strength,
            luck,
            self.nearness,
            self.revenue.astype(np.float64),
            self.attracted.astype(np.float64),
            self.parameters._replace(imitation=imitation),
            before,
            self.incentive,
        )
