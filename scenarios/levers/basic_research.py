"""A fund for basic research of universities and institutes."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class BasicResearch(Lever):
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the budget of the year, divided among institutions by what they know."""
        economy.offer("basic_research", self.name)
