"""What was published about a region to 2020: the past of a fan chart, and figures to check runs against."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.figures.material.evidence import CHECKED
from experiments.language.words import translated, word
from scenarios.region.bases import UNIT_FACTORS
from scenarios.region.region import Region
from scenarios.targets import load_targets

FIRST_YEAR, LAST_YEAR = 2015, 2020
REAL_GROWTH = "sei_real_growth_2016_2020"


class Compared(NamedTuple):
    """An indicator of the model beside a published series, from the first year that may be compared."""

    label: str
    indicator: str
    series: str
    first_year: int = 2016  # later where the series changed its classification


COMPARED = (
    Compared("gdp_census", "gdp", "gdp"),
    Compared("gdp_first", "gdp", "gdp_first_release", 2020),
    Compared("value_added", "sei_value_added", "sei_value_added", 2020),
    Compared("rd_total", "rd_total", "rd_total"),
    Compared("rd_enterprises", "rd_enterprises", "rd_enterprises"),
    Compared("rd_universities", "rd_universities", "rd_universities"),
    Compared("rd_institutes", "rd_institutes", "rd_institutes"),
    Compared("hnte", "hnte", "hnte"),
    Compared("population", "population", "population", 2020),
    Compared("budget_revenue", "budget_revenue", "budget_revenue"),
    Compared("budget_spending", "budget_spending", "budget_spending"),
)


def factor(unit: str) -> float:
    """Stored units in one published unit: yuan in 亿元, persons in 万人, shares in per cent."""
    return next((value for prefix, value in UNIT_FACTORS.items() if unit.startswith(prefix)), 1.0)


def published(region: Region) -> pd.DataFrame:
    """{target, year, value, status} of the published past of the targets that name one, in stored units."""
    rows = []
    targets = load_targets(region=region.folder).values()
    for target, past in ((one.name, one.about.past) for one in targets):
        if past is None or past.series not in region.series:
            continue
        series = region.series[past.series]
        rows += [
            {
                "target": target,
                "year": year,
                "value": value * factor(series.unit),
                "status": str(series.status(year)),
            }
            for year, value in series.years.items()
            if max(past.first_year, FIRST_YEAR) <= year <= LAST_YEAR
        ]
    return pd.DataFrame(rows, columns=["target", "year", "value", "status"])


def assumed(region: Region) -> pd.DataFrame:
    """{what, how} of every base that nobody has published: its range and why it is believed."""
    rows = [
        {
            "what": f"{name}: {translated('units', base.number.unit)}",
            "how": word(
                "report.drawn_evenly",
                low=f"{base.number.range[0]:g}",
                high=f"{base.number.range[1]:g}",
                why=translated("assumptions", base.number.source),
            ),
        }
        for name, base in region.bases.items()
        if not base.known
    ]
    return pd.DataFrame(rows, columns=["what", "how"])


def checks(region: Region, annual: pd.DataFrame, scale: float = 1.0) -> pd.DataFrame:
    """{what, unit, year, published, status, low, median, high} for each published figure of 2016-2020.

    `annual` holds the baseline's runs by year, as simulated in an economy of `scale` times the province's:
    sums and counts are divided by it. low and high are the 5 % and 95 % quantiles of the runs.
    """
    rows = []
    for pair in COMPARED:
        if pair.indicator in annual and pair.series in region.series:
            whole = annual[["year", pair.indicator]].assign(
                **{pair.indicator: annual[pair.indicator] / scale}
            )
            rows += _compared(pair, region.series[pair.series], whole)
    rows += _real_growth(region, annual)
    return pd.DataFrame(rows, columns=CHECKED)


def _real_growth(region: Region, annual: pd.DataFrame) -> list[dict[str, Any]]:
    """Mean real growth of emerging value added to 2020, which the plan gives for the five years from 2015."""
    if "sei_value_added_real" not in annual or REAL_GROWTH not in region.bases:
        return []
    wide = annual.pivot(index="run_id", columns="year", values="sei_value_added_real")
    growth = 100 * ((wide[LAST_YEAR] / wide[FIRST_YEAR + 1]) ** (1 / (LAST_YEAR - FIRST_YEAR - 1)) - 1)
    low, median, high = np.quantile(growth, [0.05, 0.5, 0.95])
    known = region.bases[REAL_GROWTH].number
    return [
        {
            "what": word("facts.real_growth"),
            "unit": translated("units", known.unit),
            "year": LAST_YEAR,
            "published": known.dated[0][1],
            "status": str(known.status),
            "low": low,
            "median": median,
            "high": high,
        }
    ]


def _compared(pair: Compared, series: Any, annual: pd.DataFrame) -> list[dict[str, Any]]:
    rows = []
    for year, value in series.years.items():
        runs = annual.loc[annual.year == year, pair.indicator].to_numpy() / factor(series.unit)
        if max(pair.first_year, FIRST_YEAR + 1) <= year <= LAST_YEAR and len(runs):
            low, median, high = np.quantile(runs, [0.05, 0.5, 0.95])
            rows.append(
                {
                    "what": word(f"facts.{pair.label}"),
                    "unit": translated("units", series.unit),
                    "year": year,
                    "published": value,
                    "status": str(series.status(year)),
                    "low": low,
                    "median": median,
                    "high": high,
                }
            )
    return rows
