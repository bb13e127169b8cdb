"""Front: the best packages that were found for the money, a panel for each thing that is wanted."""

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

from experiments.figures.drawing import style, text
from experiments.figures.material.evidence import Evidence
from experiments.figures.material.searched import chosen_search, cost_axis, labelled, small_print
from experiments.packages.objectives import COST

HEADING = ("The best packages found, beyond {}", "最优政策组合（在{}之上）")
WORDS = (
    (
        "Pale: packages tried, in pairs of equal luck; blue: the front, than which none is better in one "
        "thing and no worse in all others; marks: those compared at equal spending, in pairs that the search "
        "has not seen."
    ),
    "浅色：已试方案；蓝色：帕累托前沿；符号：等支出比较的方案（未参与搜索的配对）。",
)
TRIED, FRONT = ("tried", "已试方案"), ("front", "前沿")
COLUMNS, HEIGHT = 2, 2.4  # panels beside each other; inches
WIDE = 1.08
KEPT = ["objective", "kind", "cost", "value"]


def front(
    evidence: Evidence, search: str | None = None, language: str | None = None
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """A panel for each thing that is wanted: what packages come to over their public cost.

    Returns the figure, its axes and the rows drawn: {objective, kind, cost, value}; kind: tried, front, or
    the name of a package that was compared.

    Raises: InputError where the folder keeps no such search.
    """
    language = text.language(language)
    chinese, found = language == "zh", chosen_search(evidence, search)
    data = rows_drawn(found)
    wanted = [one for one in found["objectives"] if not one["less"]]
    rows, columns = -(-len(wanted) // COLUMNS), min(COLUMNS, len(wanted))
    names = list(found["chosen"])
    above = 0.75 + 0.18 * (len(names) > 2) + 0.18 * (len(names) > 6)
    with style.looks():
        figure, grid = style.sheet(
            HEADING[chinese].format(text.literal(found["base"], 40)),
            small_print(evidence, found, "front", WORDS, language),
            rows,
            columns,
            HEIGHT,
            left=0.65,
            above=above,
            below=0.45,
            gap=(0.6, 0.75),
        )
        panels = [panel for row in grid for panel in row]
        for one, panel in zip(wanted, panels, strict=False):
            _panel(panel, data[data.objective == one["name"]], names)
            title = labelled(one["label"], one["unit"], language)
            panel.set_title(text.fitted(title, style.inches(panel), 7), fontsize=7, parse_math=False)
            panel.set_xlabel(text.fitted(cost_axis(found, language), style.inches(panel), 6.5), fontsize=6.5,
                             parse_math=False)  # fmt: skip
        for empty in panels[len(wanted) :]:
            empty.remove()
        style.key(figure, _entries(names, chinese), across=4)
    return figure, np.array(panels[: len(wanted)]), data


def rows_drawn(found: Mapping[str, Any]) -> pd.DataFrame:
    """What is drawn of a search."""
    names = [one["name"] for one in found["objectives"]]
    cost = names.index(COST)
    kinds = ["tried"] * len(found["tried"])
    for place in found["on_front"]:
        kinds[place] = "front"
    for name, place in found["chosen"].items():
        kinds[place] = name
    rows = [
        [name, kind, values[cost], values[k]]
        for k, name in enumerate(names)
        if k != cost
        for kind, values in zip(kinds, found["tried"], strict=True)
    ]
    return pd.DataFrame(rows, columns=KEPT)


def _panel(axes: Axes, data: pd.DataFrame, names: list[str]) -> None:
    for kind, colour, size in (("tried", style.PALE, 7), ("front", style.COLOURS[0], 12)):
        rows = data[data.kind == kind]
        axes.scatter(rows.cost, rows.value, s=size, color=colour, linewidths=0, zorder=2)
    for place, name in enumerate(names):
        rows = data[data.kind == name]
        axes.scatter(rows.cost, rows.value, s=36, zorder=4, linewidths=0, **_look(place))
    shown = data[data.kind != "tried"].cost
    high = max(WIDE * float(shown.max()), 1e-3)
    axes.set_xlim(min(0.0, float(shown.min())) - 0.03 * high, high)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(5))
        axis.set_major_formatter(FuncFormatter(lambda value, _: style.short_number(value)))
    axes.grid(color=style.PALE, linewidth=0.5)
    axes.set_axisbelow(True)


def _look(place: int) -> dict[str, Any]:
    """Colour and marker of a package that was compared; the first colour is the front's."""
    return {
        "color": style.COLOURS[1 + place % (len(style.COLOURS) - 1)],
        "marker": style.MARKERS[1 + place % (len(style.MARKERS) - 1)],
    }


def _entries(names: list[str], chinese: bool) -> list[tuple[Artist, str]]:
    dot: dict[str, Any] = {"marker": "o", "linewidth": 0}
    found: list[tuple[Artist, str]] = [
        (Line2D([], [], color=style.PALE, markersize=3, **dot), TRIED[chinese]),
        (Line2D([], [], color=style.COLOURS[0], markersize=4, **dot), FRONT[chinese]),
    ]
    return [
        *found,
        *(
            (Line2D([], [], markersize=5, linewidth=0, **_look(place)), text.literal(name, 34))
            for place, name in enumerate(names)
        ),
    ]
