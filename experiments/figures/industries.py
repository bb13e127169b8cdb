"""A panel per industry: value added or research of each industry over time, with bands."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures import methods
from experiments.figures.drawing import panels, style, text
from experiments.figures.labels import BILLION, CELLS, industry_labels
from experiments.figures.material.evidence import Evidence
from scenarios.values.errors import InputError, unknown

COLUMNS = 3
EMERGING, ALL_PRODUCTS = "sei_value_added", "value_added"
ADD_UP = (
    "All panels together in {year}: {0} ({unit}, median, as simulated and not scaled to the base of 2020)",
    "{year}年各行业合计：{0}{unit}（中位数，模拟原值，未按2020年基数缩放）",
)
BESIDE = (
    "; value added of emerging products, which the target counts: {1}",
    "；其中规划目标所计战略性新兴产业增加值：{1}",
)


def industries(
    evidence: Evidence,
    indicator: str = "sei_value_added",
    scenario: str | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """A panel per industry: bands of `scenario`, by default the baseline, and medians of the others as lines.

    Under the panels stands what they add up to, beside the emerging products that the target counts.

    Returns the figure, its axes and the rows drawn, in the units of the axes: {industry, scenario, indicator,
    kind, level, run, year, low, value, high}.

    Raises: InputError for an unknown indicator or scenario.
    """
    language = text.language(language)
    main, others = panels.main_and_others(evidence, scenario)
    data = rows_drawn(evidence, indicator, main, others)
    labels = industry_labels(evidence.region)
    with style.looks():
        told = evidence.footnotes(
            "industries",
            language,
            panels.method(data, language),
            methods.left_out([main, *others], evidence.cases, language),
            f" indicator={indicator}",
            by_cell=True,
        )
        figure, grid = style.sheet(
            CELLS[indicator].full(language),
            [*sums_told(evidence, indicator, main, language), *told],
            -(-len(labels) // COLUMNS),
            COLUMNS,
            1.25,
            above=0.95,
            gap=(0.45, 0.48),
            left=0.55,
            below=0.3,
        )
        axes = [panel for row in grid for panel in row]
        for empty in axes[len(labels) :]:
            empty.remove()
        axes = axes[: len(labels)]
        for (industry, label), panel in zip(labels.items(), axes, strict=True):
            panels.draw(panel, data[data.industry == industry], main, evidence)
            panel.set_title(label.name(language), fontsize=8, weight="bold", parse_math=False)
        panels.key(figure, data, main, evidence, language)
    return figure, np.array(axes), data


def sums_told(evidence: Evidence, indicator: str, main: str, language: str) -> list[str]:
    """What the panels of an amount of money add up to in the last year, and what of it the target counts."""
    if CELLS[indicator].unit_en != BILLION[0] or EMERGING not in evidence.cells:
        return []
    cells = evidence.cells[evidence.cells.case == main]
    last, chinese = int(cells.year.max()), language == "zh"
    sums = cells[cells.year == last].groupby("run_id", observed=True)[[indicator, EMERGING]].sum().median()
    said = ADD_UP[chinese] + (BESIDE[chinese] if indicator == ALL_PRODUCTS else "")
    shown = [panels.number(float(f"{sums.iloc[place] / BILLION[2]:.4g}")) for place in (0, 1)]
    return [said.format(*shown, year=last, unit=BILLION[chinese])]


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
    parts = [
        panels.rows_of(drawn[drawn.industry == industry], main, others).assign(industry=industry)
        for industry in evidence.region.industries.names
    ]
    return pd.concat(parts, ignore_index=True).assign(indicator=indicator)
