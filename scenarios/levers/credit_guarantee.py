"""Credit guarantee: a corporation stands for part of loans to small firms, a public pool for its losses."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class CreditGuarantee(Lever):
    share: float
    fee: float
    budget: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Offers the share that is guaranteed and the fee, and asks for the money of the pool."""
        economy.finance_offer.guaranteed_share += self.share
        economy.finance_offer.guarantee_fee += self.fee
        economy.appropriate("credit_guarantee", self.budget)
