"""Support of innovation carriers: money for those the province puts forward in the national round."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class InnovationCarriers(Lever):
    budget: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Asks for the budget of the year; it is divided among the year's candidates."""
        economy.appropriate("innovation_carriers", self.budget)
