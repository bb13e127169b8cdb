"""Public orders for novel products of emerging industries: demand, paid out of a budget."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class InnovationProcurement(Lever):
    budget: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Asks for the budget of the year; what is released each quarter is ordered from firms."""
        economy.appropriate("innovation_procurement", self.budget)
