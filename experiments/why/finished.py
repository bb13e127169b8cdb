"""A run that has ended, as it is read: its series, its cells, and its firms while they are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from experiments.compute.run_values import OF_THE_PLAN, annual
from scenarios.spec import POLICY_YEAR
from scenarios.values.tables import YI
from sim.model import IndustrialPolicyModel
from sim.run import RunOutcome, finish

CAME_SINCE = "came_since"
OWNERS = ("private", "state", "foreign")  # in the order of the column of firms
TRAITS = ("id", "ownership", "emerging_last_year", "labour", "capital", "knowledge", "log_quality",
          "log_productivity")  # fmt: skip


@dataclass(frozen=True)
class Classes:
    """Technology firms of the end of 2020, which all scenarios share: by their sales then.

    ids: in ascending order, and beside each the place of its size class and its sales [yuan/year].
    """

    names: tuple[str, ...]
    ids: np.ndarray
    place: np.ndarray
    sales: np.ndarray

    @classmethod
    def at_the_end_of(
        cls, model: IndustrialPolicyModel, names: tuple[str, ...], bounds: np.ndarray
    ) -> Classes:
        """Of a model's firms as they are. bounds: lower ones of the classes [yuan of annual sales]."""
        firms = model.economy.firms
        rows = firms.rows()
        order = rows[np.argsort(firms.id[rows], kind="stable")]
        sales = firms.trailing_sales[order].astype(float)
        place = np.maximum(np.searchsorted(bounds, sales, side="right") - 1, 0)
        return cls(names, firms.id[order].copy(), place, sales)

    def find(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The class of each firm, one past the last where it came later; and its sales in 2020, then 0."""
        at = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        known = self.ids[at] == ids
        return np.where(known, self.place[at], len(self.names)), np.where(known, self.sales[at], 0.0)


@dataclass(frozen=True)
class Finished:
    """What a run left. firms: some traits of those that are there at the end, an array each."""

    outcome: RunOutcome
    yearly: Mapping[str, np.ndarray]
    firms: Mapping[str, np.ndarray]
    classes: Classes
    scale: float

    def over_the_plan(self, *names: str) -> float:
        """The sum of some flows over 2021-25, at the size of the province [亿 where they are yuan]."""
        return sum(float(self.yearly[name][OF_THE_PLAN].sum()) for name in names) / (YI * self.scale)

    def at_the_end(self, *names: str) -> float:
        """The sum of some series in 2025, at the size of the province [in their units]."""
        return sum(float(self.yearly[name][OF_THE_PLAN][-1]) for name in names) / self.scale

    def average_of_2020(self, trait: str) -> float:
        """The mean of a trait over the firms that were there in 2020 and still are, by their sales then."""
        _, weight = self.classes.find(self.firms["id"])
        return float(weight @ self.firms[trait] / weight.sum()) if weight.any() else float("nan")


def run_to_the_end(model: IndustrialPolicyModel, classes: Classes) -> Finished:
    """Finishes a model that nobody looks at afterwards: emptied, its memory is free at once."""
    outcome = finish(model, 0.0)
    firms, scale, indicators = model.economy.firms, model.spec.scale, model.recorded.indicators
    rows = firms.rows()
    traits = {
        name: np.asarray(getattr(firms, name)[rows], float if name != "id" else None) for name in TRAITS
    }
    model.__dict__.clear()
    return Finished(outcome, annual(outcome.series, indicators), traits, classes, scale)


def years_of_the_plan() -> str:
    """As texts name them."""
    return f"{POLICY_YEAR}–{str(POLICY_YEAR + OF_THE_PLAN.stop - OF_THE_PLAN.start - 1)[2:]}"
