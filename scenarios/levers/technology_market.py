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

    def offer(self, economy: Any) -> None:
        """Offers platform, centres and subsidy; the budget pays the platform first."""
        economy.offer(
            "technology_transfer",
            self.name,
            platform=self.platform,
            centres=self.centres,
            deal_subsidy=self.deal_subsidy,
        )
