"""Post-subsidy for research: the state pays back a share of the increase over last year's, up to a cap."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class RdSubsidy(Lever):
    rate: float
    cap: float
    budget: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Offers every firm the rate and the cap, and asks for the budget of the year."""
        economy.firms.research_support_rate[:] += self.rate
        economy.firms.research_support_cap[:] += self.cap
        economy.appropriate("rd_subsidy", self.budget)
