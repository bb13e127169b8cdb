"""The shape of a number in configs/: value or dated values, with unit, range, source and status.

rate:
  unit: share of the increase in R&D
  range: [0, 0.5]
  values: {"2016": 0, "2018": 0.10}     # from then on; a constant has `value:` instead
  source: "..."
  status: sourced
  prior: {log_normal: [0.1, 1.5], reason: "..."}   # where nobody measured it: see prior.py
"""

import re
from enum import StrEnum
from functools import cached_property
from math import isfinite
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from scenarios.values.errors import InputError, quoted
from scenarios.values.exact_text import exact_text
from scenarios.values.prior import Prior
from scenarios.values.record import Record, Words, kind_of, read_record

EARLIEST_YEAR, LATEST_YEAR = 1949, 2060
Dated = tuple[tuple[int, float], ...]
LEAST = 1e-100  # of a number that is not 0: sums of yuan over what is nearer to it leave the range of floats


class Status(StrEnum):
    """How well a number is known."""

    SOURCED = "sourced"
    DERIVED = "derived"
    CALIBRATED = "calibrated"
    ASSUMPTION = "assumption"
    UNVERIFIED = "unverified"


class Number(Record):
    """A number with everything a reader needs to judge it."""

    unit: Words
    range: tuple[float, float]
    value: float | None = None
    values: dict[str, float] | None = None
    source: Words
    status: Annotated[Status, Field(strict=False)]
    prior: Prior | None = None

    @model_validator(mode="after")
    def is_complete(self) -> Self:
        """Exactly one of value and values; the range is in order."""
        if (self.value is None) == (self.values is None):
            raise ValueError("needs either 'value' (a constant) or 'values' (by year)")
        if self.values is not None and not self.values:
            raise ValueError("'values' names no year")
        if self.range[0] > self.range[1]:
            raise ValueError(f"range {list(self.range)} is not from low to high")
        return self

    @property
    def is_constant(self) -> bool:
        """Whether one value holds for all years."""
        return self.value is not None

    @cached_property
    def dated(self) -> Dated:
        """(year, value) in order of years, each from then on. A constant holds from the earliest year."""
        if self.values is None:
            assert self.value is not None
            return ((EARLIEST_YEAR, self.value),)
        return tuple(sorted((int(year), value) for year, value in self.values.items()))

    def at(self, year: int) -> float:
        """The value in a year [own unit].

        Raises:
            ValueError: the year lies before the first dated value.
        """
        return value_at(self.dated, year)

    def checked(self, value: object, where: str) -> float:
        """The value as a float, when it is a finite number in range.

        Raises:
            InputError: naming `where`, the value, the range and the unit.
        """
        return checked_value(value, where, self.range, self.unit)


def value_at(dated: Dated, year: int) -> float:
    """The value in a year of a path given as (year, value), each from then on.

    Raises:
        ValueError: the year lies before the first.
    """
    for start, value in reversed(dated):
        if start <= year:
            return value
    raise ValueError(f"no value in {year}: the first is of {dated[0][0]}")


def checked_value(value: object, where: str, allowed: tuple[float, float], unit: str) -> float:
    """A finite number within `allowed` as a float; anything else is refused with one line."""
    low, high = allowed
    span = f"{exact_text(low, 'g')} to {exact_text(high, 'g')} ({unit})"
    expected = f"expected a number from {span}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InputError(f"{where} is {kind_of(value)}; {expected}")
    if abs(value) > 1e300 or not isfinite(value):
        raise InputError(f"{where} is {quoted(value)}, not a finite number; {expected}")
    if 0 < abs(value) < LEAST:
        raise InputError(
            f"{where} is {quoted(value)}, closer to zero than {LEAST:g} without being 0; {expected}"
        )
    if not low <= value <= high:
        raise InputError(f"{where} is {exact_text(value)}, outside {span}")
    return float(value) + 0.0  # no negative zero


def read_number(table: object, where: str) -> Number:
    """A Number from a table of a YAML file; `where` is file and key, for messages.

    Raises:
        InputError: a key is missing or unknown, a value has another type or lies outside its own range.
    """
    if not isinstance(table, dict):
        raise InputError(
            f"{where} is {kind_of(table)}; it needs unit, range, value or values, source, status"
        )
    number = read_record(Number, _with_tuple(table), where)
    for year, value in (number.values or {"": number.dated[0][1]}).items():
        number.checked(value, f"{where}{f' in {_year(year, where)}' if year else ''}")
    if number.prior is not None:
        refuse_prior(number, number.prior, where)
    return number


def refuse_prior(number: Number, prior: Prior, where: str) -> None:
    """Refuses a prior that contradicts its number.

    Raises:
        InputError: it leaves the range, does not believe the value, or the number changes by year.
    """
    if not number.is_constant:
        raise InputError(f"{where}: a prior of values by year; only a constant is drawn")
    if why := prior.contradiction(number.dated[0][1], number.range):
        raise InputError(f"{where}: {why}")


def _with_tuple(table: dict[str, Any]) -> dict[str, Any]:
    """The table with the pairs that YAML gives as lists."""
    prior = table.get("prior")
    found = table | ({"range": _pair(table["range"])} if "range" in table else {})
    if isinstance(prior, dict):
        found |= {"prior": {key: _pair(item) for key, item in prior.items()}}
    return found


def _pair(item: Any) -> Any:
    return tuple(item) if isinstance(item, list) else item


def _year(text: str, where: str) -> int:
    if not (re.fullmatch(r"[0-9]{4}", text) and EARLIEST_YEAR <= int(text) <= LATEST_YEAR):
        raise InputError(f"{where}: {quoted(text)} is not a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    return int(text)
