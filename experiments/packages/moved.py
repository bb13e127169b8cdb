"""A world in which one thing is otherwise, and everything else and all luck as before; or a parameter
likewise.

A world that is moved is a file of the results folder that builds on the one asked for: `sweep world=FILE`
runs it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from experiments.answer.probability import Probability
from experiments.packages.asked import Asked
from experiments.packages.surroundings import PER_CENT, Factor
from experiments.packages.tries import Pair, pair_of
from experiments.store import sealed
from experiments.store.own_files import OwnPath
from scenarios.drawn import changed
from scenarios.load import load_parameters
from scenarios.values.file_names import at_home
from scenarios.values.yaml_reader import read_yaml
from scenarios.worlds.given import is_file
from scenarios.worlds.world import load_world

FOLDER = "worlds"
DIGITS = 6  # of a checksum, in the name of a file
STEPS = 3
NEAR = 0.1  # of what is missing


class Checked(NamedTuple):
    """What was run with something moved.

    shift: in its unit. chance: in hits of the pairs. beyond: what is reached with the probability asked for
    less what is wanted, at full size [unit of the target]. world: its file; none where a parameter moved.
    """

    shift: float
    chance: Probability
    beyond: float
    world: str = ""

    @property
    def reaches(self) -> bool:
        """Whether the target is reached with that shift."""
        return self.beyond >= 0.0


def by_secant(run: Callable[[float], Checked], first: float, without: float, farthest: float) -> Checked:
    """Of a few runs the one that just reaches the target, or else comes nearest.

    first: a guess of the shift. without: what is beyond without one, below 0. farthest: no shift is larger.
    """
    known, shift = [(0.0, without)], first
    found: list[Checked] = []
    for _ in range(STEPS):
        shift = float(np.clip(shift, -farthest, farthest))
        found.append(run(shift))
        here = found[-1]
        known.append((shift, here.beyond))
        (before, behind), (at, beyond) = known[-2:]
        stuck = beyond == behind or at == before or (abs(at) >= farthest and not here.reaches)
        if 0.0 <= here.beyond <= NEAR * abs(without) or stuck:
            break
        # Half as far beyond as is near enough, so that the next one reaches it.
        shift = at + (0.5 * NEAR * abs(without) - beyond) * (at - before) / (beyond - behind)
    return min(found, key=lambda one: (not one.reaches, abs(one.beyond)))


def world_moved(asked: Asked, factor: Factor, shift: float) -> Path:
    """The file of the world asked for, with the mean of one factor moved [unit of the factor].

    Raises:
        CannotWrite, InTheWay.
    """
    (point,) = asked.plan.points
    world, by = load_world(point.world, asked.region), shift / PER_CENT
    entry: dict[str, Any] = {
        "unit": "share a year",
        "range": [-1.0, 1.0],
        "source": f"moved by {shift:+z.4g} points from the world it builds on, to see what it would take",
        "status": "assumption",
    }
    if factor.by_industry:
        values = dict(zip(world.industries.names, (world.market_growth_after + by).tolist(), strict=True))
        entry["values"] = {name: round(value, 8) for name, value in values.items()}
    else:
        entry["value"] = round(world.constants[str(factor.constant)] + by, 8)
    base = read_yaml(at_home(point.world)) if is_file(point.world) else {"base": point.world}
    label = f"{factor.label}, moved by {shift:+z.3g}"
    content = {**base, "label": {"en": label, "zh": label}, str(factor.constant): entry}
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    name = f"{factor.name}_{sealed.checksum(text.encode())[:DIGITS]}.yaml"
    path = OwnPath(asked.results) / FOLDER / name
    path.parent.make()
    path.write(text.encode("utf-8"))
    return path.path


def in_world(pair: Pair, world: Path) -> Pair:
    """A pair in another world."""
    return pair_of(replace(pair.spec, world=str(world.resolve())))


def with_parameter(pair: Pair, key: str, shift: float, region: str) -> Pair:
    """A pair with one parameter moved, inside its range."""
    group, name = key.split(".")
    low, high = load_parameters(region=region)[group][name].range
    value = min(high, max(low, pair.spec.parameters[group][name] + shift))
    return pair_of(replace(pair.spec, parameters=changed(pair.spec.parameters, {(group, name): value})))
