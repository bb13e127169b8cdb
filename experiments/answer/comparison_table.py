"""Paired differences in print: below the table of targets, and in a comparison of two scenarios."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.answer.across_versions import MARK, WELCH, version_lines
from experiments.answer.budgets import Slack
from experiments.answer.pairs import RECLASSIFIED, differences, too_small, within
from experiments.answer.target_words import target_name
from experiments.answer.text_table import fitted, readable, signed, terminal_width
from experiments.change.words import cap_lines, effect_lines, names_in
from experiments.language.words import word
from experiments.store.sweeps import Counts
from scenarios.region.region import load_region
from scenarios.targets import load_targets
from scenarios.values.errors import InputError, one_line
from scenarios.values.exact_text import exact_text

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.targets import Target

STUDENT = "Student's interval of the mean"

AND_WORLD = ", each in its own world, which is a part of every difference"

HEADS = ("target", "mean", "greater", "gained", "lost")


def render_comparison(found: Mapping[str, Any]) -> str:
    """The result of compare() as text."""
    targets = load_targets(region=found["region"])
    a, b = (one_line(found[side]) for side in ("a", "b"))
    settings = [
        [word("table.differs"), a, b],
        *([one_line(row["key"]), _said(row["a"]), _said(row["b"])] for row in found["settings"]),
    ]
    lines = (line for row in found["differences"] for line in difference_rows(row, targets))
    rows = [_heads(), *lines]
    pairs = max(row["pairs"] for row in found["differences"])
    alike = word("table.same" if found["same"] else "table.alike")
    limit = terminal_width()
    first = fitted(settings, (0, 1, 2), limit=limit) if len(settings) > 1 else [alike]
    text = "\n".join(
        [
            *version_lines(found),
            *found.get("approximate", ()),
            *first,
            "",
            minus(a, b) + (f", {MARK}" if found["versions"]["files"] else "") + across_worlds(found),
            *fitted(rows, limit=limit),
            "",
            *(
                [word("table.tiny_said")]
                if any(row[1].startswith(word("table.tiny")) for row in rows)
                else []
            ),
            f"{pairs} pairs of equal luck{AND_WORLD if across_worlds(found) else ''}; {STUDENT}; "
            "P(higher) counts ties half"
            if found["paired"]
            else f"{pairs} runs of the side that has fewer; {WELCH}; P(higher) over all combinations",
            *(one_line(f"{found[side]}: {Counts(**found['runs'][side])}") for side in ("a", "b")),
            *(one_line(str(Slack(**one))) for one in found["slack"]),
            *_taken_apart(found),
        ]
    )
    return readable(text)


def across_worlds(found: Mapping[str, Any]) -> str:
    """What is said of two sides in different worlds; nothing of two in one."""
    a, b = map(one_line, found["worlds"])
    return "" if a == b else f", across worlds: {a} and {b}"


def _taken_apart(found: Mapping[str, Any]) -> list[str]:
    """What the difference is made of and costs, where that is recorded."""
    lines = [] if found["paired"] else [word("change.not_apart")]
    if found["effect"]:
        lines += ["", *effect_lines(found["effect"], names_in(load_region(found["region"])))]
    return lines + (["", *cap_lines(found["cap"])] if found["cap"] and found["cap"]["cases"] else [])


def difference_block(
    point: str, base: str, found: Mapping[str, pd.DataFrame], targets: Mapping[str, Target]
) -> list[list[str]]:
    """The rows of what a case changes against its baseline."""
    try:
        rows = differences(found[point], found[base], (point, base))
    except InputError:  # another world or scale: there are no pairs of equal luck
        return [_heads(), [word("table.no_luck"), "", "", "", ""]]
    return [_heads(), *(line for row in rows for line in difference_rows(row, targets))]


def difference_rows(row: Mapping[str, Any], targets: Mapping[str, Target]) -> list[list[str]]:
    """The line of one target's difference, and one of what is reclassified where anything is."""
    target = targets.get(row["target"])
    lines = [difference_row(row, target)]
    if target is not None and row.get("reclassified"):
        mean, low, high = (row[name] for name in RECLASSIFIED)
        moved = {**row, "mean": mean, "low": low, "high": high, "greater": math.nan}
        lines.append([f"  {word('table.apart')}", difference_row(moved, target)[1], "", "", ""])
    return lines


def minus(a: str, b: str) -> str:
    """What stands above the differences of two cases."""
    return word("table.minus", a=one_line(a), b=one_line(b))


def difference_row(row: Mapping[str, Any], target: Target | None) -> list[str]:
    """The cells of one target's difference."""
    counts = ["-" if row[side] is None else str(row[side]) for side in ("gained", "lost")]
    if target is None:
        return [word("table.together"), "", "", *counts]
    if row["mean"] is None:
        return [target_name(target), word("table.no_pair"), "", *counts]
    factor, digits = target.about.shown.factor, target.about.shown.digits
    unit = word("table.pp") if target.about.shown.unit_en.startswith("%") else ""
    greater = f"{row['greater']:.2f}"
    if row["low"] is None:
        mean = f"{signed(factor * row['mean'], digits)}{unit}, {no_interval(row['pairs'])}"
        return [target_name(target), mean, greater, *counts]
    bound = too_small(factor * row["low"], factor * row["high"], 10.0**-digits)
    if bound is not None:
        said = f"{word('table.tiny')}{bounded(bound)}{unit if bound else ''}"
        return [target_name(target), said, "", *counts]
    digits = _digits(factor * (row["high"] - row["low"]), digits)
    mean, low, high = (signed(factor * row[key], digits) for key in ("mean", "low", "high"))
    return [target_name(target), f"{mean}{unit} [{low} – {high}]", greater, *counts]


def no_interval(pairs: int) -> str:
    """Why a difference has no interval."""
    return word("table.one_pair" if pairs == 1 else "table.one_draw")


def bounded(bound: float) -> str:
    """A bound in words, rounded up to one digit."""
    if not bound:
        return word("table.none_in_any")
    return word("table.within", bound=within(bound).removeprefix("within ±"))


def _heads() -> list[str]:
    return [word(f"table.{name}") for name in HEADS]


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
