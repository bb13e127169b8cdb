"""What packages come to in a search for the best: chances by world, value added, money.

A chance is that which the runs of what is in force have at full size, each moved by the mean paired effect of
the package, smoothed (distance.py): near 0 and 1, too, one package is told from another. With several worlds
it is the mean over them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from experiments.packages.archive import Point
from experiments.packages.asked import Asked
from experiments.packages.distance import Levels, chance
from experiments.packages.front import Scored
from experiments.packages.measured import COST, VALUE_ADDED
from experiments.packages.objectives import COST as MONEY
from experiments.packages.objectives import MET, Objective
from experiments.packages.package import Package
from experiments.packages.spending import excess
from experiments.packages.tries import Tries
from scenarios.files.blocks_given import Home
from scenarios.load import load_levers
from scenarios.region.region import load_region
from scenarios.spec import LAST_YEAR, Scenario

PER_CENT = 100.0
LATEST = 2  # years after the first, in which a package may begin


class Scores:
    """Packages tried in pairs. levels: what runs of the base reach at full size, by world.

    A point has, behind the dials, when the package begins and where it is given.
    """

    def __init__(
        self, asked: Asked, tries: Tries, objectives: Sequence[Objective], levels: Mapping[str, Levels]
    ) -> None:
        self.asked, self.tries, self.levels = asked, tries, dict(levels)
        self.wanted = [one for one in objectives if one.name != MONEY]
        self.levers, self.home = load_levers(region=asked.region), Home(asked.region)
        self.worlds = np.array([pair.world for pair in tries.pairs])

    @cached_property
    def begins(self) -> tuple[int, ...]:
        """The years from which a package may hold."""
        return tuple(range(self.asked.begins, min(self.asked.begins + LATEST, LAST_YEAR) + 1))

    @cached_property
    def places(self) -> tuple[tuple[str, ...], ...]:
        """Where it may be given: everywhere, or in one of the region's groups of prefectures."""
        about = load_region(self.asked.region).prefectures
        found: list[tuple[str, ...]] = [()]
        if not self.asked.scenario.blocks and any(
            self.levers[d.lever].about.local for d in self.asked.dials.all
        ):
            for group in range(len(about.groups)):
                names = tuple(n for n, of in zip(about.names, about.group, strict=True) if of == group)
                found += [names] if names else []
        return tuple(found)

    @property
    def choices(self) -> list[int]:
        """The places of a point that say when and where."""
        dials = len(self.asked.dials.all)
        return [dials, dials + 1]

    def package(self, point: Point) -> Package:
        """The package of a point."""
        *dials, when, where = point
        return self.asked.dials.package(
            tuple(dials), self.begins[chosen(when, self.begins)], self.places[chosen(where, self.places)]
        )

    def scenario(self, point: Point) -> Scenario:
        """The same, as a scenario."""
        return self.package(point).scenario("package", self.asked.scenario, self.levers, self.home)

    @cached_property
    def base(self) -> np.ndarray:
        """Every measure of the base [pair, measure]."""
        found: np.ndarray = self.tries.values([self.asked.scenario])[0]
        return found

    def scored(self, points: Sequence[Point]) -> list[Scored]:
        """What some packages come to."""
        assert self.base is not None
        return [self.score(values) for values in self.tries.values([self.scenario(one) for one in points])]

    def score(self, values: np.ndarray) -> Scored:
        """What a package comes to, from its measures [pair, measure]."""
        gaps = values - self.base
        own = np.array([self.wanted_of(gaps[[place]], self.worlds[[place]]) for place in range(len(gaps))])
        errors = np.nanstd(own, axis=0, ddof=1) / len(own) ** 0.5
        cost = float(np.nanmean(gaps[:, self.tries.column(COST)]))
        wanted = self.wanted_of(gaps, self.worlds)
        return Scored(
            tuple(wanted), cost, excess(self.asked, self.tries, values, cost), tuple(errors.tolist())
        )

    def wanted_of(self, gaps: np.ndarray, worlds: np.ndarray) -> list[float]:
        """Each thing that is wanted, from effects in some pairs [pair, measure]."""
        found = []
        for one in self.wanted:
            if one.targets:
                by_world = [
                    self.chance_in(one, gaps[worlds == world], world) for world in dict.fromkeys(worlds)
                ]
                found.append(float(np.mean(by_world)))
            else:
                found.append(float(np.nanmean(gaps[:, self.tries.column(VALUE_ADDED)])))
        return found

    def chance_in(self, one: Objective, gaps: np.ndarray, world: str) -> float:
        """The chance of a target or of all [%], or how many are met on average, in a world."""
        mean = np.nanmean(gaps, axis=0)
        effects = {name: float(mean[self.tries.column(name)]) for name in one.targets}
        levels = self.levels[world]
        if one.name != MET:
            return PER_CENT * chance(levels.of(one.targets).distances(effects))
        return sum(chance(levels.of([name]).distances(effects)) for name in one.targets)


def chosen(position: float, among: Sequence[object]) -> int:
    """Which of some choices a position means: they share its way evenly."""
    return min(int(position * len(among)), len(among) - 1)
