"""The founders and incubators of each prefecture as an agent of a Mesa model, without state of its own."""

from collections.abc import Sequence

import mesa
import numpy as np

from agents.economy import Economy
from agents.founders.incubators import Incubators
from agents.founders.would_be import WouldBeFounders
from scenarios.region.region import Region


class FoundersOfPlace(mesa.Agent):
    """Who would found in a prefecture, and its incubators."""

    def __init__(self, model: mesa.Model, economy: Economy, place: int, name: str) -> None:
        super().__init__(model)
        self.stock, self.incubators = economy.of(WouldBeFounders), economy.of(Incubators)
        self.place, self.name = place, name

    @property
    def can_found(self) -> int:
        """Persons who can found and have not."""
        return self._here(self.stock.free.persons)

    @property
    def held_back(self) -> int:
        """Persons whom credit keeps from founding."""
        return self._here(self.stock.held_back.persons)

    @property
    def seats(self) -> int:
        """Seats in incubators, those kept for firms of some industries among them."""
        seats = self.incubators.seats
        return int(seats.general[self.place]) + self._here(seats.reserved)

    @property
    def taken(self) -> int:
        """Seats that were taken when they were last given."""
        return self._here(self.incubators.taken)

    def _here(self, cells: np.ndarray) -> int:
        places = len(self.incubators.shares)
        return int(cells[self.place :: places].sum())


def faces(model: mesa.Model, economy: Economy, region: Region) -> Sequence[FoundersOfPlace]:
    """One agent for each prefecture, named as it is."""
    return [FoundersOfPlace(model, economy, n, name) for n, name in enumerate(region.prefectures.names)]
