"""A target of the plan: what is compared, with what, and how a run's path is scaled to the 2020 base first.

A run does not meet the published figures of 2020 exactly, so a level is computed on the path scaled to the
base (jump-off correction): value x base / own value of 2020, or shifted by the gap for counts of a few dozen.
The base is published or, where nobody knows it, the run's own draw. The unscaled value stands beside it.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from scenarios.region.folder import CONFIGS, DEFAULT_REGION, region_folder
from scenarios.spec import FIRST_YEAR, POLICY_YEAR
from scenarios.values.errors import InputError, Mistakes, unknown
from scenarios.values.number import Number, read_number
from scenarios.values.record import Label, Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

BASE_YEAR = POLICY_YEAR - 1
ALL = "all"  # all targets in one run

Yearly = NDArray[np.float64]
Annual = Mapping[str, Yearly]


class Shown(Record):
    """How a table prints the value: times `factor`, with `digits` decimals."""

    unit_en: Words
    unit_zh: Words
    factor: float
    digits: int = Field(ge=0, le=6)


class Also(Record):
    """The same target under another definition, printed beside it. label: which one."""

    label: Label
    indicator: Words
    base: Words


class Past(Record):
    """A published series that a figure draws before the runs, from the first year that counts alike."""

    series: Words
    first_year: int = Field(ge=2000, le=BASE_YEAR)


class About(Record):
    """What a target's entry says besides its threshold."""

    label: Label
    indicator: Words
    activity: Words | None = None  # the same without what statistical coverage adds or takes
    discrepancy: Words | None = None  # the series of observed over modelled, by which the path is multiplied
    over: Words | None = None
    per: float = 1.0
    statistic: Literal["level", "mean_growth"]
    year: int = Field(ge=POLICY_YEAR, le=2060)
    comparison: Literal[">=", ">"]
    base: Words | None = None
    anchor: Literal["ratio", "difference"] | None = None
    also: Also | None = None
    past: Past | None = None
    definition: Words
    quote: Words
    shown: Shown


class Target(NamedTuple):
    """A target by name, with its threshold as a number that has unit, range, source and status."""

    name: str
    about: About
    number: Number

    @property
    def threshold(self) -> float:
        """What has to be reached [plain units: yuan, shares, counts]."""
        return self.number.dated[0][1]

    @property
    def base(self) -> str:
        """The base of 2020 that its level starts from, in which published and actual are the same."""
        return self.about.base or f"{self.about.activity or self.about.indicator}_{BASE_YEAR}"

    def is_met_by(self, value: float) -> bool:
        """Whether the value reaches (>=) or exceeds (>) the threshold, as the plan words it.

        What is no number, or not finite, meets nothing.
        """
        above = value > self.threshold if self.about.comparison == ">" else value >= self.threshold
        return bool(above and isfinite(value))


class Outcome(NamedTuple):
    """What a run says about a target [plain units]; the value is scaled to the base of 2020.

    also, also_hit: value and hit under the target's other definition, where it has one. activity,
    activity_hit: the same without statistical coverage and without what the model may miss, where the value
    has either. modelled: with coverage, without what the model may miss, where something may be missed.
    """

    value: float
    unscaled: float
    hit: bool
    also: float | None = None
    also_hit: bool | None = None
    activity: float | None = None
    activity_hit: bool | None = None
    modelled: float | None = None


@cache
def load_targets(folder: Path = CONFIGS, region: str = DEFAULT_REGION) -> dict[str, Target]:
    """The targets of a region's plan by name, in its order.

    Raises:
        InputError: one line per mistake.
    """
    return targets_in(region_folder(region, folder) / "targets.yaml")


def targets_in(path: Path) -> dict[str, Target]:
    """The targets of a file of that form by name, in its order.

    Raises:
        InputError: one line per mistake.
    """
    mistakes = Mistakes()
    found = [
        mistakes.attempt(_read, name, table, f"{path}: {name}") for name, table in read_yaml(path).items()
    ]
    mistakes.stop_if_any()
    return {target.name: target for target in found if target is not None}


def check_targets(
    targets: Mapping[str, Target],
    indicators: Iterable[str],
    bases: Iterable[str],
    region: str = DEFAULT_REGION,
) -> None:
    """Refuses targets of a region on a series that no run records, or scaled to a base that it has not.

    Raises:
        InputError: one line per unknown name, with the nearest one.
    """
    known, path = {"indicator": set(indicators), "base": set(bases)}, region_folder(region) / "targets.yaml"
    lines = [
        f"{path}: {name}: {unknown(kind, wrong, known[kind])}"
        for name, target in targets.items()
        for kind, wrong in names_in(target.about)
        if wrong not in known[kind]
    ]
    if lines:
        raise InputError(*dict.fromkeys(lines))


