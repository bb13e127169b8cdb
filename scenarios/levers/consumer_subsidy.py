"""A subsidy for buyers: households are paid a share of the price of emerging products."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class ConsumerSubsidy(Lever):
    rate: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers to pay a share of the price as far as the money goes."""
        economy.offer("consumer_subsidy", self.name, rate=self.rate)
