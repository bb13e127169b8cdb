"""Start-up loans: loans to founders are guaranteed, and the state pays a part of the interest."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class StartupLoans(Lever):
    interest: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers to pay a share of the interest as far as the money goes."""
        economy.offer("startup_loans", self.name, interest=self.interest)
