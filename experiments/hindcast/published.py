"""What a region says for hindcasts: its hindcast.yaml, checked.

published:
  rd_total:                        # a yearly indicator: see quantities.py
    series: rd_total               # of series.yaml: what naive forecasts learn from
    per: rd_total                  # the series as a share of this one [%]
    base: gdp_2020                 # of base.yaml: the figure of 2020, where the series has none
    breaks: [2020]                 # years from which it counts otherwise: never compared across one
    breaks_source: why
    given_to: 2020                 # to this year a run takes it, more or less, as given: nothing is scored
    given_by: what gives it
    target: rd_growth              # of targets.yaml: where the straight path leads
    why: printed where the model's interval excludes a naive median: the mechanism behind it
past_plan: see past_plan.py
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator

from experiments.hindcast.naive import History, history
from experiments.hindcast.past_plan_file import PastPlan, read_past_plan
from experiments.hindcast.quantities import QUANTITIES
from scenarios.region.region import Region, load_region
from scenarios.spec import POLICY_YEAR
from scenarios.targets import Target, load_targets
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.values.record import Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

FILE = "hindcast.yaml"
SECTIONS = ("published", "past_plan")
BASE_YEAR = POLICY_YEAR - 1

Goal = tuple[int, float]  # the year and the value in the indicator's own unit


class Told(Record):
    """How an indicator is published in a region."""

    series: Words | None = None
    per: Words | None = None
    base: Words | None = None
    breaks: list[int] = Field(default_factory=list)
    breaks_source: Words | None = None
    given_to: int | None = None
    given_by: Words | None = None
    target: Words | None = None
    why: Words | None = None

    @model_validator(mode="after")
    def is_complete(self) -> Self:
        """A reason for each break and each given figure; what a share is of."""
        if bool(self.breaks) != (self.breaks_source is not None):
            raise ValueError("needs both of 'breaks' and 'breaks_source', or neither")
        if (self.given_to is None) != (self.given_by is None):
            raise ValueError("needs both of 'given_to' and 'given_by', or neither")
        if self.per is not None and self.series is None:
            raise ValueError("has 'per' and no 'series'")
        return self


@dataclass(frozen=True)
class Published:
    """A region's hindcast.yaml. path: where it lies."""

    region: str
    path: Path
    told: Mapping[str, Told]
    past_plan: PastPlan | None

    def of(self, indicator: str) -> Told:
        """How an indicator is published; not at all where the file says nothing."""
        return self.told.get(indicator, Told())

    def figures(self, indicator: str) -> dict[int, float]:
        """Every published year of an indicator and its value [its own unit]."""
        told, known = self.of(indicator), load_region(self.region)
        found: dict[int, float] = {}
        if told.base is not None:
            base = known.bases[told.base]
            found[BASE_YEAR] = base.value() * QUANTITIES[indicator].factor
        if told.series is not None:
            found |= known.series[told.series].years
        if told.per is not None:
            wholes = known.series[told.per].years
            found = {year: 100.0 * value / wholes[year] for year, value in found.items() if year in wholes}
        return dict(sorted(found.items()))

    def after(self, year: int) -> list[tuple[str, int, float]]:
        """Every figure published of a later year: indicator, year and value."""
        return [
            (name, when, value)
            for name in QUANTITIES
            for when, value in self.figures(name).items()
            if when > year
        ]

    def history(self, indicator: str, to: int) -> History:
        """What was published of an indicator by the end of a year."""
        return history(self.figures(indicator), self.of(indicator).breaks, to, QUANTITIES[indicator].rate)

    def goal(self, indicator: str, train_to: int) -> Goal | None:
        """What the plan in force after a year asks of an indicator, and when; None where it asks nothing."""
        if train_to < BASE_YEAR:
            return None if self.past_plan is None else self.past_plan.goal_of(indicator)
        name = self.of(indicator).target
        if name is None:
            return None
        target = load_targets(region=self.region)[name]
        return target.about.year, self._asked(indicator, target)

    def _asked(self, indicator: str, target: Target) -> float:
        if target.about.statistic == "level":
            return target.threshold * QUANTITIES[indicator].factor
        begun = self.figures(indicator)[BASE_YEAR]
        return float(begun * (1.0 + target.threshold) ** (target.about.year - BASE_YEAR))

    def broken(self, indicator: str, train_to: int, year: int) -> int | None:
        """The year between training and a figure from which a series counts otherwise, if there is one."""
        return next((at for at in self.of(indicator).breaks if train_to < at <= year), None)


@cache
def load_published(region: str) -> Published:
    """A region's hindcast.yaml.

    Raises:
        InputError: the region has none, or one line per mistake: a section, indicator, series, base, target
            or parameter that does not exist, a break or a given figure without its reason.
    """
    known = load_region(region)
    path = Path(known.folder) / FILE
    if not path.is_file():
        raise InputError(f"region {region} has no {FILE}: nothing says what is published of its indicators")
    return read_published(path, known, region)


def read_published(path: Path, known: Region, region: str) -> Published:
    """The content of a file. Raises: InputError, as `load_published`."""
    content, mistakes = read_yaml(path), Mistakes()
    mistakes.note(*(f"{path}: {unknown('section', key, SECTIONS)}" for key in content if key not in SECTIONS))
    told = {
        name: mistakes.attempt(_told, name, table, known, f"{path}: published: {name}")
        for name, table in _table(content, "published", path).items()
    }
    plan = content.get("past_plan")
    past = None if plan is None else mistakes.attempt(partial(read_past_plan, plan, f"{path}: past_plan"))
    mistakes.stop_if_any()
    return Published(
        region,
        path,
        {name: one for name, one in told.items() if one is not None},
        past,
    )


def _table(content: Mapping[str, Any], section: str, path: Path) -> Mapping[str, Any]:
    found = content.get(section, {})
    if not isinstance(found, dict):
        raise InputError(f"{path}: {section} is {quoted(found)}; expected keys and values")
    return found


def _told(name: str, table: object, known: Region, where: str) -> Told:
    if name not in QUANTITIES:
        raise InputError(f"{where}: {unknown('indicator', name, QUANTITIES)}")
    told = read_record(Told, table, where)
    for kind, wanted, names in (
        ("series", told.series, known.series),
        ("series", told.per, known.series),
        ("base", told.base, known.bases),
        ("target", told.target, load_targets(region=known.folder)),
    ):
        if wanted is not None and wanted not in names:
            raise InputError(f"{where}: {unknown(kind, wanted, names)}")
    return told
