"""Evaluation: audits of grants and missions, and budgets that follow what programmes seem to bring."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class Evaluation(Lever):
    audit: float
    reallocation: float
    gap: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers audits and moves of budgets; without money nobody audits or judges."""
        on = 1.0 if self.budget > 0.0 else 0.0
        economy.offer(
            "evaluation",
            self.name,
            audit=on * self.audit,
            reallocation=on * self.reallocation,
            gap=on * self.gap,
        )
