"""A research voucher: the state pays back a share of the increase in research, of small firms alone."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class SmallFirmVoucher(Lever):
    rate: float
    cap: float
    largest_sales: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the rate and the cap to firms whose sales of the last year are small."""
        small = economy.firms.trailing_sales <= self.largest_sales
        economy.offer("research_support", self.name, to=small, rate=self.rate, cap=self.cap)
