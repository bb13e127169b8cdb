"""Clusters and parks: bodies that organise clusters, and serviced land for the rest of the budget."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class ClustersAndParks(Lever):
    organisation: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers the organisation of clusters, which is paid first, and works in parks for the rest."""
        economy.offer("clusters", self.name, organisation=self.organisation)
