"""Statistics that parameters are learnt from and held against, with their errors: statistics.yaml, checked.

certified:                    # a key of facts.yaml, where figure, unit, source and `used_for` stand
  years: [2020]               # of them alone; all that the fact compares unless given
  level_error: 0.01           # sd, of all years alike: a part of the figure, or points where it is no level
  year_error: 0.015           # sd, of each year apart
  middle: 0.35                # the figure where the fact gives a range; sd is then of its middle
  follows: certified          # of a figure that says nothing beyond a fitted one: checked, not fitted
  break: why not to chain     # where a series must not be read across years
  reason: why it errs so much
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from pydantic import Field

from experiments.calibration.pasts_table import PastsTable
from experiments.evidence.facts.fact import FIT, Fact, load_facts
from experiments.evidence.past import YEARS
from scenarios.region.folder import DEFAULT_REGION, region_folder
from scenarios.region.region import load_region
from scenarios.values.errors import InputError, Mistakes, unknown
from scenarios.values.record import Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

FILE = "statistics.yaml"
EXTENSIVE = (
    "100 million yuan", "enterprises", "firms", "inventions", "10,000 workers", "at constant prices",
)  # fmt: skip
"""Units of what doubles with the size of the province."""


class Row(Record):
    """One entry of statistics.yaml."""

    years: list[int] | None = None
    level_error: float = Field(default=0.0, ge=0)
    year_error: float = Field(gt=0)
    middle: float | None = None
    follows: Words | None = None
    broken: Words | None = Field(default=None, alias="break")
    reason: Words


@dataclass(frozen=True)
class Statistic:
    """One number that a run is compared with.

    name: FACT@YEAR, or FACT for one of a period. column: of the table. before: the column it is a change
    from, empty for none. log: compared as a logarithm, and its errors are relative. value: published, in
    `unit`. size: 1 where it doubles with the province, else 0.
    """

    fact: str
    name: str
    year: int | None
    column: str
    before: str
    change: str
    log: bool
    size: int
    value: float
    unit: str
    level_error: float
    year_error: float
    used_for: Literal["fit", "held out", "follows"]
    source: str
    broken: str

    def of(self, table: PastsTable) -> np.ndarray:
        """What the rows of a table give, on the scale on which it is compared [row]."""
        return self.read({name: table.values[:, k] for k, name in enumerate(table.columns)}, table.scale)

    def read(self, columns: dict[str, np.ndarray], scale: float) -> np.ndarray:
        """The statistic from its columns, on the scale on which it is compared."""
        held = columns[self.column] / scale**self.size
        if self.change:
            before = columns[self.before] / scale**self.size
            held = 100.0 * (held / before - 1.0) if self.change == "growth" else held - before
        return compared(held) if self.log else held

    @property
    def known(self) -> int:
        """The year at whose end it was known; of a period, which ends in 2020, that year."""
        return self.year or YEARS[-1]

    @property
    def fitted(self) -> bool:
        """Whether parameters are learnt from it."""
        return self.used_for == FIT

    @property
    def target(self) -> float:
        """What was published, on the scale on which it is compared."""
        return float(np.log(self.value)) if self.log else self.value

    def shown(self, compared_value: float) -> float:
        """A value of that scale in the statistic's unit."""
        return float(np.exp(compared_value)) if self.log else compared_value


def compared(values: np.ndarray) -> np.ndarray:
    """Logarithms; of what is not positive nan, since no level of the province is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(values > 0.0, np.log(np.where(values > 0.0, values, 1.0)), np.nan)


@cache
def load_statistics(region: str = DEFAULT_REGION) -> tuple[Statistic, ...]:
    """The statistics of a region in the order of its file.

    Raises:
        InputError: the region has none, or a row names no fact, has no error, reason or published figure.
    """
    path = region_folder(region) / FILE
    if not path.is_file():
        raise InputError(f"region {region} has no {FILE}, the statistics that parameters are learnt from")
    facts, mistakes = load_facts(region), Mistakes()
    found = [
        mistakes.attempt(of_row, key, content, facts, region, str(path))
        for key, content in read_yaml(path).items()
    ]
    mistakes.stop_if_any()
    return tuple(one for row in found for one in row or ())


def of_row(key: str, content: object, facts: Mapping[str, Fact], region: str, file: str) -> list[Statistic]:
    """The statistics of one entry of the file."""
    if key not in facts:
        raise InputError(f"{file}: {unknown('fact', key, facts)}")
    where = f"{file}: {key}"
    return of_fact(key, facts[key], read_record(Row, content, where), region, where)


def of_fact(key: str, fact: Fact, row: Row, region: str, where: str) -> list[Statistic]:
    """The statistics of one fact."""
    measure = fact.measurement
    if measure is None or measure.gives == "places":
        raise InputError(f"{where}: nothing measures this fact for the whole province")
    if fact.source is None and fact.series is None and fact.base is None:
        raise InputError(f"{where}: has no source")
    cells = [cell for cell in fact.cells(load_region(region)) if of_years(cell.label, row.years)]
    if not cells:
        raise InputError(f"{where}: nothing was published for {row.years}")
    found = []
    for cell in cells:
        value = row.middle if row.middle is not None else cell.published
        if value is None:
            raise InputError(f"{where}: gives a range, which needs its 'middle'")
        year = int(cell.label) if measure.gives == "years" else None
        column = str(fact.measure) + (f"@{year}" if year else "")
        log = measure.unit in EXTENSIVE and value > 0.0 and row.year_error < 1.0 and fact.change != "growth"
        found.append(
            Statistic(
                fact=key,
                name=f"{key}@{year}" if year else key,
                year=year,
                column=column,
                before=f"{fact.measure}@{year - 1}" if fact.change and year else "",
                change=fact.change or "",
                log=log,
                size=int(measure.unit in EXTENSIVE),
                value=value,
                unit=fact.unit,
                level_error=row.level_error,
                year_error=row.year_error,
                used_for="follows" if row.follows else fact.used_for,
                source=source_of(fact, region, year),
                broken=row.broken or "",
            )
        )
    return found


def of_years(label: str, years: list[int] | None) -> bool:
    """Whether a cell is of the years asked for; a period always is."""
    return years is None or not label.isdigit() or int(label) in years


def source_of(fact: Fact, region: str, year: int | None) -> str:
    """Where the figure stands."""
    if fact.source is not None:
        return fact.source
    known = load_region(region)
    if fact.series is not None:
        return f"series.yaml: {fact.series}"
    assert fact.base is not None
    return known.bases[fact.base].number.source


def covariance(statistics: Sequence[Statistic]) -> np.ndarray:
    """Covariance of the errors of published figures: apart for each year, alike for the years of a series."""
    year = np.diag([one.year_error**2 for one in statistics])
    same = np.array([[a.fact == b.fact for b in statistics] for a in statistics])
    level = np.array([one.level_error for one in statistics])
    return np.asarray(year + same * np.outer(level, level))
