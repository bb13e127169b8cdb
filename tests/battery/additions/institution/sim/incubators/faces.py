"""The incubators as an agent of a Mesa model; it holds no state of its own."""

import mesa

from agents.economy import Economy
from agents.incubators.incubators import Incubators
from scenarios.region.region import Region


class IncubatorFace(mesa.Agent):
    """All incubators together."""

    def __init__(self, model: mesa.Model, incubators: Incubators) -> None:
        super().__init__(model)
        self.incubators = incubators


def faces(model: mesa.Model, economy: Economy, region: Region) -> None:
    """Shows the incubators to Mesa."""
    IncubatorFace(model, economy.of(Incubators))
