"""Match of national projects: the province adds to what universities and firms win of the centre."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class NationalProgrammeMatch(Lever):
    ratio: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the match, as far as the budget of the year carries it."""
        economy.offer("national_match", self.name, ratio=self.ratio)
