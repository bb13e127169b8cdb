"""Response: how the chance and the outcome of each target move with a swept parameter or lever value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.figures import methods
from experiments.figures.drawing import bands, panels, style, text
from experiments.figures.material.evidence import Evidence, Goal
from scenarios.values.errors import InputError, unknown

COLUMNS = 4
NEARER = 0.2  # inches
DASHES = ("-", "--", ":", "-.")
OUTCOME = ["median", "p05", "p95"]
KEPT = [
    "target", "line", "scenario", "key", "value", "hits", "runs", "failed", "probability", "low", "high",
    *OUTCOME,
]  # fmt: skip
WORDS = {"en": "Probability and outcome of each target against {}", "zh": "各项目标的概率与结果随 {} 的变化"}
OUTCOMES = {
    "en": "below each chance its outcome in 2025: median, band: 5–95 % of runs, dashed: the plan's demand",
    "zh": "概率下方为2025年结果：中位数，色带为 5–95 % 的模拟，虚线为规划目标",
}


def response(
    evidence: Evidence, key: str | None = None, language: str | None = None
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """Two panels per target over the swept value: P(target) with its 95 % interval, and below it the outcome,
    the median and the middle 90 % of the runs, with what the plan demands. A line per scenario.

    Returns the figure, its axes and the rows drawn: {target, line, scenario, key, value, hits, runs, failed,
    probability, low, high, median, p05, p95}, outcomes in the units of the axes.

    Raises: InputError when nothing was swept, or not `key`.
    """
    language = text.language(language)
    key = chosen_key(evidence, key)
    data = rows_drawn(evidence, key)
    lines, targets = list(dict.fromkeys(data.line)), list(dict.fromkeys(data.target))
    with style.looks():
        notes = evidence.footnotes(
            "response",
            language,
            f"{methods.of_chance(evidence.interval, language)}; {OUTCOMES[language]}",
            methods.left_out(data.scenario, evidence.cases, language),
            f" key={key}",
        )
        figure, grid = _sheet(WORDS[language].format(text.literal(key, 50)), notes, len(targets), len(lines))
        above = [panel for row in grid[::2] for panel in row]
        below = [panel for row in grid[1::2] for panel in row]
        for place, (target, chances, outcomes) in enumerate(zip(targets, above, below, strict=False)):
            rows, label = data[data.target == target], evidence.label(target)
            _chances(chances, rows, lines, first=place % COLUMNS == 0)
            chances.set_title(text.fitted(label.name(language), 1.5, 6.5), fontsize=6.5, parse_math=False)
            if target in evidence.goals:
                _outcomes(outcomes, rows, lines, evidence.goals[target], language)
            else:
                outcomes.remove()
        for empty in [*above[len(targets) :], *below[len(targets) :]]:
            empty.remove()
        _key(figure, lines)
    return figure, np.array(figure.axes), data


def _sheet(heading: str, notes: list[str], targets: int, lines: int) -> tuple[Figure, list[list[Axes]]]:
    """Rows of panels by turns: of chances, and of the outcomes below them."""
    keys = 0.18 * -(-lines // style.KEY_COLUMNS) if lines > 1 else 0.0
    rows = 2 * -(-targets // COLUMNS)
    return style.sheet(
        heading, notes, rows, COLUMNS, 0.95, above=0.7 + keys, gap=(0.5, 0.55), left=0.55, below=0.45
    )


def chosen_key(evidence: Evidence, key: str | None) -> str:
    """The swept value to draw over: the one asked for, or the one with most values."""
    counts = swept_numbers(evidence)
    if not counts:
        raise InputError(
            f"figure response: no number was swept in {evidence.folder}; "
            "sweep one, for example lever.rd_subsidy.rate=0,0.1,0.2"
        )
    if key is not None and key not in counts:
        raise InputError(unknown("swept value", key, counts))
    return key or max(counts, key=lambda name: counts[name])


def swept_numbers(evidence: Evidence) -> dict[str, int]:
    """How many different numbers each swept key takes, keys with one value left out."""
    numbers = evidence.swept.assign(value=pd.to_numeric(evidence.swept.value, errors="coerce")).dropna()
    counts = {str(key): int(rows.value.nunique()) for key, rows in numbers.groupby("key", sort=False)}
    return {key: count for key, count in counts.items() if count > 1}


def rows_drawn(evidence: Evidence, key: str) -> pd.DataFrame:
    """Chances and outcomes with their swept value; cases that differ in nothing else form a line."""
    wide = evidence.swept.pivot(index="case", columns="key", values="value")
    values = pd.to_numeric(wide[key], errors="coerce").dropna()
    others = wide.drop(columns=key).loc[values.index]
    others = others[[name for name in others if others[name].nunique(dropna=False) > 1]]
    names = pd.Series([_line(row) for row in others.to_dict("records")] or "", index=values.index)
    table = evidence.probabilities
    rows = table[table.scenario.isin(values.index) & table.target.isin(evidence.targets)].copy()
    rows = rows.assign(key=key, value=rows.scenario.map(values), line=rows.scenario.map(names))
    scale = np.array([evidence.label(target).per_unit for target in rows.target])
    rows = rows.assign(**{name: rows[name].to_numpy(dtype=float) / scale for name in OUTCOME})
    rows["order"] = [evidence.targets.index(target) for target in rows.target]
    return rows.sort_values(["order", "line", "value"], ignore_index=True)[KEPT]


def _line(values: Mapping[Any, Any]) -> str:
    """What tells a line from the others: the scenario, and the swept keys with their values."""
    named = {key: value for key, value in values.items() if isinstance(value, str)}
    told = [f"{name.rpartition('.')[2]}={value}" for name, value in named.items() if name != "scenario"]
    return " ".join([*([named["scenario"]] if "scenario" in named else []), ", ".join(told)]).strip()


def _look(index: int) -> dict[str, Any]:
    """A line's colour, marker and dashes: the first differ in colour, later ones in their dashes too."""
    turn = index // len(style.COLOURS)
    return {
        "color": style.COLOURS[index % len(style.COLOURS)],
        "marker": style.MARKERS[(index + turn) % len(style.MARKERS)],
        "linestyle": DASHES[turn % len(DASHES)],
        "markersize": 3,
    }


