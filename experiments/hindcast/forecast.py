"""What a hindcast runs, and the yearly indicators that its runs give as samples of a forecast.

forecast = forecast_of(runs, ["rd_total"], published, train_to=2018)
forecast.samples("rd_total", 2020)       # one value a run, scaled to the jump-off year
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from experiments.hindcast.published import Published
from experiments.hindcast.quantities import QUANTITIES, Yearly
from experiments.hindcast.sets import Sets
from scenarios.spec import FIRST_YEAR, POLICY_YEAR
from scenarios.targets import Annual


@dataclass(frozen=True)
class Setting:
    """What is run: a scenario in a world, with sets of parameters shared out over runs, at a size."""

    region: str
    scenario: str
    world: str
    sets: Sets
    replications: int
    scale: float
    train_to: int

    @property
    def runs(self) -> int:
        """Sets times replications; each run has luck and a path of the world of its own."""
        return len(self.sets.parameters) * self.replications

    @property
    def conditions(self) -> dict[str, Any]:
        """What was run, as plain values."""
        return {
            "region": self.region,
            "scenario": self.scenario,
            "world": self.world,
            "parameters": self.sets.kind,
            "approximate": self.sets.approximate,
            "parameter_sets": len(self.sets.parameters),
            "replications": self.replications,
            "runs": self.runs,
            "scale": self.scale,
        }


class Life(NamedTuple):
    """What a run leaves.

    annual: by indicator, one value a year from 2016 on. bases: of 2020 [plain units]. start: stocks and flows
    of 2015 by the name of their series, at the run's size.
    """

    annual: Annual
    bases: Mapping[str, float]
    start: Mapping[str, float]
    scale: float


@dataclass(frozen=True)
class Forecast:
    """Samples of every indicator and year, one a run; scaled to the jump-off year where it was published."""

    paths: Mapping[str, np.ndarray]  # [run, year]
    unscaled: Mapping[str, np.ndarray]

    def samples(self, indicator: str, year: int) -> np.ndarray:
        """The values of all runs in a year [own unit]; runs that give no number are left out."""
        return finite(self.paths[indicator][:, year - FIRST_YEAR])

    def as_run(self, indicator: str, year: int) -> np.ndarray:
        """The same before they were scaled."""
        return finite(self.unscaled[indicator][:, year - FIRST_YEAR])


def finite(values: np.ndarray) -> np.ndarray:
    """Those that are numbers."""
    return values[np.isfinite(values)]


def forecast_of(
    runs: Sequence[Life], indicators: Sequence[str], published: Published, train_to: int
) -> Forecast:
    """The samples of some indicators."""
    unscaled = {
        name: np.array([QUANTITIES[name].read(run.annual, run.scale) for run in runs]) for name in indicators
    }
    paths = {
        name: np.array(
            [
                anchored(name, path, run, published, train_to)
                for path, run in zip(unscaled[name], runs, strict=True)
            ]
        )
        for name in indicators
    }
    return Forecast(paths, unscaled)


def jump_off(indicator: str, run: Life, published: Published, train_to: int) -> float | None:
    """What a path is scaled to in the jump-off year [own unit]; None where nothing is published for it.

    In 2020 the base of the plan's targets, published or the run's own draw.
    """
    quantity = QUANTITIES[indicator]
    if quantity.anchor is None:
        return None
    if train_to == POLICY_YEAR - 1 and quantity.base is not None:
        return run.bases[quantity.base] * quantity.factor
    return published.figures(indicator).get(train_to)


def anchored(indicator: str, path: Yearly, run: Life, published: Published, train_to: int) -> Yearly:
    """A path after the jump-off correction."""
    level = jump_off(indicator, run, published, train_to)
    return path if level is None else QUANTITIES[indicator].scaled(path, train_to - FIRST_YEAR, level)
