"""Fan charts: where the runs lead, by target and scenario, with what was published and the plan's target."""

from __future__ import annotations

from itertools import batched
from shlex import quote
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.answer.probability import Probability, in_words
from experiments.figures import methods
from experiments.figures.drawing import bands, style, text
from experiments.figures.labels import Label
from experiments.figures.material.evidence import Evidence

FIRST_YEAR, BASE_YEAR, LAST_YEAR = 2015, 2020, 2025
GAP = 0.2
ACROSS = 8  # panels side by side; more cases go on below
PANEL = 1.35  # inches from one panel to the next, less the gap


def fan(
    evidence: Evidence,
    target: str | list[str] | None = None,
    scenario: str | list[str] | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """One panel per target and scenario: bands, median, published years, target.

    Returns the figure, its axes (targets x scenarios) and the rows drawn, in the units of the axes:
    {scenario, target, kind, level, run, year, low, value, high}.
    """
    language = text.language(language)
    targets = evidence.chosen_targets(target)
    cases = evidence.cases_in_panels(scenario, len(targets))
    data = pd.concat(
        [rows_of_panel(evidence, name, case) for name in targets for case in cases], ignore_index=True
    )
    with style.looks():
        left = methods.left_out(
            cases, evidence.asked_cases(None if isinstance(scenario, list) else scenario), language
        )
        figure, axes = _sheet(evidence, targets, cases, data, language, left)
        for name, row in zip(targets, axes, strict=True):
            for case, panel in zip(cases, row, strict=True):  # as many rows below each other as it takes
                drawn = data[(data.target == name) & (data.scenario == case)]
                _panel(panel, drawn, evidence.goals[name].path, language, evidence.colour(case))
                _heading(panel, evidence, name, case)
            path = evidence.goals[name].path
            _share_y(
                row,
                data[data.target == name],
                path.full(language) if len(targets) > 1 else path.unit(language),
            )
    return figure, np.array(axes), data


def rows_of_panel(evidence: Evidence, target: str, case: str) -> pd.DataFrame:
    """All that one panel draws, in drawn units."""
    aim = evidence.goals[target]
    paths = evidence.paths[(evidence.paths.target == target) & (evidence.paths.case == case)]
    paths = paths.dropna(subset=["value"])  # no path can be scaled where a run has nothing in 2020
    runs = paths.run_id.nunique()
    ahead = bands.spread(paths[paths.year >= BASE_YEAR])
    behind = (
        paths[paths.year <= BASE_YEAR].groupby("year", as_index=False).value.median().assign(kind="in sample")
    )
    actual = paths[paths.year >= BASE_YEAR].dropna(subset=["activity"])
    actual = actual[["year", "activity"]].rename(columns={"activity": "value"})
    actual = actual.groupby("year", as_index=False).value.median().assign(kind="without coverage")
    known = evidence.published[evidence.published.target == target]
    known = known[["year", "value", "status"]].assign(kind="published")
    goal = pd.DataFrame({"year": [LAST_YEAR], "value": [aim.level], "kind": "target"})
    rows = pd.concat([ahead, behind, actual, known, goal], ignore_index=True)
    rows[["low", "value", "high"]] = rows[["low", "value", "high"]].astype(float) / aim.path.per_unit
    rows[["run", "status"]] = rows[["run", "status"]].fillna("")
    return rows.assign(target=target, scenario=case, runs=runs)


def _sheet(
    evidence: Evidence,
    targets: list[str],
    cases: list[str],
    data: pd.DataFrame,
    language: str,
    left_out: list[str],
) -> tuple[Figure, list[list[Axes]]]:
    chances = methods.of_chance(evidence.interval, language, beside_bands=True)
    method = f"{methods.of_bands(data.level, language)}; {chances}"
    options = f" target={targets[0]}" if len(targets) == 1 else ""
    options += f" scenario={quote(cases[0])}" if len(cases) == 1 < len(evidence.cases) else ""
    heading = {"en": "The targets of 2025", "zh": "2025年各项目标"}[language]
    if len(targets) == 1:
        heading = evidence.goals[targets[0]].path.full(language)
    down = -(-len(cases) // ACROSS)
    across = -(-len(cases) // down)  # as many in each row, or a last one would stand alone
    wide = max(style.PAGE_WIDTH, 1.1 + (PANEL + GAP) * across)
    figure, grid = style.sheet(
        heading,
        evidence.footnotes("fan", language, method, left_out, options),
        len(targets) * down,
        across,
        1.6 if len(targets) == 1 else 1.15,
        above=0.95,
        gap=(GAP, 0.68),
        left=0.95,
        width=wide,
    )
    style.key(figure, _key(data, language), 7)
    rows = [[panel for row in some for panel in row] for some in batched(grid, down)]
    for empty in (panel for row in rows for panel in row[len(cases) :]):
        empty.remove()
    return figure, [row[: len(cases)] for row in rows]


def _key(data: pd.DataFrame, language: str) -> list[tuple[Artist, str]]:
    words = {
        "en": (
            "of runs",
            "median",
            "single runs",
            "model 2016–20, median",
            "published",
            "plan's target",
            "median without statistical coverage",
        ),
        "zh": (
            "的运行",
            "中位数",
            "单次运行",
            "模型 2016–20 中位数",
            "公布值",
            "规划目标",
            "剔除统计覆盖变动的中位数",
        ),
    }[language]
    entries: list[tuple[Artist, str]] = [
        (Patch(color=bands.tint(style.GREY, bands.TINTS[int(level)])), f"{int(level)} % {words[0]}")
        for level in sorted(data.level.dropna().unique())
    ]
    kinds: dict[str, tuple[str, dict[str, Any]]] = {
        "median": (words[1], {"color": style.GREY, "linewidth": 1.4}),
        "path": (words[2], {"color": style.GREY, "linewidth": 0.6}),
        "in sample": (words[3], {"color": style.GREY, "linewidth": 0.9, "linestyle": (0, (2, 1.5))}),
        "published": (words[4], {"color": style.BLACK, "marker": "o", "markersize": 2.5}),
        "without coverage": (words[6], {"color": style.GREY, "linewidth": 0.9, "linestyle": ":"}),
        "target": (words[5], {"color": style.TARGET_COLOUR, "linestyle": "--", "linewidth": 0.9}),
    }
    if data.year.max() > LAST_YEAR:
        entries.append((Patch(color=style.OUTLOOK), style.OUTLOOK_WORDS[language]))
    return entries + [
        (Line2D([], [], **look), word) for kind, (word, look) in kinds.items() if (data.kind == kind).any()
    ]


def _panel(axes: Axes, rows: pd.DataFrame, label: Label, language: str, colour: str) -> None:
    bands.draw(axes, rows, colour)
    sample, known = rows[rows.kind == "in sample"], rows[rows.kind == "published"]
    axes.plot(sample.year, sample.value, color=style.GREY, linewidth=0.9, linestyle=(0, (2, 1.5)))
    actual = rows[rows.kind == "without coverage"]
    axes.plot(actual.year, actual.value, color=style.GREY, linewidth=0.9, linestyle=":")
    axes.plot(known.year, known.value, color=style.BLACK, marker="o", markersize=2.5)
    recalled = known[known.status == "unverified"]
    axes.plot(recalled.year, recalled.value, "o", color=style.BLACK, markersize=2.8, markerfacecolor="white")
    goal = float(rows.loc[rows.kind == "target", "value"].iloc[0])
    axes.plot([FIRST_YEAR, LAST_YEAR], [goal, goal], color=style.TARGET_COLOUR, linestyle="--", linewidth=0.9)
    axes.annotate(
        label.aim(goal * label.per_unit, language, brief=True),
        (FIRST_YEAR, goal),
        (0, 1.5),
        fontsize=6,
        textcoords="offset points",
        color=style.TARGET_COLOUR,
        parse_math=False,
    )
    last = int(rows.year.max())
    style.mark_outlook(axes, last)
    axes.set_xlim(FIRST_YEAR - 0.4, last + 0.4)
    axes.set_xticks([2015, 2020, *style.years_told(last)])


def _heading(axes: Axes, evidence: Evidence, target: str, case: str) -> None:
    """Scenario, and its chance of the target, above the panel."""
    wide = style.inches(axes)
    name = text.literal(evidence.short_name(case), 2 * text.room(wide, 8.5) - 6)
    name = text.fitted(name, wide, 8.5)
    _above(axes, name, 11, fontsize=8, weight="bold", linespacing=1.0)
    table = evidence.probabilities
    row = table[(table.target == target) & (table.scenario == case)]
    if len(row):
        said = chance(row.iloc[0])
        said = f"{said[0]} {said[1:]}" if said[0] in "<>" else f"= {said}"
        _above(axes, f"P {said}", 3, fontsize=6.5, color=style.GREY)


def _above(axes: Axes, words: str, points: float, **looks: Any) -> None:
    place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "parse_math": False}
    axes.annotate(words, (0, 1), (0, points), **place, **looks)


def chance(row: pd.Series) -> str:
    """A row's probability as every table prints it: never 0 or 100 %."""
    return in_words(Probability(row.hits, row.runs, row.failed, row.probability, row.low, row.high, ""))


def _share_y(row: list[Axes], data: pd.DataFrame, label: str) -> None:
    values = data[["low", "value", "high"]].to_numpy(dtype=float)
    low, high = np.nanmin(values), np.nanmax(values)
    for axes in row:
        axes.set_ylim(low - 0.06 * (high - low), high + 0.12 * (high - low))
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:z,.5g}"))
    for place, axes in enumerate(row):
        axes.tick_params(labelleft=place % ACROSS == 0)
    for axes in row[::ACROSS]:
        axes.set_ylabel(text.fitted(label, 1.35, 6.5), fontsize=6.5, parse_math=False)
        axes.yaxis.set_label_coords(-0.5 / style.inches(axes), 0.5)
