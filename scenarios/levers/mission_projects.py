"""Mission projects: topics are called for, winners of contests are paid in tranches, audits find misuse."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class MissionProjects(Lever):
    entrants: int
    stage_gate: float
    audit: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the terms of the call; without a budget nobody is called."""
        entrants = self.entrants if self.budget > 0.0 else 0
        economy.offer(
            "mission_call", self.name, entrants=entrants, stage_gate=self.stage_gate, audit=self.audit
        )
