"""The accelerators as an agent of a Mesa model; it holds no state of its own."""

import mesa

from agents.accelerators.accelerators import Accelerators
from agents.economy import Economy
from scenarios.region.region import Region


class AcceleratorFace(mesa.Agent):
    """All accelerators together."""

    def __init__(self, model: mesa.Model, accelerators: Accelerators) -> None:
        super().__init__(model)
        self.accelerators = accelerators


def faces(model: mesa.Model, economy: Economy, region: Region) -> None:
    """Shows the accelerators to Mesa."""
    AcceleratorFace(model, economy.of(Accelerators))
