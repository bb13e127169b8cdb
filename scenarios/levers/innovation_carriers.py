"""Support of innovation carriers: money for those the province puts forward in the national round."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class InnovationCarriers(Lever):
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the budget of the year, which is divided among the year's candidates."""
        economy.offer("carrier_support", self.name)
