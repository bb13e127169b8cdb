"""What a scenario changes in emerging value added of 2025, taken apart: a waterfall, or bars by member."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from experiments.change.parts import ALL, INDUSTRY, PARTS, PREFECTURE, PROVINCE
from experiments.change.words import number
from experiments.figures import methods
from experiments.figures.drawing import style, text
from experiments.figures.labels import BILLION, industry_labels, place_labels
from experiments.figures.material.evidence import Evidence, records
from scenarios.values.errors import InputError, unknown

COLUMNS = 2
MARGIN = 1.35  # inches left of the panels, where parts or members are named
ROW = 0.2  # inches
NUMBERS = 0.95  # inches right of the bars, where means are printed
POINTS = 5.8
LEAST = 0.005  # 100 m yuan: less is printed as nothing, and shall look so
UNIT = BILLION[2]
BY = (PROVINCE, PREFECTURE, INDUSTRY)
TOTAL = ("all", "合计")
HEADING = (
    "Effect on emerging value added in 2025{1}: what it is made of ({0})",
    "对2025年{1}新兴产业增加值的影响及其构成（{0}）",
)
MEMBERS = {PROVINCE: ("", ""), PREFECTURE: (" by prefecture", "各市州"), INDUSTRY: (" by industry", "各产业")}
AGAINST = ("Against {}. ", "与 {} 相比。")
WORDS = (
    "Sums over 2021–25 of each year's parts, scaled to the 2020 base; parts add up to all. Lines: intervals.",
    "2021–25年各年分项之和，按2020年基数调整；分项之和等于合计。细线为区间。",
)


def decomposition(
    evidence: Evidence,
    by: str = PROVINCE,
    scenario: str | list[str] | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """The parts of each scenario's effect on emerging value added, of the province, or by member.

    by: province (a waterfall), prefecture or industry (stacked bars, and their sum as a dot). Returns the
    figure, its axes and the rows drawn: {scenario, name, part, mean, low, high}, over pairs [100 m yuan].

    Raises: InputError for an unknown scenario or `by`, or where nothing is compared or recorded.
    """
    language = text.language(language)
    if by not in BY:
        raise InputError(unknown("decomposition by", by, BY))
    asked = evidence.asked_cases(scenario)
    cases = [case for case in evidence.chosen_cases(scenario) if case in evidence.effects]
    if not cases:
        raise InputError(f"{evidence.folder} holds no parts of a difference to {evidence.baseline}")
    data = rows_drawn(evidence, by, cases)
    members = members_of(evidence, by, language)
    with style.looks():
        compared = [case for case in asked if case in evidence.effects or case != evidence.baseline]
        figure, panels = _sheet(evidence, by, cases, members, compared, language)
        for place, (case, panel) in enumerate(zip(cases, panels, strict=True)):
            mine = data[data.scenario == case]
            draw = _waterfall if by == PROVINCE else _stacks
            draw(panel, mine, list(members))
            _frame(panel, list(members.values()), place % COLUMNS == 0)
            title = text.literal(evidence.short_name(case), 34)
            panel.set_title(title, fontsize=8, weight="bold", parse_math=False)
        style.share_scale(panels, "x")
        entries = [(Patch(color=colour(part)), PARTS[part].name(language)) for part in parts_seen(data)]
        style.key(figure, entries)
    return figure, np.array(panels), data


def rows_drawn(evidence: Evidence, by: str, cases: list[str]) -> pd.DataFrame:
    """The parts of each case's effect, with `all` of each member [100 m yuan]."""
    found = []
    for case in cases:
        rows = evidence.effects[case].rows
        found.append(rows[rows.group == by].assign(scenario=case))
    rows = pd.concat(found, ignore_index=True)
    numbers = ["mean", "low", "high"]
    return rows.assign(**{name: rows[name] / UNIT for name in numbers})[
        ["scenario", "name", "part", *numbers]
    ]


def members_of(evidence: Evidence, by: str, language: str) -> dict[str, str]:
    """What stands below each other, and how it is called: parts and their sum, prefectures or industries."""
    if by == PROVINCE:
        labels = {name: label.name(language) for name, label in PARTS.items()}
        return labels | {ALL: TOTAL[language == "zh"]}
    known = (place_labels if by == PREFECTURE else industry_labels)(evidence.region)
    return {name: label.name(language) for name, label in known.items()}


