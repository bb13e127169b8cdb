"""Slumps: one-off falls of all national markets after 2020, at most one in five years, over within a year.

Chance, depth and length of a slump, and why nothing of the kind is drawn upward, stand in the world's file.
"""

from collections.abc import Iterable

import numpy as np

from scenarios.values.tables import Vector
from scenarios.worlds.calendar import LAST_KNOWN_YEAR, LAST_YEAR, PLAN_ENDS, QUARTERS, first_quarter
from scenarios.worlds.drawn import DrawnNumbers
from scenarios.worlds.fan import OUTLOOK
from scenarios.worlds.world import World


def slumps(world: World, uniforms: DrawnNumbers) -> Vector:
    """National markets over what they would be without the run's slumps, by quarter; 1 to 2020."""
    level = np.ones(len(QUARTERS))
    spans = (("", LAST_KNOWN_YEAR + 1, PLAN_ENDS), (OUTLOOK, PLAN_ENDS + 1, LAST_YEAR))
    for ending, first, last in spans:
        quarters = range(first_quarter(first), first_quarter(last + 1))
        for quarter in _struck(world, uniforms, ending, quarters):
            level[quarter - QUARTERS.start] *= 1.0 - _depth(world, uniforms[f"slump_depth{ending}"])
    return level


def _struck(world: World, uniforms: DrawnNumbers, ending: str, quarters: range) -> Iterable[int]:
    """The quarters of a span's slump, which may reach beyond its end."""
    if uniforms[f"slump{ending}"] >= world.constants["slump_chance"]:
        return ()
    begins = quarters[int(uniforms[f"slump_begins{ending}"] * len(quarters))]
    shortest, longest = (int(world.constants[f"slump_{name}"]) for name in ("shortest", "longest"))
    lasts = shortest + int(uniforms[f"slump_length{ending}"] * (longest + 1 - shortest))
    return range(begins, min(begins + lasts, QUARTERS.stop))


def _depth(world: World, uniform: float) -> float:
    least, most = world.constants["slump_least"], world.constants["slump_most"]
    return least + uniform * (most - least)
