"""Markets abroad at the end of 2015: none won with support."""

from typing import Any

from agents.outward.outward import Outward, OutwardParameters
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """Nobody supported yet: what firms sell abroad is in their sales."""
    return {Outward: Outward(OutwardParameters(**start.spec.parameters["outward"]))}
