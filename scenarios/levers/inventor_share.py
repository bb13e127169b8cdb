"""Inventors' share: the part of licence income that rules of the province give them, at least the law's."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class InventorShare(Lever):
    share: float

    def apply(self, economy: Any, quarter: int) -> None:
        """Offers inventors the share."""
        economy.transfer_policy.inventor_share += self.share
