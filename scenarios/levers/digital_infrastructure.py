"""Digital infrastructure: public works for networks; vouchers that pay a share of firms' digitalisation."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class DigitalInfrastructure(Lever):
    voucher: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the voucher, which January's money pays first, and public works for the rest of it."""
        economy.offer("digital_voucher", self.name, share=self.voucher)
        economy.offer("digital_works", self.name)
