"""Tile grid of the prefectures, all tiles equal: a value, its share, its growth, what a scenario changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, ListedColormap, Normalize, PowerNorm
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.answer.probability import known_interval
from experiments.figures import methods
from experiments.figures.drawing import style, text
from experiments.figures.labels import AMOUNTS, CELLS, RATES, Label, place_labels, tiles
from experiments.figures.material.evidence import Evidence, records
from scenarios.region.region import Region
from scenarios.values.errors import InputError, unknown

COLUMNS = 3
MOST_DECIMALS = 4  # more find no room in a tile
PLACES = AMOUNTS | RATES  # series of a prefecture as a whole; rates neither add up nor grow
INDICATORS = CELLS | PLACES
FILLED, FILLED_OF = "park_filled", ("park_serviced", "park_free")  # serviced land, less the free share of it
COLOURS = ListedColormap(
    colormaps["cividis_r"](np.linspace(0, 0.9, 256))
)  # for any colour vision, and in grey
TWO_WAYS = ListedColormap(colormaps["PuOr_r"](np.linspace(0.12, 0.88, 256)))  # losses and gains, likewise
DIFFERENCE = "difference"
UNSURE = (
    "~ the 95 % interval of the mean over pairs of equal luck holds zero",
    "~ 同随机数配对均值的95%区间包含零",
)
STEPS, KEY = 32, (1.6, 0.09)  # inches: of the key of colours
SHOWN = {
    "value": ("{}, {}", "{}，{}"),
    "share": ("{}, {}, % of the province", "{}，{}，占全省%"),
    "growth": ("{}, growth 2020–{}, % a year", "{}，2020–{}年均增长，%"),
    DIFFERENCE: ("{}, {}: difference to the baseline", "{}，{}年：与基准方案之差"),
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

    show=difference: means over pairs of equal luck of what each scenario has more than the baseline.

    Returns the figure, its axes and the rows drawn: {scenario, prefecture, indicator, year, show, value}, of
    differences also low and high, the 95 % interval.

    Raises: InputError for an indicator, year or view that there is not.
    """
    language = text.language(language)
    cases, apart = evidence.cases_in_panels(scenario), show == DIFFERENCE
    left = _only_compared_with(evidence) if apart else set()
    cases = [case for case in cases if case not in left]
    data = (differences_drawn if apart else rows_drawn)(evidence, indicator, year, show, cases)
    asked = evidence.asked_cases(None if isinstance(scenario, list) else scenario)
    notes = evidence.footnotes(
        "prefectures",
        language,
        UNSURE[language == "zh"] if apart else methods.of_medians(language),
        methods.left_out(cases, [one for one in asked if one not in left], language),
        _options(indicator, year, show),
        by_cell=indicator in CELLS,
    )
    with style.looks():
        figure, panels = _sheet(_heading(INDICATORS[indicator], year, show, language), notes, len(cases))
        scale = (
            around_zero(data.value) if apart else scale_of(data.value, show == "growth" or indicator in RATES)
        )
        colours = TWO_WAYS if apart else COLOURS
        for case, panel in zip(cases, panels, strict=False):
            _map(panel, data[data.scenario == case], (scale, colours), evidence.region, language)
            panel.set_title(
                text.literal(evidence.short_name(case), 26), fontsize=8, weight="bold", parse_math=False
            )
        for empty in panels[len(cases) :]:
            empty.remove()
        _key(figure, panels[-1], scale, colours)
    return figure, np.array(panels[: len(cases)]), data


