"""Post-subsidy for research: the state pays back a share of the increase over last year's, up to a cap."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class RdSubsidy(Lever):
    rate: float
    cap: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers every firm the rate and the cap."""
        economy.offer("research_support", self.name, rate=self.rate, cap=self.cap)
