"""Award for a certificate: a firm certified as high-tech enterprise, anew or again, gets a fixed sum."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class HighTechAward(Lever):
    award: float
    budget: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Offers every firm the award, and asks for the budget of the year."""
        economy.firms.certification_award[:] += self.award
        economy.appropriate("high_tech_award", self.budget)
