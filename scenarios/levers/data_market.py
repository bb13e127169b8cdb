"""Data market: a platform on which public data are opened and others traded."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class DataMarket(Lever):
    platform: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the platform, as far as the budget pays for it."""
        economy.offer("data_platform", self.name, platform=self.platform)
