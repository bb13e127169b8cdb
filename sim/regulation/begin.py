"""Regulation as it is at the end of 2015: the usual wait and the usual cost everywhere."""

from typing import Any

from agents.regulation.regulation import Regulation, RegulationParameters
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """Nothing reformed yet."""
    parameters = RegulationParameters(**start.spec.parameters["regulation"])
    return {Regulation: Regulation(parameters, start.region.geography.cells)}
