"""Approval reform: investments are approved, and firms registered, in fewer working days."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class ApprovalReform(Lever):
    cut: float

    def offer(self, economy: Any) -> None:
        """Takes a share of the usual days off."""
        economy.offer("approval", self.name, cut=self.cut)