def parts_seen(data: pd.DataFrame) -> list[str]:
    """The parts that are not nothing everywhere, to two digits."""
    return [part for part in PARTS if (data[data.part == part]["mean"].abs() >= LEAST).any()]


def colour(part: str) -> str:
    """The colour of a part, the same in every figure."""
    return style.COLOURS[list(PARTS).index(part)]


def _sheet(
    evidence: Evidence,
    by: str,
    cases: list[str],
    members: dict[str, str],
    compared: list[str],
    language: str,
) -> tuple[Figure, list[Axes]]:
    chinese = language == "zh"
    heading = HEADING[chinese].format(BILLION[chinese], MEMBERS[by][chinese])
    against = AGAINST[chinese].format(evidence.baseline)
    low = pd.concat([evidence.effects[case].rows.low for case in cases])
    method = methods.of_means(low, evidence.interval, language)
    left = methods.left_out(cases, compared, language)
    printed = evidence.footnotes("decomposition", language, method, left, f" by={by}")
    columns = min(len(cases), COLUMNS)
    figure, grid = style.sheet(
        heading,
        [against + WORDS[chinese], *printed],
        -(-len(cases) // columns),
        columns,
        0.1 + ROW * len(members),
        left=MARGIN,
        above=0.95,
        gap=(0.15, 0.5),
    )
    shown = [panel for row in grid for panel in row]
    for empty in shown[len(cases) :]:
        empty.remove()
    return figure, shown[: len(cases)]


def _waterfall(axes: Axes, rows: pd.DataFrame, members: list[str]) -> None:
    """Each part from where the one before ends; the sum from zero."""
    by_part, end = {row.part: row for row in records(rows)}, 0.0
    for place, part in enumerate(members):
        row = by_part[part]
        start = 0.0 if part == ALL else end
        face = style.GREY if part == ALL else colour(part)
        axes.barh(place, row.mean, 0.62, start, color=face)
        _interval(axes, row, place, start)
        if part != ALL:
            end += row.mean
            axes.plot([end, end], [place + 0.31, place + 0.69], color=style.GREY, linewidth=0.5)
        _number(axes, row.mean, place)


def _stacks(axes: Axes, rows: pd.DataFrame, members: list[str]) -> None:
    """The parts of each member side by side, gains to the right, losses to the left; their sum is a dot."""
    ends = {(member, sign): 0.0 for member in members for sign in (True, False)}
    for row in records(rows[rows.part != ALL]):
        side = row.name, row.mean > 0.0
        axes.barh(members.index(row.name), row.mean, 0.62, ends[side], color=colour(row.part))
        ends[side] += row.mean
    for row in records(rows[rows.part == ALL]):
        place = members.index(row.name)
        _interval(axes, row, place, 0.0)
        axes.plot([row.mean], [place], "o", color=style.BLACK, markersize=2.6)
        _number(axes, row.mean, place)


def _interval(axes: Axes, row: Any, place: int, start: float) -> None:
    if math.isfinite(row.low) and row.high > row.low:
        ends = [start + row.low, start + row.high]
        axes.plot(ends, [place, place], color=style.BLACK, linewidth=0.7, solid_capstyle="butt")


def _number(axes: Axes, mean: float, place: int) -> None:
    """The mean at the right edge, where no bar ends."""
    said = number(mean).replace("-", "−")
    axes.annotate(
        said, (1.0, place), xycoords=("axes fraction", "data"), ha="right", va="center", fontsize=POINTS
    )


def _frame(axes: Axes, called: list[str], named: bool) -> None:
    low, high = axes.get_xlim()
    if high - low < 2 * LEAST:
        low, high = -LEAST, LEAST
    room = 1 - NUMBERS / 2 / style.inches(axes)
    axes.set_xlim(low, low + (high - low) / room)
    axes.axvline(0, color=style.GREY, linewidth=0.6)
    axes.set_ylim(len(called) - 0.4, -0.6)
    shown = [text.fitted(name[:1].upper() + name[1:], MARGIN - 0.1, POINTS) for name in called]
    axes.set_yticks(range(len(called)), shown if named else [""] * len(called), fontsize=POINTS)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(4))
