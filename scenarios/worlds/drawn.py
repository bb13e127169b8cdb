"""Building blocks of a drawn path: growth that varies from year to year, indices, values from 2021 on."""

from collections.abc import Mapping
from math import sqrt

import numpy as np

from agents.numbers.elementary import pow_
from scenarios.values.tables import Vector
from scenarios.worlds.calendar import LAST_KNOWN_YEAR, QUARTERS, year_of
from scenarios.worlds.fan import DRAWN_YEARS

DrawnNumbers = Mapping[str, float]
"""By name of the fan: standard Normal, or uniform in (0, 1)."""


def autoregressive(z: DrawnNumbers, name: str, sd: float, persistence: float) -> dict[int, float]:
    """A deviation by year after 2020: mean 0, standard deviation sd in every year, and its correlation with
    the year before it."""
    found: dict[int, float] = {}
    new = sqrt(1.0 - persistence * persistence)
    for year in DRAWN_YEARS:
        luck = sd * z[f"{name}_{year}"]
        before = found.get(year - 1)
        found[year] = luck if before is None else persistence * before + new * luck
    return found


def wandering(z: DrawnNumbers, name: str, sd: float, persistence: float) -> dict[int, float]:
    """A deviation by year after 2020 that spreads: its standard deviation is sd times the root of the years
    since 2020. persistence: what of a year's deviation is carried to the next [share]."""
    found, before = {}, 0.0
    for t, year in enumerate(DRAWN_YEARS, start=1):
        added = sd * sqrt(t - persistence * persistence * (t - 1))
        before = persistence * before + added * z[f"{name}_{year}"]
        found[year] = before
    return found


def levels(growth: Mapping[int, float]) -> Vector:
    """A quarterly index that grows evenly within each year, 1 up to 2015Q4."""
    level, path = 1.0, []
    for quarter in QUARTERS:
        if quarter >= 0:
            level *= pow_(1.0 + growth[year_of(quarter)], 0.25)
        path.append(level)
    return np.array(path)


def after_2020(value: float, before: float = 0.0) -> Vector:
    """A value from 2021 on, another before, by quarter."""
    return np.array([value if year_of(quarter) > LAST_KNOWN_YEAR else before for quarter in QUARTERS])


def by_quarter(of_year: Mapping[int, float], before: float) -> Vector:
    """The value of each quarter's year where there is one; before: of all other quarters."""
    return np.array([of_year.get(year_of(quarter), before) for quarter in QUARTERS])
