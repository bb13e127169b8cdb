"""What one kind of actor does over the years: a panel per series, under every scenario."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures import methods
from experiments.figures.drawing import panels, style, text
from experiments.figures.labels import Label
from experiments.figures.material.actor_series import ACTORS
from experiments.figures.material.evidence import Evidence
from scenarios.values.errors import InputError, unknown

TITLE_POINTS = 7
GAP = 0.5  # inches between panels side by side
STILL = ("Zero in every run, not drawn: {}.", "各次模拟均为零、未绘出：{}。")


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
    names, still = series_shown(evidence, actor)
    main, others = panels.main_and_others(evidence, scenario)
    data = pd.concat([rows_drawn(evidence, name, main, others) for name in names], ignore_index=True)
    with style.looks():
        heading, columns = ACTORS[actor].label.name(language), ACTORS[actor].columns
        left = methods.left_out([main, *others], evidence.cases, language)
        told = evidence.footnotes("actors", language, panels.method(data, language), left, f" actor={actor}")
        notes = [*_notes(evidence, actor, language, still), *told]
        figure, axes = _sheet(heading, notes, len(names), columns, panels.key_height(data))
        for name, panel in zip(names, axes, strict=True):
            panels.draw(panel, data[data.series == name], main, evidence)
            title = _title(evidence.series[name], language, style.inches(panel) + 0.1)
            panel.set_title(title, fontsize=TITLE_POINTS, weight="bold", parse_math=False)
        panels.key(figure, data, main, evidence, language)
    return figure, np.array(axes), data


def series_shown(evidence: Evidence, actor: str) -> tuple[list[str], list[str]]:
    """The series of an actor that the results hold: those drawn, and those that are zero in every run.

    Raises: InputError for an unknown actor, or when there is none.
    """
    if actor not in ACTORS:
        raise InputError(unknown("actor", actor, ACTORS))
    found = [
        name
        for name in ACTORS[actor].series_in(evidence.region.prefectures.groups)
        if name in evidence.annual
    ]
    if not found:
        raise InputError(f"{evidence.folder} holds no series of {actor}")
    still = [name for name in found if (evidence.annual[name] == 0).all()]
    return ([name for name in found if name not in still], still) if len(still) < len(found) else (found, [])


def rows_drawn(evidence: Evidence, name: str, main: str, others: list[str]) -> pd.DataFrame:
    """The fan of the main case and the medians of the others for one series."""
    values = evidence.annual[["case", "run_id", "year"]].assign(
        value=evidence.annual[name].to_numpy(dtype=float) / evidence.series[name].per_unit
    )
    return panels.rows_of(values, main, others).assign(series=name)


def _title(label: Label, language: str, inches: float) -> str:
    """Name and unit in lines that fit, the unit never broken."""
    name, full = label.name(language), label.full(language)
    lines, unit = text.wrapped(name, inches, TITLE_POINTS), full[len(name) :]
    fits = text.columns(lines[-1] + unit) <= text.room(inches, TITLE_POINTS)
    return "\n".join([*lines[:-1], lines[-1] + unit] if fits else [*lines, unit.strip()])


def _notes(evidence: Evidence, actor: str, language: str, still: list[str]) -> list[str]:
    chinese, note = language == "zh", ACTORS[actor].note
    names = ("; ", "；")[chinese].join(evidence.series[name].name(language) for name in still)
    own = [note[chinese]] if note else []
    zero = [STILL[chinese].format(names)] if still else []
    return [*own, *zero]


def _sheet(
    heading: str, notes: list[str], count: int, columns: int, above: float
) -> tuple[Figure, list[Axes]]:
    size = (-(-count // columns), columns, 1.25)
    figure, grid = style.sheet(heading, notes, *size, above=above, gap=(GAP, 0.62), left=0.6, below=0.3)
    axes = [panel for row in grid for panel in row]
    for empty in axes[count:]:
        empty.remove()
    return figure, axes[:count]
