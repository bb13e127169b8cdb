"""Accelerators: how many rooms there are, and who has one. An example: what a guest gains is left out."""

from dataclasses import dataclass
from typing import NamedTuple


class AcceleratorParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/accelerators.yaml."""

    rooms_per_firm: float
    staying: float


@dataclass
class Accelerators:
    """The rooms of the province's accelerators, and what happened to them in the year."""

    parameters: AcceleratorParameters
    rooms: int
    guests: int = 0
    arrived: int = 0
    left: int = 0

    def change_guests(self, entrants: int, luck: float) -> None:
        """Guests leave by the luck of the year, and entrants take what is free."""
        staying = min(int(self.guests * self.parameters.staying + luck), self.guests)
        self.left = self.guests - staying
        self.arrived = min(entrants, self.rooms - staying)
        self.guests = staying + self.arrived
