"""What a question's pairs say so far: a row a target, and values by prefecture and by industry."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.answer.pairs import differences
from experiments.answer.probability import Probability, in_words, known_interval
from experiments.answer.table import attainment, chance, spread
from experiments.explorer.asked import Asked
from experiments.figures.labels import BILLION, CELLS, Label
from experiments.figures.material.goals import judged_label
from experiments.read.series_names import cells_of
from experiments.store.record import Record
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from scenarios.spec import FIRST_YEAR
from scenarios.targets import ALL, load_targets
from scenarios.values.tables import YI

BULKY = ("levers", "parameters", "traceback")


class TargetRow(NamedTuple):
    """What runs say of one target [as it is shown].

    median, low, high: of the policy, and its 90 % range. mine, other: chances. change: mean difference in
    pairs with its interval; None where there is no other policy. closed: it, as a share of what the median of
    the other policy lacks of the threshold; None where that lacks nothing.
    """

    name: str
    label: Label
    threshold: float
    median: float | None
    low: float | None
    high: float | None
    attained: float | None
    mine: Probability
    other: Probability
    change: tuple[float, float | None, float | None] | None
    closed: float | None
    gained: int
    lost: int

    def in_language(self, language: str) -> TargetRow:
        """The row as a language counts money: 亿元, or billions of yuan."""
        if language == "zh" or self.label.unit_en != BILLION[0]:
            return self
        label = self.label._replace(unit_en="bn yuan", per_unit=1e9, digits=1)
        by = label.per_unit / self.label.per_unit

        def less(value: float | None) -> float | None:
            return None if value is None else value / by

        change = self.change and tuple(map(less, self.change))
        middle = [less(one) for one in (self.median, self.low, self.high)]
        found = self._replace(label=label, threshold=self.threshold / by, change=change)  # type: ignore[arg-type]
        return found._replace(median=middle[0], low=middle[1], high=middle[2])

    @property
    def chance(self) -> str:
        """How likely it is, in words."""
        return in_words(self.mine)


class Answer(NamedTuple):
    """What so many pairs say. spent: by programmes in 2021-25 [亿], of the policy and of the other."""

    pairs: int
    failed: int
    targets: list[TargetRow]
    spent: tuple[float, float]
    all_together: tuple[Probability, Probability]


def rows_of(asked: Asked, pairs: int | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The runs of what the policy is held against and of the policy, as tables of runs.

    pairs: how many of the first are taken; all that there are without a gap unless given.
    """
    count = asked.done if pairs is None else pairs
    sides = [[asked.records[n][side] for n in range(count)] for side in (0, -1)]
    return tuple(pd.DataFrame([_light(one) for one in side]) for side in sides)  # type: ignore[return-value]


def _light(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.run.items() if name not in BULKY}


def answer_of(asked: Asked, pairs: int | None = None) -> Answer | None:
    """What the pairs so far say; None before the first."""
    other, mine = rows_of(asked, pairs)
    if mine.empty:
        return None
    done = mine[mine.status == "ok"]
    if done.empty or not (other.status == "ok").any():
        return Answer(len(mine), len(mine), [], (0.0, 0.0), (chance_of(mine), chance_of(other)))
    changes = {row["target"]: row for row in differences(mine, other)} if len(asked.records[0]) > 1 else {}
    return Answer(
        len(mine),
        int((mine.status != "ok").sum()),
        [_target_row(name, mine, other, changes.get(name)) for name in load_targets()],
        (spent(mine), spent(other)),
        (chance_of(mine), chance_of(other)),
    )


def chance_of(rows: pd.DataFrame) -> Probability:
    """How likely all targets together are."""
    return chance(rows, ALL)


def spent(rows: pd.DataFrame) -> float:
    """What programmes paid in 2021-25, the median over runs, of the whole province [亿]."""
    scale = float(rows.scale.iloc[0])
    return float(rows.loc[rows.status == "ok", "public_spending"].median()) / scale / YI


def _target_row(
    name: str, mine: pd.DataFrame, other: pd.DataFrame, change: dict[str, Any] | None
) -> TargetRow:
    target = load_targets()[name]
    label = judged_label(target)
    found = spread(mine, name)
    before = next(iter(spread(other, name).values()))
    median, low, high = (None if v is None else v / label.per_unit for v in found.values())
    return TargetRow(
        name,
        label,
        target.threshold / label.per_unit,
        median,
        low,
        high,
        attainment(mine, name, target),
        chance(mine, name),
        chance(other, name),
        None if change is None or change["mean"] is None else _shown(change, label),
        None if change is None else closed(change["mean"], before, target.threshold),
        0 if change is None else change["gained"],
        0 if change is None else change["lost"],
    )


def closed(mean: float | None, before: float | None, threshold: float) -> float | None:
    """A change as a share of what is lacking before it; None where that is nothing, or not known."""
    if mean is None or before is None or not before < threshold:
        return None
    return mean / (threshold - before)


def _shown(change: dict[str, Any], label: Label) -> tuple[float, float | None, float | None]:
    mean, low, high = (change[key] for key in ("mean", "low", "high"))
    return tuple(None if one is None else one / label.per_unit for one in (mean, low, high))  # type: ignore[return-value]


class CellRow(NamedTuple):
    """A prefecture or industry: medians over runs [as drawn], and the mean difference with its interval."""

    name: str
    mine: float
    other: float
    change: float
    low: float | None
    high: float | None


def by_cells(asked: Asked, indicator: str, year: int, axis: str) -> tuple[int, list[CellRow]]:
    """Values of an indicator in a year by prefecture ("place") or industry: pairs counted, and a row each."""
    region = load_region(DEFAULT_REGION)
    names = region.prefectures.names if axis == "place" else region.industries.names
    pairs = [asked.records[n] for n in range(asked.done)]
    pairs = [pair for pair in pairs if pair[0].cells is not None and pair[-1].cells is not None]
    if not pairs:
        return 0, []
    column, at = list(cells_of()).index(indicator), year - FIRST_YEAR
    scale = float(pairs[0][0].run["scale"]) * CELLS[indicator].per_unit
    sides = [
        np.array([_summed(pair[side].cells, at, column, axis) for pair in pairs]) / scale for side in (0, -1)
    ]
    return len(pairs), [_cell_row(name, sides[1][:, k], sides[0][:, k]) for k, name in enumerate(names)]


def _summed(cells: Any, year: int, column: int, axis: str) -> np.ndarray:
    found: np.ndarray = cells[year, :, :, column].sum(axis=1 if axis == "place" else 0)
    return found


def _cell_row(name: str, mine: np.ndarray, other: np.ndarray) -> CellRow:
    gap = mine - other
    low, high = known_interval(gap)
    return CellRow(name, float(np.median(mine)), float(np.median(other)), float(gap.mean()), low, high)
