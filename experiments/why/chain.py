"""The way of an effect through the model, as measured changes step by step.

The steps of a branch stand in the order in which the model's rules lead from one to the next. Each is the
paired difference of the whole scenario, by itself; how it falls to the players is the same sum as for any
measure. A step that cannot be told from nothing ends what is known of the way.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from experiments.why.bootstrap import Estimate
from experiments.why.explanation import Explanation
from experiments.why.steps import BRANCHES, PER_CENT, Branch, Step


class Reading(NamedTuple):
    """A step as it is measured.

    change: in the step's unit. level: of the base, in it; None of what is a logarithm. relative: the change
    in percent of the level; None where the level is nothing.
    """

    step: Step
    change: Estimate
    level: float | None
    relative: Estimate | None

    @property
    def measurable(self) -> bool:
        """Whether the change can be told from nothing."""
        return self.change.sure


class Way(NamedTuple):
    """A branch with its readings."""

    branch: Branch
    readings: tuple[Reading, ...]

    @property
    def breaks_at(self) -> Reading | None:
        """The first step that cannot be told from nothing; None where all can."""
        return next((one for one in self.readings if not one.measurable), None)


def ways(found: Explanation) -> list[Way]:
    """Every branch whose steps the runs record."""
    return [
        Way(branch, tuple(reading(found, step) for step in branch.steps))
        for branch in BRANCHES
        if all(step.name in found.columns for step in branch.steps)
    ]


def reading(found: Explanation, step: Step) -> Reading:
    """One step."""
    change, level = found.effect(step.name), found.level(step.name)
    if step.unit == PER_CENT:
        return Reading(step, change, None, change)
    return Reading(step, change, level, change.times(100.0 / abs(level)) if level else None)


def in_json(way: Way, found: Explanation) -> dict[str, Any]:
    """A branch as plain values, with the part of each player at each step."""
    return {
        "branch": way.branch.name,
        "breaks_at": way.breaks_at.step.name if way.breaks_at else None,
        "steps": [
            {
                "step": one.step.name,
                "called": one.step.label.en,
                "unit": one.step.unit.en,
                **one.change._asdict(),
                "measurable": one.measurable,
                "level": one.level,
                "relative": one.relative and one.relative._asdict(),
                "parts": {
                    each.name: found.part(one.step.name, each.name)._asdict() for each in found.players
                },
            }
            for one in way.readings
        ],
    }
