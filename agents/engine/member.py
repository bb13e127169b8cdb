"""Members: a row of a population, seen as a Mesa agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import mesa

from agents.engine.column import Column, type_of_all_arrays
from agents.engine.member_set import MemberSet

if TYPE_CHECKING:
    import pandas as pd

    from agents.engine.population import Population


class Member(mesa.Agent):
    """One row of a population, seen as a Mesa agent.

    A view is made when somebody looks and holds no numbers of its own, only the id by which its row
    is found. Two views of one member are equal. A view of a member that has left raises
    ReferenceError; only its `id` and `unique_id` can still be read.
    """

    columns: ClassVar[dict[str, Column]] = {}
    Arrays: ClassVar[Any]
    pos = None

    population: Population
    id: int  # the number by which the member draws its luck; never used twice
    unique_id: int  # Mesa's number of the agent within its model
    _row: int  # where the member stood when the population had this _version
    _version: int

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.columns = {
            name: value
            for base in reversed(cls.__mro__)
            for name, value in vars(base).items()
            if isinstance(value, Column)
        }
        cls.Arrays = type_of_all_arrays(cls)

    def __init__(self, model: Any, *, segment: int = 0, id: int | None = None, **values: Any) -> None:
        """A new member of the model's population: one row is added."""
        population = model.population_of(type(self))
        rows = population.add(segment, 1 if id is None else [id], **values)
        self.__dict__.update(next(population.members(rows)).__dict__)

    @classmethod
    def create_agents(
        cls, model: Any, n: int, *, segment: Any = 0, id: Any = None, **values: Any
    ) -> MemberSet:
        """Add n members at once; every value is one for all or a sequence of n."""
        population = model.population_of(cls)
        rows = population.add(segment, n if id is None else id, **values)
        return MemberSet(population, population.id[rows])

    @classmethod
    def from_dataframe(cls, model: Any, df: pd.DataFrame, **values: Any) -> MemberSet:
        """Add one member per line of a table whose headings are columns (or `segment`, `id`)."""
        columns = {str(name): df[name].to_numpy() for name in df.columns}
        return cls.create_agents(model, len(df), **columns, **values)

    @property
    def model(self) -> Any:
        return self.population.model

    @property
    def row(self) -> int:
        """Where the member stands now; it may stand elsewhere after the next entry or exit.

        Raises: ReferenceError when the member has left.
        """
        population = self.population
        if self._version != population.version:
            row = population.row_or_none(self.id)
            if row is None:
                raise ReferenceError(f"{type(self).__name__} {self.id} has left the model")
            self.__dict__.update(_row=row, _version=population.version)
        return self._row

    @property
    def segment(self) -> int:
        return int(self.population.segment_of(self.row))

    @property
    def living(self) -> bool:
        try:
            return self.row >= 0
        except ReferenceError:
            return False

    def remove(self) -> None:
        """Leave the model; nothing happens if the member has left before, as in Mesa."""
        if self.living:
            self.population.remove([self.row])

    def __setattr__(self, name: str, value: Any) -> None:
        column = self.columns.get(name)
        if column is not None:
            column.__set__(self, value)
        elif isinstance(getattr(type(self), name, None), property):
            object.__setattr__(self, name, value)
        else:
            raise AttributeError(
                f"{type(self).__name__} has no column {name!r}, and a view keeps nothing of its own; "
                f"columns: {', '.join(self.columns)}"
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Member) and self.id == other.id and self.population is other.population

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    def __reduce__(self) -> tuple:
        return _view_again, (self.model, self.population, self.id, self.unique_id)


def view(population: Population, id: int, unique_id: int, row: int, version: int) -> Any:
    """The member with this id, who stands in `row` as long as the population's version is `version`."""
    member = object.__new__(population.member_class)
    state = member.__dict__
    state["population"] = population
    state["id"] = id
    state["unique_id"] = unique_id
    state["_row"] = row
    state["_version"] = version
    return member


def _view_again(model: Any, population: Population, id: int, unique_id: int) -> Member:
    """A view that was pickled or copied, with its model; it may be of a member who has left."""
    return view(population, id, unique_id, row=-1, version=-1)
