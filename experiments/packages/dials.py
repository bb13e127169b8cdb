"""Dials: the fields of levers that a package may set, each from what is in force to the most that it may be.

A budget goes up to its range, and no further than the money that may be spent in a year; its position is the
square root of its share of the way, so that small budgets are told apart. All other fields go to the top of
their range. Values have three digits: a package can be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import NamedTuple

from experiments.effects.doses import PLAN, dose_of
from experiments.packages.archive import Point, Room, rounded
from experiments.packages.package import Package
from experiments.store.outcome_columns import COVERAGE
from scenarios.blocks import BUDGET
from scenarios.lever import LeverFile
from scenarios.load import load_levers, load_scenarios
from scenarios.spec import BASELINE, LAST_YEAR, Scenario
from scenarios.thrusts import NONE, THRUSTS
from scenarios.values.errors import InputError, quoted, unknown
from scenarios.values.number import value_at

CENTRE = "centre"
"""The authority over a lever that no province decides."""


class Dial(NamedTuple):
    """A field of a lever. usual, high: in force, and at most: positions 0 and 1. top: of its range.

    dose: what the plan means, at its highest. whole: whether it takes whole numbers alone."""

    lever: str
    field: str
    unit: str
    usual: float
    high: float
    top: float
    dose: float
    whole: bool

    @property
    def key(self) -> str:
        """As commands name it."""
        return f"{self.lever}.{self.field}"

    @property
    def is_money(self) -> bool:
        """Whether it is a budget."""
        return self.field == BUDGET

    def value(self, position: float) -> float:
        """The value at a position."""
        share = position * position if self.is_money else position
        value = self.usual + share * (self.high - self.usual)
        short = float(round(value)) if self.whole else float(f"{value:.3g}")
        return min(max(short, self.usual), self.high)

    def position(self, value: float) -> float:
        """Where a value lies, at an end if it is beyond."""
        share = min(1.0, max(0.0, (value - self.usual) / (self.high - self.usual)))
        return sqrt(share) if self.is_money else share

    @property
    def is_bounded_by_money(self) -> bool:
        """Whether the money that may be spent ends it before its range does."""
        return self.high < self.top


@dataclass(frozen=True)
class Dials:
    """All dials of a search. begins: the year from which a package holds, unless a package says another."""

    all: tuple[Dial, ...]
    begins: int

    @property
    def room(self) -> Room:
        """Where packages may be looked for."""
        levers: dict[str, tuple[int, ...]] = {}
        for place, dial in enumerate(self.all):
            levers[dial.lever] = (*levers.get(dial.lever, ()), place)
        doses = rounded([one.position(one.dose) for one in self.all])
        return Room((0.0,) * len(self.all), doses, levers)

    def package(self, point: Point, begins: int | None = None, where: Sequence[str] = ()) -> Package:
        """The package of a point: all values that differ from what is in force."""
        values: dict[str, dict[str, float]] = {}
        for dial, position in zip(self.all, point, strict=True):
            value = dial.value(position)
            if value > dial.usual:
                values.setdefault(dial.lever, {})[dial.field] = value
        return Package(values, begins or self.begins, tuple(where))


def dials_of(names: Sequence[str], base: Scenario, region: str, a_year: float, begins: int) -> Dials:
    """The dials of some levers. a_year: what all may cost a year beyond the base [yuan].

    Raises:
        InputError: nothing is left to set.
    """
    levers, scenarios = load_levers(region=region), load_scenarios(region=region)
    found = []
    for name in names:
        dose = dose_of(levers[name], scenarios[BASELINE], scenarios.get(PLAN), levers).levers[name]
        for key, number in levers[name].fields.items():
            usual = value_at(base.levers[name][key], begins)
            top = number.range[1]
            high = min(top, usual + a_year) if key == BUDGET else top
            if high > usual:
                meant = max(value_at(dose[key], year) for year in range(begins, LAST_YEAR + 1))
                whole = key in levers[name].whole
                found.append(Dial(name, key, number.unit, usual, high, top, meant, whole))
    if not found:
        raise InputError(
            f"nothing is left to search: {', '.join(names)} can be given no more than is in force with the "
            "money that may be spent"
        )
    return Dials(tuple(found), begins)


def levers_named(names: Sequence[str] | None, thrusts: Sequence[str] | None, region: str) -> list[str]:
    """The levers that may be set: those named, those at home in some thrusts, or all of the province's own.

    Raises:
        InputError: no such lever or thrust, or one that moves what statistics count alone.
    """
    levers = load_levers(region=region)
    if names is not None:
        strangers = [unknown("lever", name, levers) for name in names if name not in levers]
        counted = [name for name in names if name in levers and moves_statistics(levers[name])]
        strangers += [f"{name} moves what statistics count and nothing that firms do" for name in counted]
        if strangers:
            raise InputError(*dict.fromkeys(strangers))
        return [name for name in levers if name in names]
    known = [*THRUSTS, NONE]
    wrong = [unknown("thrust", name, known) for name in thrusts or () if name not in known]
    if wrong:
        raise InputError(*wrong)
    found = [
        name
        for name, lever in levers.items()
        if not moves_statistics(lever)
        and lever.about.authority != CENTRE
        and (thrusts is None or lever.about.thrust in thrusts)
    ]
    if not found:
        raise InputError(f"no lever of the province is at home in {quoted(', '.join(thrusts or ()))}")
    return found


def moves_statistics(lever: LeverFile) -> bool:
    """Whether a lever moves what is counted and nothing that firms do."""
    return COVERAGE in lever.about.observable


def left_out(region: str) -> dict[str, str]:
    """Levers that are not searched unless they are named, each with the reason."""
    return {
        name: "decided by the centre"
        for name, lever in load_levers(region=region).items()
        if lever.about.authority == CENTRE and not moves_statistics(lever)
    } | {
        name: "moves what statistics count alone"
        for name, lever in load_levers(region=region).items()
        if moves_statistics(lever)
    }


def at_most(values: Mapping[str, Mapping[str, float]], dials: Dials) -> list[Dial]:
    """The dials of a package that stand at their most."""
    return [
        dial
        for dial in dials.all
        if dial.field in values.get(dial.lever, {}) and values[dial.lever][dial.field] >= dial.high < inf
    ]
