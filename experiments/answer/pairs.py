"""Runs of two cases in pairs of equal luck, and what one changes against the other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.answer.probability import known_interval
from experiments.read.hits import met
from experiments.read.runs_region import targets_of
from experiments.store.outcome_columns import COVERAGE, OutcomeColumns
from scenarios.values.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from scenarios.targets import Target

ROUNDING = 1e-9
PAIR = ["n", "draw", "seed", "world", "scale"]
RECLASSIFIED = ("reclassified", "reclassified_low", "reclassified_high")


def paired(a: pd.DataFrame, b: pd.DataFrame, names: tuple[str, str] = ("A", "B")) -> pd.DataFrame:
    """The finished runs of a beside those of b with the same replication, draw, seed, world and scale.

    Columns of a end in _a, those of b in _b.

    Raises: InputError when the two were not run on the same luck, saying how they differ, or when one
    has several runs of one luck: two contents under one name.
    """
    key = [_keys(rows) for rows in (a, b)]
    if not (key[0] <= key[1] or key[1] <= key[0]) or not all(key):
        raise InputError(f"{names[0]} and {names[1]} cannot be paired: {_mismatch(key[0], key[1])}")
    for name, rows, keys in zip(names, (a, b), key, strict=True):
        if len(keys) < len(rows):
            raise InputError(f"{name} has {len(rows)} runs of {len(keys)} replications: not one to one")
    finished = [rows[rows.status == "ok"] for rows in (a, b)]
    return finished[0].merge(finished[1], on=PAIR, suffixes=("_a", "_b"), validate="one_to_one")


def _keys(rows: pd.DataFrame) -> set[tuple[Any, ...]]:
    return set(zip(*(rows[name].tolist() for name in PAIR), strict=True))


def _mismatch(a: set[tuple[Any, ...]], b: set[tuple[Any, ...]]) -> str:
    """What the luck of two sets of runs does not have in common."""
    if not a or not b:
        return "one of them has no runs"
    for place, name in enumerate(PAIR):
        found = [sorted({key[place] for key in keys}) for keys in (a, b)]
        if name not in ("n", "draw") and found[0] != found[1]:
            return f"{name} is {_few(found[0])} in one and {_few(found[1])} in the other"
    return f"{len(a - b)} and {len(b - a)} runs have no partner with the same replication and parameter draw"


def _few(values: list[Any]) -> str:
    return ", ".join(map(str, values[:3])) + (", ..." if len(values) > 3 else "")


def differences(
    a: pd.DataFrame,
    b: pd.DataFrame,
    names: tuple[str, str] = ("A", "B"),
    own: Mapping[str, Target] | None = None,
) -> list[dict[str, Any]]:
    """Per target, a minus b over pairs of equal luck. own: targets of a user's own, whose rows come last.

    Rows {scenario, baseline, target, pairs, mean, low, high, greater, gained, lost, reclassified,
    reclassified_low, reclassified_high}:

    pairs are those of finished runs that both have a value of the target; low and high are the 95 %
    interval of the mean difference (Student's t over the means of parameter draws, or over pairs when every
    pair has its own draw or all share one; None for a single pair or draw); greater is the share of
    pairs in which a is higher, ties counted half; gained and lost are the pairs in which only a, or
    only b, meets the target. The target "all" has no values, only gained and lost.

    Targets are compared on activity, without statistical coverage and without what the model may miss. What a
    pair whose coverage differs differs by beyond that is reclassified, 0 where it does not; such pairs are
    gained and lost by activity too, all others by what is observed. None for targets without coverage.

    Raises: InputError when the pairs do not match.
    """
    both, targets = paired(a, b, names), targets_of(a)
    asked = dict.fromkeys((*targets, "all"), targets) | dict.fromkeys(own or {}, own or {})
    rows = [_difference(both, n, those) if len(both) else _nothing(n) for n, those in asked.items()]
    return [{"scenario": names[0], "baseline": names[1], **row} for row in rows]


def _nothing(target: str) -> dict[str, Any]:
    """The difference of no pairs."""
    values = dict.fromkeys(["mean", "low", "high", "greater"])
    return {"target": target, "pairs": 0, **values, "gained": 0, "lost": 0, **dict.fromkeys(RECLASSIFIED)}


def _difference(both: pd.DataFrame, target: str, targets: Mapping[str, Target]) -> dict[str, Any]:
    judged = list(targets) if target == "all" else [target]
    hits = [_hits(both, judged, side) for side in ("_a", "_b")]
    row = _nothing(target) | {"pairs": len(both)}
    if target != "all":
        actual = _actual(both, target)
        row |= _of_gap(_gaps(both[f"{actual}_a"], both[f"{actual}_b"]), both["draw"])
        covered = actual != target and targets[target].about.activity is not None
        row |= _reclassified(both, target) if covered else {}
    only = [(hits[here] == 1) & (hits[there] == 0) for here, there in ((0, 1), (1, 0))]
    return row | {"gained": int(only[0].sum()), "lost": int(only[1].sum())}


def _actual(both: pd.DataFrame, target: str) -> str:
    """The column of a target's value by activity alone, where both sides have one."""
    activity = OutcomeColumns.of(target).activity
    return activity if {f"{activity}_a", f"{activity}_b"} <= set(both) else target


