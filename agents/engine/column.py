"""Columns: what every member of a population has, and the arrays in which it is kept."""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from agents.engine.records import kept

if TYPE_CHECKING:
    from agents.engine.member import Member

_SUBSET = "columns__"
_TYPES: dict[str, Any] = {}


class Column:
    """A number that every member has: its unit, its type and what it is before anybody sets it.

    `Firm.sales` is the column, `firm.sales` the number of one firm. With `width` a member has that
    many numbers: the array has shape (width, capacity), a member reads a tuple.
    """

    def __init__(
        self, unit: str, dtype: Any = np.float64, default: float = 0, width: int | None = None
    ) -> None:
        self.unit = unit
        self.dtype = np.dtype(dtype)
        self.default = default
        self.width = width
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        width = "" if self.width is None else f", width {self.width}"
        return f"<Column {self.name} [{self.unit}], {self.dtype}, default {self.default}{width}>"

    @overload
    def __get__(self, member: None, owner: type) -> Column: ...
    @overload
    def __get__(self, member: Member, owner: type) -> Any: ...
    def __get__(self, member: Member | None, owner: type | None = None) -> Any:
        if member is None:
            return self
        values = member.population.columns[self.name]
        row = member.row
        return values.item(row) if self.width is None else tuple(values[:, row].tolist())

    def __set__(self, member: Member, value: Any) -> None:
        values = member.population.columns[self.name]
        if self.width is None:
            values[member.row] = value
        else:
            values[:, member.row] = value


BOOKKEEPING = {
    "id": Column("number of the member, by which it draws its luck", np.int64, -1),
    "unique_id": Column("Mesa's number of the agent in its model", np.int64),
}
for _name, _column in BOOKKEEPING.items():
    _column.name = _name


def stored_columns(member_class: type[Member]) -> dict[str, Column]:
    """What a population of the class keeps: the class's columns and the two numbers of a member."""
    return {**BOOKKEEPING, **member_class.columns}


def type_of_all_arrays(member_class: type[Member]) -> Any:
    """The NamedTuple of a class's arrays, to be kept as `member_class.Arrays`.

    Its name says where it is found, because Numba's cache on disk stores types by name.
    """
    columns = ("id", *member_class.columns)
    kind: Any = kept(namedtuple(f"{member_class.__name__}Arrays", columns))  # type: ignore[misc]
    kind.__module__ = member_class.__module__
    kind.__qualname__ = f"{member_class.__qualname__}.Arrays"
    return kind


def type_of_arrays(names: tuple[str, ...]) -> Any:
    """The NamedTuple of some arrays, one type per names and their order.

    It is an attribute of this module that is made when somebody asks for it, so that a fresh process
    can read Numba's cache on disk before it has asked for these columns itself.
    """
    name = _SUBSET + "__".join(names)
    if name not in _TYPES:
        _TYPES[name] = kept(namedtuple(name, names, module=__name__))  # type: ignore[misc]
    return _TYPES[name]


def __getattr__(name: str) -> Any:
    if name.startswith(_SUBSET):
        return type_of_arrays(tuple(name.removeprefix(_SUBSET).split("__")))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
