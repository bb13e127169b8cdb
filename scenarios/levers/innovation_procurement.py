"""Public orders for novel products of emerging industries: demand, paid out of a budget."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class InnovationProcurement(Lever):
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers to order from firms for what is released each quarter."""
        economy.offer("public_orders", self.name)