def _sheet(heading: str, notes: list[str], maps: int) -> tuple[Figure, list[Axes]]:
    """A figure of so many maps, and its panels, of which the last may be too many."""
    size: dict[str, Any] = {"left": 0.15, "right": 0.15, "below": 0.42, "above": 0.6, "gap": (0.35, 0.35)}
    figure, grid = style.sheet(heading, notes, -(-maps // COLUMNS), COLUMNS, 2.75, **size)
    return figure, [panel for row in grid for panel in row]


def differences_drawn(
    evidence: Evidence, indicator: str, year: int, show: str, cases: list[str]
) -> pd.DataFrame:
    """What each case has more than the baseline by prefecture [drawn units], means over pairs of equal luck.

    Raises: InputError where there is no case beside the baseline, or no pair.
    """
    values = by_place(evidence, indicator)
    _check(values, indicator, year, show)
    own = values[values.year == year]
    own = own.assign(luck=own.run_id.map(evidence.luck))
    sums = own.groupby(["case", "luck", "prefecture"], observed=True)["value"].sum().unstack("prefecture")
    rows, bases = [], bases_of(evidence)
    for case in cases:
        if case not in bases:
            continue
        gaps = pd.DataFrame(sums.loc[case]) - pd.DataFrame(sums.loc[bases[case]])
        gaps = gaps / INDICATORS[indicator].per_unit
        for place in evidence.region.prefectures.names:
            known = gaps[place].dropna().tolist() if place in gaps else []
            low, high = known_interval(known) if known else (None, None)
            mean = float(np.mean(known)) if known else np.nan
            rows.append((case, place, indicator, year, show, mean, low, high))
    if not rows:
        raise InputError(f"show={DIFFERENCE} needs runs of the baseline and of a scenario beside it")
    kept = ["scenario", "prefecture", "indicator", "year", "show", "value", "low", "high"]
    return pd.DataFrame(rows, columns=kept).astype({"low": float, "high": float})


def bases_of(evidence: Evidence) -> dict[str, str]:
    """The baseline of each case of which pairs of equal luck keep their cells."""
    own = evidence.cells.drop_duplicates(["case", "run_id"]) if len(evidence.cells) else evidence.cells
    kept: dict[str, set[str]] = {}
    for row in records(own[["case", "run_id"]] if len(own) else own):
        kept.setdefault(row.case, set()).add(evidence.luck.get(row.run_id, row.run_id))
    pairs = dict(zip(evidence.differences.scenario, evidence.differences.baseline, strict=True))
    return {one: base for one, base in pairs.items() if kept.get(one, set()) & kept.get(base, set())}


def _only_compared_with(evidence: Evidence) -> set[str]:
    """The cases that are no difference: what others are compared with, which is not always the first."""
    bases = bases_of(evidence)
    return set(bases.values()) - set(bases)


def around_zero(values: pd.Series) -> Normalize:
    """As far below nothing as above it, so that the middle colour is no difference."""
    most = float(np.nanmax(np.abs(values))) if values.notna().any() else 0.0
    return Normalize(-(most or 1.0), most or 1.0)


def _key(figure: Figure, last: Axes, scale: Normalize, colours: Colormap) -> None:
    """The colours with the numbers that they stand for, below the last map.

    Rectangles, since a page that asks for nothing shows no picture inside a figure.
    """
    width, height = style.size_of(figure)
    low, high = float(scale.vmin or 0.0), float(scale.vmax or 1.0)
    x, y, step = 0.15 / width, last.get_position().y0 - 0.2 / height, KEY[0] / STEPS / width
    for place in range(STEPS):
        face = colours(float(scale(low + (place + 0.5) * (high - low) / STEPS)))
        at = (x + place * step, y)
        figure.add_artist(
            Rectangle(
                at,
                step,
                KEY[1] / height,
                facecolor=face,
                edgecolor=face,
                linewidth=0.2,
                transform=figure.transSubfigure,
            )
        )
    for end in [low, 0.0, high] if low < 0.0 < high else [low, high]:
        at_end = x + STEPS * step * (end - low) / (high - low)
        style.mark(figure, at_end, y - 0.03 / height, _told(end))


def rows_drawn(evidence: Evidence, indicator: str, year: int, show: str, cases: list[str]) -> pd.DataFrame:
    """Medians over runs by prefecture, in drawn units, percent of the province, or percent a year."""
    values = by_place(evidence, indicator)
    _check(values, indicator, year, show)
    sums = values[values.case.isin(cases) & values.year.isin([2020, year])]
    sums = (
        sums.groupby(["case", "run_id", "prefecture", "year"], sort=False, observed=True)
        .value.sum()
        .unstack("year")
    )
    value = sums[year] / INDICATORS[indicator].per_unit
    if show == "share":
        value = (
            100 * sums[year] / sums[year].groupby(level=["case", "run_id"], observed=True).transform("sum")
        )
    if show == "growth":
        value = 100 * ((sums[year] / sums[2020].where(sums[2020] > 0)) ** (1 / (year - 2020)) - 1)
    medians = value.groupby(level=["case", "prefecture"], observed=True).median()
    full = pd.MultiIndex.from_product(
        [cases, list(evidence.region.prefectures.names)], names=["scenario", "prefecture"]
    )
    rows = medians.reindex(full.set_names(["case", "prefecture"])).rename("value").reset_index()
    return rows.rename(columns={"case": "scenario"}).assign(indicator=indicator, year=year, show=show)


def by_place(evidence: Evidence, indicator: str) -> pd.DataFrame:
    """{case, run_id, year, prefecture, value}: from cells, or from the series of each prefecture.

    Raises: InputError for an indicator that the results do not hold.
    """
    known = held(evidence)
    if not known:
        raise InputError(f"{evidence.folder} holds no cells by prefecture and industry")
    if indicator not in known:
        raise InputError(unknown("indicator of prefectures", indicator, known))
    if indicator in CELLS:
        return evidence.cells[["case", "run_id", "year", "prefecture"]].assign(
            value=evidence.cells[indicator].to_numpy(dtype=float)
        )
    if indicator == FILLED:
        land, free = (_of_places(evidence, name) for name in FILLED_OF)
        return land.assign(value=land.value * (1.0 - free.value))
    return _of_places(evidence, indicator)


def _of_places(evidence: Evidence, name: str) -> pd.DataFrame:
    columns = {f"{name}_{place}": place for place in evidence.region.prefectures.names}
    kept = evidence.annual[["case", "run_id", "year", *columns]].rename(columns=columns)
    return kept.melt(["case", "run_id", "year"], var_name="prefecture")


def held(evidence: Evidence) -> list[str]:
    """The indicators of prefectures that the results hold."""
    cells = [name for name in CELLS if name in evidence.cells and not evidence.cells.empty]
    return cells + [name for name in PLACES if _recorded(evidence, FILLED_OF if name == FILLED else (name,))]


def _recorded(evidence: Evidence, series: Sequence[str]) -> bool:
    places = evidence.region.prefectures.names
    return all(f"{name}_{place}" in evidence.annual for name in series for place in places)


def _check(values: pd.DataFrame, indicator: str, year: int, show: str) -> None:
    mistakes = []
    if year not in set(values.year):
        mistakes.append(f"year={year} is not in {values.year.min()} to {values.year.max()}")
    if indicator in RATES and show != "value":
        mistakes.append(f"show={show} has no meaning for {indicator}, which is a rate")
    if show not in SHOWN:
        mistakes.append(unknown("view of prefectures", show, SHOWN))
    if show == "growth" and year <= 2020:
        mistakes.append(f"show=growth needs a year after 2020, not {year}")
    if mistakes:
        raise InputError(*mistakes)


def _heading(label: Label, year: int, show: str, language: str) -> str:
    heading = SHOWN[show][language == "zh"].format(label.name(language), year)
    unit = {"value": label.unit(language), DIFFERENCE: label.change(language)}.get(show)
    return f"{heading} ({unit})" if unit else heading


def _options(indicator: str, year: int, show: str) -> str:
    return f" indicator={indicator} year={year} show={show}"


def scale_of(values: pd.Series, even: bool) -> Normalize:
    """From which value to which colours run: in even steps, or finer where values are small."""
    known = values.dropna()
    low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
    high = high if high > low else low + 1
    if even:
        return Normalize(low, high)
    return PowerNorm(0.5, min(low, 0), high)  # one city holds a third: equal steps would leave the rest alike


def ink_on(face: Sequence[float]) -> str:
    """The colour of letters that can be read on `face`."""
    return "white" if 0.299 * face[0] + 0.587 * face[1] + 0.114 * face[2] < 0.5 else "black"


def _told(value: float, most: int = MOST_DECIMALS) -> str:
    """A number in three digits and at most so many decimals, whole from a thousand on, or a dash."""
    if not np.isfinite(value):
        return "–"
    return f"{round(value, most):z,.3g}" if abs(value) < 1000 else f"{value:z,.0f}"


def _told_of(row: Any, largest: float) -> str:
    """A tile's number; a difference with its sign, and a mark where it cannot be told from nothing.

    Differences have the decimals that show two digits of the largest: what is less than them is 0.
    """
    if row.show != DIFFERENCE or not np.isfinite(row.value):
        return _told(row.value)
    decimals = 1 - int(np.floor(np.log10(largest))) if largest > 0 else 0
    told = _told(row.value, min(max(decimals, 0), MOST_DECIMALS))
    said = f"{'+' if row.value > 0 and told != '0' else ''}{told}".replace("-", "−")
    return f"~{said}" if not (row.low > 0 or row.high < 0) and row.value else said


def _map(
    axes: Axes, rows: pd.DataFrame, key: tuple[Normalize, Colormap], region: Region, language: str
) -> None:
    labels, at, (scale, colours) = place_labels(region), tiles(region), key
    for row in records(rows):
        down, right = at[row.prefecture]
        known = np.isfinite(row.value)
        face = colours(float(scale(row.value))) if known else (0.93, 0.93, 0.93, 1)
        axes.add_patch(Rectangle((right + 0.03, down + 0.03), 0.94, 0.94, facecolor=face, linewidth=0))
        ink = ink_on(face)
        style.write(
            axes,
            right + 0.5,
            down + 0.36,
            labels[row.prefecture].name(language),
            ha="center",
            va="center",
            fontsize=5.6 if language == "en" else 7,
            color=ink,
        )
        style.write(
            axes,
            right + 0.5,
            down + 0.68,
            _told_of(row, abs(scale.vmax or 0.0)),
            ha="center",
            va="center",
            fontsize=7,
            color=ink,
        )
    axes.set_xlim(0, 1 + max(right for _, right in at.values()))
    axes.set_ylim(1 + max(down for down, _ in at.values()), 0)
    axes.set_aspect("equal", anchor="NW")
    axes.set_axis_off()
