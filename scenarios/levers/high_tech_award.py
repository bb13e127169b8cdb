"""Award for a certificate: a firm certified as high-tech enterprise, anew or again, gets a fixed sum."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class HighTechAward(Lever):
    award: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers every firm the award."""
        economy.offer("certification_award", self.name, award=self.award)
