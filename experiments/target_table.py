"""The table of targets as it is printed: a block per scenario, its difference to the baseline, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.text_table import aligned
from scenarios.errors import InputError, one_line
from scenarios.spec import BASELINE

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.targets import Target

HEADS = ("2025 target", "base 2020", "target", "median [5–95]", "unscaled", "hits/N", "P (95 % interval)", "attained")
LEFT = (0, 6)
SIGNS = {">=": "≥", ">": ">"}
YI = 1e8
"""亿, one hundred million: the unit of the plan's money [yuan]."""


def render_targets(folder: Path | str, all_runs: bool = False) -> str:
    """The table of the last sweep, or of all runs in the folder.

    Raises: InputError when the folder holds no results, CorruptData when a file is damaged.
    """
    from experiments.table import cases
    from scenarios.targets import load_targets

    found, targets = cases(folder, all_runs), load_targets()
    if not found:
        raise InputError(f"{folder} holds no run yet; repeat the sweep to run what is missing")
    first = [([one_line(point) + _cost(runs)], block(runs, targets)) for point, runs in found.items()]
    second = [([], difference_block(point, runs, found, targets)) for point, runs in found.items()]
    return "\n\n".join([*joined(first, LEFT), *joined(second, (0,)), "\n".join(notes(folder, found))])


def joined(blocks: Sequence[tuple[list[str], list[list[str]]]], left: Sequence[int]) -> list[str]:
    """Blocks of heading and rows as text, the columns of all of them on one line."""
    lines = iter(aligned([row for _, rows in blocks for row in rows], left) if any(rows for _, rows in blocks) else [])
    return ["\n".join([*heading, *islice(lines, len(rows))]) for heading, rows in blocks if rows]


def block(runs: pd.DataFrame, targets: Mapping[str, Target]) -> list[list[str]]:
    """The rows of a scenario: heads, a line per target, all together."""
    rows = [row for target in targets.values() for row in target_rows(target, runs)]
    return [list(HEADS), *rows, _together(runs)]


def target_rows(target: Target, runs: pd.DataFrame) -> list[list[str]]:
    """The cells of a target's line, and of a second line when it has another definition."""
    from experiments.table import attainment, chance, spread

    reached = attainment(runs, target.name, target)
    p = chance(runs, target.name)
    first = [_name(target), _base(target, runs), f"{SIGNS[target.about.comparison]}{_value(target, target.threshold)}",
             _spread(target, spread(runs, target.name)), _middle(target, spread(runs, f"{target.name}_unscaled")),
             f"{p.hits}/{p.runs}", str(p), "" if reached is None else f"{100 * reached:.0f} %"]
    if target.about.also is None:
        return [first]
    other = spread(runs, f"{target.name}_also")
    met = int(runs.get(f"{target.name}_also_hit", runs.status == "").fillna(False).astype(bool).sum())
    return [first, ["  under the plan's four listed families", "", "", _spread(target, other), "", f"{met}/{p.runs}", "", ""]]


def _together(runs: pd.DataFrame) -> list[str]:
    from experiments.table import chance

    p = chance(runs, "all")
    return ["all together", "", "", "", "", f"{p.hits}/{p.runs}", str(p), ""]


def _cost(runs: pd.DataFrame) -> str:
    """What the programmes may spend, and what they spent."""
    costs = runs.public_cost.dropna() if "public_cost" in runs else []
    spent = runs.public_spending.dropna() if "public_spending" in runs else []
    said = f"   public cost 2021–25: {costs.median() / YI:,.1f} 亿 appropriated" if len(costs) else ""
    return said + (f", {spent.median() / YI:,.1f} 亿 spent (median)" if len(spent) else "")


def _name(target: Target) -> str:
    """The target, with its unit where the words do not say it: per cent stands beside the value."""
    shown = target.about.shown
    named = shown.factor == 1 or shown.unit_en.startswith("%")
    return target.about.label.en + ("" if named else f", {shown.unit_en}")


def _value(target: Target, value: float | None) -> str:
    """A value in the unit shown; the sign of per cent goes with it."""
    shown = target.about.shown
    if value is None:
        return ""
    return f"{value * shown.factor:,.{shown.digits}f}{' %' if shown.unit_en.startswith('%') else ''}"


def _bare(target: Target, value: float | None) -> str:
    return _value(target, value).removesuffix(" %")


