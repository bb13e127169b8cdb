"""What targets hang on: shares of the variance of each value, alone and in all, and of its hits."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.drawn.things import BASE, KINDS, PARAMETER, TAUGHT, WORLD
from experiments.figures.drawing import bands, style, text
from experiments.sensitivity.found import Sensitivity, Value
from experiments.sensitivity.shares import Shares
from experiments.sensitivity.table import percent, thirds
from scenarios.values.errors import InputError

HEADING = ("What targets hang on: {}", "各项目标取决于什么：{}")
WORDS = (
    (
        "Bars: share of the variance in 2025 that each decides in all, dark the part that it decides alone; "
        "line: 95 % interval. Diamond: share of the variance of hits. Right: the probability, or else the "
        "value, from its lowest third to its highest. Parameters that 2016–20 taught about depend on each "
        "other and are one."
    ),
    (
        "条形：对2025年取值方差的总贡献，深色为单独贡献；细线为95 % 区间；菱形：对是否达标的方差贡献。"
        "右侧：由最低三分之一到最高三分之一时的达标概率（或取值）。由2016–20年数据学到的参数相互关联，合为一项。"
    ),
)
FOOT = (
    "N = {} runs, scale {:g}; surrogate foretells {}; {}",
    "N = {} 次模拟，规模 {:g}；代理模型对留出模拟的解释度 {}；{}",
)
MOST, COLUMNS = 7, 2
LEAST = 0.01
MARGIN, ROW, NUMBERS = 1.75, 0.155, 0.62  # inches: names, a bar, numbers right of the bars
POINTS = 5.4
TAUGHT_NAMED = ("what 2016–20 taught ({})", "2016–20年所学（{}个参数）")


def hangs_on(found: Sensitivity, language: str | None = None) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """A panel per value: bars of the shares of what decides it most.

    Returns the figure, its axes and the rows drawn, as in `--format json`.

    Raises: InputError where nothing decides any value.
    """
    language = text.language(language)
    chinese = language == "zh"
    drawn = [one for one in found.told if one.told is not None]
    if not drawn:
        raise InputError("nothing that is drawn moves any value: nothing to draw")
    with style.looks():
        figure, grid = style.sheet(
            HEADING[chinese].format(text.literal(", ".join(found.question.scenarios), 60)),
            [WORDS[chinese], small_print(found, drawn, chinese), *filter(None, [found.question.marked])],
            -(-len(drawn) // COLUMNS), COLUMNS, ROW * (MOST + 0.4), left=MARGIN, above=0.8,
            gap=(MARGIN + 0.12, 0.42),
        )  # fmt: skip
        style.key(figure, key(chinese), across=6)
        panels = [panel for row in grid for panel in row]
        for one, panel in zip(drawn, panels, strict=False):
            _panel(panel, found, one, language)
        for empty in panels[len(drawn) :]:
            empty.remove()
    data = pd.DataFrame([row for one in drawn for row in found.rows(one)])
    return figure, np.array(panels[: len(drawn)]), data


COLOUR = {PARAMETER: style.COLOURS[0], WORLD: style.COLOURS[1], BASE: style.COLOURS[2]}


def key(chinese: bool) -> list[tuple[Line2D | Patch, str]]:
    """The kinds by colour."""
    found: list[tuple[Line2D | Patch, str]] = [
        (Patch(color=COLOUR[name]), KINDS[name].zh if chinese else KINDS[name].en) for name in COLOUR
    ]
    diamond = Line2D([], [], marker="D", linestyle="", color=style.BLACK, markersize=3)
    return [*found, (diamond, "达标" if chinese else "of hits")]


def small_print(found: Sensitivity, drawn: list[Value], chinese: bool) -> str:
    """Runs, scale, how well values are foretold, and where parameters come from."""
    told = [100.0 * one.told.surrogate.explained for one in drawn if one.told is not None]
    span = f"{min(told):.0f}–{max(told):.0f} %"
    return FOOT[chinese].format(found.question.runs, found.question.scale, span, found.question.described)


def strongest(one: Value) -> list[tuple[str, Shares]]:
    """What decides a value most, in order."""
    assert one.told is not None
    order = sorted(one.told.groups.items(), key=lambda pair: -pair[1].in_all.value)
    return [pair for pair in order if pair[1].in_all.value >= max(LEAST, one.told.floor)][:MOST]


def _panel(axes: Axes, found: Sensitivity, one: Value, language: str) -> None:
    those = strongest(one)
    for place, (name, own) in enumerate(those):
        colour = COLOUR[found.kind(name)]
        axes.barh(place, own.in_all.value, 0.66, color=bands.tint(colour, 0.35), linewidth=0)
        axes.barh(place, min(own.alone.value, own.in_all.value), 0.66, color=colour, linewidth=0)
        axes.plot([own.in_all.low, own.in_all.high], [place, place], color=style.BLACK, linewidth=0.6)
        if own.hit_in_all is not None:
            axes.plot([own.hit_in_all.value], [place], "D", color=style.BLACK, markersize=2.4)
        ends = "" if own.value is None else thirds(own.value, one.digits)
        if own.chance is not None:
            ends = f"P {percent(own.chance.low)} → {percent(own.chance.high)}"
        axes.annotate(
            ends.replace("-", "−"), (1.0, place), xycoords=("axes fraction", "data"), ha="right", va="center",
            fontsize=POINTS - 0.4, parse_math=False,
        )  # fmt: skip
    _frame(axes, [named(found, name, language) for name, _ in those], title(found, one, language))


def _frame(axes: Axes, names: list[str], title: str) -> None:
    high = max(axes.get_xlim()[1], 0.1)
    axes.set_xlim(0.0, high / (1.0 - NUMBERS / style.inches(axes)))
    axes.set_ylim(MOST - 0.4, -0.6)
    axes.set_yticks(
        range(len(names)), [text.fitted(one, MARGIN - 0.1, POINTS) for one in names], fontsize=POINTS
    )
    axes.tick_params(axis="y", length=0)
    ticks = [at for at in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9) if at <= high]
    ticks = ticks[:: max(1, -(-len(ticks) // 4))]
    axes.set_xticks(ticks, [f"{100 * at:.0f} %" for at in ticks], fontsize=5.5)
    axes.set_title(
        text.fitted(title, style.inches(axes) + 0.8, 6.4),
        fontsize=6.4,
        weight="bold",
        parse_math=False,
        pad=3,
    )


def named(found: Sensitivity, name: str, language: str) -> str:
    """A thing as the axis names it."""
    if name == TAUGHT:
        return TAUGHT_NAMED[language == "zh"].format(sum(one.learnt for one in found.inputs))
    return found.things.things[name].label.name(language)


def title(found: Sensitivity, one: Value, language: str) -> str:
    """A value with its probability."""
    label = one.target.about.label
    name = label.zh if language == "zh" else label.en
    scenario = found.question.scenarios[one.measure.scenario]
    if one.measure.effect:
        return f"{scenario}: Δ {name}"
    several = f"{scenario}: " if len(found.question.scenarios) > 1 else ""
    return f"{several}{name} · P {one.probability}"
