"""Who supplies firms of the province and who buys, by prefecture and industry; the share found at home."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from experiments.figures import methods
from experiments.figures.drawing import panels, style, text
from experiments.figures.labels import BILLION, PERCENT, Label, industry_labels, place_labels
from experiments.figures.material.evidence import Evidence
from experiments.figures.prefectures import COLOURS, ink_on, scale_of
from scenarios.values.errors import InputError, unknown

PARTS = {
    "supplied": Label("Supplied to firms of the province", "对省内企业供货"),
    "purchases": Label("Purchases of firms, from wherever", "企业全部采购"),
}
"""Cells that are drawn: a map of suppliers and one of buyers."""
OVER_TIME = ("local_sourcing", "completeness")
OF = "sales"
SHOWN = {
    "value": (
        "Supply links, {year}: who supplies and who buys ({unit})",
        "{year}年产业链供需：谁供货、谁采购（{unit}）",
    ),
    "share": (
        "Supply links, {year}: supplied and bought, % of the cell's own sales",
        "{year}年产业链供需：供货与采购占本地本行业营业收入的%",
    ),
}
WORDS = (
    "Cells of a prefecture and an industry; trade between two cells is not recorded.",
    "按市州与行业归并；两两之间的交易未作记录。",
)
MAP_HEIGHT, MARGIN, BELOW = (
    2.35,
    0.75,
    0.72,
)  # inches: of 14 rows; for names of places; for those of industries
POINTS = 5.0


def links(
    evidence: Evidence,
    year: int = 2025,
    show: str = "value",
    scenario: str | list[str] | None = None,
    language: str | None = None,
) -> tuple[Figure, np.ndarray, pd.DataFrame]:
    """Two maps per scenario, medians over runs: what cells supply to firms of the province, what they buy.

    show: value, or share of the cell's sales. Above stand the share of purchases that is found at home and
    completeness over the years, where they are recorded.

    Returns the figure, its axes and the rows drawn: {part, scenario, prefecture, industry, year, value}, and
    for the lines also {kind, level, run, low, high}.

    Raises: InputError for an unknown scenario, year or view, or results that hold no such cells.
    """
    language = text.language(language)
    cases = evidence.cases_in_panels(scenario, each=len(PARTS))
    cells = rows_drawn(evidence, year, show, cases)
    lines = lines_drawn(evidence, cases)
    with style.looks():
        figure, grid = _sheet(evidence, (cases, lines, scenario), year, show, language)
        maps = grid[1:] if len(lines) else grid
        if len(lines):
            for name, panel in zip(OVER_TIME, grid[0], strict=True):
                panels.draw(panel, lines[lines.part == name], cases[0], evidence)
                _head(panel, evidence.series[name].full(language))
            panels.key(figure, lines, cases[0], evidence, language)
        for part, column in zip(PARTS, zip(*maps, strict=True), strict=True):
            own = cells[cells.part == part]
            scale = scale_of(own.value, even=show == "share")
            for case, panel in zip(cases, column, strict=True):
                _map(panel, own[own.scenario == case], scale, evidence, language)
                name = text.literal(evidence.short_name(case), 34)
                if part != next(iter(PARTS)):
                    panel.set_yticks([])  # places are named once, on the left
                _head(panel, f"{name}\n{PARTS[part].name(language)}")
    return figure, np.array(grid), pd.concat([cells, lines], ignore_index=True) if len(lines) else cells


def rows_drawn(evidence: Evidence, year: int, show: str, cases: list[str]) -> pd.DataFrame:
    """{part, scenario, prefecture, industry, year, show, value}: medians over runs, 100 m yuan or percent."""
    _check(evidence, year, show)
    cells = evidence.cells[evidence.cells.case.isin(cases) & (evidence.cells.year == year)]
    per = cells[OF].where(cells[OF] > 0).astype(float) * PERCENT if show == "share" else BILLION[2]
    about = evidence.region
    full = pd.MultiIndex.from_product(
        [cases, list(about.prefectures.names), list(about.industries.names)],
        names=["case", "prefecture", "industry"],
    )
    found = []
    for part in PARTS:
        values = cells[["case", "prefecture", "industry"]].assign(value=cells[part].astype(float) / per)
        medians = values.groupby(list(full.names), observed=True).value.median().reindex(full)
        found.append(medians.reset_index().assign(part=part, year=year, show=show))
    return pd.concat(found, ignore_index=True).rename(columns={"case": "scenario"})


def lines_drawn(evidence: Evidence, cases: list[str]) -> pd.DataFrame:
    """The fan of the first case and the medians of the others, of each series of OVER_TIME; else no row."""
    if any(name not in evidence.annual for name in OVER_TIME):
        return pd.DataFrame()
    annual = evidence.annual[evidence.annual.case.isin(cases)]
    found = []
    for name in OVER_TIME:
        drawn = annual[name].to_numpy(dtype=float) / evidence.series[name].per_unit
        values = annual[["case", "run_id", "year"]].assign(value=drawn)
        found.append(panels.rows_of(values, cases[0], cases[1:]).assign(part=name))
    return pd.concat(found, ignore_index=True)


def held(evidence: Evidence) -> bool:
    """Whether the results hold the cells."""
    return not evidence.cells.empty and all(name in evidence.cells for name in (*PARTS, OF))


def _check(evidence: Evidence, year: int, show: str) -> None:
    if not held(evidence):
        raise InputError(f"{evidence.folder} holds no supplies and purchases by prefecture and industry")
    mistakes, years = [], evidence.cells.year
    if year not in set(years):
        mistakes.append(f"year={year} is not in {years.min()} to {years.max()}")
    if show not in SHOWN:
        mistakes.append(unknown("view of links", show, SHOWN))
    if mistakes:
        raise InputError(*mistakes)


def _sheet(
    evidence: Evidence,
    drawn: tuple[list[str], pd.DataFrame, str | list[str] | None],
    year: int,
    show: str,
    language: str,
) -> tuple[Figure, list[list[Axes]]]:
    cases, lines, scenario = drawn
    chinese = language == "zh"
    asked = evidence.asked_cases(None if isinstance(scenario, list) else scenario)
    method = [panels.method(lines, language)] if len(lines) else []
    notes = evidence.footnotes(
        "links",
        language,
        "; ".join([methods.of_medians(language), *method]),
        methods.left_out(cases, asked, language),
        f" year={year} show={show}",
        by_cell=True,
    )
    return style.sheet(
        SHOWN[show][chinese].format(year=year, unit=BILLION[chinese]),
        [WORDS[chinese], *notes],
        len(cases) + bool(len(lines)),
        len(PARTS),
        MAP_HEIGHT,
        left=MARGIN,
        below=BELOW,
        above=panels.key_height(lines) if len(lines) else 0.7,
        gap=(0.3, BELOW + 0.4),
    )


def _map(axes: Axes, rows: pd.DataFrame, scale: Normalize, evidence: Evidence, language: str) -> None:
    """Places below each other, industries side by side, each cell with its number."""
    places, industries = place_labels(evidence.region), industry_labels(evidence.region)
    values = rows.value.to_numpy(dtype=float).reshape(len(places), len(industries))
    known = np.isfinite(values)
    faces = COLOURS(0.9 * np.asarray(scale(np.where(known, values, 0.0)), dtype=float))
    faces[~known] = (0.93, 0.93, 0.93, 1.0)
    # Shapes and no picture: a report opens nothing but itself, and so shows no embedded image.
    edges = (np.arange(size + 1) - 0.5 for size in (len(industries), len(places)))
    axes.pcolormesh(*edges, faces)
    axes.invert_yaxis()
    for (down, right), value in np.ndenumerate(values):
        said, ink = _told(value), ink_on(faces[down, right].tolist())
        style.write(axes, right, down, said, ha="center", va="center", fontsize=POINTS, color=ink)
    _names(
        axes,
        [one.name(language) for one in places.values()],
        [one.name(language) for one in industries.values()],
    )


def _names(axes: Axes, places: list[str], industries: list[str]) -> None:
    axes.set_yticks(range(len(places)), places, fontsize=6)
    axes.set_xticks(
        range(len(industries)), industries, fontsize=6, rotation=35, ha="right", rotation_mode="anchor"
    )
    axes.tick_params(length=0, pad=2)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _told(value: float) -> str:
    """A number short enough for a cell: one decimal below ten, a dash where there is none."""
    if not np.isfinite(value):
        return "–"
    return f"{value:,.1f}" if 0 < abs(value) < 9.95 else f"{value:,.0f}"


def _head(axes: Axes, title: str) -> None:
    axes.set_title(title, fontsize=7.5, weight="bold", parse_math=False)
