"""Reach: what packages reach with a probability and what they cost, beside what is wanted."""

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
from experiments.figures.material.searched import chosen_reach, cost_axis, labelled, small_print

HEADING = ("What it would take: {}, with probability {:g}", "需要怎样的政策组合：{}（概率 {:g}）")
WORDS = (
    (
        "Small points: packages in pairs of equal luck, as what the runs of what is in force reach at full "
        "size plus the mean paired effect; line: the most for the money. Large: runs at full size."
    ),
    "小点：同随机数配对中的各政策组合；线：各成本下的最佳；大符号：全规模模拟。",
)
NAMES = {
    "tried": ("tried", "已试方案"),
    "beyond": ("beyond the money that may be spent", "超出资金上限"),
    "full": ("at full size", "全规模模拟"),
    "in_force": ("in force, at full size", "现行政策（全规模）"),
    "wanted": ("wanted", "目标"),
}
HEIGHT = 3.2  # inches
WIDE = 1.15  # of the dearest package that may be spent: what is drawn
KEPT = ["kind", "cost", "reached"]


def reach(
    evidence: Evidence,
    target: str | None = None,
    search: str | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """Every package that was tried for a target: what it reaches with the probability, over its cost.

    Returns the figure, its axes and the rows drawn: {kind, cost, reached}; kind: tried, beyond, full,
    in_force.

    Raises: InputError where the folder keeps no such search.
    """
    language = text.language(language)
    chinese, found = language == "zh", chosen_reach(evidence, target, search)
    data = rows_drawn(found)
    with style.looks():
        figure, grid = style.sheet(
            HEADING[chinese].format(text.literal(found["label"][language], 50), found["probability"]),
            small_print(evidence, found, "reach", WORDS, language),
            1,
            1,
            HEIGHT,
            left=0.75,
            above=0.75,
            below=0.45,
        )
        panel = grid[0][0]
        _points(panel, data)
        panel.axhline(found["wanted"], color=style.TARGET_COLOUR, linestyle="--", linewidth=0.9)
        _frame(panel, found, data, language)
        style.key(figure, _entries(data, chinese), across=5)
    return figure, np.array([panel]), data


def rows_drawn(found: Mapping[str, Any]) -> pd.DataFrame:
    """What is drawn of a search."""
    kinds = ["tried" if allowed else "beyond" for allowed in found["allowed"]]
    rows = [[kind, *one] for kind, one in zip(kinds, found["tried"], strict=True)]
    rows += [["in_force" if k == 0 else "full", *one] for k, one in enumerate(found["confirmed"])]
    return pd.DataFrame(rows, columns=KEPT)


def _points(axes: Axes, data: pd.DataFrame) -> None:
    looks: dict[str, dict[str, Any]] = {
        "beyond": {"color": style.PALE, "s": 9, "marker": "o"},
        "tried": {"color": style.COLOURS[0], "s": 9, "marker": "o", "alpha": 0.55},
        "full": {"color": style.COLOURS[1], "s": 42, "marker": "D"},
        "in_force": {"color": style.BLACK, "s": 36, "marker": "s"},
    }
    for kind, look in looks.items():
        rows = data[data.kind == kind]
        axes.scatter(rows.cost, rows.reached, linewidths=0, zorder=3, **look)
    best = frontier(data[data.kind == "tried"])
    axes.step(best.cost, best.reached, where="post", color=style.COLOURS[0], linewidth=0.8)


def frontier(rows: pd.DataFrame) -> pd.DataFrame:
    """The packages than which none reaches more for as little money, the cheapest first."""
    ordered = rows.sort_values(["cost", "reached"], ascending=[True, False])
    return ordered[ordered.reached > ordered.reached.cummax().shift(fill_value=-np.inf)]


def _frame(axes: Axes, found: Mapping[str, Any], data: pd.DataFrame, language: str) -> None:
    may = data[data.kind != "beyond"].cost
    high = max(WIDE * float(may.max()), 1e-3)
    axes.set_xlim(min(0.0, float(may.min())) - 0.03 * high, high)
    axes.set_xlabel(cost_axis(found, language), parse_math=False)
    axes.set_title(labelled(found["label"], found["unit"], language), fontsize=7, parse_math=False)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(6))
        axis.set_major_formatter(FuncFormatter(lambda value, _: style.short_number(value)))
    axes.grid(color=style.PALE, linewidth=0.5)
    axes.set_axisbelow(True)


def _entries(data: pd.DataFrame, chinese: bool) -> list[tuple[Artist, str]]:
    looks: dict[str, dict[str, Any]] = {
        "tried": {"marker": "o", "color": style.COLOURS[0], "markersize": 3, "linewidth": 0.8},
        "beyond": {"marker": "o", "color": style.PALE, "markersize": 3, "linewidth": 0},
        "in_force": {"marker": "s", "color": style.BLACK, "markersize": 5, "linewidth": 0},
        "full": {"marker": "D", "color": style.COLOURS[1], "markersize": 5, "linewidth": 0},
    }
    found: list[tuple[Artist, str]] = [
        (Line2D([], [], **look), NAMES[kind][chinese])
        for kind, look in looks.items()
        if (data.kind == kind).any()
    ]
    wanted = Line2D([], [], color=style.TARGET_COLOUR, linestyle="--", linewidth=0.9)
    return [*found, (wanted, NAMES["wanted"][chinese])]
