"""The technology market: an information platform, regional centres, and a subsidy on licences for buyers."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class TechnologyMarket(Lever):
    platform: float
    centres: int
    deal_subsidy: float
    budget: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Offers platform, centres and subsidy; asks for the budget, which pays the platform first."""
        policy = economy.transfer_policy
        policy.platform += self.platform
        policy.centres += self.centres
        policy.deal_subsidy += self.deal_subsidy
        economy.appropriate("technology_market", self.budget)
