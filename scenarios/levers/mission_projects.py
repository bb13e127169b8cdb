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

    def apply(self, economy: Any, quarter: int) -> None:
        """Asks for the budget of the year, and offers the terms of the call where there is one."""
        if self.budget > 0.0:
            economy.mission_offer.add(self.entrants, self.stage_gate, self.audit)
        economy.appropriate("mission_projects", self.budget)