def _chances(axes: Axes, rows: pd.DataFrame, lines: list[str], first: bool) -> None:
    per_cent = rows.assign(**{name: 100 * rows[name] for name in ("low", "probability", "high")})
    _lines(axes, per_cent, lines, ("low", "probability", "high"))
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100], ["0", "50", "100 %"])
    axes.tick_params(labelleft=first, labelbottom=False)


def _outcomes(axes: Axes, rows: pd.DataFrame, lines: list[str], goal: Goal, language: str) -> None:
    label = goal.label
    _lines(axes, rows, lines, ("p05", "median", "p95"))
    demanded = goal.threshold / label.per_unit
    axes.axhline(demanded, color=style.TARGET_COLOUR, linestyle="--", linewidth=0.9)
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: panels.number(value)))
    axes.set_title(label.unit(language), fontsize=6, color=style.GREY, parse_math=False, pad=2)
    x, y, wide, high = axes.get_position().bounds  # nearer to its chance than to the next one's title
    axes.set_position((x, y + NEARER / style.size_of(axes.figure)[1], wide, high))


def _lines(axes: Axes, rows: pd.DataFrame, lines: list[str], names: tuple[str, str, str]) -> None:
    low, middle, high = names
    for index, line in enumerate(lines):
        points, look = rows[rows.line == line], _look(index)
        tint, alpha = bands.tint(look["color"], 0.25), 1 if len(lines) == 1 else 0.6
        axes.fill_between(points.value, points[low], points[high], color=tint, alpha=alpha, linewidth=0)
        axes.plot(points.value, points[middle], clip_on=False, **look)
    axes.margins(x=0.05)
    style.spread_ticks(axes)
    axes.grid(color=style.PALE, linewidth=0.5)
    axes.set_axisbelow(True)


def _key(figure: Figure, lines: list[str]) -> None:
    if len(lines) < 2:
        return
    entries: list[tuple[Artist, str]] = [
        (Line2D([], [], **_look(i)), text.literal(line, 30)) for i, line in enumerate(lines)
    ]
    style.key(figure, entries)
