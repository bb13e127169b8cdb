"""What a sweep says of each target: where it stood, where it gets, what it takes, what scenarios change."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from experiments.answer.pairs import too_small
from experiments.figures.labels import Label
from experiments.figures.material.evidence import Evidence, records
from scenarios.spec import LAST_YEAR
from scenarios.targets import BASE_YEAR, load_targets

NOTHING, SINGLE, UNSURE, SMALL, SURE = "nothing", "single", "unsure", "small", "sure"
"""No difference in any pair; no interval; one that holds zero; sure and below what tables print; sure."""
VERDICTS = ("out", "unlikely", "open", "likely", "sure")
YEARS = LAST_YEAR - BASE_YEAR


class Change(NamedTuple):
    """What a case changes of a target against its baseline [drawn units], with its 95 % interval.

    share: of the gap between the baseline's median and the target, not a number where there is no gap.
    """

    case: str
    kind: str
    mean: float
    low: float
    high: float
    share: float
    chance: Any


class Finding(NamedTuple):
    """A target in the baseline, and what the other cases change of it.

    label: of what it is judged by; path: of the level that leads there. base: the ends of the level in 2020
    [plain units]. needed, given: growth a year of that level, what the target asks for and the median and
    5th and 95th percentile of the runs [ratio]; not a number where there is no growth from nothing.
    grows: whether the target is itself a growth. row: the baseline's row of probabilities.
    """

    target: str
    label: Label
    path: Label
    threshold: float
    base: tuple[float, float]
    needed: float
    given: tuple[float, float, float]
    grows: bool
    row: Any
    changes: tuple[Change, ...]

    @property
    def verdict(self) -> str:
        """One of VERDICTS: only what the whole interval of the probability says."""
        return verdict(self.row.low, self.row.high)


def findings(evidence: Evidence) -> list[Finding]:
    """A finding per target, in the plan's order."""
    return [_finding(evidence, name) for name in evidence.goals if row_of(evidence, evidence.baseline, name)]


def row_of(evidence: Evidence, case: str, target: str) -> Any:
    """The row of probabilities of a case and target; None where there is none."""
    table = evidence.probabilities
    return next(records(table[(table.scenario == case) & (table.target == target)]), None)


def verdict(low: float, high: float) -> str:
    """How likely, as far as an interval of a probability says."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "open"
    if high < 0.5:
        return VERDICTS[0] if high < 0.05 else VERDICTS[1]
    if low > 0.5:
        return VERDICTS[4] if low > 0.95 else VERDICTS[3]
    return VERDICTS[2]


def _finding(evidence: Evidence, target: str) -> Finding:
    goal, row = evidence.goals[target], row_of(evidence, evidence.baseline, target)
    middle = math.sqrt(row.base_low * row.base_high) if row.base_low > 0 else math.nan
    return Finding(
        target,
        goal.label,
        goal.path,
        goal.threshold,
        (row.base_low, row.base_high),
        (goal.level / middle) ** (1 / YEARS) - 1,
        _given(evidence, target),
        load_targets(region=evidence.region.folder)[target].about.statistic != "level",
        row,
        tuple(_changes(evidence, target, row)),
    )


def _given(evidence: Evidence, target: str) -> tuple[float, float, float]:
    """Growth a year of the baseline's paths, median and 5th and 95th percentile of its runs."""
    paths = evidence.paths
    own = paths[(paths.target == target) & (paths.case == evidence.baseline)]
    ends = own[own.year.isin([BASE_YEAR, LAST_YEAR])].pivot(index="run_id", columns="year", values="value")
    if not {BASE_YEAR, LAST_YEAR} <= set(ends):
        return (math.nan,) * 3
    known = ends[(ends[BASE_YEAR] > 0) & (ends[LAST_YEAR] > 0)]
    if known.empty:
        return (math.nan,) * 3
    growth = (known[LAST_YEAR] / known[BASE_YEAR]).to_numpy(dtype=float) ** (1 / YEARS) - 1
    middle, low, high = np.quantile(growth, [0.5, 0.05, 0.95])
    return float(middle), float(low), float(high)


def _changes(evidence: Evidence, target: str, base: Any) -> list[Change]:
    """What every other case changes, the largest gain first."""
    label, table = evidence.label(target), evidence.differences
    gap = evidence.goals[target].threshold - base.median
    found = []
    for row in records(table[table.target == target]):
        if row.scenario == evidence.baseline or not math.isfinite(row.mean):
            continue
        mean, low, high = (value / label.per_unit for value in (row.mean, row.low, row.high))
        share = row.mean / gap if gap > 0 else math.nan
        kind = kind_of(mean, low, high, 10.0**-label.digits)
        found.append(
            Change(row.scenario, kind, mean, low, high, share, row_of(evidence, row.scenario, target))
        )
    return sorted(found, key=lambda one: -one.mean)


def kind_of(mean: float, low: float, high: float, last_digit: float) -> str:
    """How much a difference says, from its interval and the smallest step that tables print."""
    if mean == low == high == 0.0:
        return NOTHING
    if not (math.isfinite(low) and math.isfinite(high)):
        return SINGLE
    if low <= 0.0 <= high:
        return UNSURE
    return SMALL if too_small(low, high, last_digit) is not None else SURE
