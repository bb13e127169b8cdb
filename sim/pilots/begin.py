"""Pilot lines at the end of 2015: none beyond those that are in what research yields."""

from typing import Any

from agents.economy import Economy
from agents.pilots.pilot_lines import PilotLines, PilotParameters
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """No line and no queue."""
    parameters = PilotParameters(**start.spec.parameters["pilots"])
    industries, distances = start.region.geography.industries, start.region.prefectures.distances
    return {PilotLines: PilotLines(parameters, industries, distances, start.spec.scale)}


def forget(economy: Economy) -> None:
    """Counts of the quarter begin anew."""
    economy.of(PilotLines).open_quarter()
