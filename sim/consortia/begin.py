"""Consortia at the end of 2015: those there were are part of what firms research and learn."""

from typing import Any

from agents.consortia.consortia import Consortia, ConsortiumParameters
from agents.economy import Economy
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """None that a programme has formed."""
    parameters = ConsortiumParameters(**start.spec.parameters["consortia"])
    return {Consortia: Consortia(parameters, start.region.prefectures.distances)}


def forget(economy: Economy) -> None:
    """Counts of the quarter begin anew."""
    economy.of(Consortia).open_quarter()
