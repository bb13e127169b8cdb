"""Quality of intellectual property: support by value and not by count, and loans on pledged patents."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class IpQuality(Lever):
    quality: float
    pledge: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers both as far as the budget goes: the platform first, then what pledges cost."""
        economy.offer("ip_quality", self.name, quality=self.quality, pledge=self.pledge)
