"""Outward links: a share of what it costs small firms to enter markets outside the country is refunded."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class OutwardLinks(Lever):
    share: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the refund as far as the money goes."""
        economy.offer("outward_support", self.name, share=self.share)
