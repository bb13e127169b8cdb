"""Response: how the probability of each target moves with a swept parameter or lever value."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from experiments.figures import bands, methods, style, text
from experiments.figures.material.evidence import Evidence
from scenarios.values.errors import InputError, unknown

COLUMNS = 4
WORDS = {"en": "Probability of each target against {}", "zh": "各项目标的概率随 {} 的变化"}


def response(
    evidence: Evidence, key: str | None = None, language: str | None = None
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """One panel per target: P(target) over the swept value, the 95 % interval as a band, a line per scenario.

    Returns the figure, its axes and the rows drawn: {target, line, key, value, hits, runs, probability, low,
    high}.

    Raises: InputError when nothing was swept, or not `key`.
    """
    language = text.language(language)
    key = chosen_key(evidence, key)
    data = rows_drawn(evidence, key)
    lines = list(dict.fromkeys(data.line))[: len(style.COLOURS)]
    data = data[data.line.isin(lines)].reset_index(drop=True)
    targets = list(dict.fromkeys(data.target))
    with style.looks():
        figure, axes = style.sheet(
            WORDS[language].format(text.literal(key, 50)),
            evidence.footnotes(
                "response",
                language,
                methods.of_chance(evidence.interval, language),
                methods.left_out(data.scenario, evidence.cases, language),
                f" key={key}",
            ),
            -(-len(targets) // COLUMNS),
            COLUMNS,
            1.3,
            above=0.95 if len(lines) > 1 else 0.65,
            gap=(0.22, 0.62),
            left=0.55,
            below=0.45,
        )
        panels = [panel for row in axes for panel in row]
        for target, panel in zip(targets, panels, strict=False):
            _panel(panel, data[data.target == target], lines)
            heading = text.fitted(evidence.label(target).name(language), 1.5, 6.5)
            panel.set_title(heading, fontsize=6.5, parse_math=False)
        for panel in panels[::COLUMNS]:
            panel.tick_params(labelleft=True)
        for empty in panels[len(targets) :]:
            empty.remove()
        _key(figure, lines)
    return figure, np.array(panels[: len(targets)]), data


def chosen_key(evidence: Evidence, key: str | None) -> str:
    """The swept value to draw over: the one asked for, or the one with most values."""
    counts = swept_numbers(evidence)
    if not counts:
        raise InputError(
            f"figure response: no number was swept in {evidence.folder}; "
            "sweep one, for example lever.rd_subsidy.rate=0,0.1,0.2"
        )
    if key is not None and key not in counts:
        raise InputError(unknown("swept value", key, counts))
    return key or max(counts, key=lambda name: counts[name])


def swept_numbers(evidence: Evidence) -> dict[str, int]:
    """How many different numbers each swept key takes, keys with one value left out."""
    numbers = evidence.swept.assign(value=pd.to_numeric(evidence.swept.value, errors="coerce")).dropna()
    counts = {str(key): int(rows.value.nunique()) for key, rows in numbers.groupby("key", sort=False)}
    return {key: count for key, count in counts.items() if count > 1}


def rows_drawn(evidence: Evidence, key: str) -> pd.DataFrame:
    """Probabilities with the swept value of their case; cases that differ in nothing else form a line."""
    wide = evidence.swept.pivot(index="case", columns="key", values="value")
    values = pd.to_numeric(wide[key], errors="coerce").dropna()
    others = wide.drop(columns=key).loc[values.index]
    others = others[[name for name in others if others[name].nunique() > 1]]
    lines = (
        others.apply(lambda row: ", ".join(str(value) for value in row.dropna()), axis=1)
        if len(others.columns)
        else ""
    )
    names = pd.Series(lines, index=values.index)
    table = evidence.probabilities
    rows = table[table.scenario.isin(values.index) & table.target.isin(evidence.targets)].copy()
    rows = rows.assign(key=key, value=rows.scenario.map(values), line=rows.scenario.map(names))
    rows["order"] = [evidence.targets.index(target) for target in rows.target]
    kept = [
        "target",
        "line",
        "scenario",
        "key",
        "value",
        "hits",
        "runs",
        "failed",
        "probability",
        "low",
        "high",
    ]
    return rows.sort_values(["order", "line", "value"], ignore_index=True)[kept]


def _panel(axes: Axes, rows: pd.DataFrame, lines: list[str]) -> None:
    for index, line in enumerate(lines):
        points, colour = rows[rows.line == line], style.COLOURS[index]
        axes.fill_between(
            points.value,
            100 * points.low,
            100 * points.high,
            color=bands.tint(colour, 0.25),
            alpha=1 if len(lines) == 1 else 0.6,
            linewidth=0,
        )
        axes.plot(
            points.value,
            100 * points.probability,
            color=colour,
            marker=style.MARKERS[index],
            markersize=3,
            clip_on=False,
        )
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100], ["0", "50", "100 %"])
    axes.tick_params(labelleft=False)
    axes.margins(x=0.05)
    axes.xaxis.set_major_locator(MaxNLocator(3))
    axes.grid(color=style.PALE, linewidth=0.5)
    axes.set_axisbelow(True)


def _key(figure: Figure, lines: list[str]) -> None:
    if len(lines) < 2:
        return
    entries: list[tuple[Artist, str]] = [
        (
            Line2D([], [], color=style.COLOURS[i], marker=style.MARKERS[i], markersize=3),
            text.literal(line, 30),
        )
        for i, line in enumerate(lines)
    ]
    style.key(figure, entries)
