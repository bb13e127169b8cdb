"""Statistical coverage: what is done so that more of what firms have is published as emerging value added."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class StatisticalCoverage(Lever):
    drift: float

    def offer(self, economy: Any) -> None:
        """Adds to the drift that the world has."""
        economy.offer("statistical_coverage", self.name, drift=self.drift)
