"""Transfer professionals: brokers who bring offers of technology and firms that look for it together."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class TransferProfessionals(Lever):
    brokers: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers to keep so many brokers as far as the money goes."""
        economy.offer("transfer_staff", self.name, brokers=self.brokers)
