"""`replications=auto`: how many replications a sweep may stop at, decided before its first run.

Where sets of parameters are shared out, a sweep stops after whole passes over them alone: what is estimated
is then the mean over those sets at every stop, and the interval that is looked at again holds of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from experiments.plan.settings import AUTO, HALF_WIDTH, Settings

STEP = 100
"""Replications between two looks where all runs share one set of parameters."""


class Until(NamedTuple):
    """When a sweep may stop: every probability known to `half_width`, looked at every `step` replications."""

    half_width: float
    step: int
    at_most: int

    def stops(self) -> Iterator[int]:
        """The numbers of replications after which it is looked, the last one in any case the end."""
        whole = self.at_most // self.step
        yield from (self.step * n for n in range(1, whole + 1))
        if not whole:
            yield self.at_most


def until_of(settings: Settings, sets: int) -> Until | None:
    """When a sweep with so many sets of parameters may stop; None where its replications are given."""
    if settings.replications != AUTO:
        return None
    return Until(settings.half_width or HALF_WIDTH, sets or STEP, settings.most)
