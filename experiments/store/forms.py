"""The forms that the records of a results folder have; what has another form is damaged, whoever sealed it.

A checksum says that a file is as it was written, not by whom: a folder may come from anybody. So each record
is held against its form before anything is made of it, and its fields name files of the folder alone.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from experiments.exits import CorruptData
from experiments.store.form import Checksum, Form, Given, Name, Number, Word, Words
from experiments.store.search_forms import Reach, Search, Try
from scenarios.values.errors import one_line

LARGEST_RECORD = 200_000_000  # bytes; a sweep of 10,000 points in 20 scenarios has 60 MB
LARGEST_TABLE = 1_000_000_000  # bytes
MONEY_SPENT = "spent"
"""What every response measures beside what it likes."""


class Card(Form):
    """What vouches for a chunk: chunk.py."""

    name: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}\z")]
    files: dict[Literal["runs", "series", "cells"], Checksum]
    runs: dict[Name, Literal["ok", "failed", "timeout", "lost"]]
    of: Checksum


class FromOutside(BaseModel):
    """What a folder tells of a lever from outside: own_levers.py."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}\z")]
    digest: Checksum
    en: Annotated[str, StringConstraints(max_length=200)]
    zh: Annotated[str, StringConstraints(max_length=200)]
    account: Name | None
    rule: Name
    carry_over: bool
    thrust: Word
    units: list[Annotated[list[Name], Field(min_length=2, max_length=2)]]


class Header(Form):
    """What a folder was computed with: header.py."""

    format: int
    sources: dict[Name, Name]
    data: dict[Name, Name]
    versions: dict[Name, Name]
    levers: Annotated[list[FromOutside], Field(max_length=100)] = Field(default_factory=list)


class Case(Form):
    """A scenario at a point of a sweep."""

    point: Words
    scenario: Name
    label: dict[Literal["en", "zh"], Words] = Field(default_factory=dict)
    given: list[Annotated[list[Any], Field(min_length=2, max_length=2)]] = Field(default_factory=list)


class Input(Form):
    """The copy of a user's file: inputs.py."""

    kept: Annotated[str, StringConstraints(pattern=r"^[a-z]{1,20}\.[0-9a-f]{12}\.[a-z]{1,10}\z")]
    checksum: Checksum


class Until(Form):
    """When a sweep of replications=auto may stop: plan/until_known.py."""

    half_width: Annotated[float, Field(gt=0, lt=0.5)]
    step: Annotated[int, Field(ge=1)]
    at_most: Annotated[int, Field(ge=1)]


class Sweep(Form):
    """What is kept of a sweep: sweep_run.py."""

    file: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}\.parquet\z")]
    checksum: Checksum
    of: Checksum
    words: list[Given]
    asked: Name = ""
    region: Words = ""
    started: Name = ""
    question: Words = ""
    parameters: Name = ""
    sets: Words = ""
    approximate: Words = ""
    until: Until | None = None
    replications: Annotated[int, Field(ge=1)] = 1
    cases: list[Case] = Field(default_factory=list)
    inputs: dict[Words, Input] = Field(default_factory=dict)
    seed: int | None = None
    levers: list[Word] = Field(default_factory=list)


class Outputs(Form):
    """Which files of a folder of outputs are ours: outputs.py."""

    files: dict[Name, Checksum]


class DoseResponse(Form):
    """What is kept of the response to a field of a lever: kept_responses.py.

    values: {measure: [dose, replication]}; in_force: {measure: [replication]}.
    """

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,99}\.[a-z][a-z0-9_]{0,99}\z")]
    of: Checksum
    unit: Annotated[str, StringConstraints(max_length=200)]
    parameters: Literal["central"]
    scale: Annotated[float, Field(ge=1e-6, le=1e6, allow_inf_nan=False)]
    dose_in_force: Number
    doses: Annotated[list[Number], Field(min_length=2, max_length=100)]
    appropriated: list[Number]
    values: Annotated[dict[Word, list[list[Number]]], Field(max_length=100)]
    in_force: dict[Word, Annotated[list[Number], Field(min_length=2)]]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if not all(one < other for one, other in pairwise(self.doses)):
            raise ValueError("doses are not in order")
        pairs = {len(one) for one in self.in_force.values()}
        pairs |= {len(row) for rows in self.values.values() for row in rows}
        lengths = {len(self.appropriated), *(len(rows) for rows in self.values.values())}
        if len(pairs) != 1 or lengths != {len(self.doses)} or self.values.keys() != self.in_force.keys():
            raise ValueError("numbers are missing")
        if MONEY_SPENT not in self.values:
            raise ValueError("the money spent is missing")
        return self


MOST_PLAYERS = 48
Mask = Annotated[int, Field(ge=0, lt=1 << MOST_PLAYERS)]


class Taking(Form):
    """Who takes part: a thrust or a lever, with the levers whose values it brings."""

    name: Word
    levers: list[Word]


