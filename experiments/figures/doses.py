"""Doses: what every dose of a lever does to money, value added, research and the targets."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.answer.dose_response import Response, remarks
from experiments.figures.drawing import bands, style, text
from experiments.figures.labels import BILLION, Label
from experiments.figures.material.goals import judged_label
from experiments.language.chosen import speaking
from scenarios.targets import load_targets

COLUMNS = 4
HEADING = {"en": "Response to {}, against {:,.10g} in force", "zh": "对 {} 的响应（现行值 {:,.10g}）"}
FOOT = {
    "en": "paired differences in 2025 (money: 2021–25); band: Student's 95 % interval of the mean over {} "
    "pairs; scale {:g}; circle: in force",
    "zh": "2025 年配对差值（资金为 2021–25 年合计）；色带：{} 对均值的 Student 95 % 区间；"
    "规模 {:g}；圆圈：现行值",
}
OTHERS = {
    "spent": Label("Public money spent", "公共资金支出", *BILLION),
    "value_added": Label("Emerging value added", "战略性新兴产业增加值", *BILLION),
    "gdp": Label("Gross domestic product", "地区生产总值", *BILLION),
    "research": Label("R&D of firms", "企业研发经费", *BILLION),
    "statistical_coverage": Label("Reclassified, no activity", "统计覆盖变动（非实际活动）", "%", "%"),
}


def doses(found: Response, language: str | None = None) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """One panel per measure: the mean paired difference over the dose, its interval as a band.

    Returns the figure, its axes and the rows drawn: {dose, measure, mean, low, high}.
    """
    language = text.language(language)
    data, names = pd.DataFrame(found.rows()), labels(found)
    with speaking(language):
        told = remarks(found, {measure: label.name(language) for measure, label in names.items()})
    if language == "en":
        told = [re.sub(r"([0-9]) 亿", r"\1 hundred million yuan", one) for one in told]
    with style.looks():
        figure, axes = style.sheet(
            HEADING[language].format(text.literal(f"{found.key} [{found.unit}]", 70), found.dose_in_force),
            [FOOT[language].format(found.pairs, found.scale), *told],
            -(-len(found.values) // COLUMNS),
            COLUMNS,
            1.2,
            gap=(0.45, 0.62),
            left=0.55,
            above=0.65,
            below=0.45,
        )
        panels = [panel for row in axes for panel in row]
        for measure, panel in zip(found.values, panels, strict=False):
            _panel(panel, data[data.measure == measure], found.dose_in_force)
            unit = names[measure].change(language).replace("percentage points", "pp")
            title = f"{names[measure].name(language)}, {unit}".rstrip(", ")
            panel.set_title(text.fitted(title, 1.6, 6.5), fontsize=6.5, parse_math=False)
        for empty in panels[len(found.values) :]:
            empty.remove()
    return figure, np.array(panels[: len(found.values)]), data


def labels(found: Response) -> dict[str, Label]:
    """How each measure is called; one that no target of today measures, by its own name."""
    known = OTHERS | {name: judged_label(target) for name, target in load_targets().items()}
    return {name: known.get(name, Label(name, name)) for name in found.values}


def _panel(axes: Axes, rows: pd.DataFrame, in_force: float) -> None:
    rows = rows.sort_values("dose")
    known = rows.dropna(subset=["low", "high"])
    axes.axhline(0.0, color=style.GREY, linewidth=0.6)
    low, high, tint = known.low.astype(float), known.high.astype(float), bands.tint(style.COLOURS[0], 0.25)
    axes.fill_between(known.dose, low, high, color=tint, linewidth=0)
    axes.plot(rows.dose, rows["mean"], color=style.COLOURS[0], marker="o", markersize=2)
    axes.plot([in_force], [0.0], marker="o", markersize=5, fillstyle="none", color=style.BLACK, lw=0)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: style.short_number(value)))
    style.spread_ticks(axes)
    axes.grid(color=style.PALE, linewidth=0.5)
    axes.set_axisbelow(True)
