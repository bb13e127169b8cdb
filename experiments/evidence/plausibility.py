"""How plausible is the baseline to 2020? Medians of its runs beside what was published, hits and misses.

from experiments.evidence.past import baseline, pasts
    from experiments.evidence.plausibility import comparison
comparison(pasts(baseline(replications=20)))        # a DataFrame, one row per figure and year
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from experiments.evidence.past import YEARS, Past, Yearly
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import Region, load_region
from scenarios.values.tables import YI

EMERGING = "value added of emerging industries"


@dataclass(frozen=True)
class Figure:
    """One published figure, how to read it off a run, and how far from it the median may lie.

    published, trial: by year; trial is what the firms' equations gave without the rest of the economy.
    within: relative distance; points: absolute distance; between: a range where nothing is published.
    """

    name: str
    unit: str
    of: Callable[[Past], Yearly]
    published: Mapping[int, float] = field(default_factory=dict)
    within: float | None = None
    points: float | None = None
    between: tuple[float, float] | None = None
    trial: Mapping[int, str] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """The years that can be compared."""
        return list(YEARS) if self.between else [year for year in YEARS if year in self.published]

    def allowed(self, year: int) -> tuple[float, float]:
        """Lowest and highest median that counts as a hit [own unit]."""
        if self.between:
            return self.between
        value = self.published[year]
        distance = self.points if self.points is not None else (self.within or 0.0) * value
        return value - distance, value + distance


def series(name: str, unit: float = YI) -> Callable[[Past], Yearly]:
    """Reads an indicator off a run, in 100 million yuan unless said otherwise."""
    return lambda run: run.annual[name] / unit


def entry_rate(run: Past) -> Yearly:
    """Firms founded or moved in within the year [% of the firms at its start]."""
    return 100.0 * (run.annual["entrants"] + run.annual["relocations"]) / firms_at_start(run)


def exit_rate(run: Past) -> Yearly:
    """Exits of the year [% of the firms at its start]."""
    return 100.0 * run.annual["exits"] / firms_at_start(run)


def firms_at_start(run: Past) -> Yearly:
    """Firms at the end of the year before."""
    came = run.annual["entrants"] + run.annual["relocations"]
    return run.annual["firms"] - came + run.annual["exits"]


def share_of_research(places: np.ndarray) -> Callable[[Past], Yearly]:
    """Share of some prefectures in the research of firms and institutions [%]."""

    def read(run: Past) -> Yearly:
        spent = run.cell("research") + run.institutions
        return 100.0 * spent[:, places].sum(axis=1) / spent.sum(axis=1)

    return read


def share_of_certified(run: Past) -> Yearly:
    """The capital's share of certified enterprises [%]."""
    held = run.cell("certified")
    return 100.0 * held[:, 0] / held.sum(axis=1)


def increase_of_certified(run: Past) -> Yearly:
    """Certified enterprises more than a year before; the first year has none before it."""
    return np.diff(run.annual["hnte"], prepend=np.nan)


def increases(levels: Mapping[int, float]) -> dict[int, float]:
    """What a published level rose by, in the years that follow a published one from 2016 on."""
    return {
        year: levels[year] - levels[year - 1]
        for year in YEARS
        if {year, year - 1} <= levels.keys() & set(YEARS)
    }


def share_of_firms(run: Past) -> Yearly:
    """Share of enterprises in all research [%]."""
    return 100.0 * run.annual["rd_firms"] / run.annual["rd_total"]


def real_growth_in_the_model(run: Past) -> Yearly:
    """Mean real growth of emerging value added from 2016 to the year [%/year]."""
    real = run.annual["sei_value_added_real"]
    passed = np.maximum(np.arange(len(YEARS)), 1)
    return 100.0 * ((real / real[0]) ** (1.0 / passed) - 1.0)


def real_growth_from_2015(run: Past) -> Yearly:
    """Mean real growth from the synthesised 2015, whose value added stands at its own prices [%/year]."""
    base = load_region(run.region).marginals.constants["emerging_value_added"] * YI / run.price_2015
    passed = np.arange(1, len(YEARS) + 1)
    return 100.0 * ((run.annual["sei_value_added_real"] / base) ** (1.0 / passed) - 1.0)


def at_the_end(owner: str) -> Callable[[Past], Yearly]:
    """Inventions in force of an owner, known for 2020 alone."""
    return lambda run: np.array([np.nan] * (len(YEARS) - 1) + [run.inventions[owner]])


def figures(region: Region) -> list[Figure]:
    """What is compared; where nothing is published, with a range that the design calls credible.

    What a region has not published is left out. Trials were made of the region that ships alone.
    """
    parts = (money_figures, growth_figures, firm_figures, invention_figures, place_figures)
    found = [figure for part in parts for figure in part(region)]
    shipped = region.name == DEFAULT_REGION
    return found if shipped else [replace(figure, trial={}) for figure in found]


def money_figures(region: Region) -> list[Figure]:
    """GDP, emerging value added, research by performer and local revenue."""
    unit = "100 million yuan"
    emerging = of_2020("sei_value_added_2020", region)
    enterprises = by_year("457", "511", "586", "683", "786")
    return [
        Figure(
            "GDP", unit, series("gdp"), published("gdp", region) | of_2020("gdp_2020", region), within=0.03
        ),
        Figure(EMERGING, unit, series("sei_value_added"), emerging, within=0.03, trial={2020: "4,154"}),
        Figure("R&D", unit, series("rd_total"), published("rd_total", region), within=0.10),
        Figure(
            "R&D of enterprises",
            unit,
            series("rd_firms"),
            published("rd_enterprises", region),
            0.10,
            trial=enterprises,
        ),
        Figure(
            "R&D of universities", unit, series("rd_universities"), published("rd_universities", region), 0.10
        ),
        Figure("R&D of institutes", unit, series("rd_institutes"), published("rd_institutes", region), 0.10),
        Figure("local revenue", unit, series("budget_revenue"), published("budget_revenue", region), 0.03),
    ]


