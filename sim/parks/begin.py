"""Parks at the end of 2015: land by prefecture, synthesised, since only its sum is published."""

from typing import Any

from agents.economy import Economy
from agents.parks.land import ParkParameters
from agents.parks.parks import Parks
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """The parks' land in proportion to the value added in parks; who uses it is set in the first quarter."""
    about, scale = start.region.prefectures, start.spec.scale
    share = about.park_value_added / sum(about.park_value_added.tolist())
    parks = Parks(
        ParkParameters(**start.spec.parameters["parks"]),
        about.parks_developed * scale * share,
        about.parks_planned * scale * share,
        start.made["entry_weights"],
        about.distances,
    )
    return {Parks: parks}


def forget(economy: Economy) -> None:
    """Works of the quarter are counted anew."""
    economy.of(Parks).forget()
