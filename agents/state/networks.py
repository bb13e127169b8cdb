"""Digital networks: public works by prefecture, and vouchers for firms that digitalise."""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import stage
from agents.numbers.elementary import exp_, log_


class DigitalParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/digital.yaml."""

    network_2015: float
    works_depreciation: float
    network_elasticity: float
    cost_elasticity: float
    adoption_cost: float
    works_from_firms: float
    works_at_home: float


class DigitalNetwork:
    """What the public adds to the networks of operators, which keep theirs in step with the needs.

    works: public works in use [yuan at 2016Q1 prices, prefecture]. paid_share: of the vouchers claimed that
    was paid last time. ease: chance to digitalise over that without works and vouchers [prefecture].
    supplier: the industry whose firms build networks and write software.
    """

    def __init__(
        self, parameters: DigitalParameters, population: np.ndarray, supplier: int, scale: float
    ) -> None:
        self.parameters = parameters
        self.supplier = supplier
        self.operators = parameters.network_2015 * scale * (population / population.sum())
        self.works = np.zeros(len(population))
        self.ease = np.ones(len(population))
        self.paid_share = 1.0

    def build(self, spent: np.ndarray, price: float) -> None:
        """Half a year of wear and of works [yuan, prefecture]."""
        kept = 1.0 - 0.5 * self.parameters.works_depreciation
        self.works = kept * self.works + spent / price

    def look(self, voucher: float) -> None:
        """How much easier digitalisation is with the works in use and the vouchers that one may expect.

        voucher: share of the cost of digitalisation that is offered.
        """
        p = self.parameters
        ease_adoption(
            self.works, self.operators, voucher * self.paid_share, p.network_elasticity,
            p.cost_elasticity, self.ease,
        )  # fmt: skip


@stage
def ease_adoption(works, operators, refunded, network_elasticity, cost_elasticity, ease):
    """Writes the chance to digitalise over that without works and vouchers, of each prefecture.

    The form is an assumption: constant elasticities to the cost that vouchers leave and to networks around.
    """
    for place in range(len(works)):
        network = network_elasticity * log_(1.0 + works[place] / operators[place])
        ease[place] = exp_(network - cost_elasticity * log_(1.0 - refunded))


@stage
def weigh_suppliers(firms, starts, stops, weights):
    """Writes each firm's weight in public works, its sales; returns their sum [yuan/year]."""
    total = 0.0
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            weights[i] = firms.trailing_sales[i]
            total += weights[i]
    return total
