"""To whom an effect falls: a waterfall of the parts of a scenario, beside what each costs."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.figures.drawing import style, text
from experiments.figures.material.evidence import Evidence, records
from experiments.figures.material.explained import between, chosen, drawn_unit, small_print
from experiments.language.chosen import speaking
from experiments.why.bootstrap import Estimate
from experiments.why.explanation import Explanation
from experiments.why.measured import COST, Measure, lead
from experiments.why.players import Player
from experiments.why.said import spread
from experiments.why.words import cost_per
from scenarios.thrusts import THRUSTS
from scenarios.values.errors import InputError, unknown

HEADING = ("What brings the effect about: {}", "影响从何而来：{}")
ALL = ("all together", "合计")
COSTS = ("Public cost 2021–25, 100 m yuan", "公共支出成本（2021–25年），亿元")
PER = ("per {}: ", "每{}：")
WORDS = (
    (
        "Parts add up to all; what single effects do not add up to is shared. Lines: intervals; pale: "
        "cannot be told from nothing."
    ),
    "分项之和等于合计，交互部分平均分摊；细线为区间；浅色表示与零无显著差别。",
)
MARGIN, ROW, NUMBERS = 1.25, 0.27, 1.15  # inches: names; of a part; of the numbers right of the bars
POINTS = 5.8
KEPT = ["measure", "player", "mean", "low", "high"]


def attribution(
    evidence: Evidence,
    target: str | None = None,
    scenario: str | None = None,
    explanation: str | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """A waterfall of the parts of an effect, and bars of what each part costs.

    target: a target or another measure of the explanation; emerging value added unless given.

    Returns the figure, its axes and the rows drawn: {measure, player, mean, low, high}, `all` together last.

    Raises: InputError where the folder keeps no such explanation, or for an unknown measure.
    """
    language = text.language(language)
    chinese, found = language == "zh", chosen(evidence, scenario, explanation)
    main = target or lead(found.region)
    if main not in found.measures:
        raise InputError(unknown("target", main, found.measures))
    measure = found.measures[main]
    data = rows_drawn(found, [main, COST])
    options = f" target={main}" if target else ""
    with style.looks():
        figure, grid = style.sheet(
            HEADING[chinese].format(between(found)),
            [WORDS[chinese], *small_print(evidence, found, "attribution", language, options)],
            1,
            2,
            0.15 + ROW * (len(found.players) + 1),
            left=MARGIN,
            above=0.65,
            gap=(0.2, 0.5),
        )
        names = [*(named(one, language) for one in found.players), ALL[chinese]]
        for name, panel in zip((main, COST), grid[0], strict=True):
            rows = list(records(data[data.measure == name]))
            _waterfall(panel, rows)
            _frame(panel, names if name == main else [""] * len(names))
            _numbers(panel, rows, per_unit(found, measure, language) if name == COST else None)
        titles = f"{measure.label.name(language)}, {drawn_unit(measure.unit, language)}", COSTS[chinese]
        for panel, title in zip(grid[0], titles, strict=True):
            panel.set_title(text.fitted(title, 2.6, 7), fontsize=7, parse_math=False)
    return figure, np.array(grid[0]), data


def rows_drawn(found: Explanation, names: list[str]) -> pd.DataFrame:
    """The parts of some measures and all together."""
    rows = [
        [name, each, *(found.effect(name) if each == "all" else found.part(name, each))]
        for name in names
        for each in [*(one.name for one in found.players), "all"]
    ]
    return pd.DataFrame(rows, columns=KEPT)


def named(player: Player, language: str) -> str:
    """A part as the axis names it."""
    called = player.called(language)
    return called[0].upper() + called[1:] if player.name in THRUSTS else called


def per_unit(found: Explanation, measure: Measure, language: str) -> list[str]:
    """What a unit of an effect costs through each part, and through all."""
    with speaking(language):
        told = [cost_per(found, measure.name, name) for name in (*(one.name for one in found.players), None)]
    words = PER[language == "zh"].format(drawn_unit(measure.unit, language))
    return [words + one for one in told]


def _waterfall(axes: Axes, rows: list) -> None:
    """Each part from where the one before ends; all together from zero."""
    end = 0.0
    for place, row in enumerate(rows):
        start = 0.0 if row.player == "all" else end
        sure = row.low > 0.0 or row.high < 0.0
        face = style.GREY if row.player == "all" else style.COLOURS[0 if row.mean >= 0.0 else 1]
        axes.barh(place, row.mean, 0.6, start, color=face, alpha=1.0 if sure else 0.35, linewidth=0)
        axes.plot([start + row.low, start + row.high], [place, place], color=style.BLACK, linewidth=0.7)
        if row.player != "all":
            end += row.mean
            axes.plot([end, end], [place + 0.3, place + 0.7], color=style.GREY, linewidth=0.5)


def _numbers(axes: Axes, rows: list, costs: list[str] | None) -> None:
    """The numbers at the right edge, where no bar ends."""
    for place, row in enumerate(rows):
        said = spread(Estimate(row.mean, row.low, row.high)).replace("-", "−")
        axes.annotate(
            said,
            (1.0, place - (0.16 if costs else 0.0)),
            xycoords=("axes fraction", "data"),
            ha="right",
            va="center",
            fontsize=POINTS - 0.6,
            parse_math=False,
        )
        if costs:
            axes.annotate(
                costs[place],
                (1.0, place + 0.18),
                xycoords=("axes fraction", "data"),
                ha="right",
                va="center",
                fontsize=POINTS - 1.2,
                color=style.GREY,
                parse_math=False,
            )


def _frame(axes: Axes, called: list[str]) -> None:
    low, high = axes.get_xlim()
    if high - low <= 0.0:
        low, high = -1.0, 1.0
    room = 1 - NUMBERS / style.inches(axes)
    axes.set_xlim(low, low + (high - low) / room)
    axes.axvline(0, color=style.GREY, linewidth=0.6)
    axes.set_ylim(len(called) - 0.4, -0.6)
    axes.set_yticks(
        range(len(called)), [text.fitted(text.literal(name, 60), MARGIN - 0.1, POINTS) for name in called],
        fontsize=POINTS,
    )  # fmt: skip
    axes.tick_params(axis="y", length=0)
    ticks = [at for at in MaxNLocator(3).tick_values(low, high) if low <= at <= high]
    axes.set_xticks(ticks, [style.short_number(at) for at in ticks])
