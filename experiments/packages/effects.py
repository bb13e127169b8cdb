"""What packages come to beside what they build on, in pairs of equal luck: the target's distance, and
money."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from experiments.packages.archive import Outcome, Point, rounded
from experiments.packages.asked import Asked
from experiments.packages.distance import Levels, reached_with
from experiments.packages.measured import COST, PROGRAMME
from experiments.packages.spending import excess, most_in_a_year
from experiments.packages.tries import Tries
from experiments.why.unspent import Unspent, budgets_of_both, unspent
from scenarios.files.blocks_given import Home
from scenarios.load import load_levers
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.spec import LAST_YEAR, Scenario
from scenarios.values.tables import YI


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
        return reached_with(self.asked.probability, self.levels.distances(effects))

    def most_in_a_year(self, point: Point) -> float:
        """Public cost of the year in which a package costs most, with all that is in force [100 m yuan]."""
        return most_in_a_year(self.tries, self.values([point])[0])

    def money(self, point: Point) -> list[Unspent]:
        """What each programme may spend and spends, with a package and without it, in the pairs."""
        own = self.values([point])[0]
        budgets = budgets_of_both(self.scenario(point), self.asked.scenario)
        places = {name: self.tries.column(f"{PROGRAMME}{name}") for name in budgets}
        spent = {
            name: (float(np.nanmean(own[:, at])), float(np.nanmean(self.base[:, at])))
            for name, at in places.items()
        }
        return unspent(budgets, spent)

    def tightened(self, point: Point, headroom: float) -> Point:
        """A package without most of the money that its programmes do not spend.

        headroom: what a budget is a year, over what is spent on average in the years of the package.
        """
        left = {one.programme: one for one in self.money(point) if one.is_news}
        years = LAST_YEAR - self.asked.begins + 1
        where = list(point)
        for place, dial in enumerate(self.asked.dials.all):
            if dial.is_money and dial.lever in left:
                own = left[dial.lever]
                needed = dial.usual + headroom * (own.spent - own.base_spent) * YI / years
                where[place] = min(where[place], dial.position(needed))
        return rounded(where)
