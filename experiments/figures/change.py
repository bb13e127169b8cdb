"""Each year's change of emerging value added, taken apart: stacked bars, a panel per scenario."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.change.parts import ALL, CHANGE, PARTS, held
from experiments.figures import methods
from experiments.figures.decomposition import colour, parts_seen
from experiments.figures.drawing import panels, style, text
from experiments.figures.labels import BILLION
from experiments.figures.material.evidence import Evidence, records
from scenarios.spec import FIRST_YEAR
from scenarios.values.errors import InputError

COLUMNS = 2
HEADING = (
    "Change of emerging value added on the year before: what it is made of ({})",
    "新兴产业增加值较上年变化及其构成（{}）",
)
WORDS = (
    "Means over runs, as simulated, at the size of the province; parts add up to the black line.",
    "各次模拟均值，模拟原值，折算至全省规模；分项之和等于黑线。",
)
METHOD = ("means over runs, no interval", "各次模拟的均值，无区间")
WHOLE = ("all", "合计")


def change(
    evidence: Evidence, scenario: str | list[str] | None = None, language: str | None = None
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """The parts of each year's change, stacked, with their sum as a line: a panel per scenario.

    Returns the figure, its axes and the rows drawn: {scenario, year, part, mean}, over runs [100 m yuan].

    Raises: InputError for an unknown scenario, or results that do not hold the parts.
    """
    language = text.language(language)
    if not held(evidence.annual):
        raise InputError(f"{evidence.folder} holds no parts of the change of emerging value added")
    cases, chinese = evidence.chosen_cases(scenario), language == "zh"
    data = rows_drawn(evidence, cases)
    left = methods.left_out(cases, evidence.asked_cases(scenario), language)
    notes = [WORDS[chinese], *evidence.footnotes("change", language, METHOD[chinese], left)]
    with style.looks():
        columns = min(len(cases), COLUMNS)
        rows, heading = -(-len(cases) // columns), HEADING[chinese].format(BILLION[chinese])
        figure, grid = style.sheet(heading, notes, rows, columns, 1.7, left=0.5, above=0.95)
        axes = [panel for row in grid for panel in row]
        for empty in axes[len(cases) :]:
            empty.remove()
        for case, panel in zip(cases, axes, strict=False):
            _bars(panel, data[data.scenario == case])
            title = text.literal(evidence.short_name(case), 34)
            panel.set_title(title, fontsize=8, weight="bold", parse_math=False)
        style.share_scale(axes[: len(cases)], "y")
        entries = [(Patch(color=colour(part)), PARTS[part].name(language)) for part in parts_seen(data)]
        line = Line2D([], [], color=style.BLACK, marker="o", markersize=2.6, linewidth=0.9)
        style.key(figure, [*entries, (line, WHOLE[chinese])])
    return figure, np.array(axes[: len(cases)]), data


def rows_drawn(evidence: Evidence, cases: list[str]) -> pd.DataFrame:
    """Means over runs by year and part, and of all, at the size of the province [100 m yuan]."""
    shown = evidence.annual[evidence.annual.case.isin(cases) & (evidence.annual.year > FIRST_YEAR)]
    columns = {f"{CHANGE}{part}": part for part in PARTS}
    means = shown.groupby(["case", "year"], observed=True)[list(columns)].mean()
    means = means.rename(columns=columns)
    means = means.div(BILLION[2] * evidence.scales_of(means.index.get_level_values("case")), axis=0)
    means[ALL] = means.sum(axis=1)
    rows = means.reset_index().melt(["case", "year"], var_name="part", value_name="mean")
    return rows.rename(columns={"case": "scenario"})


def _bars(axes: Axes, rows: pd.DataFrame) -> None:
    ends: dict[tuple[int, bool], float] = {}
    for row in records(rows[rows.part != ALL]):
        side = row.year, row.mean > 0.0
        axes.bar(row.year, row.mean, 0.7, ends.get(side, 0.0), color=colour(row.part))
        ends[side] = ends.get(side, 0.0) + row.mean
    whole = rows[rows.part == ALL]
    axes.plot(whole.year, whole["mean"], "o-", color=style.BLACK, markersize=2.6, linewidth=0.9)
    axes.axhline(0, color=style.GREY, linewidth=0.6)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: panels.number(value)))
