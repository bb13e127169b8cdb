"""Credit information: a platform on firms that banks, funds and juries of public programmes use."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class CreditInformation(Lever):
    information: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the platform, which works as far as the budget pays for it."""
        economy.offer("credit_information", self.name, information=self.information)
