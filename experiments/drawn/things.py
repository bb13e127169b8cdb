"""The things that runs of a plan draw, each by itself, and a run with some of them as another run draws them.

    of_plan = things_of(plan, runs=2)
    exchanged(of_plan.draw(0), of_plan.draw(1), [of_plan.things["entry"]])    # run 0 with the entry of run 1

A thing is a parameter, a quantity of the world, an unknown base of 2020, the split of emerging value added
among industries, or luck, by which all else in a run is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

import numpy as np

from experiments.change.named import Named
from experiments.drawn.quantities import quantities, values_of
from experiments.plan.points import SweepPlan
from scenarios.drawn import Numbers
from scenarios.load import load_parameters
from scenarios.region.bases import draw_bases
from scenarios.region.region import Region, load_region
from scenarios.spec import RunSpec
from scenarios.worlds.world import World, load_world
from sim.setting import drawn_places, unknown_bases

PARAMETER, WORLD, BASE, SPLIT, LUCK = "parameters", "world", "bases", "industry_split", "luck"
KINDS = {
    PARAMETER: Named("parameters", "参数"),
    WORLD: Named("world", "外部环境"),
    BASE: Named("unknown bases", "未知基数"),
    LUCK: Named("luck", "随机性"),
}
SPLIT_LABEL = Named("how emerging value added splits by industry, 2020", "2020年新兴产业增加值的行业构成")
LUCK_LABEL = Named("luck", "随机性")


class Thing(NamedTuple):
    """Something that runs draw. members: uniforms that decide it; learnt: whether figures taught about it."""

    name: str
    kind: str
    label: Named
    unit: Named
    members: tuple[str, ...] = ()
    learnt: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Group and name of a parameter."""
        group, _, name = self.name.partition(".")
        return group, name

    @property
    def file(self) -> str:
        """What a parameter is told together with: the file it stands in, or what 2016-20 taught about."""
        return TAUGHT if self.learnt else self.key[0]


TRIED = 64
"""Made-up paths of a world that show which of its quantities differ."""
TAUGHT = "what 2016-20 taught"


class Draw(NamedTuple):
    """Runs of each scenario that share all they draw, and where in its distribution each uniform lies."""

    specs: tuple[RunSpec, ...]
    places: Mapping[str, float]

    @property
    def first(self) -> RunSpec:
        """The run of the first scenario."""
        return self.specs[0]


@dataclass(frozen=True)
class Things:
    """All that runs of a plan draw, by name, and the first of the runs."""

    things: Mapping[str, Thing]
    region: Region
    world: World
    units: tuple[tuple[RunSpec, ...], ...]

    def draw(self, n: int) -> Draw:
        """Run n of the plan."""
        return Draw(self.units[n], drawn_places(self.units[n][0]))

    def of(self, kind: str) -> list[Thing]:
        """The things of a kind."""
        return [one for one in self.things.values() if one.kind == kind]

    def values(self, draw: Draw) -> dict[str, float]:
        """What a run draws of everything that is a number [own units]."""
        return values_drawn(self.things.values(), self.region, self.world, draw)


def values_drawn(things: Iterable[Thing], region: Region, world: World, draw: Draw) -> dict[str, float]:
    """What a run draws of some things; neither luck nor the split among industries is a number."""
    known = {one.name: one for one in things}
    own = [one for name, one in quantities(world).items() if name in known]
    bases = draw_bases(region.bases, draw.places)
    found = {name: float(draw.first.parameters[one.key[0]][one.key[1]]) for name, one in known.items()
             if one.kind == PARAMETER}  # fmt: skip
    found |= values_of(own, world, draw.places)
    published = {
        name: region.bases[name].factor for name, one in known.items() if one.members and one.kind == BASE
    }
    return found | {name: bases[name] / factor for name, factor in published.items()}


def things_of(plan: SweepPlan, runs: int) -> Things:
    """What the first runs of a plan draw; it has one point."""
    units = tuple(tuple(unit) for unit in islice(plan.units(), runs))
    region, world = load_region(plan.region), load_world(plan.points[0].world, plan.region)
    found = [
        *drawn_parameters(plan.sets.values, plan.points[0].own_parameters, plan.sets.learnt, plan.region),
        *drawn_by_the_world(world),
        *bases_of(region),
        Thing(SPLIT, BASE, SPLIT_LABEL, Named("", "")),
        Thing(LUCK, LUCK, LUCK_LABEL, Named("", "")),
    ]
    return Things({one.name: one for one in found}, region, world, units)


def drawn_parameters(
    sets: Sequence[Mapping[tuple[str, str], float]],
    given: Iterable[tuple[str, str]],
    learnt: Iterable[str],
    region: str,
) -> list[Thing]:
    """The parameters that differ between sets, but for those that are given a value."""
    numbers, taught, fixed = load_parameters(region=region), set(learnt), set(given)
    keys = dict.fromkeys(key for one in sets for key in one if key not in fixed)
    differ = [key for key in keys if len({one.get(key) for one in sets}) > 1]
    return [parameter(key, numbers, taught) for key in differ]


def parameter(key: tuple[str, str], numbers: Numbers, learnt: set[str]) -> Thing:
    """A parameter as a thing; it is called as `sanxiang params` calls it."""
    name = ".".join(key)
    unit = numbers[key[0]][key[1]].unit
    return Thing(name, PARAMETER, Named(name, name), Named(unit, unit), learnt=name in learnt)


def drawn_by_the_world(world: World) -> list[Thing]:
    """The quantities that differ between runs: a world may state some for itself."""
    known, luck = quantities(world), np.random.default_rng(TRIED)
    tried = luck.uniform(size=(TRIED, len(world.fan))).tolist()
    values = [values_of(known.values(), world, dict(zip(world.fan, row, strict=True))) for row in tried]
    differ = [one for one in known.values() if len({each[one.name] for each in values}) > 1]
    return [Thing(one.name, WORLD, one.label, one.unit, one.members) for one in differ]


def bases_of(region: Region) -> list[Thing]:
    """The bases of 2020 that nobody has published."""
    found = [(name, region.bases[name].number.unit) for name in unknown_bases(region)]
    spoken = [(name, name.replace("_", " "), unit) for name, unit in found]
    return [Thing(name, BASE, Named(said, said), Named(unit, unit), (name,)) for name, said, unit in spoken]


def exchanged(one: Draw, other: Draw, taken: Iterable[Thing], luck: int | None = None) -> tuple[RunSpec, ...]:
    """The runs of `one` with some things as `other` draws them, and all else as its own.

    luck: the replication whose luck they have, in place of what is taken.
    """
    those = list(taken)
    from_other = [name for thing in those for name in thing.members]
    places = {**one.places, **{name: other.places[name] for name in from_other}}
    kinds = {thing.name for thing in those}
    parameters = with_values(
        one.first, other.first, [thing.key for thing in those if thing.kind == PARAMETER]
    )
    number = (other if LUCK in kinds else one).first.replication if luck is None else luck
    split = (other if SPLIT in kinds else one).first.replication
    return tuple(
        replace(spec, parameters=parameters, replication=number, bases_of=split, places=places)
        for spec in one.specs
    )


def with_values(one: RunSpec, other: RunSpec, keys: Sequence[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """The parameters of a run with some as another has them."""
    found = {group: dict(own) for group, own in one.parameters.items()}
    for group, name in keys:
        found[group][name] = other.parameters[group][name]
    return found
