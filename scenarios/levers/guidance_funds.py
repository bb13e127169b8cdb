"""Guidance funds: public money goes into funds for an industry beside private money, for equity of firms."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class GuidanceFunds(Lever):
    budget: float
    government_share: float
    loss_compensation: float

    def offer(self, economy: Any) -> None:
        """Offers the terms on which funds raise money, and what they may call."""
        economy.offer(
            "fund_terms",
            self.name,
            budget=self.budget,
            government_share=self.government_share,
            loss_compensation=self.loss_compensation,
        )
