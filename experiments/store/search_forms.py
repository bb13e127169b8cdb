"""The forms of what searches leave: what packages came to, and what was found for a target or of the best."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from experiments.store.form import Checksum, Form, Name, Number, Word, Words

MOST_TRIED = 20_000


class Try(Form):
    """What is kept of the packages that were tried with one luck: experiments/packages/tries.py.

    packages: {checksum of the package: [measure]}; null where a run has no value.
    """

    key: Checksum
    of: Checksum
    form: Literal[1]
    measures: Annotated[list[Word], Field(min_length=1, max_length=500)]
    packages: Annotated[dict[Checksum, list[Number | None]], Field(max_length=MOST_TRIED)]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if {len(one) for one in self.packages.values()} - {len(self.measures)}:
            raise ValueError("numbers are missing")
        return self


Labels = dict[Literal["en", "zh"], Words]
Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]


class Reach(Form):
    """What is kept of a search for a target: experiments/packages/kept.py.

    wanted, tried, confirmed: [public cost beyond the base, what is reached with the probability]; answer: all
    that was told, in plain values, of which nothing is drawn.
    """

    key: Checksum
    of: Checksum
    form: Literal[1]
    target: Word
    label: Labels
    unit: Labels
    region: Words
    base: Name
    probability: Annotated[float, Field(gt=0, lt=1)]
    wanted: Number
    tried: Annotated[list[Pair], Field(min_length=1, max_length=MOST_TRIED)]
    allowed: list[bool]
    confirmed: Annotated[list[Pair], Field(min_length=1, max_length=20)]
    described: Words
    words: Words
    answer: dict[str, Any]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if len(self.allowed) != len(self.tried):
            raise ValueError("numbers are missing")
        return self


class Objective(Form):
    """What a search is for. less: whether less of it is better."""

    name: Word
    label: Labels
    unit: Labels
    less: bool


class Search(Form):
    """What is kept of a search for the best packages: experiments/packages/kept.py.

    tried: [package, objective]; on_front: places in it; chosen: {name of a reform: its place}.
    """

    key: Checksum
    of: Checksum
    form: Literal[1]
    region: Words
    base: Name
    objectives: Annotated[list[Objective], Field(min_length=2, max_length=20)]
    tried: Annotated[list[list[Number]], Field(min_length=1, max_length=MOST_TRIED)]
    on_front: list[Annotated[int, Field(ge=0)]]
    chosen: Annotated[dict[Name, Annotated[int, Field(ge=0)]], Field(max_length=50)]
    described: Words
    words: Words
    answer: dict[str, Any]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if {len(one) for one in self.tried} != {len(self.objectives)}:
            raise ValueError("numbers are missing")
        if max([*self.on_front, *self.chosen.values()], default=0) >= len(self.tried):
            raise ValueError("a package is missing")
        return self
