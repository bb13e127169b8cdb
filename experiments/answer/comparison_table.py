"""Paired differences in print: below the table of targets, and in a comparison of two scenarios."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.answer.across_versions import MARK, WELCH, version_lines
from experiments.answer.budgets import Slack
from experiments.answer.pairs import differences
from experiments.answer.target_words import target_name
from experiments.answer.text_table import aligned
from experiments.store.sweeps import Counts
from scenarios.targets import load_targets
from scenarios.values.errors import InputError, one_line
from scenarios.values.exact_text import exact_text

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.targets import Target

STUDENT = "Student's interval of the mean"
HEADS = ("mean [95 % interval]", "P(higher)", "only it meets", "only the other")


def render_comparison(found: Mapping[str, Any]) -> str:
    """The result of compare() as text."""
    targets = load_targets(region=found["region"])
    a, b = (one_line(found[side]) for side in ("a", "b"))
    settings = [
        ["differs", a, b],
        *([one_line(row["key"]), _said(row["a"]), _said(row["b"])] for row in found["settings"]),
    ]
    mark = f", {MARK}" if found["versions"]["files"] else ""
    heads = [f"{a} minus {b}{mark}", *HEADS]
    rows = [heads, *(difference_row(row, targets.get(row["target"])) for row in found["differences"])]
    pairs = max(row["pairs"] for row in found["differences"])
    alike = (
        "both sides are the same runs" if found["same"] else "no lever, parameter, world or closure differs"
    )
    first = aligned(settings, (0, 1, 2)) if len(settings) > 1 else [alike]
    return "\n".join(
        [
            *version_lines(found),
            *first,
            "",
            *aligned(rows),
            "",
            f"{pairs} pairs of equal luck; {STUDENT}; P(higher) counts ties half"
            if found["paired"]
            else f"{pairs} runs of the side that has fewer; {WELCH}; P(higher) over all combinations",
            *(one_line(f"{found[side]}: {Counts(**found['runs'][side])}") for side in ("a", "b")),
            *(one_line(str(Slack(**one))) for one in found["slack"]),
        ]
    )


def difference_block(
    point: str, base: str | None, found: Mapping[str, pd.DataFrame], targets: Mapping[str, Target]
) -> list[list[str]]:
    """The rows of what a case changes against its baseline; none where there is nothing to compare."""
    if base is None:
        return []
    heads = [f"{one_line(point)} minus {one_line(base)}", *HEADS]
    try:
        rows = differences(found[point], found[base], (point, base))
    except InputError:  # another world or scale: there are no pairs of equal luck
        return [heads, ["no pairs of equal luck", "", "", "", ""]]
    return [heads, *(difference_row(row, targets.get(row["target"])) for row in rows)]


def difference_row(row: Mapping[str, Any], target: Target | None) -> list[str]:
    """The cells of one target's difference."""
    counts = ["-" if row[side] is None else str(row[side]) for side in ("gained", "lost")]
    if target is None:
        return ["all together", "", "", *counts]
    if row["mean"] is None:
        return [target_name(target), "no pair of finished runs", "", *counts]
    factor, digits = target.about.shown.factor, target.about.shown.digits
    unit = " pp" if target.about.shown.unit_en.startswith("%") else ""
    greater = f"{row['greater']:.2f}"
    if row["low"] is None:
        mean = f"{factor * row['mean']:+,.{digits}f}{unit}, {no_interval(row['pairs'])}"
        return [target_name(target), mean, greater, *counts]
    digits = _digits(factor * (row["high"] - row["low"]), digits)
    mean, low, high = (f"{factor * row[key]:+,.{digits}f}" for key in ("mean", "low", "high"))
    return [target_name(target), f"{mean}{unit} [{low} – {high}]", greater, *counts]


def no_interval(pairs: int) -> str:
    """Why a difference has no interval."""
    return "no interval from one pair" if pairs == 1 else "no interval from one parameter draw"


def _digits(width: float, shown: int) -> int:
    """Decimals that show two digits of an interval this wide, at least as many as the value itself has."""
    if not 0 < width < math.inf:
        return shown
    return min(6, max(shown, 1 - math.floor(math.log10(width))))


def _said(value: Any) -> str:
    """A setting as text; dated values as `0.1 from 2016, 0.2 from 2021`."""
    if isinstance(value, list):
        return ", ".join(f"{exact_text(number, ',.10g')} from {year}" for year, number in value)
    if isinstance(value, float):
        return exact_text(value, "g")
    return "-" if value is None else one_line(str(value))
