"""Introduction of talent: firms name whom they want from outside, the state pays each newcomer an award."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class TalentIntroduction(Lever):
    award: float
    budget: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Offers the award as far as the money goes, and asks for the budget of the year."""
        economy.talent.award += self.award
        economy.appropriate("talent_introduction", self.budget)
