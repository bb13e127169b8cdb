"""New-type research institutes: led by industry, paid by the public at first and then as firms contract."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class NewResearchInstitutes(Lever):
    number: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers to found so many institutes this year, and to go on paying those that there are."""
        economy.offer("new_institutes", self.name, number=self.number)
