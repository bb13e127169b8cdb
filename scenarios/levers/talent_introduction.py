"""Introduction of talent: firms name whom they want from outside, the state pays each newcomer an award."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class TalentIntroduction(Lever):
    award: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the award as far as the money goes."""
        economy.offer("talent_award", self.name, award=self.award)
