"""Spatial coordination: prefectures follow their own specialisation instead of the leader and one another."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class SpatialCoordination(Lever):
    coordination: float

    def offer(self, economy: Any) -> None:
        """Coordinates a share of what prefectures imitate."""
        economy.offer("coordination", self.name, coordination=self.coordination)
