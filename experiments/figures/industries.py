"""Nine-industry panel: value added or research of each industry over time, with bands."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.figures import bands, style, text
from experiments.figures.evidence import Evidence
from experiments.figures.labels import CELLS, INDUSTRIES
from scenarios.errors import InputError, unknown

COLUMNS = 3


def industries(
    evidence: Evidence,
    indicator: str = "value_added",
    scenario: str | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """A panel per industry: bands of `scenario`, by default the baseline, and medians of the others as lines.

    Returns the figure, its axes and the rows drawn, in the units of the axes: {industry, scenario, indicator,
    kind, level, run, year, low, value, high}.

    Raises: InputError for an unknown indicator or scenario.
    """
    language = text.language(language)
    cases = evidence.chosen_cases(None)
    main = evidence.chosen_cases(scenario)[0] if scenario else evidence.baseline
    data = rows_drawn(evidence, indicator, main, [case for case in cases if case != main])
    with style.looks():
        figure, grid = style.sheet(
            CELLS[indicator].full(language),
            evidence.footnotes("industries", language, f" indicator={indicator}", by_cell=True),
            3,
            COLUMNS,
            1.25,
            above=0.95,
            gap=(0.45, 0.48),
            left=0.55,
            below=0.3,
        )
        panels = [panel for row in grid for panel in row]
        for (industry, label), panel in zip(INDUSTRIES.items(), panels, strict=True):
            _panel(panel, data[data.industry == industry], main, evidence)
            panel.set_title(label.name(language), fontsize=8, weight="bold", parse_math=False)
        _key(figure, data, main, evidence, language)
    return figure, np.array(grid), data


def rows_drawn(evidence: Evidence, indicator: str, main: str, others: list[str]) -> pd.DataFrame:
    """The fan of the main case and the medians of the others, by industry."""
    if evidence.cells.empty:
        raise InputError(f"{evidence.folder} holds no cells by prefecture and industry")
    if indicator not in CELLS or indicator not in evidence.cells:
        raise InputError(
            unknown("indicator of industries", indicator, [c for c in CELLS if c in evidence.cells])
        )
    cells = evidence.cells[evidence.cells.case.isin([main, *others])]
    sums = cells.groupby(["case", "industry", "run_id", "year"], sort=False, observed=True)[indicator].sum()
    drawn = (sums / CELLS[indicator].per_unit).rename("value").reset_index()
    parts = [_fan(drawn, industry, main) for industry in INDUSTRIES]
    parts += [_median(drawn, industry, case) for industry in INDUSTRIES for case in others]
    return pd.concat(parts, ignore_index=True).assign(indicator=indicator)


def _fan(sums: pd.DataFrame, industry: str, case: str) -> pd.DataFrame:
    rows = sums[(sums.industry == industry) & (sums.case == case)]
    return bands.spread(rows[["run_id", "year", "value"]]).assign(industry=industry, scenario=case)


def _median(sums: pd.DataFrame, industry: str, case: str) -> pd.DataFrame:
    rows = (
        sums[(sums.industry == industry) & (sums.case == case)].groupby("year", as_index=False).value.median()
    )
    return rows.assign(
        kind="median", level=np.nan, run="", low=np.nan, high=np.nan, industry=industry, scenario=case
    )


def _panel(axes: Axes, rows: pd.DataFrame, main: str, evidence: Evidence) -> None:
    bands.draw(axes, rows[rows.scenario == main], evidence.colour(main))
    for case, line in rows[rows.scenario != main].groupby("scenario", sort=False):
        axes.plot(line.year, line.value, color=evidence.colour(str(case)), linewidth=0.9, linestyle="--")
    axes.set_ylim(bottom=0)
    axes.set_xticks([2016, 2020, 2025])
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.5g}"))


def _key(figure: Figure, data: pd.DataFrame, main: str, evidence: Evidence, language: str) -> None:
    words = {"en": ("of runs", "median"), "zh": ("的运行", "中位数")}[language]
    entries: list[tuple[Artist, str]] = [
        (
            Patch(color=bands.tint(evidence.colour(main), bands.TINTS[int(level)])),
            f"{int(level)} % {words[0]}",
        )
        for level in sorted(data.level.dropna().unique())
    ]
    entries.append(
        (
            Line2D([], [], color=evidence.colour(main)),
            f"{text.literal(evidence.short_name(main), 22)} {words[1]}",
        )
    )
    entries += [
        (
            Line2D([], [], color=evidence.colour(case), linestyle="--", linewidth=0.9),
            text.literal(evidence.short_name(case), 22),
        )
        for case in dict.fromkeys(data.scenario)
        if case != main
    ]
    style.key(figure, entries)
