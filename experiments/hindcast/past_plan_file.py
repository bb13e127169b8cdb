"""The goals of a plan that has ended, as a region's hindcast.yaml has them under `past_plan`.

past_plan:
  label: {en: ..., zh: ...}
  goals:
    certified:
      label: certified high-tech enterprises
      indicator: hnte              # of a run's series; over: another one that it is divided by
      from_year: 2015              # in which a run's path goes through `start`: 2015, or 2016 for a flow
      asks: hnte_count             # the yearly indicator that it is a goal for, if it is one
      comparison: ">="
      start: {...}                 # what was published of that year, with unit, range, value, source, status
      goal: {...}                  # a number, of `due`
      outcome: {...}               # what was published in the end
      why: why it was met or missed, as far as figures to 2020 say
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from scenarios.spec import FIRST_YEAR, POLICY_YEAR
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.values.number import Number, read_number
from scenarios.values.record import Label, Line, Record, Words, read_record

NUMBERS = ("start", "goal", "outcome")
STARTS = ("hnte", "patents_valid", "technology_value_added", "population", "gdp")
"""The series that are known of a run at the end of 2015, before its first quarter."""


class About(Record):
    """A goal besides its numbers."""

    label: Line
    unit: Line
    indicator: Words
    over: Words | None = None
    asks: Words | None = None
    comparison: Literal[">=", ">"] = ">="
    from_year: Literal[2015, 2016]
    why: Words


class PlanAbout(Record):
    """A plan besides its goals."""

    label: Label
    due: int = Field(gt=FIRST_YEAR, lt=POLICY_YEAR)


@dataclass(frozen=True)
class PastGoal:
    """A goal with its numbers: where a path starts, what was asked, and what came."""

    name: str
    about: About
    start: Number
    goal: Number
    outcome: Number

    def value(self, number: Number) -> float:
        """A number's value [the goal's unit]."""
        return number.dated[0][1]

    def is_met_by(self, value: float) -> bool:
        """Whether a value reaches the goal as the plan words it."""
        wanted = self.value(self.goal)
        return bool(value > wanted if self.about.comparison == ">" else value >= wanted)

    @property
    def was_met(self) -> bool:
        """Whether it was met in the end."""
        return self.is_met_by(self.value(self.outcome))


@dataclass(frozen=True)
class PastPlan:
    """A plan that has ended. due: the year of its goals."""

    about: PlanAbout
    goals: Mapping[str, PastGoal]

    @property
    def due(self) -> int:
        """The year in which its goals were due."""
        return self.about.due

    def goal_of(self, indicator: str) -> tuple[int, float] | None:
        """The year and value that it asks of a yearly indicator; None where it asks nothing."""
        for goal in self.goals.values():
            if goal.about.asks == indicator:
                return self.due, goal.value(goal.goal)
        return None


def read_past_plan(table: object, where: str) -> PastPlan:
    """A past plan from its table.

    Raises:
        InputError: one line per mistake.
    """
    if not isinstance(table, dict) or not isinstance(table.get("goals"), dict) or not table["goals"]:
        raise InputError(f"{where} is {quoted(table)}; it needs label, due and goals")
    mistakes = Mistakes()
    about = mistakes.attempt(
        read_record, PlanAbout, {key: value for key, value in table.items() if key != "goals"}, where
    )
    goals = {
        name: mistakes.attempt(_goal, name, own, f"{where}: {name}") for name, own in table["goals"].items()
    }
    mistakes.stop_if_any()
    assert about is not None
    return PastPlan(about, {name: goal for name, goal in goals.items() if goal is not None})


def _goal(name: str, table: object, where: str) -> PastGoal:
    if not isinstance(table, dict):
        raise InputError(f"{where} is {quoted(table)}; it needs the keys of a goal")
    about = read_record(About, {key: value for key, value in table.items() if key not in NUMBERS}, where)
    for series in (about.indicator, about.over):
        if series is not None and about.from_year < FIRST_YEAR and series not in STARTS:
            raise InputError(f"{where}: a path from {about.from_year}: {unknown('series', series, STARTS)}")
    start, goal, outcome = (_constant(table.get(key), f"{where}.{key}") for key in NUMBERS)
    return PastGoal(name, about, start, goal, outcome)


def _constant(table: object, where: str) -> Number:
    number = read_number(table, where)
    if not number.is_constant:
        raise InputError(f"{where} is given by year; it is one number and has 'value'")
    return number
