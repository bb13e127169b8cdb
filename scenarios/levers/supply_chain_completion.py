"""Completion of supply chains: money for firms that turn purchases to suppliers of the province."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class SupplyChainCompletion(Lever):
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the budget of the year: first for links of large firms, then for purchases of all."""
        economy.offer("supply_support", self.name)
