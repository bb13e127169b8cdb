"""Compliance relief: supervision by risk and after the event, which takes less of firms' staff and money."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class ComplianceRelief(Lever):
    relief: float

    def offer(self, economy: Any) -> None:
        """Spares firms a share of the cost of complying with rules."""
        economy.offer("compliance", self.name, relief=self.relief)
