"""New-type institutes at the end of 2015: those there were are part of what is given of institutes."""

from typing import Any

from agents.economy import Economy
from agents.science.new_institutes import InstituteParameters, NewInstitutes
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """None has been founded."""
    parameters = InstituteParameters(**start.spec.parameters["institutes"])
    first, distances = len(start.region.institutions.names), start.region.prefectures.distances
    return {NewInstitutes: NewInstitutes(parameters, first, distances, start.region.geography.cells)}


def forget(economy: Economy) -> None:
    """Counts of the quarter begin anew."""
    economy.of(NewInstitutes).open_quarter()
