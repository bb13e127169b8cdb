"""The shape of a number in configs/: value or dated values, with unit, range, source and status.

rate:
  unit: share of the increase in R&D
  range: [0, 0.5]
  values: {"2016": 0, "2018": 0.10}     # from then on; a constant has `value:` instead
  source: "..."
  status: sourced
"""

import re
from enum import StrEnum
from functools import cached_property
from math import isfinite
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from scenarios.values.errors import MOST_MISTAKES, InputError, quoted, unknown
from scenarios.values.exact_text import exact_text

EARLIEST_YEAR, LATEST_YEAR = 1949, 2060
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Dated = tuple[tuple[int, float], ...]
LEAST = 1e-100  # of a number that is not 0: sums of yuan over what is nearer to it leave the range of floats
LONGEST_LINE = 200  # characters


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError(f"{quoted(text)} has a character that cannot be printed")
    return text


def _short(text: str) -> str:
    if len(text) > LONGEST_LINE:
        raise ValueError(f"{quoted(text)} has {len(text)} characters; at most {LONGEST_LINE}")
    return text


Printable = Annotated[Words, AfterValidator(_printable)]
"""Text without line break, control character or anything that turns the direction of writing."""
Line = Annotated[Printable, AfterValidator(_short)]
"""Text that is shown beside numbers."""


class Status(StrEnum):
    """How well a number is known."""

    SOURCED = "sourced"
    DERIVED = "derived"
    CALIBRATED = "calibrated"
    ASSUMPTION = "assumption"
    UNVERIFIED = "unverified"


class Record(BaseModel):
    """A table of a configuration file: no unknown key, no value of another type, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, strict=True)


class Label(Record):
    """A name to print, in both languages."""

    en: Line
    zh: Line


class Number(Record):
    """A number with everything a reader needs to judge it."""

    unit: Words
    range: tuple[float, float]
    value: float | None = None
    values: dict[str, float] | None = None
    source: Words
    status: Annotated[Status, Field(strict=False)]

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
    held = [value for start, value in dated if start <= year]
    if not held:
        raise ValueError(f"no value in {year}: the first is of {dated[0][0]}")
    return held[-1]


def checked_value(value: object, where: str, allowed: tuple[float, float], unit: str) -> float:
    """A finite number within `allowed` as a float; anything else is refused with one line."""
    low, high = allowed
    span = f"{exact_text(low, 'g')} to {exact_text(high, 'g')} ({unit})"
    expected = f"expected a number from {span}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InputError(f"{where} is {_kind(value)}; {expected}")
    if abs(value) > 1e300 or not isfinite(value):
        raise InputError(f"{where} is {quoted(value)}, not a finite number; {expected}")
    if 0 < abs(value) < LEAST:
        raise InputError(
            f"{where} is {quoted(value)}, closer to zero than {LEAST:g} without being 0; {expected}"
        )
    if not low <= value <= high:
        raise InputError(f"{where} is {exact_text(value)}, outside {span}")
    return float(value) + 0.0  # no negative zero


def _kind(value: object) -> str:
    names: dict[type, str] = {str: "the text", list: "the list", dict: "the table"}
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the truth value {quoted(value)}"
    return f"{names.get(type(value), 'the value')} {quoted(value)}"


def read_number(table: object, where: str) -> Number:
    """A Number from a table of a YAML file; `where` is file and key, for messages.

    Raises:
        InputError: a key is missing or unknown, a value has another type or lies outside its own range.
    """
    if not isinstance(table, dict):
        raise InputError(f"{where} is {_kind(table)}; it needs unit, range, value or values, source, status")
    number = read_record(Number, _with_tuple(table), where)
    for year, value in (number.values or {"": number.dated[0][1]}).items():
        number.checked(value, f"{where}{f' in {_year(year, where)}' if year else ''}")
    return number


def _with_tuple(table: dict[str, Any]) -> dict[str, Any]:
    bounds = table.get("range")
    return {**table, "range": tuple(bounds)} if isinstance(bounds, list) else table


def _year(text: str, where: str) -> int:
    if not (re.fullmatch(r"[0-9]{4}", text) and EARLIEST_YEAR <= int(text) <= LATEST_YEAR):
        raise InputError(f"{where}: {quoted(text)} is not a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    return int(text)


def read_record[R: BaseModel](record: type[R], table: object, where: str) -> R:
    """A record from a table of a YAML file, with pydantic's complaints as one line each.

    Raises:
        InputError: one line per mistake, naming file and key.
    """
    try:
        return record.model_validate(table)
    except ValidationError as error:
        found = error.errors()[: MOST_MISTAKES + 1]
        lines = dict.fromkeys(_complaint(record, detail, where) for detail in found)
        raise InputError(*lines) from None


def _complaint(record: type[BaseModel], detail: Any, where: str) -> str:
    path = [str(part) for part in detail["loc"]]
    place = ".".join([where, *path] if where else path)
    match detail["type"]:
        case "extra_forbidden" if len(path) == 1:
            return f"{where}: {unknown('key', path[0], record.model_fields)}".removeprefix(": ")
        case "extra_forbidden":
            return f"{where}: unknown key {quoted('.'.join(path))}".removeprefix(": ")
        case "missing":
            return f"{where} has no {quoted('.'.join(path))}"
        case "value_error":
            return f"{place}: {detail['ctx']['error']}"
        case "finite_number":
            return f"{place} is {quoted(detail['input'])}, not a finite number"
    return f"{place} is {_kind(detail['input'])}; {detail['msg'].replace('Input s', 's')}"
