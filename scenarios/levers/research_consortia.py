"""Research consortia: firms and universities that do research together are paid a share of its cost."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class ResearchConsortia(Lever):
    share: float
    number: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers to form so many consortia this year, and a share of the cost of their joint research."""
        economy.offer("research_consortia", self.name, share=self.share, number=self.number)
