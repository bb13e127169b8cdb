"""Digital infrastructure: public works for networks; vouchers that pay a share of firms' digitalisation."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class DigitalInfrastructure(Lever):
    voucher: float
    budget: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Offers the voucher, which January's money pays first, and asks for the budget of the year."""
        economy.network.voucher += self.voucher
        economy.appropriate("digital_infrastructure", self.budget)
