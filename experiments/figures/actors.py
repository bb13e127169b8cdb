"""What one kind of actor does over the years: a panel per series, under every scenario."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures import panels, style, text
from experiments.figures.evidence import Evidence
from experiments.figures.labels import Label
from scenarios.errors import InputError, unknown

COLUMNS = 3


class Actor(NamedTuple):
    """The heading of an actor's figure, and the series it shows, in order."""

    label: Label
    series: tuple[str, ...]


ACTORS = {
    "firms": Actor(
        Label("Technology firms", "科技企业"),
        ("firms", "entrants", "exits", "employment", "profits", "firm_loans"),
    ),
}


def actors(
    evidence: Evidence,
    actor: str = "firms",
    scenario: str | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """A panel per series of an actor: bands of `scenario`, by default the baseline; the others as lines.

    Returns the figure, its axes and the rows drawn, in the units of the axes: {series, scenario, kind, level,
    run, year, low, value, high}. Levels are as simulated, not scaled to the base of 2020.

    Raises: InputError for an unknown actor or scenario, or results that hold none of its series.
    """
    language = text.language(language)
    names = series_shown(evidence, actor)
    main, others = panels.main_and_others(evidence, scenario)
    data = pd.concat([rows_drawn(evidence, name, main, others) for name in names], ignore_index=True)
    with style.looks():
        notes = evidence.footnotes("actors", language, f" actor={actor}")
        figure, axes = _sheet(ACTORS[actor].label.name(language), notes, len(names))
        for name, panel in zip(names, axes, strict=True):
            panels.draw(panel, data[data.series == name], main, evidence)
            title = text.fitted(evidence.series[name].full(language), 2.2, 7)
            panel.set_title(title, fontsize=7, weight="bold", parse_math=False)
        panels.key(figure, data, main, evidence, language)
    return figure, np.array(axes), data


def series_shown(evidence: Evidence, actor: str) -> list[str]:
    """The series of an actor that the results hold.

    Raises: InputError for an unknown actor, or when there is none.
    """
    if actor not in ACTORS:
        raise InputError(unknown("actor", actor, ACTORS))
    found = [name for name in ACTORS[actor].series if name in evidence.annual]
    if not found:
        raise InputError(f"{evidence.folder} holds no series of {actor}")
    return found


def rows_drawn(evidence: Evidence, name: str, main: str, others: list[str]) -> pd.DataFrame:
    """The fan of the main case and the medians of the others for one series."""
    values = evidence.annual[["case", "run_id", "year"]].assign(
        value=evidence.annual[name].to_numpy(dtype=float) / evidence.series[name].per_unit
    )
    return panels.rows_of(values, main, others).assign(series=name)


def _sheet(heading: str, notes: list[str], count: int) -> tuple[Figure, list[Axes]]:
    rows = -(-count // COLUMNS)
    figure, grid = style.sheet(
        heading, notes, rows, COLUMNS, 1.25, above=1.0, gap=(0.5, 0.62), left=0.6, below=0.3
    )
    axes = [panel for row in grid for panel in row]
    for empty in axes[count:]:
        empty.remove()
    return figure, axes[:count]
