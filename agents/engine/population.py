"""Populations: columns of numbers, one row per member, the rows of a segment side by side.

A stage of the model runs over arrays (`firms.arrays()`), a person asks for one member (`firm.sales`).
Both see the same memory: a `Member` is a `mesa.Agent` whose attributes are read from its row.

    class Firm(Member):
        sales = Column("yuan/quarter")
        workers = Column("persons", np.int64)

    firms = Population(Firm, segments=9, capacity_per_segment=3000)
    rows = firms.add(segment=2, ids=np.array([17, 18]), sales=[1e6, 2e6])
    firms.sales[rows]                                    # array([1000000., 2000000.])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

import numpy as np

from agents.engine.column import Column, stored_columns
from agents.engine.layout import (
    Blocks,
    columns_of_blocks,
    empty_blocks,
    first_rows,
    pair_off,
    ranges,
    relocate,
    staggered,
    stand_behind,
)
from agents.engine.member import Member, view

__all__ = ["Column", "Member", "Population"]

# Ids that a model packs itself (entry quarter, place, ordinal) fit into 32 bits; those given here follow.
FIRST_AUTOMATIC_ID = 2**32
# A change of more rows than this forgets where every member stands; a smaller one corrects it.
_FEW_ROWS = 16


class Population:
    """The members of one class: a full-capacity array per column, rows grouped by segment.

    Segment s stands in rows start[s] to stop[s] - 1 and has slack behind it, whose rows always hold
    the columns' defaults. Rows are numbers for the moment: `add` may move them all (when a segment
    is full) and `remove` moves the last rows of a segment into the holes. What lasts is the `id`.
    """

    _arrays: Any  # of all columns, made when somebody asks; None again when they are replaced
    _rows_by_id: dict[int, int] | None

    def __init__(
        self, member_class: type[Member], segments: int = 1, capacity_per_segment: int | Sequence[int] = 64
    ) -> None:
        self.member_class = member_class
        self.model: Any = None
        self.version = 0
        self.next_id = FIRST_AUTOMATIC_ID
        self.columns: dict[str, np.ndarray] = {}
        capacity = np.broadcast_to(np.maximum(1, np.asarray(capacity_per_segment, np.int64)), segments)
        capacity = staggered(capacity)
        self.start = first_rows(capacity)
        self.stop = self.start.copy()
        self._limit = self.start + capacity
        self._schema = stored_columns(member_class)
        self._arrays, self._rows_by_id = None, None
        self._blocks: Blocks = {}
        self._refuse_taken_names()
        self._blocks = empty_blocks(self._schema, int(capacity.sum()))
        self._lay_out()

    def _refuse_taken_names(self) -> None:
        taken = [n for n in self.member_class.columns if n in self.__dict__ or hasattr(type(self), n)]
        if taken:
            raise TypeError(f"{self.member_class.__name__}: a population needs the names {taken} itself")

    def join(self, model: Any) -> None:
        """Become part of a Mesa model, which numbers the members there are and all who enter."""
        self.model = model
        rows = self.rows()
        self.unique_id[rows] = self._unique_ids(rows.size)
        self.version += 1

    # Reading

    def __len__(self) -> int:
        return self.count

    @property
    def count(self) -> int:
        """Number of living members."""
        return int((self.stop - self.start).sum())

    @property
    def capacity(self) -> int:
        """Number of rows, slack included: the length of every array."""
        return int(self._limit[-1])

    @property
    def segments(self) -> int:
        return self.start.size

    def __getattr__(self, name: str) -> np.ndarray:
        # Columns stand among the attributes, where they are found at once: this one is not there.
        raise AttributeError(f"{type(self).__name__} has no column or attribute {name!r}")

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.__dict__.get("columns", ()):
            raise AttributeError(f"write {name}[rows] = ...: the array has slack rows that must not change")
        object.__setattr__(self, name, value)

    def arrays(self) -> Any:
        """The arrays of all columns and `id`, as the NamedTuple that stages take.

        Its type is the same in every process, so compiled stages are found again. It is good until
        the next `add`, which may replace the arrays.
        """
        if self._arrays is None:
            kind = self.member_class.Arrays
            self._arrays = kind(*(self.columns[name] for name in kind._fields))
        return self._arrays

    def rows(self) -> np.ndarray:
        """Rows of the living members, in order [int64]."""
        return ranges(self.start, self.stop)

    def members(self, rows: np.ndarray) -> Iterator[Any]:
        """Views of the members in the rows; who leaves while they are looked at is left out."""
        version = self.version
        ids, unique_ids = self.id[rows].tolist(), self.unique_id[rows].tolist()
        for row, id, unique_id in zip(rows.tolist(), ids, unique_ids, strict=True):
            if self.version == version or self.row_or_none(id) is not None:
                yield view(self, id, unique_id, row, version)

    def segment_of(self, rows: Any) -> np.ndarray:
        """Segments that hold the rows [int64]."""
        return self.start.searchsorted(rows, side="right") - 1

    def row_of(self, id: int) -> int:
        """Row of the member with this id. Raises: KeyError when no living member has it."""
        row = self.row_or_none(id)
        if row is None:
            raise KeyError(f"no living {self.member_class.__name__} has the id {id}")
        return row

    def row_or_none(self, id: int) -> int | None:
        return self._row_by_id().get(id)

    def rows_of(self, ids: Any) -> np.ndarray:
        """Rows of the members with these ids [int64]. Raises: KeyError when one has left."""
        return np.array([self.row_of(id) for id in np.asarray(ids).tolist()], np.int64)

    def living_rows_of(self, ids: np.ndarray) -> np.ndarray:
        """Rows of those among the ids who are still there [int64]."""
        row_by_id = self._row_by_id()
        return np.array([row_by_id[id] for id in ids.tolist() if id in row_by_id], np.int64)

    def rows_among(self, ids: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
        """The row of each id, -1 where none of `rows`, or else nobody who lives here, has it [int64].

        For a few ids: a table of all members by id, which the others above make, takes longer.
        """
        if not ids.size:
            return np.zeros(0, np.int64)
        known, members = np.sort(ids), self.id if rows is None else self.id[rows]
        places = np.minimum(known.searchsorted(members), len(known) - 1)
        here = ((known[places] == members) & (members >= 0)).nonzero()[0]  # in slack rows the id is negative
        row_of = np.full(len(known), -1, np.int64)
        row_of[places[here]] = here if rows is None else rows[here]
        return row_of[known.searchsorted(ids)]

    def _row_by_id(self) -> dict[int, int]:
        """Where everybody stands: made when somebody asks, so that a quarter in which nobody does is free."""
        if self._rows_by_id is None:
            rows = self.rows()
            rows_by_id = dict(zip(self.id[rows].tolist(), rows.tolist(), strict=True))
            if len(rows_by_id) < rows.size:
                raise ValueError(f"two members of {self.member_class.__name__} have the same id")
            self._rows_by_id = rows_by_id
        return self._rows_by_id

    # Entry and exit

    def add(self, segment: Any, ids: Any, **values: Any) -> np.ndarray:
        """Add members and return their rows [int64], in the order given.

        `segment` is one for all or one per member; `ids` their ids, or how many of them if nobody
        minds which; every value is one for all or one per member (shape (width, n) for a wide column).
        Arrays that were read before are no longer the population's when a segment had to grow.
        """
        ids = self._ids(ids)
        unknown = sorted(set(values) - set(self.member_class.columns))
        if unknown:
            raise TypeError(f"{self.member_class.__name__} has no column {', '.join(unknown)}")
        rows, entering = self._rows_for(segment, ids.size)
        try:
            for name, value in {"id": ids, "unique_id": self._unique_ids(ids.size), **values}.items():
                self.columns[name][..., rows] = value
        except (ValueError, TypeError):
            self._reset(rows)
            raise
        self.stop += entering
        self.version += 1
        rows = np.arange(rows.start, rows.stop) if isinstance(rows, slice) else rows
        self._remember(self.id[rows], rows)
        return rows

    def _ids(self, ids: Any) -> np.ndarray:
        if isinstance(ids, int | np.integer):
            first, self.next_id = self.next_id, self.next_id + int(ids)
            return np.arange(first, self.next_id)
        return np.asarray(ids, dtype=np.int64)

    def _unique_ids(self, n: int) -> Any:
        """Mesa's next n numbers; 0 as long as no model counts."""
        if self.model is None:
            return 0
        first = self.model.agent_id_counter
        self.model.agent_id_counter += n
        return np.arange(first, first + n)

    def _rows_for(self, segment: Any, n: int) -> tuple[Any, np.ndarray]:
        """Free rows for n entrants, and how many enter each segment."""
        one_segment = np.ndim(segment) == 0
        if one_segment:
            entering = np.zeros(self.segments, np.int64)
            entering[segment] = n
        else:
            segment = np.asarray(segment, np.int64)
            entering = np.bincount(segment, minlength=self.segments)
        if (self.stop + entering > self._limit).any():
            self._grow(entering)
        if one_segment:
            return slice(int(self.stop[segment]), int(self.stop[segment]) + n), entering
        rows = np.empty(n, np.int64)
        stand_behind(segment, self.stop.copy(), rows)
        return rows, entering

    def remove(self, rows: Any) -> None:
        """Remove the members in these rows; the last rows of each segment move into the holes.

        Raises: ValueError when a row is named twice or nobody lives in it.
        """
        rows = np.sort(np.asarray(rows, dtype=np.int64))
        if not rows.size:
            return
        stop, (holes, movers) = np.empty_like(self.stop), np.empty((2, rows.size), np.int64)
        moved = pair_off(rows, self.start, self.stop, stop, holes, movers)
        if moved < 0:
            self._refuse(rows)
        holes, movers = holes[:moved], movers[:moved]
        leavers = self.id[rows]
        for block, defaults in self._blocks.values():
            relocate(block, defaults, holes, movers, stop, self.stop)
        self.stop[:] = stop
        self.version += 1
        self._forget(leavers)
        self._remember(self.id[holes], holes)

    def _refuse(self, rows: np.ndarray) -> NoReturn:
        if (rows < 0).any() or (rows >= self.stop[self.segment_of(rows)]).any():
            raise ValueError(f"no {self.member_class.__name__} lives in one of the rows {rows.tolist()}")
        raise ValueError(f"a row is named twice in {rows.tolist()}")

    def _reset(self, rows: Any) -> None:
        for block, defaults in self._blocks.values():
            block[:, rows] = defaults

    def _forget(self, ids: np.ndarray) -> None:
        if self._rows_by_id is not None and ids.size <= _FEW_ROWS:
            for id in ids.tolist():
                del self._rows_by_id[id]
        else:
            self._rows_by_id = None

    def _remember(self, ids: np.ndarray, rows: np.ndarray) -> None:
        if self._rows_by_id is not None and ids.size <= _FEW_ROWS:
            self._rows_by_id.update(zip(ids.tolist(), rows.tolist(), strict=True))
            if len(self._rows_by_id) == self.count:
                return
        self._rows_by_id = None

    # Memory

    def _lay_out(self) -> None:
        columns = columns_of_blocks(self._schema, self._blocks)
        self.__dict__.update(columns, columns=columns)
        self._arrays = None
        self._rows_by_id = None

    def _grow(self, entering: np.ndarray) -> None:
        """Give room for half as many again to every segment that is too small or three quarters full.

        All rows move when one segment grows: those that would come next grow with it.
        """
        capacity = self._limit - self.start
        needed = self.stop - self.start + entering
        capacity = staggered(
            np.where(needed > 0.75 * capacity, np.maximum(capacity, needed * 3 // 2), capacity)
        )
        old_rows, old_blocks = self.rows(), self._blocks
        start = first_rows(capacity)
        self.stop += start - self.start
        self.start[:] = start
        self._limit = start + capacity
        self._blocks = empty_blocks(self._schema, int(capacity.sum()))
        rows = self.rows()
        for dtype, (block, _) in self._blocks.items():
            block[:, rows] = old_blocks[dtype][0][:, old_rows]
        self._lay_out()

    def __getstate__(self) -> dict[str, Any]:
        """What a copy gets: not the model, which would be copied with an economy that is branched.

        A model that is copied itself takes its populations back (PopulationModel.__setstate__).
        """
        left_out = {"model", "columns", "_schema", "_arrays", "_rows_by_id", *self.columns}
        return {name: value for name, value in self.__dict__.items() if name not in left_out}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, model=None)
        self._schema = stored_columns(self.member_class)
        self._lay_out()
