"""What conditions are found in: finished runs of a scenario, what they drew, what targets came to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.answer.compare import folder_and_scenario
from experiments.drawn.quantities import totals, values_of
from experiments.drawn.things import (
    WORLD,
    Draw,
    Thing,
    bases_of,
    drawn_by_the_world,
    drawn_parameters,
    values_drawn,
)
from experiments.read.parameters_used import marks
from experiments.store.sweeps import ALL
from experiments.why.question import Wanted, a_run, named, own_of, rows_of
from scenarios.region.region import Region, load_region
from scenarios.spec import RunSpec
from scenarios.targets import Target, load_targets
from scenarios.values.errors import InputError
from scenarios.worlds.world import World, load_world
from sim.setting import drawn_places

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 50
"""Finished runs without which nothing is told."""
IN_TOTAL = ("market_growth", "market_years", "slump")
"""Quantities that are told of in their total alone."""


@dataclass(frozen=True)
class Material:
    """Runs of a scenario. things: what they drew, each a column of `drawn` [run, thing]. sets: the set of
    parameters of each [run]. values: of each target [run], in plain units. asked: runs asked for. marks: of
    posteriors of another model."""

    folder: str
    scenario: str
    region: Region
    targets: Mapping[str, Target]
    things: tuple[Thing, ...]
    drawn: np.ndarray
    sets: np.ndarray
    values: Mapping[str, np.ndarray]
    asked: int
    scale: float
    marks: tuple[str, ...] = ()

    @property
    def runs(self) -> int:
        """Finished runs."""
        return len(self.drawn)

    @property
    def parameters_drawn(self) -> bool:
        """Whether the runs differ in parameters."""
        return len(np.unique(self.sets)) > 1


def material_of(name: str, levers: str | None = None) -> Material:
    """The finished runs of DIR:SCENARIO. levers: the folder of levers from outside that the runs have.

    Raises:
        InputError: no such folder or scenario, or too few finished runs. FolderDiffers: other sources or data
            computed the folder. CorruptData.
    """
    folder, scenario = folder_and_scenario(name)
    own = own_of(folder, Wanted(name, levers=levers))
    rows = rows_of(folder, scenario, own)
    one = a_run(folder, rows, own)
    done = rows[rows.status == "ok"].sort_values("n")
    if len(done) < FEWEST:
        raise InputError(
            f"{name} has {len(done)} finished runs; conditions need {FEWEST}, and {4 * FEWEST} tell more"
        )
    region, world = load_region(one.spec.region), load_world(one.spec.world, one.spec.region)
    specs = specs_of(one.spec, done)
    things = things_drawn(specs, region, world)
    targets = load_targets(region=one.spec.region)
    return Material(
        folder,
        named(str(rows.point.iloc[0])),
        region,
        targets,
        things,
        np.array([values_of_run(things, region, world, spec) for spec in specs]),
        done.draw.to_numpy(),
        {each: done[each].to_numpy(float) for each in targets},
        len(rows),
        one.spec.scale,
        tuple(marks(folder, ALL)),
    )


def specs_of(one: RunSpec, runs: pd.DataFrame) -> list[RunSpec]:
    """The descriptions of runs that differ in luck, world and parameters alone."""
    return [
        replace(one, replication=int(n), draw=int(draw), parameters=json.loads(text))
        for n, draw, text in zip(runs.n, runs.draw, runs.parameters, strict=True)
    ]


def things_drawn(specs: Sequence[RunSpec], region: Region, world: World) -> tuple[Thing, ...]:
    """What runs drew: parameters, quantities of the world, of markets in all, and unknown bases."""
    sets = [
        {(group, name): value for group, own in spec.parameters.items() for name, value in own.items()}
        for spec in {spec.draw: spec for spec in specs}.values()
    ]
    parameters = drawn_parameters(sets, [], [], specs[0].region)
    parts = [one for one in drawn_by_the_world(world) if one.name not in IN_TOTAL]
    several = [Thing(one.name, WORLD, one.label, one.unit) for one in totals().values()]
    return (*several, *parts, *bases_of(region), *parameters)


def values_of_run(things: Sequence[Thing], region: Region, world: World, spec: RunSpec) -> list[float]:
    """What a run drew of each thing [own units]."""
    draw = Draw((spec,), drawn_places(spec))
    found = values_of(totals().values(), world, draw.places)
    found |= values_drawn([one for one in things if one.name not in found], region, world, draw)
    return [found[one.name] for one in things]
