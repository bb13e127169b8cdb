"""What packages come to beside what they build on, in pairs of equal luck: the target's distance, and
money."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from experiments.packages.archive import Outcome, Point
from experiments.packages.asked import Asked
from experiments.packages.distance import Levels, reached_with
from experiments.packages.measured import COST
from experiments.packages.spending import excess, most_in_a_year
from experiments.packages.tries import Tries
from scenarios.files.blocks_given import Home
from scenarios.load import load_levers
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.spec import Scenario


class Effects:
    """Packages tried in pairs. levels: what runs of the base reach at full size."""

    def __init__(self, asked: Asked, tries: Tries, levels: Levels) -> None:
        self.asked, self.tries, self.levels = asked, tries, levels
        self.levers, self.home = load_levers(region=asked.region), Home(asked.region)
        self.fiscal_cap = load_fiscal_cap(asked.region)

    def scenario(self, point: Point) -> Scenario:
        """The package of a point, as a scenario."""
        package = self.asked.dials.package(point)
        return package.scenario("package", self.asked.scenario, self.levers, self.home)

    @cached_property
    def base(self) -> np.ndarray:
        """Every measure of the base [pair, measure]."""
        values: np.ndarray = self.tries.values([self.asked.scenario])[0]
        return values

    def values(self, points: Sequence[Point]) -> np.ndarray:
        """Every measure of some packages [package, pair, measure]."""
        assert self.base is not None
        return self.tries.values([self.scenario(point) for point in points])

    def outcomes(self, points: Sequence[Point]) -> list[Outcome]:
        """What some packages come to."""
        return [self.outcome(values) for values in self.values(points)]

    def outcome(self, values: np.ndarray) -> Outcome:
        """What a package comes to, from its measures [pair, measure]."""
        gaps = values - self.base
        own = [self.margin(self.of_targets(gap)) for gap in gaps]
        cost = float(np.nanmean(gaps[:, self.tries.column(COST)]))
        error = float(np.nanstd(own, ddof=1)) / len(own) ** 0.5
        mean = self.of_targets(np.nanmean(gaps, axis=0))
        return Outcome(self.margin(mean), cost, excess(self.asked, self.tries, values, cost), error)

    def of_targets(self, gap: np.ndarray) -> dict[str, float]:
        """An effect by target, from that on every measure [plain units]."""
        return {name: float(gap[self.tries.column(name)]) for name in self.levels.targets}

    def margin(self, effects: dict[str, float]) -> float:
        """How far what is reached with the probability wanted is beyond the target."""
        return margin(self.asked.probability, self.levels.distances(effects))

    def most_in_a_year(self, point: Point) -> float:
        """Public cost of the year in which a package costs most, with all that is in force [100 m yuan]."""
        return most_in_a_year(self.tries, self.values([point])[0])


def margin(probability: float, distances: np.ndarray) -> float:
    """What so large a share of runs reaches, less what is wanted: of the runs themselves, and of the smoothed
    distribution, whichever is less."""
    needed = max(1, int(np.ceil(probability * len(distances) - 1e-9)))
    own = float(np.sort(distances)[len(distances) - needed])
    return min(own, reached_with(probability, distances))
