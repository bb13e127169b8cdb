"""Attraction of investment: aid for plants beyond what prefectures promise, and enclaves that others run."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class InvestmentAttraction(Lever):
    rate: float
    enclave: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the aid to projects that choose a place, as far as the budget lets it be promised."""
        economy.offer("investment_aid", self.name, rate=self.rate, enclave=self.enclave)
