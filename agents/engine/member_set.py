"""Sets of members, as Mesa knows them.

A set keeps the ids of its members and no objects: a member's view is gone as soon as nobody looks
at it, so that a set of references would be empty at once. Reading, writing, selecting, grouping
and sorting by a column work on the column; the answers are those of `mesa.agentset.AgentSet`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from mesa.agentset import AbstractAgentSet, GroupBy

if TYPE_CHECKING:
    from random import Random

    from agents.engine.population import Population


class MemberSet(AbstractAgentSet):
    """Some members of a population in a chosen order, or (ids=None) all who live in it, row by row.

    Members who leave the population leave the set, and those who enter join the set of all.
    """

    def __init__(self, population: Population, ids: Any = None) -> None:
        self.population = population
        self._ids = None if ids is None else np.array(ids, np.int64)
        self._rows = np.empty(0, np.int64)
        self._version = -1

    def __reduce__(self) -> tuple:
        return _set_again, (self.population.model, self.population, self._ids)

    @property
    def random(self) -> Random:
        """The model's generator: order by chance is Mesa's matter, luck in the model is not drawn from it."""
        return self.population.model.random

    @property
    def rows(self) -> np.ndarray:
        """Rows of the members in the order of the set, good until the next entry or exit [int64]."""
        if self._version != self.population.version:
            population, ids = self.population, self._ids
            self._rows = population.rows() if ids is None else population.living_rows_of(ids)
            self._version = self.population.version
        return self._rows

    @property
    def _agents(self) -> dict[Any, None]:
        return dict.fromkeys(self)

    def _of_rows(self, rows: np.ndarray) -> MemberSet:
        return MemberSet(self.population, self.population.id[rows])

    def _from_iterable(self, agents: Iterable[Any]) -> MemberSet:
        """What &, | and - make; a set has members of one class only."""
        agents = list(agents)
        strangers = [agent for agent in agents if getattr(agent, "population", None) is not self.population]
        if strangers:
            raise TypeError(f"{strangers[0]!r} is no {self.population.member_class.__name__} of this model")
        return MemberSet(self.population, list(dict.fromkeys(agent.id for agent in agents)))

    def _update(self, agents: Iterable[Any]) -> MemberSet:
        return self._become(self._from_iterable(agents))

    def _become(self, other: MemberSet) -> MemberSet:
        if self._ids is None:
            raise TypeError("the set of all members changes by entry and exit only: work on a .copy() of it")
        self._ids, self._version = other._ids, -1
        return self

    # Members

    def __len__(self) -> int:
        return self.population.count if self._ids is None else self.rows.size

    def __iter__(self) -> Iterator[Any]:
        return self.population.members(self.rows)

    def __contains__(self, agent: Any) -> bool:
        if getattr(agent, "population", None) is not self.population:
            return False
        return agent.living and (self._ids is None or bool((self._ids == agent.id).any()))

    def __getitem__(self, item: int | slice) -> Any:
        if isinstance(item, slice):
            return list(self.population.members(self.rows[item]))
        return next(self.population.members(self.rows[[item]]))

    def to_list(self) -> list[Any]:
        return list(self)

    def add(self, agent: Any) -> None:
        """Take a member into the set; into the population it came when it was made."""
        if agent not in self:
            self._update([*self, agent])

    def discard(self, agent: Any) -> None:
        if agent in self:
            self.remove(agent)

    def remove(self, agent: Any) -> None:
        """Take a member out of the set, not out of the model. Raises: KeyError when it is not there."""
        if agent not in self:
            raise KeyError(agent)
        self._become(self._of_rows(self.rows[self.rows != agent.row]))

    def copy(self) -> MemberSet:
        return self._of_rows(self.rows)

    __copy__ = copy

    # Numbers

    def array(self, name: str) -> np.ndarray:
        """The members' numbers in the order of the set: (n,), or (width, n) for a wide column."""
        if name == "segment":
            return self.population.segment_of(self.rows)
        return self.population.columns[name][..., self.rows]

    def _has_array(self, name: Any) -> bool:
        return name == "segment" or name in self.population.columns

    def _is_plain_column(self, name: str) -> bool:
        return self._has_array(name) and self.array(name).ndim == 1

    def _list(self, name: str) -> list[Any]:
        values = self.array(name)
        return values.tolist() if values.ndim == 1 else [tuple(numbers) for numbers in values.T.tolist()]

    def get(
        self,
        attr_names: Any,
        handle_missing: Literal["error", "default"] = "error",
        default_value: Any = None,
    ) -> list[Any]:
        names = [attr_names] if isinstance(attr_names, str) else list(attr_names)
        if handle_missing not in ("error", "default") or not all(map(self._has_array, names)):
            return super().get(attr_names, handle_missing, default_value)
        if isinstance(attr_names, str):
            return self._list(attr_names)
        return [list(values) for values in zip(*map(self._list, names), strict=True)]

    def set(self, attr_name: str, value: Any) -> MemberSet:
        """Write one value for all, or one per member."""
        column = self.population.member_class.columns.get(attr_name)
        if column is None:
            return super().set(attr_name, value)
        if column.width is not None and np.ndim(value) == 1:
            value = np.reshape(value, (-1, 1))
        self.population.columns[attr_name][..., self.rows] = value
        return self

    def agg(self, attribute: str, func: Callable | Iterable[Callable]) -> Any:
        """Apply functions to the values: NumPy's own get the array, all others a list, as in Mesa."""
        if not self._has_array(attribute):
            return super().agg(attribute, func)
        if callable(func):
            from_numpy = (getattr(func, "__module__", None) or "").partition(".")[0] == "numpy"
            return func(self.array(attribute) if from_numpy else self._list(attribute))
        return [self.agg(attribute, one) for one in func]

    # Sets out of this set

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
        mask: Any = None,
    ) -> MemberSet:
        """The members that pass; `mask` (one truth value per member) selects without making views."""
        most = len(self) if at_most == float("inf") else at_most
        if isinstance(at_most, float) and at_most <= 1.0:
            most = int(len(self) * at_most)
        rows = self.rows if mask is None else self.rows[np.asarray(mask, bool)]
        if agent_type is not None and not issubclass(self.population.member_class, agent_type):
            rows = rows[:0]
        if filter_func is None:
            chosen = self._of_rows(rows[: math.ceil(most)])
        else:
            passing = filter(filter_func, self.population.members(rows))
            chosen = self._from_iterable(islice(passing, math.ceil(most)))
        return self._become(chosen) if inplace else chosen

    def groupby(self, by: Callable | str, result_type: Literal["agentset", "list"] = "agentset") -> GroupBy:
        """Groups in the order in which their first members stand in the set."""
        if not callable(by) and self._is_plain_column(by):
            sets = {key: self._of_rows(rows) for key, rows in _rows_by_value(self.array(by), self.rows)}
        else:
            sets = {key: self._from_iterable(group) for key, group in _agents_by_key(self, by).items()}
        if result_type == "agentset":
            return GroupBy(sets)
        return GroupBy({key: list(group) for key, group in sets.items()})

    def shuffle(self, inplace: bool = False) -> MemberSet:
        """The members in an order by chance: the permutation that Mesa's own set would get."""
        rows = self.rows.tolist()
        self.random.shuffle(rows)
        shuffled = self._of_rows(np.array(rows, np.int64))
        return self._become(shuffled) if inplace else shuffled

    def sort(self, key: Callable | str, ascending: bool = False, inplace: bool = False) -> MemberSet:
        """The members from the greatest to the least, or the other way; equals stay as they stand."""
        if not callable(key) and self._is_plain_column(key):
            ordered = self._of_rows(self.rows[_order(self.array(key), ascending)])
        else:
            by = key if callable(key) else attrgetter(key)
            ordered = self._from_iterable(sorted(self, key=by, reverse=not ascending))
        return self._become(ordered) if inplace else ordered

    # Members acting one by one

    def map(self, method: str | Callable, *args: Any, **kwargs: Any) -> list[Any]:
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def do(self, method: str | Callable, *args: Any, **kwargs: Any) -> MemberSet:
        """Call for each member who was there at the start and is still there when its turn comes."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable, *args: Any, **kwargs: Any) -> MemberSet:
        self.shuffle().do(method, *args, **kwargs)
        return self


def _rows_by_value(values: np.ndarray, rows: np.ndarray) -> Iterator[tuple[Any, np.ndarray]]:
    """Each value and the rows that have it, in the order in which the values are first met."""
    keys, first, group = np.unique(values, return_index=True, return_inverse=True)
    by_group = np.split(rows[np.argsort(group, kind="stable")], np.cumsum(np.bincount(group))[:-1])
    return ((keys[k].item(), by_group[k]) for k in np.argsort(first))


def _agents_by_key(agents: Iterable[Any], by: Callable | str) -> dict[Any, list[Any]]:
    key = by if callable(by) else attrgetter(by)
    groups: dict[Any, list[Any]] = {}
    for agent in agents:
        groups.setdefault(key(agent), []).append(agent)
    return groups


def _order(values: np.ndarray, ascending: bool) -> np.ndarray:
    """Positions in ascending or descending order of the values, equal values as they stand."""
    if ascending:
        return np.argsort(values, kind="stable")
    return values.size - 1 - np.argsort(values[::-1], kind="stable")[::-1]


def _set_again(model: Any, population: Population, ids: np.ndarray | None) -> MemberSet:
    """A set that was pickled or copied, with its model."""
    return MemberSet(population, ids)
