"""Incubation: more seats in incubators and makerspaces for new firms."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class Incubation(Lever):
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers as many seats beside the usual ones as the year's budget keeps."""
        economy.offer("incubation", self.name)
