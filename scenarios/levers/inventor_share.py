"""Inventors' share: the part of licence income that rules of the province give them, at least the law's."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class InventorShare(Lever):
    share: float

    def offer(self, economy: Any) -> None:
        """Offers inventors the share."""
        economy.offer("inventor_share", self.name, share=self.share)
