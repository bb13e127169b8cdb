"""Guidance funds: public money goes into funds for an industry beside private money, for equity of firms."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class GuidanceFunds(Lever):
    budget: float
    government_share: float
    loss_compensation: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Offers the terms on which funds raise money, and asks for the budget that they may call."""
        economy.finance_offer.fund_budget += self.budget
        economy.finance_offer.fund_government_share += self.government_share
        economy.finance_offer.fund_loss_compensation += self.loss_compensation
        economy.appropriate("guidance_funds", self.budget)
