"""Demonstration zones: sites where novel products are shown, and markets that are opened to them."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class DemonstrationZones(Lever):
    openness: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers open markets, and sites for the budget of the year."""
        economy.offer("demonstration", self.name, openness=self.openness)