class Unit(Form):
    """What a replication leaves: values [coalition, measure], ends [base and whole, member]."""

    replication: Annotated[int, Field(ge=0)]
    draw: Annotated[int, Field(ge=0)]
    masks: Annotated[list[Mask], Field(min_length=2, max_length=100_000)]
    orders: list[list[int]]
    values: list[list[Number]]
    ends: Annotated[list[list[Number]], Field(min_length=2, max_length=2)]

    def is_of(self, players: int, measures: int, members: int) -> bool:
        """Whether it is whole: all coalitions, or all on the way of its orders."""
        whole = (1 << players) - 1
        if self.masks[0] != 0 or self.masks[-1] != whole or sorted(set(self.masks)) != self.masks:
            return False
        if any(sorted(order) != list(range(players)) for order in self.orders):
            return False
        if not self.orders and len(self.masks) != whole + 1:
            return False
        if not self._passed() <= set(self.masks):
            return False
        lengths = {len(row) for row in self.values}, {len(row) for row in self.ends}
        return len(self.values) == len(self.masks) and lengths == ({measures}, {members})

    def _passed(self) -> set[int]:
        return {sum(1 << one for one in order[:at]) for order in self.orders for at in range(len(order))}


class Explanation(Form):
    """What is kept of why a scenario differs from another: experiments/why/kept.py.

    budgets: {programme: appropriated in 2021-25 by the scenario and by the base [100 m yuan]}.
    """

    form: Literal[1]
    key: Checksum
    of: Checksum
    scenario: Words
    base: Words
    by: Literal["lever", "thrust"]
    region: Words
    world: Words
    described: Words
    scale: Annotated[float, Field(ge=1e-6, le=1e6, allow_inf_nan=False)]
    seed: int
    notes: list[Words]
    budgets: dict[Name, Annotated[list[Number], Field(min_length=2, max_length=2)]]
    players: Annotated[list[Taking], Field(min_length=1, max_length=MOST_PLAYERS)]
    measures: Annotated[list[Word], Field(max_length=500)]
    members: Annotated[list[Name], Field(max_length=5_000)]
    units: Annotated[list[Unit], Field(min_length=1, max_length=10_000)]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        sizes = len(self.players), len(self.measures), len(self.members)
        if not all(unit.is_of(*sizes) for unit in self.units):
            raise ValueError("numbers are missing")
        if len({unit.replication for unit in self.units}) != len(self.units):
            raise ValueError("a replication stands twice")
        if MONEY_SPENT not in self.measures:
            raise ValueError("the money spent is missing")
        return self


class SplitRuns(Form):
    """What is kept of what targets vary with: kept_splits.py; key: the id of the sweep.

    values: {case: {target: {value or hit: {kind of run: [row]}}}}; null where a run had no result.
    """

    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}\z")]
    of: Checksum
    parts: Annotated[list[Literal["parameters", "world", "luck", "bases"]], Field(min_length=1, max_length=4)]
    rows: Annotated[int, Field(ge=1)]
    values: dict[Words, dict[Word, dict[Literal["value", "hit"], dict[Word, list[Number | None]]]]]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        kinds = {"a", "b", *self.parts}
        for by_target in self.values.values():
            for by_measure in by_target.values():
                for by_kind in by_measure.values():
                    if by_kind.keys() != kinds or {len(one) for one in by_kind.values()} != {self.rows}:
                        raise ValueError("numbers are missing")
        return self


class Sensitivity(Form):
    """What is kept of the runs that tell what targets hang on: experiments/sensitivity/runs.py.

    rows: by step, a table [scenario, target] a run; null where it has no result. factors: by step of the
    screening, what was moved, and the number of the first trajectory.
    """

    form: Literal[1]
    key: Checksum
    of: Checksum
    region: Words
    world: Words
    scenarios: Annotated[list[Words], Field(min_length=1, max_length=1_000)]
    targets: Annotated[list[Word], Field(max_length=500)]
    described: Words
    scale: Annotated[float, Field(ge=1e-6, le=1e6, allow_inf_nan=False)]
    seed: int
    rows: dict[Literal["sample", "twins", "groups", "members"], list[list[list[Number | None]]]]
    factors: dict[Literal["groups", "members"], list[Name]]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        sizes = {len(self.scenarios), *(len(run) for rows in self.rows.values() for run in rows)}
        widths = {
            len(self.targets),
            *(len(one) for rows in self.rows.values() for run in rows for one in run),
        }
        if len(sizes) != 1 or len(widths) != 1 or not any(self.rows.values()):
            raise ValueError("numbers are missing")
        return self


FORMS: dict[str, type[Form]] = {
    "card": Card,
    "header": Header,
    "sweep": Sweep,
    "outputs": Outputs,
    "response": DoseResponse,
    "explanation": Explanation,
    "split": SplitRuns,
    "try": Try,
    "reach": Reach,
    "search": Search,
    "sensitivity": Sensitivity,
}


def checked(kind: str, content: Any, path: object) -> Any:
    """The content of a record of that kind.

    Raises: CorruptData when it has another form.
    """
    if kind not in FORMS:
        return content
    try:
        FORMS[kind].model_validate(content)
    except (ValidationError, RecursionError) as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) if isinstance(error, ValidationError) else ""
        raise CorruptData(
            f"{path} is damaged: no version writes such a record ({one_line(where)[:80]})"
        ) from None
    return content
