"""Super-deduction of research: what the centre lets firms deduct beyond the rate of the world."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class SuperDeduction(Lever):
    addition: float

    def offer(self, economy: Any) -> None:
        """Adds to every firm's rate."""
        economy.offer("super_deduction", self.name, addition=self.addition)
