"""Figures of a region that actors start from, as parameters: its own files of parameters, and its series.

`parameters/GROUP.yaml` in a region's folder has the form of configs/parameters/GROUP.yaml. What is published
year by year is taken from `series.yaml`: `parameters.government.revenue_2015` is `budget_revenue` of 2015.
"""

from pathlib import Path

from scenarios.region.bases import DIGITS
from scenarios.values.errors import InputError
from scenarios.values.number import Number
from scenarios.values.tables import YI, Series, read_series

Key = tuple[str, str]  # group and name of a parameter
YEARS = range(2015, 2021)
NEAR = 0.2  # how far a year may be set from its figure; the range of a series is that of all its years
PUBLISHED = {("government", "revenue"): "budget_revenue", ("government", "spending"): "budget_spending"}


def published(home: Path) -> list[tuple[Key, Number]]:
    """The parameters that are published series of the region, one a year; none where it has no series.

    Raises:
        InputError: a series or one of its years is missing.
    """
    path = home / "series.yaml"
    if not path.is_file():
        return []
    series, found = read_series(path), []
    for (group, what), name in PUBLISHED.items():
        if name not in series:
            raise InputError(f"{path} has no {name}")
        missing = [str(year) for year in YEARS if year not in series[name].years]
        if missing:
            raise InputError(f"{path}: {name} has no value for {', '.join(missing)}")
        found += [((group, f"{what}_{year}"), in_yuan(series[name], year)) for year in YEARS]
    return found


def in_yuan(series: Series, year: int) -> Number:
    """A year of a series of 100 million yuan as a constant [yuan/year] with its source and status."""
    part = next(part for part in series.parts if year in dict(part.dated))
    value = round(series[year] * YI, DIGITS)
    near = ((1.0 - NEAR) * value, (1.0 + NEAR) * value)
    return Number(unit="yuan/year", range=near, value=value, source=part.source, status=part.status)