def other_coverage(both: pd.DataFrame) -> np.ndarray:
    """Whether the statistical coverage of each pair differs."""
    sides = [f"{COVERAGE}_{side}" for side in "ab"]
    if not set(sides) <= set(both):
        return np.zeros(len(both), bool)
    a, b = (both[side].astype(float).to_numpy() for side in sides)
    return np.abs(a - b) > ROUNDING


def _reclassified(both: pd.DataFrame, target: str) -> dict[str, float | None]:
    """What is published more than activity explains, where coverage differs."""
    actual, modelled = _actual(both, target), OutcomeColumns.of(target).modelled
    covered = modelled if {f"{modelled}_a", f"{modelled}_b"} <= set(both) else target
    beyond = [both[f"{covered}{side}"] - both[f"{actual}{side}"] for side in ("_a", "_b")]
    gap = (beyond[0] - beyond[1]).astype(float).where(other_coverage(both), 0.0)
    found = _of_gap(gap, both["draw"])
    return {name: found.get(key) for name, key in zip(RECLASSIFIED, ("mean", "low", "high"), strict=True)}


def _gaps(a: pd.Series, b: pd.Series) -> pd.Series:
    """a minus b; none where they differ by less than a billionth, which is rounding and no effect."""
    gap = (a - b).astype(float)
    return gap.mask(gap.abs() <= ROUNDING * np.maximum(a.abs(), b.abs()), 0.0)


def _of_gap(gap: pd.Series, draw: pd.Series) -> dict[str, Any]:
    """The differences of the pairs in which both runs have a value."""
    known = np.isfinite(gap)
    if not known.any():
        return {"pairs": 0}
    gap, draw = gap[known], draw[known]
    low, high = _interval(gap, draw)
    greater = float((gap > 0).mean() + (gap == 0).mean() / 2)
    return {"pairs": len(gap), "mean": float(gap.mean()), "low": low, "high": high, "greater": greater}


def too_small(low: float | None, high: float | None, last_digit: float) -> float | None:
    """The bound within which a difference lies that no table of values would show; None for any other.

    low, high: its interval; last_digit: the smallest step of the value as tables show it.
    """
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return None
    bound = max(abs(low), abs(high))
    return bound if bound < last_digit / 2 else None


def within(bound: float) -> str:
    """A bound in words, rounded up to one digit."""
    if bound == 0:
        return "none in any pair"
    digits = -math.floor(math.log10(bound))
    return f"within ±{math.ceil(bound * 10**digits * (1 - 1e-9)) / 10**digits:.{max(digits, 0)}f}"


def _interval(gap: pd.Series, draw: pd.Series) -> tuple[float | None, float | None]:
    """The ends of the interval; None where fewer than two pairs, or draws, leave it open."""
    return known_interval((gap if draw.nunique() in (1, len(draw)) else gap.groupby(draw).mean()).tolist())


def _hits(both: pd.DataFrame, names: list[str], side: str) -> np.ndarray:
    columns = [OutcomeColumns.of(name) for name in names]
    published = met(both, [f"{one.hit}{side}" for one in columns])
    other = other_coverage(both)
    if not other.any():
        return published
    by_activity = [one.activity_hit if f"{one.activity_hit}{side}" in both else one.hit for one in columns]
    return np.where(other, met(both, [f"{name}{side}" for name in by_activity]), published)
