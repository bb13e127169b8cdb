"""Members: a row of a population, seen as a Mesa agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import mesa

from agents.column import Column, type_of_all_arrays
from agents.member_set import MemberSet

if TYPE_CHECKING:
    import pandas as pd

    from agents.population import Population


class Member(mesa.Agent):
    """One row of a population, seen as a Mesa agent.

    A view is made when somebody looks and holds no numbers of its own, only the id by which its row
    is found. Two views of one member are equal. A view of a member that has left raises
    ReferenceError; only its `id` and `unique_id` can still be read.
    """

    columns: ClassVar[dict[str, Column]] = {}
    Arrays: ClassVar[Any]
    pos = None

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
        row = int(population.add(segment, 1 if id is None else [id], **values)[0])
        self.__dict__.update(_view_state(population, row))

    @classmethod
    def create_agents(  # type: ignore[override]
        cls, model: Any, n: int, *, segment: Any = 0, id: Any = None, **values: Any
    ) -> MemberSet:
        """Add n members at once; every value is one for all or a sequence of n."""
        population = model.population_of(cls)
        rows = population.add(segment, n if id is None else id, **values)
        return MemberSet(population, population.id[rows])

    @classmethod
    def from_dataframe(cls, model: Any, df: pd.DataFrame, **values: Any) -> MemberSet:  # type: ignore[override]
        """Add one member per line of a table whose headings are columns (or `segment`, `id`)."""
        columns = {str(name): df[name].to_numpy() for name in df.columns}
        return cls.create_agents(model, len(df), **columns, **values)

    @property
    def population(self) -> Population:
        return self.__dict__["_population"]

    @property
    def model(self) -> Any:
        return self.__dict__["_population"].model

    @property
    def id(self) -> int:
        """The number by which the member draws its luck; never used twice."""
        return self.__dict__["_id"]

    @property
    def unique_id(self) -> int:
        """Mesa's number of the agent within its model."""
        return self.__dict__["_unique_id"]

    @property
    def row(self) -> int:
        """Where the member stands now; it may stand elsewhere after the next entry or exit.

        Raises: ReferenceError when the member has left.
        """
        state = self.__dict__
        population = state["_population"]
        if state["_version"] != population.version:
            row = population.row_or_none(state["_id"])
            if row is None:
                raise ReferenceError(f"{type(self).__name__} {state['_id']} has left the model")
            state["_row"], state["_version"] = row, population.version
        return state["_row"]

    @property
    def segment(self) -> int:
        return int(self.population.segment_of(np.array([self.row]))[0])

    @property
    def living(self) -> bool:
        return self.population.row_or_none(self.id) is not None

    def remove(self) -> None:
        """Leave the model; nothing happens if the member has left before, as in Mesa."""
        row = self.population.row_or_none(self.id)
        if row is not None:
            self.population.remove([row])

    def __setattr__(self, name: str, value: Any) -> None:
        if not hasattr(getattr(type(self), name, None), "__set__"):
            raise AttributeError(
                f"{type(self).__name__} has no column {name!r}, and a view keeps nothing of its own; "
                f"columns: {', '.join(self.columns)}"
            )
        object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Member) and self.id == other.id and self.population is other.population

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    def __reduce__(self) -> tuple:
        state = self.__dict__
        return _view_again, (type(self), self.population, state["_id"], state["_unique_id"])


def view(population: Population, row: int) -> Any:
    """The member in a row of the population."""
    member = object.__new__(population.member_class)
    member.__dict__.update(_view_state(population, row))
    return member


def _view_state(population: Population, row: int) -> dict[str, Any]:
    return {
        "_population": population,
        "_id": int(population.id[row]),
        "_unique_id": int(population.unique_id[row]),
        "_row": row,
        "_version": population.version,
    }


def _view_again(member_class: type[Member], population: Population, id: int, unique_id: int) -> Member:
    """A view that was pickled or copied; it may be of a member who has left."""
    member = object.__new__(member_class)
    member.__dict__.update(_population=population, _id=id, _unique_id=unique_id, _row=-1, _version=-1)
    return member
