"""Probability chart: how many of the runs reach each target, by scenario, with the interval of that share."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from experiments.figures import methods
from experiments.figures.drawing import style, text
from experiments.figures.fan import chance
from experiments.figures.material.evidence import MOST_SCENARIOS, Evidence, records

ACROSS = 4
LIST_ROW = 0.13  # inches between two cases of a list
RANKED = {"en": "cases by their mean chance", "zh": "方案按平均概率排列"}
ROW = 0.145  # inches between two scenarios of one target
WORDS = {
    "en": ("Probability of reaching each target by 2025", "probability, %"),
    "zh": ("到2025年实现各项目标的概率", "概率，%"),
}


def probability(
    evidence: Evidence, scenario: str | list[str] | None = None, language: str | None = None
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """One line per target and scenario, `all` last. More cases than colours are a list, a panel per target,
    in which the most likely stands first.

    Returns the figure, its axes and the rows drawn: {target, scenario, hits, runs, failed, probability, low,
    high}.
    """
    language = text.language(language)
    cases = evidence.chosen_cases(scenario)
    data = rows_drawn(evidence, cases)
    targets = list(dict.fromkeys(data.target))
    if len(cases) > MOST_SCENARIOS:
        return (*ranked(evidence, data, language), data)
    with style.looks():
        figure, ((axes,),) = style.sheet(
            WORDS[language][0],
            evidence.footnotes(
                "probability",
                language,
                methods.of_chance(evidence.interval, language),
                methods.left_out(cases, evidence.asked_cases(scenario), language),
            ),
            1,
            1,
            len(targets) * (len(cases) * ROW + 0.17),
            left=2.0,
            right=1.45,
            below=0.42,
            above=0.75,
        )
        for place, target in enumerate(targets):
            _target(axes, data[data.target == target], place, cases, evidence)
        _frame(axes, targets, evidence, language)
        _scenarios(figure, cases, evidence)
    return figure, np.array([axes]), data


def ranked(evidence: Evidence, data: pd.DataFrame, language: str) -> tuple[Figure, np.ndarray]:
    """A panel per target with a row for each case; the cases in one order, by their mean chance."""
    mean = data.groupby("scenario", sort=False).probability.mean()
    cases, targets = (
        list(mean.sort_values(ascending=False, kind="stable").index),
        list(dict.fromkeys(data.target)),
    )
    with style.looks():
        method = f"{methods.of_chance(evidence.interval, language)}; {RANKED[language]}"
        notes, rows = evidence.footnotes("probability", language, method), -(-len(targets) // ACROSS)
        size: dict[str, Any] = {"left": 1.7, "above": 0.85, "below": 0.35, "gap": (0.15, 0.75)}
        figure, grid = style.sheet(WORDS[language][0], notes, rows, ACROSS, LIST_ROW * len(cases), **size)
        shown = [panel for row in grid for panel in row]
        for place, (target, panel) in enumerate(zip(targets, shown, strict=False)):
            _listed(panel, data[data.target == target], cases)
            names = [text.literal(evidence.short_name(case), 28) for case in cases]
            panel.set_yticks(
                range(len(cases)), names if place % ACROSS == 0 else [""] * len(cases), fontsize=6
            )
            panel.set_title(_named(target, evidence, language, 1.3), fontsize=6.5, parse_math=False)
        for empty in shown[len(targets) :]:
            empty.remove()
    return figure, np.array(shown[: len(targets)])


def _listed(axes: Axes, rows: pd.DataFrame, cases: list[str]) -> None:
    for row in records(rows):
        y, certain = cases.index(row.scenario), row.hits in (0, row.runs)
        axes.plot(
            [100 * row.low, 100 * row.high], [y, y], color=style.GREY, linewidth=1.2, solid_capstyle="butt"
        )
        face = "white" if certain else style.COLOURS[0]
        looks: dict[str, Any] = {
            "color": style.COLOURS[0],
            "markersize": 3,
            "markerfacecolor": face,
            "clip_on": False,
        }
        axes.plot([100 * row.probability], [y], "o", **looks)
    axes.set_ylim(len(cases) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 50, 100], ["0", "50", "100 %"])
    first, *_, last = axes.get_xticklabels()  # inside, beside the next panel's numbers
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=style.PALE, linewidth=0.5)
    axes.set_axisbelow(True)


def rows_drawn(evidence: Evidence, cases: list[str]) -> pd.DataFrame:
    """The rows of the chosen cases, by target in the plan's order and then by case."""
    kept = ["target", "scenario", "hits", "runs", "failed", "probability", "low", "high"]
    table = evidence.probabilities
    rows = table.set_index(["target", "scenario"], drop=False)
    order = [(target, case) for target in evidence.targets for case in cases if (target, case) in rows.index]
    return rows.loc[order][kept].reset_index(drop=True)


def _target(axes: Axes, rows: pd.DataFrame, place: int, cases: list[str], evidence: Evidence) -> None:
    if place % 2:
        axes.axhspan(place - 0.5, place + 0.5, color="#f3f3f3", linewidth=0)
    for row in records(rows):
        y = place + (cases.index(row.scenario) - (len(cases) - 1) / 2) * 0.8 / max(len(cases), 1)
        colour = evidence.colour(row.scenario)
        axes.plot([100 * row.low, 100 * row.high], [y, y], color=colour, linewidth=1.6, solid_capstyle="butt")
        certain = row.hits in (0, row.runs)
        axes.plot(
            [100 * row.probability],
            [y],
            evidence.marker(row.scenario),
            color=colour,
            markersize=4,
            markerfacecolor="white" if certain else colour,
            clip_on=False,
        )
        axes.annotate(
            f"{chance(row)}   {row.hits}/{row.runs}",
            (1, y),
            (6, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=6.5,
            color="#333333",
            parse_math=False,
        )


def _named(target: str, evidence: Evidence, language: str, wide: float = 1.85) -> str:
    label = evidence.label(target)
    if target not in evidence.goals:
        return label.name(language)
    return (
        text.fitted(label.name(language), wide, 7)
        + "\n"
        + label.aim(evidence.goals[target].threshold, language)
    )


def _frame(axes: Axes, targets: list[str], evidence: Evidence, language: str) -> None:
    axes.set_ylim(len(targets) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_yticks(range(len(targets)), [_named(target, evidence, language) for target in targets])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=style.PALE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel(WORDS[language][1])


def _scenarios(figure: Figure, cases: list[str], evidence: Evidence) -> None:
    entries: list[tuple[Artist, str]] = []
    for case in cases:
        handle = Line2D([], [], color=evidence.colour(case), marker=evidence.marker(case), markersize=4)
        entries.append((handle, text.literal(evidence.short_name(case), 26)))
    style.key(figure, entries)
