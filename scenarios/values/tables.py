"""Tables of numbers by name (a prefecture, an industry, a class) and series in parts.

gdp_2020:
  unit: 100 million yuan (亿元)
  range: [300, 15000]
  values: {changsha: 12142.52, zhuzhou: 3105.8, ...}
  source: "..."
  status: unverified
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from scenarios.values.errors import InputError, Mistakes, unknown
from scenarios.values.number import Number, Status, checked_value, read_number
from scenarios.values.record import Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

Vector = NDArray[np.float64]

YI = 1e8  # yuan: 亿元, the unit of published money
WAN = 1e4  # persons or yuan: 万, the unit of published populations and small sums
RELIABILITY = [Status.SOURCED, Status.DERIVED, Status.CALIBRATED, Status.UNVERIFIED, Status.ASSUMPTION]


class Table(Record):
    """A figure for several names, with everything a reader needs to judge it."""

    unit: Words
    range: tuple[float, float]
    values: dict[str, float]
    source: Words
    status: Annotated[Status, Field(strict=False)]

    def array(self, order: Sequence[str]) -> Vector:
        """The values in the given order of names [own unit]."""
        return np.array([self.values[name] for name in order], np.float64)


class Grid(Record):
    """A figure for each pair of a row's name and a column's place."""

    unit: Words
    range: tuple[float, float]
    rows: dict[str, list[float]]
    source: Words
    status: Annotated[Status, Field(strict=False)]

    def array(self, order: Sequence[str]) -> Vector:
        """The rows in the given order of names [own unit]."""
        return np.array([self.rows[name] for name in order], np.float64)


class Series:
    """A published series by year, in parts of different reliability."""

    def __init__(self, parts: Sequence[Number]):
        self.parts = tuple(sorted(parts, key=lambda part: RELIABILITY.index(part.status)))
        self.unit = self.parts[0].unit

    @property
    def years(self) -> dict[int, float]:
        """Every published year and its value [own unit]; of two values of a year the more reliable."""
        merged: dict[int, float] = {}
        for part in reversed(self.parts):
            merged |= dict(part.dated)
        return dict(sorted(merged.items()))

    def __getitem__(self, year: int) -> float:
        """The value of a year [own unit].

        Raises:
            KeyError: nothing is published for that year.
        """
        return self.years[year]

    def status(self, year: int) -> Status:
        """How well the value of a year is known."""
        return next(part.status for part in self.parts if year in dict(part.dated))


def read_table(content: Mapping[str, Any], key: str, order: Sequence[str], where: str) -> Table:
    """The table under `key`, which has a value for each name in `order` and for no other.

    Raises:
        InputError: one line per mistake.
    """
    table = read_partial_table(content, key, order, where)
    missing = [name for name in order if name not in table.values]
    if missing:
        raise InputError(f"{where}: {key} has no value for {', '.join(missing)}")
    return table


def read_partial_table(content: Mapping[str, Any], key: str, known: Sequence[str], where: str) -> Table:
    """The table under `key`, with values for some of the known names."""
    table = read_named(content, key, where)
    _refuse_strangers(table.values, known, f"{where}: {key}")
    return table


def read_named(content: Mapping[str, Any], key: str, where: str) -> Table:
    """The table under `key`, by whatever names it has."""
    table = read_record(Table, _with_tuple(entry(content, key, where)), f"{where}: {key}")
    _check_values(table.values.items(), table.range, table.unit, f"{where}: {key}")
    return table


def read_grid(content: Mapping[str, Any], key: str, rows: Sequence[str], columns: int, where: str) -> Grid:
    """The grid under `key`, with a row of `columns` values for each name in `rows`."""
    grid = read_record(Grid, _with_tuple(entry(content, key, where)), f"{where}: {key}")
    _refuse_strangers(grid.rows, rows, f"{where}: {key}")
    short = [name for name in rows if len(grid.rows.get(name, [])) != columns]
    if short:
        raise InputError(f"{where}: {key} needs {columns} values for {', '.join(short)}")
    cells = [(f"{name}[{i}]", v) for name, row in grid.rows.items() for i, v in enumerate(row)]
    _check_values(cells, grid.range, grid.unit, f"{where}: {key}")
    return grid


def read_constant(content: Mapping[str, Any], key: str, where: str) -> float:
    """The value of a number that does not depend on the year [own unit]."""
    number = read_number(entry(content, key, where), f"{where}: {key}")
    if not number.is_constant:
        raise InputError(f"{where}: {key} is given by year; a constant with 'value' is needed")
    return number.dated[0][1]


def read_series(path: Path) -> dict[str, Series]:
    """All series of a file by name; a series is a list of numbers by year, one per status.

    Raises:
        InputError: one line per mistake.
    """
    mistakes = Mistakes()
    found: dict[str, list[Number]] = {}
    for name, parts in read_yaml(path).items():
        for i, part in enumerate(parts if isinstance(parts, list) else [parts]):
            number = mistakes.attempt(partial(read_number, part, f"{path}: {name}[{i}]"))
            if number is not None:
                found.setdefault(name, []).append(number)
    mistakes.stop_if_any()
    return {name: Series(parts) for name, parts in found.items()}


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The same array, which can no longer be written to."""
    array.setflags(write=False)
    return array


def entry(content: Mapping[str, Any], key: str, where: str) -> Any:
    """What stands under `key`.

    Raises:
        InputError: nothing does.
    """
    if key not in content:
        raise InputError(f"{where} has no {key}")
    return content[key]


def _with_tuple(table: Any) -> Any:
    if isinstance(table, dict) and isinstance(table.get("range"), list):
        return {**table, "range": tuple(table["range"])}
    return table


def _refuse_strangers(names: Mapping[str, object], known: Sequence[str], where: str) -> None:
    strangers = [name for name in names if name not in known]
    if strangers:
        raise InputError(*(f"{where}: {unknown('name', name, known)}" for name in strangers))


def _check_values(
    items: Iterable[tuple[str, object]], allowed: tuple[float, float], unit: str, where: str
) -> None:
    mistakes = Mistakes()
    for name, value in items:
        mistakes.attempt(partial(checked_value, value, f"{where}.{name}", allowed, unit))
    mistakes.stop_if_any()
