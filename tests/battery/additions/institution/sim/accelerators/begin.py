"""Accelerators at the end of 2015: rooms without guests."""

from typing import Any

from agents.accelerators.accelerators import AcceleratorParameters, Accelerators
from agents.economy import Economy
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """As many rooms as there are firms for."""
    parameters = AcceleratorParameters(**start.spec.parameters["accelerators"])
    return {Accelerators: Accelerators(parameters, int(parameters.rooms_per_firm * len(start.firms)))}


def forget(economy: Economy) -> None:
    """Who came and left is counted anew."""
    own = economy.of(Accelerators)
    own.arrived = own.left = 0
