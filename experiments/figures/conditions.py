"""Conditions of a target: the runs over the two that stand best, and how often each comes back."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.answer.text_table import short
from experiments.discovery.box import BELOW
from experiments.discovery.discovery import FAILURE, METHODS, SUCCESS, Discovery, Side
from experiments.discovery.tested import RETURNS, Found, Standing
from experiments.discovery.words import best
from experiments.drawn.things import Thing
from experiments.figures.drawing import style, text
from scenarios.values.errors import InputError

HEADING = ("Conditions of {}: {}", "{}的条件：{}")
WORDS = (
    (
        "Left: every run, filled where it is one. Right: share of halves of the runs in which a condition "
        "comes back, pale where it does not stand; it has to pass the line and a quasi-p-value."
    ),
    "左：各次模拟，实心为符合者。右：条件在各半样本中重现的比例，浅色为未通过者；须过线并通过准 p 值检验。",
)
BOX = ("{}, {}: the box holds {} of {} runs, {:.0%} of all", "{}，{}：框内 {}/{} 次，占全部的 {:.0%}")
NO_BOX = ("{}: no condition stands", "{}：没有通过检验的条件")
FOOT = ("N = {} runs, scale {:g}; P {} ({})", "N = {} 次模拟，规模 {:g}；达标概率 {}（{}）")
NAMES = {SUCCESS: ("success", "达标"), FAILURE: ("failure", "未达标")}
OUTER = (" (outer tenth of runs)", "（最接近的十分之一）")
MARGIN, ROW, LEAST_HIGH = 0.62, 0.17, 1.7  # inches: a scatter's axis; a bar; a panel
BARS = 2.15  # inches of names of conditions
POINTS = 5.4


def conditions(found: Discovery, language: str | None = None) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """A row of panels for success and one for failure: the runs with the box, and the conditions.

    Returns the figure, its axes and the rows drawn, as in `--format json`.

    Raises: InputError where no condition was found.
    """
    language = text.language(language)
    chinese = language == "zh"
    sides = [side for side in found.sides if any(one.kept or one.dropped for one in side.found.values())]
    if not sides:
        why = "; ".join(found.refused.values()) or "none was found"
        raise InputError(f"no condition of {found.target.name} to draw: {why}")
    p, label = found.probability, found.target.about.label
    notes = [WORDS[chinese], *(note(side, chinese) for side in sides)]
    foot = FOOT[chinese].format(p.runs, found.material.scale, p, p.method)
    with style.looks():
        scenario = text.literal(found.material.scenario, 40)
        heading = HEADING[chinese].format(label.zh if chinese else label.en, scenario)
        figure, grid = style.sheet(
            heading, [*notes, foot, *found.material.marks], len(sides), 2, LEAST_HIGH,
            left=MARGIN, above=0.55, gap=(BARS + 0.1, 0.75), below=0.5, right=0.2,
        )  # fmt: skip
        for side, (left, right) in zip(sides, grid, strict=True):
            _scatter(left, found, side, language)
            _bars(right, found, side, language)
            name = NAMES[side.name][chinese] + (OUTER[chinese] if side.instead else "")
            left.set_title(name, fontsize=7, weight="bold", parse_math=False)
    return figure, np.array(grid), found.table()


def note(side: Side, chinese: bool) -> str:
    """What the box of a side holds."""
    method, one = best(side)
    name = NAMES[side.name][chinese]
    if not one.kept:
        return NO_BOX[chinese].format(name)
    score = one.score
    return BOX[chinese].format(name, method, score.cases, score.runs, score.coverage)


def _scatter(axes: Axes, found: Discovery, side: Side, language: str) -> None:
    """The runs over the two conditions that come back most often, or over one and the target."""
    _, one = best(side)
    standing = sorted([*one.kept, *one.dropped], key=lambda each: (each not in one.kept, -each.returns))
    places = list(dict.fromkeys(each.condition.variable for each in standing))[:2]
    things = [found.material.things[place] for place in places]
    across = found.drawn[:, places[0]]
    factor = found.target.about.shown.factor
    upward = found.drawn[:, places[1]] if len(places) > 1 else found.values * factor
    colour = style.COLOURS[0 if side.name == SUCCESS else 1]
    axes.plot(
        across[~side.cases],
        upward[~side.cases],
        "o",
        color=style.GREY,
        fillstyle="none",
        markersize=2,
        markeredgewidth=0.4,
    )
    axes.plot(across[side.cases], upward[side.cases], "o", color=colour, markersize=2.4, markeredgewidth=0)
    if len(places) == 1:
        axes.axhline(side.bound * factor, color=style.TARGET_COLOUR, linewidth=0.7)
    _box(axes, one, places)
    axes.set_xlabel(
        text.fitted(axis_of(things[0], language), style.inches(axes), 6.5), fontsize=6.5, parse_math=False
    )
    label = found.target.about.label
    upright = (
        axis_of(things[1], language) if len(places) > 1 else (label.zh if language == "zh" else label.en)
    )
    axes.set_ylabel(text.fitted(upright, LEAST_HIGH, 6.5), fontsize=6.5, parse_math=False)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(4))
        axis.set_major_formatter(FuncFormatter(lambda value, _: style.short_number(value)))


def _box(axes: Axes, one: Found, places: list[int]) -> None:
    """The bounds that stand, where they lie in the panel."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    ends = [
        (max(left, float(one.box.low[places[0]])), min(right, float(one.box.high[places[0]]))),
        (low, high),
    ]
    if len(places) > 1:
        ends[1] = (max(low, float(one.box.low[places[1]])), min(high, float(one.box.high[places[1]])))
    (x, x_end), (y, y_end) = ends
    if one.kept:
        axes.add_patch(Rectangle((x, y), x_end - x, y_end - y, fill=False, color=style.BLACK, linewidth=0.8))
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)


def _bars(axes: Axes, found: Discovery, side: Side, language: str) -> None:
    """How often each condition of each method comes back."""
    those = [
        (name, each, each in one.kept)
        for name, one in side.found.items()
        for each in [*one.kept, *one.dropped]
    ]
    those = those[:9]
    for place, (name, each, stands) in enumerate(those):
        colour = style.COLOURS[list(METHODS).index(name) * 2]
        axes.barh(place, each.returns, 0.62, color=colour, alpha=1.0 if stands else 0.3, linewidth=0)
    axes.axvline(RETURNS, color=style.BLACK, linewidth=0.6)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(max(len(those), 4) - 0.4, -0.6)
    said = [
        f"{name}: {written(found.material.things[each.condition.variable], each, language)}"
        for name, each, _ in those
    ]
    axes.set_yticks(
        range(len(those)), [text.fitted(one, BARS - 0.12, POINTS) for one in said], fontsize=POINTS
    )
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([0.0, 0.5, 1.0], ["0 %", "50 %", "100 %"], fontsize=6)


def axis_of(thing: Thing, language: str) -> str:
    """A thing with its unit."""
    unit = thing.unit.name(language)
    return f"{thing.label.name(language)}, {unit}" if unit and len(unit) < 20 else thing.label.name(language)


def written(thing: Thing, one: Standing, language: str) -> str:
    """A condition as the axis names it."""
    sign = "<" if one.condition.side == BELOW else ">"
    return f"{thing.label.name(language)} {sign} {short(one.condition.bound)}"
