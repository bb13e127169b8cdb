"""What a lever from outside sees of the economy: the date and the firms, to read, and the place to offer.

It is what a lever that ships may use, and no more: the state is read-only, and an offer is checked before it
is made. The same stands in for the economy while a lever is heard before any run, with a few made-up firms.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from scenarios.values.errors import InputError, unknown

HEARD = 8  # made-up firms to whom a lever speaks before any run
MAY = "year, quarter, firms and offer"


@cache
def columns() -> dict[str, tuple[np.dtype, int | None]]:
    """The columns of firms by name: their type, and how many numbers a firm has, where several."""
    from agents.firms import Firm

    return {name: (one.dtype, one.width) for name, one in Firm.columns.items()} | {
        "id": (np.dtype(np.int64), None)
    }


class SeenFirms:
    """The columns of firms as arrays that cannot be written to, a row each, empty rows among them.

    `rows()` are the rows of the firms that exist; `segment_of(rows)` their industries, by number.
    """

    __slots__ = ("_firms",)
    _firms: Any

    def __init__(self, firms: Any) -> None:
        object.__setattr__(self, "_firms", firms)

    def __getattr__(self, column: str) -> np.ndarray:
        if column not in columns():
            raise InputError(unknown("column of firms", column, columns()))
        found: np.ndarray = getattr(self._firms, column)
        return read_only(found)

    def __setattr__(self, column: str, value: object) -> None:
        raise InputError(f"writes firms.{column}: a lever offers terms, and touches no outcome and no state")

    def rows(self) -> np.ndarray:
        """Rows of the firms that exist, in order [int64]."""
        return read_only(self._firms.rows())

    def segment_of(self, rows: np.ndarray) -> np.ndarray:
        """The industry of each of the rows, by number [int64]."""
        return read_only(self._firms.segment_of(rows))


class Seen:
    """The economy as a lever from outside sees it, under whose name alone it offers."""

    __slots__ = ("_economy", "_name", "firms")

    def __init__(self, economy: Any, name: str) -> None:
        for slot, value in (("_economy", economy), ("_name", name), ("firms", SeenFirms(economy.firms))):
            object.__setattr__(self, slot, value)

    @property
    def year(self) -> int:
        """The year, from 2016 on."""
        return int(self._economy.year)

    @property
    def quarter(self) -> int:
        """The number of the quarter; 0 is the first of 2016."""
        return int(self._economy.quarter)

    def offer(self, family: str, lever: str, to: Any = None, **terms: Any) -> None:
        """As Economy.offer: terms of a family, to some firms or to all."""
        if lever != self._name:
            raise InputError(f"offers {family} as {lever}; a lever offers under its own name, self.name")
        whole = None if to is None else meant(to, self._economy.firms.capacity, family)
        self._economy.offer(family, lever, to=whole, **finite(terms, family))

    def __getattr__(self, name: str) -> Any:
        raise InputError(f"uses economy.{name}; a lever from outside sees {MAY}")

    def __setattr__(self, name: str, value: object) -> None:
        raise InputError(f"writes economy.{name}: a lever offers terms, and touches no outcome and no state")


def read_only(values: np.ndarray) -> np.ndarray:
    """The same memory, as an array that cannot be written to."""
    seen = values.view()
    seen.flags.writeable = False
    return seen


def meant(to: Any, capacity: int, family: str) -> np.ndarray:
    """Whether each row of firms is meant. Raises: InputError, where it says something else."""
    whole = np.asarray(to)
    if whole.dtype != np.bool_ or whole.shape != (capacity,):
        told = f"offers {family} to {whole.dtype} of shape {whole.shape}"
        raise InputError(f"{told}; expected true or false for each row of firms")
    return whole


def finite(terms: Mapping[str, Any], family: str) -> dict[str, Any]:
    """The terms, each one finite number. Raises: InputError."""
    for term, value in terms.items():
        number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
        if not number or not np.isfinite(value):
            raise InputError(f"offers {family}.{term} = {value!r}; expected a finite number")
    return dict(terms)


class MadeUpFirms:
    """A few firms, all alike, as many as a lever needs to be heard."""

    capacity = HEARD

    def __getattr__(self, column: str) -> np.ndarray:
        kind, width = columns()[column]
        return np.ones(HEARD if width is None else (width, HEARD), kind)

    def rows(self) -> np.ndarray:
        return np.arange(HEARD)

    def segment_of(self, rows: Iterable[int]) -> np.ndarray:
        return np.zeros(len(list(rows)), np.int64)
