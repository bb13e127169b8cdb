"""Paired differences: what a scenario changes in 2025 against the baseline, run by run of equal luck."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.answer.pairs import too_small, within
from experiments.answer.text_table import signed
from experiments.figures import methods
from experiments.figures.drawing import style, text
from experiments.figures.labels import Label
from experiments.figures.material.evidence import Evidence, records
from scenarios.values.errors import InputError

COLUMNS = 4
NAME, NAME_INCHES, NAME_POINTS = 18, 1.15, 7.0  # of a case beside its row: letters, room and size
WITHIN = {"en": "too small: within {}", "zh": "小到可忽略：{}以内"}
NONE = {"en": "no difference in any pair", "zh": "各对均无差异"}
WORDS = {
    "en": ("Change in 2025 against {}, pairs of equal luck", "P(higher)", "each baseline"),
    "zh": ("2025年与 {} 相比的变化（同随机数配对）", "P(更高)", "各自基准"),
}


def differences(
    evidence: Evidence, scenario: str | list[str] | None = None, language: str | None = None
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """One panel per target: mean difference to the baseline with its 95 % interval, by scenario.

    Returns the figure, its axes and the rows drawn, in the units of the axes: {target, scenario, pairs, mean,
    low, high, greater, gained, lost}.

    Raises: InputError when there is no scenario beside the baseline.
    """
    language = text.language(language)
    compared = set(evidence.differences.scenario)
    asked = evidence.asked_cases(scenario)
    cases = [case for case in asked if case in compared]
    if not cases:
        raise InputError(
            f"figure differences: {evidence.folder} holds no scenario to compare with {evidence.baseline}"
        )
    data = rows_drawn(evidence, cases)
    targets = list(dict.fromkeys(data.target))
    with style.looks():
        bases = set(evidence.differences.baseline) - compared
        left = methods.left_out(cases, [case for case in asked if case not in bases], language)
        notes = evidence.footnotes(
            "differences", language, methods.of_means(data.low, evidence.interval, language), left
        )
        figure, axes = _sheet(evidence, targets, cases, language, notes)
        for place, (target, panel) in enumerate(zip(targets, axes, strict=False)):
            _panel(panel, data[data.target == target], target, cases, evidence, language)
            if place % COLUMNS == 0:
                panel.set_yticks(range(len(cases)), [_name(evidence.short_name(case)) for case in cases])
        _share_scales(axes, [evidence.label(target).change(language) for target in targets])
        for empty in axes[len(targets) :]:
            empty.remove()
    return figure, np.array(axes[: len(targets)]), data


def rows_drawn(evidence: Evidence, cases: list[str]) -> pd.DataFrame:
    """The differences of the chosen cases in drawn units, by target in the plan's order."""
    table = evidence.differences.set_index(["target", "scenario"], drop=False)
    order = [(target, case) for target in evidence.goals for case in cases if (target, case) in table.index]
    rows = table.loc[order].reset_index(drop=True)
    scale = np.array([evidence.label(target).per_unit for target in rows.target])
    numbers = ["mean", "low", "high"]
    return rows.assign(**{name: rows[name].to_numpy(dtype=float) / scale for name in numbers})


def _sheet(
    evidence: Evidence, targets: list[str], cases: list[str], language: str, notes: list[str]
) -> tuple[Figure, list[Axes]]:
    bases = set(evidence.differences.baseline)
    heading = WORDS[language][0].format(
        text.literal(evidence.short_name(bases.pop()), 30) if len(bases) == 1 else WORDS[language][2]
    )
    rows = -(-len(targets) // COLUMNS)
    figure, axes = style.sheet(
        heading,
        notes,
        rows,
        COLUMNS,
        0.2 + 0.26 * len(cases),
        left=1.25,
        gap=(0.18, 0.72),
        above=0.72,
        below=0.3,
    )
    return figure, [panel for row in axes for panel in row]


def _panel(
    axes: Axes, rows: pd.DataFrame, target: str, cases: list[str], evidence: Evidence, language: str
) -> None:
    label = evidence.label(target)
    axes.axvline(0, color=style.GREY, linewidth=0.7)
    for row in records(rows):
        y, colour = cases.index(row.scenario), evidence.colour(row.scenario)
        axes.plot([row.low, row.high], [y, y], color=colour, linewidth=1.8, solid_capstyle="butt")
        axes.plot([row.mean], [y], evidence.marker(row.scenario), color=colour, markersize=4)
        axes.annotate(
            _said(row, label, language),
            (0.02, y),
            (0, 5.5),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            fontsize=5.8,
            va="center",
            color="#333333",
            parse_math=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
        )
    _no_narrower_than(axes, 10.0**-label.digits / 100)
    axes.set_ylim(len(cases) - 0.5, -0.9)
    axes.set_yticks(range(len(cases)), [])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=style.PALE, linewidth=0.5)
    axes.set_axisbelow(True)
    heading = f"{text.fitted(label.name(language), 1.55, 6.5)}\n{label.change(language)}"
    axes.set_title(heading, fontsize=6.5, parse_math=False)


def _name(case: str) -> str:
    """A case in one line, or two where it breaks into them, so that what was swept is read whole."""
    for name in (text.literal(case), text.literal(case, 2 * NAME - 6)):
        lines = text.wrapped(name, NAME_INCHES, NAME_POINTS)
        if len(lines) <= 2 and " ".join(lines) == name:
            return "\n".join(lines)
    return text.literal(case, NAME)


def _said(row: Any, label: Label, language: str) -> str:
    """The difference above its bar; one that no table of values would show by the bound it lies within."""
    bound = too_small(row.low, row.high, 10.0**-label.digits)
    if bound is not None:
        return WITHIN[language].format(within(bound).removeprefix("within ")) if bound else NONE[language]
    digits = label.digits_of((row.high - row.low) * label.per_unit)
    return f"{signed(row.mean, digits)}, {WORDS[language][1]} {row.greater:.2f}".replace("-", "−")


def _share_scales(axes: list[Axes], units: list[str]) -> None:
    """Panels of one unit have one scale, or a difference of nothing would look as long as one of much."""
    for unit in dict.fromkeys(units):
        alike = [panel for panel, own in zip(axes, units, strict=False) if own == unit]
        style.share_scale(alike, "x")
        for panel in alike:
            style.spread_ticks(panel)


def _no_narrower_than(axes: Axes, width: float) -> None:
    """Differences below what is printed shall look like none."""
    low, high = axes.get_xlim()
    if high - low < width:
        axes.set_xlim(-width / 2, width / 2)
