"""Credit guarantee: a corporation stands for part of loans to small firms, a public pool for its losses."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class CreditGuarantee(Lever):
    share: float
    fee: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the share that is guaranteed and the fee; the budget fills the pool."""
        economy.offer("guarantee", self.name, share=self.share, fee=self.fee)
