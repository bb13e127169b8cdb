"""In which conditions a target is met or missed, as a function of the runs of a scenario.

import experiments as sanxiang

found = sanxiang.discover("results/shipped:plan", "sei_va")
found[0].table()                     # pandas: one row per side, method and condition
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from experiments.answer.probability import Probability, probability
from experiments.discovery.material import Material, material_of
from experiments.discovery.prim import prim_box
from experiments.discovery.tested import Found, Told, what_stands
from experiments.discovery.tree import tree_box
from experiments.plan.patience import Patience
from scenarios.targets import Target
from scenarios.values.errors import InputError, unknown

SUCCESS, FAILURE = "success", "failure"
METHODS = {"PRIM": prim_box, "tree": tree_box}
FEWEST_CASES = 20
"""Cases without which no condition is looked for."""
OUTER = 0.1
"""The share of runs that come nearest, or farthest, where too few meet the target, or miss it."""


@dataclass(frozen=True)
class Side:
    """Success or failure. cases: which runs it is. instead: whether it is the outer tenth of runs, since the
    target itself has too few. bound: what these reach or do not exceed [plain units]. found: by method."""

    name: str
    cases: np.ndarray
    instead: bool
    bound: float
    found: dict[str, Found]


@dataclass(frozen=True)
class Discovery:
    """The conditions of one target. rows: of the material, the runs in which it has a value.

    refused: why a side is not told of, by side.
    """

    material: Material
    target: Target
    rows: np.ndarray
    probability: Probability
    sides: tuple[Side, ...]
    refused: dict[str, str]

    @property
    def values(self) -> np.ndarray:
        """Of the target, in plain units [run]."""
        return np.asarray(self.material.values[self.target.name][self.rows])

    @property
    def drawn(self) -> np.ndarray:
        """What the runs drew [run, thing]."""
        return np.asarray(self.material.drawn[self.rows])

    def table(self) -> pd.DataFrame:
        """One row per side, method and condition: {target, side, method, thing, condition, bound, ...}."""
        return pd.DataFrame(
            [
                {"target": self.target.name, "side": side.name, "method": name, **one}
                for side in self.sides
                for name in side.found
                for one in self.conditions(side, name)
            ]
        )

    def conditions(self, side: Side, method: str) -> list[dict[str, Any]]:
        """The conditions that a method found, those that stand first."""
        one, things = side.found[method], self.material.things
        return [
            {
                "thing": things[each.condition.variable].name,
                "kind": things[each.condition.variable].kind,
                "called": things[each.condition.variable].label.en,
                "unit": things[each.condition.variable].unit.en,
                "condition": each.condition.side,
                "bound": each.condition.bound,
                "p": each.p,
                "returns": each.returns,
                "stands": each in one.kept,
            }
            for each in [*one.kept, *one.dropped]
        ]


def discover(name: str, *targets: str, levers: str | None = None) -> list[Discovery]:
    """The conditions of targets in the runs of DIR:SCENARIO; of all targets unless some are named.

    levers: the folder of levers from outside that the runs have.

    Raises:
        InputError: as material_of, or an unknown target. FolderDiffers, CorruptData.
    """
    material = material_of(name, levers)
    for one in targets:
        if one not in material.targets:
            raise InputError(unknown("target", one, material.targets))
    patience = Patience()
    return [discovery_of(material, one, patience) for one in targets or material.targets]


def discovery_of(material: Material, target: str, patience: Patience) -> Discovery:
    """The conditions of one target."""
    own = material.targets[target]
    rows = np.flatnonzero(np.isfinite(material.values[target]))
    values, sets = material.values[target][rows], material.sets[rows]
    hits = np.array([own.is_met_by(one) for one in values.tolist()])
    sides, refused, looks = list[Side](), dict[str, str](), looks_at(material)
    for name in (SUCCESS, FAILURE):
        chosen = cases_of(name, hits, values, own.threshold)
        if isinstance(chosen, str):
            refused[name] = chosen
            continue
        cases, instead, bound = chosen
        # Runs of one set of parameters stay together; where all share one, each run stands alone.
        clusters = sets if material.parameters_drawn else np.arange(len(rows))
        found = {
            method: what_stands(
                box,
                material.drawn[rows],
                cases,
                clusters,
                looks,
                Told(patience, f"{target}, {name}, {method}"),
            )
            for method, box in METHODS.items()
        }
        sides.append(Side(name, cases, instead, bound, found))
    return Discovery(material, own, rows, probability(hits, sets), tuple(sides), refused)


def looks_at(material: Material) -> np.ndarray:
    """Among how many conditions one is found: both sides of all things of its kind, times kinds [thing]."""
    kinds = [one.kind for one in material.things]
    return np.array([2.0 * kinds.count(one) * len(set(kinds)) for one in kinds])


def cases_of(
    side: str, hits: np.ndarray, values: np.ndarray, threshold: float
) -> tuple[np.ndarray, bool, float] | str:
    """Which runs a side is, whether they stand in for too few of it, and their bound; or why it is not told.

    values: of the target [run].
    """
    own, others = (hits, ~hits) if side == SUCCESS else (~hits, hits)
    if min(own.sum(), others.sum()) >= FEWEST_CASES:
        return own, False, threshold
    met = "meet" if side == SUCCESS else "miss"
    if own.sum() > others.sum():
        return f"{own.sum()} of {len(hits)} runs {met} it: what nearly all runs do has no conditions"
    quantile = 1.0 - OUTER if side == SUCCESS else OUTER
    bound = float(np.quantile(values, quantile, method="higher" if side == SUCCESS else "lower"))
    outer = values >= bound if side == SUCCESS else values <= bound
    if outer.sum() < FEWEST_CASES or outer.sum() > len(values) // 2:
        least = int(FEWEST_CASES / OUTER)
        return (
            f"{own.sum()} of {len(hits)} runs {met} it, and the tenth that comes nearest is {outer.sum()}: "
            f"conditions need {FEWEST_CASES} such runs, of {least} or more"
        )
    return outer, True, bound
