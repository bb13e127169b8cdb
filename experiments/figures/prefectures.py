"""Tile grid of the fourteen prefectures, all tiles equal: a value, its share of the province, its growth."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, PowerNorm
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures import style, text
from experiments.figures.evidence import Evidence, records
from experiments.figures.labels import CELLS, PREFECTURES, TILES
from scenarios.errors import InputError, unknown

COLUMNS = 3
COLOURS = colormaps["cividis_r"]  # readable with any colour vision, and in grey
SHOWN = {
    "value": ("{}, {}", "{}，{}"),
    "share": ("{}, {}, % of the province", "{}，{}，占全省%"),
    "growth": ("{}, growth 2020–{}, % a year", "{}，2020–{}年均增长，%"),
}


def prefectures(
    evidence: Evidence,
    indicator: str = "sei_value_added",
    year: int = 2025,
    show: str = "value",
    scenario: str | list[str] | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """One map per scenario: medians over runs of `indicator` in `year`, as value, share or growth since 2020.

    Returns the figure, its axes and the rows drawn: {scenario, prefecture, indicator, year, show, value}.

    Raises: InputError for an indicator, year or view that there is not.
    """
    language = text.language(language)
    cases = evidence.chosen_cases(scenario)
    data = rows_drawn(evidence, indicator, year, show, cases)
    heading = SHOWN[show][language == "zh"].format(CELLS[indicator].name(language), year)
    if show == "value" and CELLS[indicator].unit(language):
        heading += f" ({CELLS[indicator].unit(language)})"
    with style.looks():
        figure, grid = style.sheet(
            heading,
            evidence.footnotes("prefectures", language, _options(indicator, year, show), by_cell=True),
            -(-len(cases) // COLUMNS),
            COLUMNS,
            2.75,
            left=0.15,
            right=0.15,
            below=0.1,
            above=0.6,
            gap=(0.35, 0.35),
        )
        panels = [panel for row in grid for panel in row]
        scale = _scale(data.value, show)
        for case, panel in zip(cases, panels, strict=False):
            _map(panel, data[data.scenario == case], scale, language)
            panel.set_title(
                text.literal(evidence.short_name(case), 26), fontsize=8, weight="bold", parse_math=False
            )
        for empty in panels[len(cases) :]:
            empty.remove()
    return figure, np.array(panels[: len(cases)]), data


def rows_drawn(evidence: Evidence, indicator: str, year: int, show: str, cases: list[str]) -> pd.DataFrame:
    """Medians over runs by prefecture, in drawn units, percent of the province, or percent a year."""
    _check(evidence, indicator, year, show)
    sums = evidence.cells[evidence.cells.case.isin(cases) & evidence.cells.year.isin([2020, year])]
    sums = (
        sums.groupby(["case", "run_id", "prefecture", "year"], sort=False, observed=True)[indicator]
        .sum()
        .unstack("year")
    )
    value = sums[year] / CELLS[indicator].per_unit
    if show == "share":
        value = (
            100 * sums[year] / sums[year].groupby(level=["case", "run_id"], observed=True).transform("sum")
        )
    if show == "growth":
        value = 100 * ((sums[year] / sums[2020].where(sums[2020] > 0)) ** (1 / (year - 2020)) - 1)
    medians = value.groupby(level=["case", "prefecture"], observed=True).median()
    full = pd.MultiIndex.from_product([cases, list(PREFECTURES)], names=["scenario", "prefecture"])
    rows = medians.reindex(full.set_names(["case", "prefecture"])).rename("value").reset_index()
    return rows.rename(columns={"case": "scenario"}).assign(indicator=indicator, year=year, show=show)


def _check(evidence: Evidence, indicator: str, year: int, show: str) -> None:
    if evidence.cells.empty:
        raise InputError(f"{evidence.folder} holds no cells by prefecture and industry")
    mistakes = []
    if indicator not in CELLS or indicator not in evidence.cells:
        mistakes.append(
            unknown("indicator of prefectures", indicator, [c for c in CELLS if c in evidence.cells])
        )
    if year not in set(evidence.cells.year):
        mistakes.append(f"year={year} is not in {evidence.cells.year.min()} to {evidence.cells.year.max()}")
    if show not in SHOWN:
        mistakes.append(unknown("view of prefectures", show, SHOWN))
    if show == "growth" and year <= 2020:
        mistakes.append(f"show=growth needs a year after 2020, not {year}")
    if mistakes:
        raise InputError(*mistakes)


def _options(indicator: str, year: int, show: str) -> str:
    return f" indicator={indicator} year={year} show={show}"


def _scale(values: pd.Series, show: str) -> Normalize:
    known = values.dropna()
    low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
    high = high if high > low else low + 1
    if show == "growth":
        return Normalize(low, high)
    return PowerNorm(0.5, min(low, 0), high)  # one city holds a third: equal steps would leave the rest alike


def _map(axes: Axes, rows: pd.DataFrame, scale: Normalize, language: str) -> None:
    for row in records(rows):
        down, right = TILES[row.prefecture]
        known = np.isfinite(row.value)
        face = COLOURS(0.9 * float(scale(row.value))) if known else (0.93, 0.93, 0.93, 1)
        axes.add_patch(Rectangle((right + 0.03, down + 0.03), 0.94, 0.94, facecolor=face, linewidth=0))
        ink = "white" if 0.299 * face[0] + 0.587 * face[1] + 0.114 * face[2] < 0.5 else "black"
        style.write(
            axes,
            right + 0.5,
            down + 0.36,
            PREFECTURES[row.prefecture].name(language),
            ha="center",
            va="center",
            fontsize=5.6 if language == "en" else 7,
            color=ink,
        )
        style.write(
            axes,
            right + 0.5,
            down + 0.68,
            f"{row.value:,.3g}" if known and abs(row.value) < 1000 else f"{row.value:,.0f}" if known else "–",
            ha="center",
            va="center",
            fontsize=7,
            color=ink,
        )
    axes.set_xlim(0, 4)
    axes.set_ylim(5, 0)
    axes.set_aspect("equal", anchor="NW")
    axes.set_axis_off()
