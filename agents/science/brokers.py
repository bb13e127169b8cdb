"""Technology brokers: professionals whom a lever keeps, and who bring offers and seekers together.

Those who were at work to 2020 are part of the rate of matching. A broker serves so many firms that look for
technology in a half-year; of two firms one of which is served, that one meets more offers.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept


@kept
class BrokerParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/brokers.yaml."""

    broker_cost: float
    hiring: float
    clients: float
    broker_effect: float


def lift_by_brokers(brokers: float, seekers: int, p: BrokerParameters) -> float:
    """Rate of matching of a region over that without brokers; no more is gained once all seekers are served.

    Source of the form: matching with an intermediary, as a rate of matching that rises with the share of
    seekers who are served (Petrongolo and Pissarides 2001 for the function that it multiplies).
    """
    served = min(1.0, p.clients * brokers / float(seekers)) if seekers > 0 else 0.0
    return 1.0 + p.broker_effect * served


def heads_after(heads: float, wanted: float, p: BrokerParameters) -> float:
    """Brokers after a quarter: a share of the vacancies is filled, nobody stays without pay [persons]."""
    return min(wanted, heads + p.hiring * max(0.0, wanted - heads))


class Brokers:
    """Brokers at work, by region group.

    heads: persons at the model's scale. seekers: of the last round [firms]. lift: of the rate of matching.
    """

    def __init__(self, parameters: BrokerParameters, groups: int) -> None:
        self.parameters = parameters
        self.heads = np.zeros(groups)
        self.seekers = np.zeros(groups, np.int64)
        self.lift = np.ones(groups)

    def wanted(self, persons: float) -> np.ndarray:
        """So many brokers [persons] divided by who looked for technology last, evenly before anybody did."""
        total = int(self.seekers.sum())
        shares = self.seekers / total if total else np.full(len(self.heads), 1.0 / len(self.heads))
        divided: np.ndarray = persons * shares
        return divided

    def employ(self, wanted: np.ndarray) -> None:
        """Brokers move towards those wanted [persons by group]."""
        pairs = zip(self.heads.tolist(), wanted.tolist(), strict=True)
        self.heads = np.array([heads_after(heads, target, self.parameters) for heads, target in pairs])

    def keep_paid(self, share: float) -> None:
        """Only so large a share of them was paid, and stays."""
        self.heads = self.heads * share

    def bring_together(self, rate: np.ndarray, seekers: np.ndarray) -> None:
        """Raises the rate of matching of each region group in place; seekers: of this round [firms]."""
        self.seekers = seekers
        if not self.heads.any():
            if self.mean_lift != 1.0:
                self.lift = np.ones(len(self.heads))
            return
        pairs = zip(self.heads.tolist(), seekers.tolist(), strict=True)
        self.lift = np.array([lift_by_brokers(heads, number, self.parameters) for heads, number in pairs])
        rate *= self.lift

    @property
    def mean_lift(self) -> float:
        """Rate of matching over that without brokers, mean over seekers; 1 where nobody looks."""
        number = int(self.seekers.sum())
        return sum((self.seekers * self.lift).tolist()) / number if number else 1.0
