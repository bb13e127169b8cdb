"""The way of an effect through the model: a row of steps for each branch, each with its measured change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from experiments.figures.drawing import style, text
from experiments.figures.material.evidence import Evidence
from experiments.figures.material.explained import between, chosen, drawn_unit, small_print
from experiments.why.chain import Reading, Way, ways
from experiments.why.said import decimals, number, spread
from scenarios.values.errors import InputError

HEADING = ("The way of the effect through the model: {}", "影响的传导路径：{}")
WORDS = (
    (
        "Each box: change against the base in percent with its interval, and in its own unit; flows of "
        "2021–25, all else in 2025. Dashed: not measurable. Arrows: rules of the model; steps measured alone."
    ),
    (
        "方框：相对基准的变化（%）及区间，下为原单位；流量为2021–25年合计，其余为2025年；虚线框：无可测差异；"
        "箭头为模型规则，各步分别测得。"
    ),
)
NOTHING = {"en": "no measurable change", "zh": "无可测变化"}
HEIGHT, GAP = 0.92, 0.16  # of a row of boxes: inches; between boxes: of a box
POINTS = 5.2
KEPT = ["branch", "step", "mean", "low", "high", "relative", "relative_low", "relative_high", "measurable"]


def chain(
    evidence: Evidence,
    scenario: str | None = None,
    explanation: str | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """A row of boxes for each branch, from the money paid out to emerging value added.

    Returns the figure, its axes and the rows drawn: {branch, step, mean, low, high, relative, relative_low,
    relative_high, measurable}; relative in percent of the base.

    Raises: InputError where the folder keeps no such explanation, or one without steps.
    """
    language = text.language(language)
    chinese, found = language == "zh", chosen(evidence, scenario, explanation)
    drawn = ways(found)
    if not drawn:
        raise InputError(f"the explanation of {found.about['scenario']} holds no steps")
    most = max(len(one.readings) for one in drawn)
    with style.looks():
        notes = [WORDS[chinese], *small_print(evidence, found, "chain", language)]
        heading = HEADING[chinese].format(between(found))
        figure, grid = style.sheet(
            heading, notes, len(drawn), 1, HEIGHT, left=0.1, right=0.1, above=0.62, below=0.1, gap=(0, 0.28)
        )
        for way, (panel,) in zip(drawn, grid, strict=True):
            _row(panel, way, most, language)
    return figure, np.array([panel for (panel,) in grid]), rows_drawn(drawn)


def rows_drawn(drawn: list[Way]) -> pd.DataFrame:
    """Every step of every branch."""
    rows = [
        [
            way.branch.name,
            one.step.name,
            *one.change,
            *(one.relative or (np.nan, np.nan, np.nan)),
            one.measurable,
        ]
        for way in drawn
        for one in way.readings
    ]
    return pd.DataFrame(rows, columns=KEPT)


def _row(axes: Axes, way: Way, most: int, language: str) -> None:
    axes.set_axis_off()
    axes.set_xlim(0, most)
    axes.set_ylim(0, 1)
    name = way.branch.label.name(language)
    axes.set_title(name[0].upper() + name[1:], fontsize=7, weight="bold", parse_math=False, pad=3)
    for place, one in enumerate(way.readings):
        last = place == len(way.readings) - 1
        at = most - 1 if last else place
        _box(axes, at, one, language, last or place == 0, style.inches(axes) / most)
        if not last:
            end = most - 1 if place == len(way.readings) - 2 else at + 1
            arrow = FancyArrowPatch(
                (at + 1 - GAP / 2, 0.5), (end + GAP / 2, 0.5), arrowstyle="-|>", mutation_scale=6,
                color=style.GREY, linewidth=0.8, shrinkA=0, shrinkB=0,
            )  # fmt: skip
            axes.add_patch(arrow)


def _box(axes: Axes, at: float, one: Reading, language: str, ends: bool, wide: float) -> None:
    sure, inside = one.measurable, wide * (1 - GAP)
    face = style.PALE if ends else "#eaf2f8"
    axes.add_patch(
        FancyBboxPatch(
            (at + GAP / 2, 0.04), 1 - GAP, 0.92, boxstyle="round,pad=0,rounding_size=0.04",
            facecolor=face if sure else "white", edgecolor=style.COLOURS[0] if sure else style.GREY,
            linewidth=0.7, linestyle="-" if sure else "--",
        )
    )  # fmt: skip
    middle = at + 0.5
    looks: dict[str, Any] = {"ha": "center", "parse_math": False}
    label = one.step.label.name(language)
    axes.text(middle, 0.93, text.fitted(label, inside, POINTS), fontsize=POINTS, va="top", **looks)
    for y, said, points, weight in said_of(one, language, inside):
        axes.text(middle, y, said, fontsize=points, weight=weight, va="center", linespacing=1.1, **looks)


def said_of(one: Reading, language: str, wide: float) -> list[tuple[float, str, float, str]]:
    """Height, text, size and weight of the lines in a box."""
    relative = one.relative
    found = []
    if relative is not None:
        digits = decimals(relative)
        ends = f"{number(relative.low, digits)} to {number(relative.high, digits)} %".replace("-", "−")
        if one.measurable:
            found.append((0.47, f"{number(relative.mean, digits)} %".replace("-", "−"), POINTS + 1.8, "bold"))
        else:
            found.append((0.47, text.fitted(NOTHING[language], wide, POINTS), POINTS, "normal"))
        found.append((0.29, ends, POINTS - 0.6, "normal"))
    if one.level is not None:
        said = f"{spread(one.change).partition(' [')[0]} {drawn_unit(one.step.unit, language)}".replace(
            "-", "−"
        )
        found.append((0.13, said if one.measurable else "", POINTS - 0.4, "normal"))
    return found
