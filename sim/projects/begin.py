"""The pipeline before the first quarter, and what its region says of places."""

from typing import Any

import numpy as np

from agents.projects.choice import RelocationParameters
from agents.projects.project import ProjectParameters
from agents.projects.projects import Grounds, Projects
from scenarios.region.region import Prefectures
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """An empty pipeline: it is filled when the first quarter begins, when firms and places are known."""
    values = start.spec.parameters
    choice = RelocationParameters(**values["relocation"])
    projects = Projects(
        ProjectParameters(**values["projects"]),
        grounds_of(start.region.prefectures, choice),
    )
    return {Projects: projects, "relocation": choice}


def grounds_of(about: Prefectures, choice: RelocationParameters) -> Grounds:
    """Distances from the two origins that are known, from others alike to all, and between places.

    How many come from each origin its share says, so that of a distance only its differences between places
    count: each origin's mean is that of the first.
    """
    first, second = about.to_gateway, about.to_second_gateway
    usual = sum(first.tolist()) / len(first)
    known = np.stack([first, second - sum(second.tolist()) / len(second) + usual, np.full(len(first), usual)])
    shares = (choice.first_origin, choice.second_origin)
    return Grounds(
        np.concatenate([known, about.distances]),
        np.array([*shares, 1.0 - sum(shares)]),
        about.on_railway.astype(np.float64),
        about.in_zone.astype(np.float64),
    )
