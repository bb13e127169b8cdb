"""Incubators at the end of 2015: rooms without guests."""

from typing import Any

from agents.economy import Economy
from agents.incubators.incubators import IncubatorParameters, Incubators
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """As many rooms as there are firms for."""
    parameters = IncubatorParameters(**start.spec.parameters["incubators"])
    return {Incubators: Incubators(parameters, int(parameters.rooms_per_firm * len(start.firms)))}


def forget(economy: Economy) -> None:
    """Who came and left is counted anew."""
    own = economy.of(Incubators)
    own.arrived = own.left = 0
