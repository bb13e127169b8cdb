"""Support for first sets: the state pays a share of the price of the first sets of novel products."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class FirstSetSupport(Lever):
    rate: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers to pay a share of the price as far as the money goes."""
        economy.offer("first_sets", self.name, rate=self.rate)
