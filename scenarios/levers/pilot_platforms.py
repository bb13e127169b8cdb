"""Pilot platforms: lines on which firms scale up, test and validate what they have invented."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class PilotPlatforms(Lever):
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers to run lines for who applies, and to build more while firms wait for them."""
        economy.offer("pilot_platforms", self.name)
