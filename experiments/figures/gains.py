"""Who gains and who loses by a scenario: industries, prefectures, firms by size and owner, sectors."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.drawing import style, text
from experiments.figures.material.evidence import Evidence
from experiments.figures.material.explained import between, chosen, small_print
from experiments.why.explanation import Explanation
from experiments.why.gains import Change, changes
from experiments.why.members import GROUPS, INDUSTRY, OWNER, PREFECTURE, SECTOR, SIZE
from experiments.why.said import spread
from scenarios.values.errors import InputError

HEADING = ("Who gains and who loses: {} (100 m yuan)", "谁受益、谁受损：{}（亿元）")
WORDS = (
    (
        "Bars: difference of emerging value added in 2025, of sectors as they say; lines: intervals; pale: "
        "cannot be told from nothing. Sizes and owners: technology firms of the end of 2025. "
        "Money: 2021–25."
    ),
    (
        "条形：2025年新兴产业增加值之差（部门按各自口径）；细线为区间；浅色：与零无显著差别；"
        "规模与所有制指2025年末科技企业；居民为合计。"
    ),
)
COLUMNS = ((INDUSTRY, OWNER), (PREFECTURE,), (SIZE, SECTOR))
ROW, BETWEEN = 0.185, 3.0  # inches of a member; members' heights between two panels of a column
NAMES, NUMBERS = 1.0, 0.9  # inches left and right of the bars
POINTS = 5.0
KEPT = ["group", "name", "mean", "low", "high", "base"]


def gains(
    evidence: Evidence,
    scenario: str | None = None,
    explanation: str | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """Bars of what each member of a group has more, with intervals: a panel per group.

    Returns the figure, its axes and the rows drawn: {group, name, mean, low, high, base} [100 m yuan].

    Raises: InputError where the folder keeps no such explanation, or one without members.
    """
    language = text.language(language)
    chinese, found = language == "zh", chosen(evidence, scenario, explanation)
    told = {group: changes(found, group, language=language) for group in GROUPS}
    if not any(told.values()):
        raise InputError(f"the explanation of {found.about['scenario']} tells nobody apart")
    high = max(sum(len(told[one]) for one in column) + BETWEEN * (len(column) - 1) for column in COLUMNS)
    with style.looks():
        notes = [WORDS[chinese], *small_print(evidence, found, "gains", language)]
        heading = HEADING[chinese].format(between(found))
        figure, grid = style.sheet(
            heading, notes, 1, len(COLUMNS), ROW * high, left=NAMES, above=0.6, gap=(NAMES + 0.05, 0.5)
        )
        panels = []
        for column, axes in zip(COLUMNS, grid[0], strict=True):
            panels += _column(figure, axes, [(group, told[group]) for group in column], high, language)
    return figure, np.array(panels), rows_drawn(found)


def rows_drawn(found: Explanation) -> pd.DataFrame:
    """Every member of every group."""
    rows = [
        [group, one.member.name, *one.change, one.base] for group in GROUPS for one in changes(found, group)
    ]
    return pd.DataFrame(rows, columns=KEPT)


def _column(
    figure: Figure, axes: Axes, groups: list[tuple[str, list[Change]]], high: float, language: str
) -> list[Axes]:
    """The panels of a column, the first at its top, each as high as its members need."""
    x, y, wide, tall = axes.get_position().bounds
    axes.remove()
    panels, top = [], y + tall
    for group, those in groups:
        height = tall * len(those) / high
        panel = figure.add_axes((x, top - height, wide, height))
        _bars(panel, those)
        panel.set_title(
            text.fitted(GROUPS[group].name(language), wide * style.size_of(figure)[0] + 0.1, 6), fontsize=6,
            weight="bold", parse_math=False, pad=3,
        )  # fmt: skip
        top -= height + tall * BETWEEN / high
        panels.append(panel)
    return panels


def _bars(axes: Axes, those: list[Change]) -> None:
    for place, one in enumerate(those):
        change = one.change
        face = style.COLOURS[0 if change.mean >= 0.0 else 1]
        axes.barh(place, change.mean, 0.62, color=face, alpha=1.0 if change.sure else 0.35, linewidth=0)
        axes.plot([change.low, change.high], [place, place], color=style.BLACK, linewidth=0.6)
        axes.annotate(
            spread(change).replace("-", "−"), (1.0, place), xycoords=("axes fraction", "data"), ha="right",
            va="center", fontsize=POINTS - 0.8, parse_math=False,
        )  # fmt: skip
    low, top = axes.get_xlim()
    if top - low <= 0.0:
        low, top = -1.0, 1.0
    axes.set_xlim(low, low + (top - low) / (1 - NUMBERS / style.inches(axes)))
    axes.axvline(0, color=style.GREY, linewidth=0.6)
    axes.set_ylim(len(those) - 0.4, -0.6)
    axes.set_yticks(
        range(len(those)), [text.fitted(one.called, NAMES - 0.1, POINTS) for one in those], fontsize=POINTS
    )
    axes.tick_params(axis="y", length=0)
    ticks = [at for at in MaxNLocator(2).tick_values(low, top) if low <= at <= top]
    axes.set_xticks(ticks, [style.short_number(at) for at in ticks], fontsize=5.5)
