"""Figures of a region that actors start from, as parameters: its own files of parameters, and its series.

`parameters/GROUP.yaml` in a region's folder has the form of configs/parameters/GROUP.yaml. What is published
year by year is taken from `series.yaml`: `parameters.government.revenue_2015` is `budget_revenue` of 2015.
"""

from collections.abc import Mapping
from pathlib import Path

from scenarios.region.bases import DIGITS
from scenarios.values.errors import InputError
from scenarios.values.number import Number, Status
from scenarios.values.tables import YI, Series, read_series

Key = tuple[str, str]  # group and name of a parameter
YEARS = range(2015, 2021)
NEAR = 0.2  # how far a year may be set from its figure; the range of a series is that of all its years
OTHERS = "invention_patents_others"  # of persons, agencies and other bodies; a region may count none
PUBLISHED = {("government", "revenue"): "budget_revenue", ("government", "spending"): "budget_spending"}


def published(home: Path) -> list[tuple[Key, Number]]:
    """The parameters that are published series of the region, one a year; none where it has no series.

    Raises:
        InputError: a series or one of its years is missing.
    """
    path = home / "series.yaml"
    if not path.is_file():
        return []
    series = read_series(path)
    found = other_owners(series, path)
    for (group, what), name in PUBLISHED.items():
        if name not in series:
            raise InputError(f"{path} has no {name}")
        missing = [str(year) for year in YEARS if year not in series[name].years]
        if missing:
            raise InputError(f"{path}: {name} has no value for {', '.join(missing)}")
        found += [((group, f"{what}_{year}"), in_yuan(series[name], year)) for year in YEARS]
    return found


def other_owners(series: Mapping[str, Series], path: Path) -> list[tuple[Key, Number]]:
    """Inventions in force of owners that are no actors at the end of each year; none where no figure says so.

    Raises:
        InputError: the series lacks a year.
    """
    held = series.get(OTHERS)
    if held is None:
        none = Number(
            unit="inventions in force", range=(0.0, 0.0), value=0.0, source="the region counts none",
            status=Status.ASSUMPTION,
        )  # fmt: skip
        return [(("patents", f"other_owners_{year}"), none) for year in YEARS]
    missing = [str(year) for year in YEARS if year not in held.years]
    if missing:
        raise InputError(f"{path}: {OTHERS} has no value for {', '.join(missing)}")
    found = []
    for year in YEARS:
        part = next(part for part in held.parts if year in dict(part.dated))
        one = Number(
            unit=part.unit, range=part.range, value=held[year], source=part.source, status=part.status
        )
        found.append((("patents", f"other_owners_{year}"), one))
    return found


def in_yuan(series: Series, year: int) -> Number:
    """A year of a series of 100 million yuan as a constant [yuan/year] with its source and status."""
    part = next(part for part in series.parts if year in dict(part.dated))
    value = round(series[year] * YI, DIGITS)
    near = ((1.0 - NEAR) * value, (1.0 + NEAR) * value)
    return Number(unit="yuan/year", range=near, value=value, source=part.source, status=part.status)