def _base(target: Target, runs: pd.DataFrame) -> str:
    """The base of 2020: published, or the range of what the runs drew."""
    growing = target.about.base is None
    column = runs.get(f"base_{target.about.indicator}_2020" if growing else f"base_{target.about.base}")
    if column is None or not column.notna().any():
        return ""
    low, high = column.min(), column.max()
    if growing:
        return f"{low / YI:,.1f} 亿元"
    return _value(target, low) if low == high else f"{_bare(target, low)}–{_value(target, high)} *"


def _spread(target: Target, found: Mapping[str, float | None]) -> str:
    if found["median"] is None:
        return "no finished run"
    return f"{_value(target, found['median'])} [{_bare(target, found['p05'])} – {_bare(target, found['p95'])}]"


def _middle(target: Target, found: Mapping[str, float | None]) -> str:
    return _value(target, found["median"])


def difference_block(
    point: str, runs: pd.DataFrame, found: Mapping[str, pd.DataFrame], targets: Mapping[str, Target]
) -> list[list[str]]:
    """The rows of what a scenario changes against the baseline; none where there is nothing to compare."""
    from experiments.compare import differences

    base = baseline_of(point, found)
    if base is None:
        return []
    heads = [f"{one_line(point)} minus {one_line(base)}", "mean [95 % interval]", "P(higher)", "only it meets", "only the other"]
    try:
        rows = differences(runs, found[base], (point, base))
    except InputError:  # another world or scale: there are no pairs of equal luck
        return [heads, ["no pairs of equal luck", "", "", "", ""]]
    return [heads, *(difference_row(row, targets.get(row["target"])) for row in rows)]


def baseline_of(point: str, found: Mapping[str, pd.DataFrame]) -> str | None:
    """The point to compare with: the baseline scenario at the same swept values, or else without a change."""
    first = next((name for name in found if name.split(" ")[0] == BASELINE), next(iter(found)))
    scenario, _, values = point.partition(" ")
    beside = f"{first.split(' ')[0]} {values}".rstrip()
    chosen = beside if scenario != first.split(" ")[0] and beside in found else first
    return None if chosen == point else chosen


def difference_row(row: Mapping[str, Any], target: Target | None) -> list[str]:
    """The cells of one target's difference."""
    counts = [str(row["gained"]), str(row["lost"])]
    if target is None:
        return ["all together", "", "", *counts]
    if row["mean"] is None:
        return [_name(target), "no pair of finished runs", "", *counts]
    factor = target.about.shown.factor
    digits = _digits(factor * (row["high"] - row["low"]), target.about.shown.digits)
    mean, low, high = (f"{factor * row[key]:+,.{digits}f}" for key in ("mean", "low", "high"))
    unit = " pp" if target.about.shown.unit_en.startswith("%") else ""
    return [_name(target), f"{mean}{unit} [{low} – {high}]", f"{row['greater']:.2f}", *counts]


def _digits(width: float, shown: int) -> int:
    """Decimals that show two digits of an interval this wide, at least as many as the value itself has."""
    if not 0 < width < math.inf:
        return shown
    return min(6, max(shown, 1 - math.floor(math.log10(width))))


def notes(folder: Path | str, found: Mapping[str, pd.DataFrame]) -> list[str]:
    """What every number above rests on."""
    from experiments.reading import load_sweep
    from experiments.table import chance

    sweep = load_sweep(folder)
    counts = sorted({len(runs) for runs in found.values()})
    failed = sum(int((runs.status != "ok").sum()) for runs in found.values())
    methods = sorted({chance(runs, "all").method for runs in found.values()})
    draws = max(runs["draw"].nunique() for runs in found.values())
    lines = [
        f"N = {'–'.join(str(count) for count in sorted({counts[0], counts[-1]}))} runs per scenario, {failed} failed; "
        f"interval: {', '.join(methods)}; {_draws(draws)}",
        "values are scaled in each run to the 2020 base, unscaled is the median without it; * the base is not published, "
        "each run draws it: the probability is conditional on that range",
        f"data to 2020, digest {_data(sweep)}; sanxiang {sweep['header']['versions']['sanxiang']}; "
        f"rebuild: {sweep['command']}",
    ]
    return [one_line(line) for line in lines]


def _draws(draws: int) -> str:
    return f"{draws} parameter draws" if draws > 1 else "one set of parameters: parameter uncertainty is left out"


def _data(sweep: Mapping[str, Any]) -> str:
    from experiments.header import digest_of

    return digest_of(sweep["header"]["data"])[:12]
