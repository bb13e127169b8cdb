"""Households that are paid a part of the price of emerging products: what they buy more, and of whom.

They buy so much of each industry out of their income; a part of that are emerging products. A subsidy makes
them buy more, some of it what they would have bought within the year. Of all this, firms of the province have
the share that they have of the local market; the rest is made elsewhere.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import stage
from agents.numbers.elementary import pow_

MOST_LOCAL = 0.5  # of the emerging sales of an industry that households of the province may buy
LEAST_LEFT = -0.5  # of what an emerging product is usually asked for, when purchases were made before
QUARTERS_BEFORE = 4  # over which purchases are brought forward


class HouseholdParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/consumers.yaml."""

    demand_elasticity: float
    brought_forward: float
    local_market_share: float


class Subsidised(NamedTuple):
    """What households would buy where all are paid, by cell.

    bought: with the subsidy [yuan/quarter]. more: what of it they would not buy without it [yuan/quarter].
    claims: what it costs [yuan].
    """

    bought: np.ndarray
    more: np.ndarray
    claims: np.ndarray


class Households:
    """What subsidies for buyers have done; all by cell of industry and place of the buyer [yuan].

    spending: share of consumption by industry. ahead: purchases made before their time, since when fewer are.
    Of the quarter: paid; bought: with the subsidy; more: beyond what was bought anyhow; caught_up: not bought
    because it was before; at_home: net purchases of firms of the province; ahead_before: see `ahead`.
    displaced: what households bought less of the rest of the province [yuan].
    """

    def __init__(self, parameters: HouseholdParameters, spending: np.ndarray, cells: int) -> None:
        self.parameters, self.spending = parameters, spending
        self.ahead = np.zeros(cells, np.int64)
        self.quiet = False
        self.open_quarter()

    def open_quarter(self) -> None:
        """Forgets what happened in the last quarter."""
        if self.quiet:
            return
        self.ahead_before = self.ahead.copy()
        self.paid, self.bought, self.more, self.caught_up, self.at_home = np.zeros(
            (5, len(self.ahead)), np.int64
        )
        self.displaced = 0.0
        self.quiet = not self.ahead.any()

    @property
    def net(self) -> np.ndarray:
        """Purchases beyond those without subsidies, those caught up with taken off [yuan] by cell."""
        return self.more - self.caught_up

    def usual(self, consumption: np.ndarray, emerging: np.ndarray) -> np.ndarray:
        """Emerging products that households buy [yuan/quarter] by cell.

        consumption: by place [yuan/quarter]. emerging: share of each industry's products.
        """
        products: np.ndarray = (self.spending * emerging)[:, None] * consumption[None, :]
        return products.ravel()

    def wanted(self, usual: np.ndarray, rates: np.ndarray) -> Subsidised:
        """What is bought and claimed at these rates [share of the price] by cell."""
        elasticity = self.parameters.demand_elasticity
        listed = rates.tolist()
        raised = {rate: pow_(1.0 - rate, -elasticity) for rate in set(listed)}
        bought = usual * np.array([raised[rate] for rate in listed])
        return Subsidised(bought, bought - usual, np.rint(rates * bought).astype(np.int64))

    def buy(self, wanted: Subsidised, paid: np.ndarray) -> None:
        """Notes what was bought, as far as the money went; and that the same is not bought again."""
        covered = np.divide(paid, wanted.claims, out=np.zeros(len(paid)), where=wanted.claims > 0)
        self.paid = paid
        self.bought = np.rint(covered * wanted.bought).astype(np.int64)
        self.more = np.rint(covered * wanted.more).astype(np.int64)
        self.caught_up = -(-self.ahead // QUARTERS_BEFORE)
        before = np.rint(self.parameters.brought_forward * self.more).astype(np.int64)
        self.ahead = self.ahead + before - self.caught_up
        self.quiet = False

    def divide(self, usual: np.ndarray, sold: np.ndarray) -> None:
        """Divides net purchases among firms at home and others. sold: emerging sales by industry [yuan]."""
        by_industry = np.array([sum(own) for own in usual.reshape(len(sold), -1).tolist()])
        most = np.divide(MOST_LOCAL * sold, by_industry, out=np.zeros(len(sold)), where=by_industry > 0.0)
        share = np.minimum(self.parameters.local_market_share, most)
        self.at_home = np.rint(self.net * share.repeat(len(usual) // len(sold))).astype(np.int64)


@stage
def weigh_emerging(firms, starts, stops, weights):
    """Writes the attraction of the emerging products of each industry's firms."""
    for k in range(len(starts)):
        weights[k] = 0.0
        for i in range(starts[k], stops[k]):
            weights[k] += firms.emerging_share[i] * firms.attraction[i]


@stage
def favour_emerging(firms, gains, starts, stops):
    """Raises the attraction of firms: of their emerging products by `gains`, share by industry."""
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            firms.attraction[i] *= 1.0 + firms.emerging_share[i] * gains[k]


def gains_of(extra: np.ndarray, demand: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """What raises demand for emerging products by `extra` [yuan/quarter], share by industry.

    demand: yuan/quarter per unit of attraction. weights: see `weigh_emerging`.
    """
    usual = demand * weights
    gains = np.divide(extra, usual, out=np.zeros(len(usual)), where=usual > 0.0)
    return np.maximum(gains, LEAST_LEFT)
