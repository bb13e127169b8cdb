"""Statistical coverage at the end of 2015: all that there is."""

from typing import Any

from agents.coverage.coverage import Coverage
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """Published is what firms have; what was not covered to 2020 is in the level of the base."""
    return {Coverage: Coverage()}
