"""Central budget investment won for the province: projects are prepared, and those won are matched."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class CentralFundingCapture(Lever):
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the budget of the year: to prepare projects, then for the province's part of those won."""
        economy.offer("central_capture", self.name)
