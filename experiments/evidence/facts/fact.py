"""Published figures of a region, and how a run is held against each: facts.yaml of its folder, checked.

certified:
  part: paths                      # or firms: stylised facts; accounts: other statistics
  name: certified
  unit: enterprises                # that of the measurement
  measure: certified               # see experiments/evidence/facts/measures.py; none where none can be taken
  series: hnte                     # of series.yaml; or base: of base.yaml; or values: with source
  per: rd_total                    # the series as a share of this one [%]
  change: growth                   # or increase: from the year before, of both sides
  years: [2017, 2018]              # of them alone; all published years of 2016-20 unless given
  year: 2017                       # of a measurement by prefecture, whose `values` are by prefecture
  period: 2018-20                  # of a measurement of the panel
  within: 0.15                     # relative distance of the median that counts as a hit; or points: 6
  low: 8                           # or a range; one end alone is a bound
  high: 14
  path_within: 0.06                # of the mean absolute error over the years, relative
  judge: range                     # or report: shown, with `why`
  used_for: fit                    # or held out
  reason: what it fitted           # of `fit`
  source: where it stands          # unless the series or base says so
  recalled: true                   # the number was not read again in its source; false unless given
  note: how units differ
  why: printed where it misses, or is not judged or measured
  reporting_error: 0.2             # sd of a survey's error, of measurements that take one
  reporting_error_source: why so much
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, Self

import numpy as np
from pydantic import Field, model_validator

from experiments.evidence.facts.measures import MEASURES, Measure
from experiments.evidence.past import YEARS
from scenarios.region.region import Region, load_region
from scenarios.values.errors import InputError, Mistakes, unknown
from scenarios.values.record import Line, Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

FILE = "facts.yaml"
FIT, HELD_OUT = "fit", "held out"
INFINITE = float("inf")


class Cell(NamedTuple):
    """One number of a fact: place in the measurement, what it is called, published, lowest and highest."""

    place: tuple[int, ...]
    label: str
    published: float | None
    low: float
    high: float


class Fact(Record):
    """One row of facts.yaml: a measurement and what it is held against."""

    part: Literal["paths", "firms", "accounts"]
    name: Line
    unit: Words
    measure: Words | None = None
    series: Words | None = None
    base: Words | None = None
    per: Words | None = None
    values: dict[str, float] = Field(default_factory=dict)
    change: Literal["increase", "growth"] | None = None
    years: list[int] | None = None
    year: int | None = None
    period: Words | None = None
    within: float | None = Field(default=None, gt=0)
    points: float | None = Field(default=None, gt=0)
    low: float | None = None
    high: float | None = None
    path_within: float | None = Field(default=None, gt=0)
    judge: Literal["range", "report"] = "range"
    used_for: Literal["fit", "held out"]
    reason: Words | None = None
    source: Words | None = None
    recalled: bool = False
    note: Words | None = None
    why: Words | None = None
    reporting_error: float | None = Field(default=None, ge=0)
    reporting_error_source: Words | None = None

    @property
    def bounded(self) -> bool:
        """Whether it has a range or a bound of its own."""
        return self.low is not None or self.high is not None

    @model_validator(mode="after")
    def is_complete(self) -> Self:
        """Ends in order, one way to say what is a hit, and a reason or source for whatever needs one."""
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low:g} lies above high {self.high:g}")
        if sum((self.within is not None, self.points is not None, self.bounded)) > 1:
            raise ValueError("needs one of 'within', 'points' and 'low' or 'high'")
        published = self.series is not None or self.base is not None or bool(self.values)
        if (self.within or self.points or self.path_within) and not published:
            raise ValueError("has a distance and nothing published to lie off")
        ends = self.within or self.points or self.bounded
        if self.measure is not None and self.judge == "range" and not ends:
            raise ValueError("is judged and has none of 'within', 'points', 'low' and 'high'")
        if (self.measure is None or self.judge == "report") and self.why is None:
            raise ValueError("has no 'why', the reason why it is not measured or not judged")
        if self.used_for == FIT and self.reason is None:
            raise ValueError("is used for fit and has no 'reason': what it fitted")
        if (self.values or self.bounded) and self.source is None:
            raise ValueError("has numbers of its own and no 'source'")
        if self.per is not None and self.series is None:
            raise ValueError("has 'per' and no 'series'")
        if (self.reporting_error is None) != (self.reporting_error_source is None):
            raise ValueError("needs both of 'reporting_error' and 'reporting_error_source', or neither")
        return self

    @property
    def measurement(self) -> Measure | None:
        """What measures it."""
        return None if self.measure is None else MEASURES[self.measure]

    def published(self, region: Region) -> dict[int, float]:
        """What was published by year, before any change is taken [own unit]; empty by prefecture."""
        if self.year is not None:
            return {}
        found: dict[int, float] = {}
        if self.series is not None:
            found |= region.series[self.series].years
        if self.per is not None:
            wholes = region.series[self.per].years
            found = {year: 100.0 * value / wholes[year] for year, value in found.items() if year in wholes}
        if self.base is not None:
            found[YEARS[-1]] = region.bases[self.base].number.at(YEARS[-1])
        return found | {int(year): value for year, value in self.values.items()}

    def cells(self, region: Region) -> list[Cell]:
        """The numbers of the fact in their order; none where nothing measures it."""
        measure = self.measurement
        if measure is None:
            return []
        if measure.gives == "period":
            return [Cell((), self.period or "", None, *self.ends(None))]
        if measure.gives == "places":
            return self._by_place(region)
        known = changed_by_year(self.published(region), self.change)
        can = YEARS[1:] if self.change else YEARS
        years = self.years or [year for year in can if year in known] or list(can)
        return [
            Cell((YEARS.index(year),), str(year), known.get(year), *self.ends(known.get(year)))
            for year in years
        ]

    def _by_place(self, region: Region) -> list[Cell]:
        names, labels = region.prefectures.names, region.prefectures.label_en
        year = YEARS.index(self.year or YEARS[-1])
        return [
            Cell(
                (year, names.index(name)),
                f"{self.year} {labels[names.index(name)]}",
                value,
                *self.ends(value),
            )
            for name, value in self.values.items()
        ]

    def ends(self, published: float | None) -> tuple[float, float]:
        """Lowest and highest median that counts as a hit [own unit]; any where nothing is judged."""
        if self.bounded or published is None:
            return (
                -INFINITE if self.low is None else self.low,
                INFINITE if self.high is None else self.high,
            )
        distance = self.points if self.points is not None else (self.within or INFINITE) * abs(published)
        return published - distance, published + distance

    def changes(self, values: np.ndarray) -> np.ndarray:
        """Values of a measurement as the fact has them: changes from the year before if it asks for them."""
        if self.change is None:
            return values
        before = np.concatenate([[np.nan], values[:-1]])
        return values - before if self.change == "increase" else 100.0 * (values / before - 1.0)


def changed_by_year(published: Mapping[int, float], change: str | None) -> dict[int, float]:
    """Changes from the year before, where both years were published; growth in %."""
    if change is None:
        return dict(published)
    pairs = {year: (value, published[year - 1]) for year, value in published.items() if year - 1 in published}
    if change == "increase":
        return {year: now - before for year, (now, before) in pairs.items()}
    return {year: 100.0 * (now / before - 1.0) for year, (now, before) in pairs.items()}


@cache
def load_facts(region: str) -> dict[str, Fact]:
    """Every fact of a region by id, in the order of its file.

    Raises:
        InputError: the region has no facts.yaml, or one line per mistake: a key, a measurement, a series or a
            place that does not exist, a unit that is not the measurement's, a range upside down, a row that
            was used for the fit without a reason, numbers without a source.
    """
    known = load_region(region)
    path = Path(known.folder) / FILE
    if not path.is_file():
        raise InputError(f"region {region} has no {FILE}: nothing is known that it could be held against")
    return read_facts(path, known)


def read_facts(path: Path, region: Region) -> dict[str, Fact]:
    """The facts of a file. Raises: InputError, as `load_facts`."""
    mistakes = Mistakes()
    found: dict[str, Fact] = {}
    for name, table in read_yaml(path).items():
        fact = mistakes.attempt(read_record, Fact, table, f"{path}: {name}")
        if fact is not None:
            mistakes.attempt(check, fact, region, f"{path}: {name}")
            found[name] = fact
    mistakes.stop_if_any()
    return found


def check(fact: Fact, region: Region, where: str) -> None:
    """Refuses names that do not exist, a unit that is not the measurement's, and keys that do not go with it.

    Raises:
        InputError: with the nearest name where one is unknown.
    """
    for kind, name, names in (
        ("series", fact.series, region.series),
        ("series", fact.per, region.series),
        ("base", fact.base, region.bases),
        ("measurement", fact.measure, MEASURES),
    ):
        if name is not None and name not in names:
            raise InputError(f"{where}: {unknown(kind, name, names)}")
    measure = fact.measurement
    if measure is None:
        return
    unit = "%/year" if fact.change == "growth" else measure.unit + (" a year" if fact.change else "")
    if fact.unit != unit:
        raise InputError(f"{where}: unit is {fact.unit!r}, that of {fact.measure} {unit!r}")
    if measure.surveyed != (fact.reporting_error is not None):
        takes = "needs" if measure.surveyed else "takes no"
        raise InputError(f"{where}: {fact.measure} {takes} 'reporting_error'")
    check_when(fact, measure, region, where)
    check_published(fact, region, where)


def check_published(fact: Fact, region: Region, where: str) -> None:
    """Refuses a distance from what was not published, and a change from a year before the first."""
    if fact.change is not None and YEARS[0] in (fact.years or ()):
        raise InputError(f"{where}: {YEARS[0]} has no year before it that a change could be taken from")
    cells = fact.cells(region)
    if not cells:
        raise InputError(f"{where}: has no 'values' by prefecture")
    bare = [cell.label for cell in cells if cell.published is None]
    if bare and not fact.bounded and fact.judge == "range":
        raise InputError(f"{where}: nothing was published for {bare[0]}")


def check_when(fact: Fact, measure: Measure, region: Region, where: str) -> None:
    """Refuses years, places and periods that do not go with what the measurement gives."""
    if (measure.gives == "period") != (fact.period is not None):
        raise InputError(f"{where}: 'period' goes with measurements of the panel, and with these alone")
    if (measure.gives == "places") != (fact.year is not None):
        raise InputError(f"{where}: 'year' goes with measurements by prefecture, and with these alone")
    if measure.gives != "years" and (fact.change or fact.years or fact.path_within):
        raise InputError(f"{where}: 'change', 'years' and 'path_within' go with yearly measurements alone")
    if measure.gives == "places":
        strangers = [name for name in fact.values if name not in region.prefectures.names]
        if strangers:
            raise InputError(f"{where}: {unknown('place', strangers[0], region.prefectures.names)}")
        return
    known = {str(year) for year in YEARS}
    years = [*fact.values, *map(str, fact.years or ()), *([str(fact.year)] if fact.year else ())]
    late = [year for year in years if year not in known]
    if late:
        raise InputError(f"{where}: {late[0]} is none of the years {YEARS[0]} to {YEARS[-1]}")