def names_in(about: About) -> list[tuple[str, str]]:
    """Every indicator and base that a target hangs on, each with its kind."""
    also = [("indicator", about.also.indicator), ("base", about.also.base)] if about.also else []
    read = (about.indicator, about.activity, about.discrepancy, about.over)
    series = [("indicator", name) for name in read]
    named = [*series, ("base", about.base), *also]
    return [(kind, name) for kind, name in named if name is not None]


def evaluate(target: Target, annual: Annual, bases: Mapping[str, float]) -> Outcome:
    """The value in a run, scaled to the base of 2020 and unscaled, and whether the scaled one is a hit.

    `annual` holds yearly values from 2016 on by indicator: flows summed, stocks at the end of the year.

    Raises:
        KeyError: an indicator or a base is missing.
    """
    at = target.about.year - FIRST_YEAR
    scaled = float(scaled_path(target, annual, bases)[at])
    here = Outcome(scaled, float(unscaled_path(target, annual)[at]), target.is_met_by(scaled))
    actual = activity_path(target, annual, bases)
    if actual is not None:
        value = float(actual[at])
        here = here._replace(activity=value, activity_hit=target.is_met_by(value))
    if target.about.discrepancy is not None:
        here = here._replace(modelled=float(modelled_path(target, annual, bases)[at]))
    other = also_path(target, annual, bases)
    if other is None:
        return here
    also = float(other[at])
    return here._replace(also=also, also_hit=target.is_met_by(also))


def scaled_path(target: Target, annual: Annual, bases: Mapping[str, float]) -> Yearly:
    """The target's quantity by year from 2016 on, after the jump-off correction [plain units]."""
    return _scaled(target, unscaled_path(target, annual), bases)


def modelled_path(target: Target, annual: Annual, bases: Mapping[str, float]) -> Yearly:
    """The scaled path as it would be observed if the model missed nothing."""
    return _scaled(target, _path_of(target.about, target.about.indicator, annual, missed=False), bases)


def activity_path(target: Target, annual: Annual, bases: Mapping[str, float]) -> Yearly | None:
    """The scaled path of activity alone: without statistical coverage and without what the model may miss.

    None for a target whose value has neither.
    """
    about = target.about
    if about.activity is None and about.discrepancy is None:
        return None
    return _scaled(target, _path_of(about, about.activity or about.indicator, annual, missed=False), bases)


def _scaled(target: Target, path: Yearly, bases: Mapping[str, float]) -> Yearly:
    if target.about.base is None:
        return path
    return _anchored(path, bases[target.about.base], target.about.anchor)


def unscaled_path(target: Target, annual: Annual) -> Yearly:
    """The target's quantity by year from 2016 on, as the run has it; mean growth is that since 2020."""
    return _path_of(target.about, target.about.indicator, annual)


def _path_of(about: About, indicator: str, annual: Annual, *, missed: bool = True) -> Yearly:
    """What a target says of an indicator, by year; missed: with what the model may miss of it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        path = np.asarray(annual[indicator], np.float64) * about.per
        if missed and about.discrepancy is not None:
            path = path * annual[about.discrepancy]
        if about.over is not None:
            path = path / annual[about.over]
    return _mean_growth(path) if about.statistic == "mean_growth" else path


def also_path(target: Target, annual: Annual, bases: Mapping[str, float]) -> Yearly | None:
    """The scaled path under the target's other definition, if it has one."""
    also = target.about.also
    if also is None:
        return None
    path = _path_of(target.about, also.indicator, annual)
    return _anchored(path, bases[also.base], target.about.anchor)


def _anchored(path: Yearly, base: float, anchor: str | None) -> Yearly:
    """The path through the base in 2020; not a number where a ratio to nothing is asked for."""
    own = path[BASE_YEAR - FIRST_YEAR]
    if anchor == "difference":
        return path + (base - own)
    return path * (base / own) if own != 0 else np.full_like(path, np.nan)


def _mean_growth(path: Yearly) -> Yearly:
    """Mean growth a year since 2020 [share]; not a number until 2020 and from a base of zero."""
    at = BASE_YEAR - FIRST_YEAR
    growth = np.full_like(path, np.nan)
    if path[at] > 0:
        years = np.arange(1, len(path) - at)
        growth[at + 1 :] = (path[at + 1 :] / path[at]) ** (1 / years) - 1
    return growth


def _read(name: str, table: Any, where: str) -> Target:
    if not isinstance(table, dict):
        raise InputError(f"{where}: expected the keys of a target")
    about = {key: value for key, value in table.items() if key != "threshold"}
    described = read_record(About, about, where)
    if (described.base is None) != (described.anchor is None):
        raise InputError(f"{where}: base and anchor belong together")
    return Target(name, described, read_number(table.get("threshold"), f"{where}.threshold"))
