"""Direct finance: firms are counselled until an exchange can list them."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class DirectFinance(Lever):
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers counselling to as many firms beyond the usual reserve as the year's budget pays for."""
        economy.offer("direct_finance", self.name)
