"""Amenities for talent: homes, places in schools and clinics for skilled people and their families."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class TalentAmenities(Lever):
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers as many places as the year's budget builds."""
        economy.offer("amenities", self.name)
