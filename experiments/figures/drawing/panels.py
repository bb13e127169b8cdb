"""Panels over the years: bands of one case, medians of the others as lines, and their common key."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.figures import methods
from experiments.figures.drawing import bands, style, text
from experiments.figures.material.evidence import MOST_SCENARIOS, Evidence
from scenarios.spec import LAST_YEAR

ALL_OTHERS = {"en": "the other {} cases, medians", "zh": "其余{}个方案的中位数"}
WORDS = {"en": ("of runs", "median", "single runs"), "zh": ("的运行", "中位数", "单次模拟")}


def main_and_others(evidence: Evidence, scenario: str | None) -> tuple[str, list[str]]:
    """The case drawn with its spread, by default the baseline, and those drawn as lines.

    Raises: InputError for a case that the folder does not hold.
    """
    cases = evidence.chosen_cases(None)
    main = evidence.chosen_cases(scenario)[0] if scenario else evidence.baseline
    return main, [case for case in cases if case != main]


def method(data: pd.DataFrame, language: str) -> str:
    """What the bands and lines of these panels are."""
    lines = [methods.of_medians(language, others=True)] if data.scenario.nunique() > 1 else []
    return "; ".join([methods.of_bands(data.level, language), *lines])


def rows_of(values: pd.DataFrame, main: str, others: list[str]) -> pd.DataFrame:
    """The fan of the main case and the medians of the others from {case, run_id, year, value}.

    Rows: {scenario, kind, level, run, year, low, value, high}.
    """
    own = values.loc[values.case == main, ["run_id", "year", "value"]]
    parts = [bands.spread(own).assign(scenario=main)]
    for case in others:
        median = values[values.case == case].groupby("year", as_index=False).value.median()
        parts.append(
            median.assign(kind="median", level=np.nan, run="", low=np.nan, high=np.nan, scenario=case)
        )
    return pd.concat(parts, ignore_index=True)


def draw(axes: Axes, rows: pd.DataFrame, main: str, evidence: Evidence) -> None:
    """One panel of what `rows_of` gave."""
    bands.draw(axes, rows[rows.scenario == main], evidence.colour(main))
    looks = _looks(evidence, rows)
    for case, line in rows[rows.scenario != main].groupby("scenario", sort=False):
        axes.plot(line.year, line.value, **looks[str(case)])
    axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]) if rows[["low", "value"]].min().min() < 0 else 0)
    style.mark_outlook(axes, int(rows.year.max()))
    axes.set_xticks([2016, 2020, *style.years_told(int(rows.year.max()))])
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))


def _looks(evidence: Evidence, rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """How the line of each case looks: its colour, or grey where there are more cases than colours."""
    cases, dashed = list(dict.fromkeys(map(str, rows.scenario))), {"linewidth": 0.9, "linestyle": "--"}
    if len(cases) > MOST_SCENARIOS:
        return {
            case: {"color": style.GREY, "linewidth": 0.6, "linestyle": "-", "zorder": 1.9} for case in cases
        }
    return {case: {"color": evidence.colour(case), **dashed} for case in cases}


def number(value: float) -> str:
    """A number as an axis carries it: whole with separators when large, never in powers of ten."""
    shown = f"{value:z,.0f}" if abs(value) >= 1000 else f"{value:z.4g}"
    return shown.replace("-", "−")


def key_height(data: pd.DataFrame) -> float:
    """Inches that the key of so many bands and cases takes, and the titles of the panels below it."""
    cases = data.scenario.nunique()
    entries = data.level.nunique() + (cases if cases <= MOST_SCENARIOS else 2)
    return 0.66 + 0.17 * max(-(-entries // style.KEY_COLUMNS), 2)


def key(figure: Figure, data: pd.DataFrame, main: str, evidence: Evidence, language: str) -> None:
    """The legend of all panels of a figure."""
    share, median, single = WORDS[language]
    entries: list[tuple[Artist, str]] = [
        (Patch(color=bands.tint(evidence.colour(main), bands.TINTS[int(level)])), f"{int(level)} % {share}")
        for level in sorted(data.level.dropna().unique())
    ]
    name, paths = text.literal(evidence.short_name(main), 22), (data.kind == "path").any()
    own = bands.path_look(evidence.colour(main)) if paths else {"color": evidence.colour(main)}
    entries.append((Line2D([], [], **own), f"{name} {single if paths else median}"))
    looks = _looks(evidence, data)
    others = [case for case in looks if case != main]
    if len(looks) > MOST_SCENARIOS:
        entries.append((Line2D([], [], **looks[others[0]]), ALL_OTHERS[language].format(len(others))))
        others = []
    entries += [(Line2D([], [], **looks[one]), text.literal(evidence.short_name(one), 22)) for one in others]
    if data.year.max() > LAST_YEAR:
        entries.append((Patch(color=style.OUTLOOK), style.OUTLOOK_WORDS[language]))
    style.key(figure, entries)