def growth_figures(region: Region) -> list[Figure]:
    """Real growth of emerging industries, and who does the research."""
    real = of_2020("sei_real_growth_2016_2020", region)
    parts, wholes = published("rd_enterprises", region), published("rd_total", region)
    share = {2020: 100.0 * parts[2020] / wholes[2020]} if 2020 in parts and 2020 in wholes else {}
    return [
        Figure("real growth, mean since 2016", "%/year", real_growth_in_the_model, real, points=2.0),
        Figure("real growth, mean since 2015", "%/year", real_growth_from_2015, real, points=2.0),
        Figure("share of enterprises in R&D", "%", share_of_firms, share, points=5.0),
    ]


def firm_figures(region: Region) -> list[Figure]:
    """Certified enterprises, firms, entry and exit."""
    certified = by_year("2,600", "3,600", "5,100", "6,700", "7,900")
    entry, leaving = (8.0, 14.0), (4.0, 9.0)
    return [
        Figure(
            "certified", "enterprises", series("hnte", 1.0), published("hnte", region), 0.15, trial=certified
        ),
        Figure(
            "certified, increase in the year",
            "enterprises",
            increase_of_certified,
            increases(published("hnte", region)),
            within=0.25,
        ),
        Figure(
            "technology firms, assumed",
            "firms",
            series("firms", 1.0),
            published("technology_firms", region),
            within=0.053,
        ),
        Figure("entry", "% of firms", entry_rate, between=entry, trial=by_year(*["10-14"] * 5)),
        Figure("exit", "% of firms", exit_rate, between=leaving, trial=by_year(*["6"] * 5)),
    ]


def invention_figures(region: Region) -> list[Figure]:
    """Inventions in force, in all and by owner (the owners' counts are of November 2020)."""
    unit, all_owners = "inventions", published("invention_patents", region)
    return [
        Figure("inventions in force", unit, series("patents_valid", 1.0), all_owners, within=0.06),
        *(
            Figure(
                f"inventions, {owner}",
                unit,
                at_the_end(owner),
                published(f"invention_patents_{owner}", region),
                0.06,
            )
            for owner in ("enterprises", "universities", "institutes")
        ),
    ]


def place_figures(region: Region) -> list[Figure]:
    """Where research and certified enterprises are."""
    trial = {2017: "37"}
    research = 100.0 * region.prefectures.research_share
    certified = 100.0 * float(region.marginals.certified_prefecture_share[0])
    names, places = region.prefectures.label_en, region.prefectures.group == region.prefectures.group[0]
    core = ", ".join(name for name, own in zip(names, places, strict=True) if own)
    return [
        Figure(
            f"{names[0]}: share of R&D",
            "%",
            share_of_research(np.arange(1)),
            {2017: float(research[0])},
            points=6.0,
            trial=trial,
        ),
        Figure(
            f"{core}: share of R&D",
            "%",
            share_of_research(np.flatnonzero(places)),
            {2017: float(research[places].sum())},
            points=6.0,
        ),
        Figure(f"{names[0]}: share of certified", "%", share_of_certified, {2020: certified}, points=6.0),
    ]


def by_year(*values: str) -> dict[int, str]:
    """Values of 2016 to 2020 by year."""
    return dict(zip(YEARS, values, strict=True))


def published(name: str, region: Region) -> dict[int, float]:
    """A published series of a region by year [published unit]; empty where it has none."""
    return dict(region.series[name].years) if name in region.series else {}


def of_2020(name: str, region: Region) -> dict[int, float]:
    """A published base of the plan [published unit]; empty where it has none."""
    return {2020: region.bases[name].number.at(2020)} if name in region.bases else {}


def comparison(runs: Sequence[Past]) -> pd.DataFrame:
    """One row per figure and year: median, 5th and 95th percentile, published, allowed range, hit, trial."""
    return pd.DataFrame(
        [row for figure in figures(load_region(runs[0].region)) for row in rows_of(figure, runs)]
    )


def rows_of(figure: Figure, runs: Sequence[Past]) -> list[dict[str, Any]]:
    """The rows of one figure."""
    values = np.array([figure.of(run) for run in runs])
    return [row_of(figure, year, values[:, YEARS.index(year)]) for year in figure.years]


def row_of(figure: Figure, year: int, values: np.ndarray) -> dict[str, Any]:
    """The row of one figure in one year, from its value in every run."""
    low, high = figure.allowed(year)
    p05, median, p95 = np.percentile(values, [5, 50, 95]).tolist()
    return {
        "figure": figure.name, "unit": figure.unit, "year": year, "median": median, "p05": p05, "p95": p95,
        "published": figure.published.get(year, np.nan), "low": low, "high": high,
        "hit": low <= median <= high, "trial": figure.trial.get(year, ""),
    }  # fmt: skip


def path_errors(table: pd.DataFrame) -> pd.Series:
    """Mean absolute error of the medians over the published years, by figure [% of published]."""
    known = table.dropna(subset="published")
    error = 100.0 * (known["median"] / known["published"] - 1.0).abs()
    return error.groupby(known["figure"], sort=False).mean()
