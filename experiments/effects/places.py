"""Where an effect lies in what is published: the rows of configs/evidence.yaml, or an expected size.

The rows are about other quantities than value added (an elasticity, a share). Their experiments measure these
in the model, with the same sets of parameters and luck. Where a size of the whole programme was expected, the
effect on value added stands beside it, with the words whence: configs/effect_sizes.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, Self

from pydantic import model_validator

from experiments.effects.effects import Asked, LeverEffects
from experiments.evidence.effects import Effect, measured, trials_of
from experiments.evidence.evidence_table import between, number, published, verdict
from experiments.evidence.published import Published, load_published
from experiments.evidence.verdicts import HIT, INPUT, MISS, Judged, judged
from scenarios.region.folder import CONFIGS
from scenarios.spec import Parameters
from scenarios.values.errors import Mistakes
from scenarios.values.record import Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

SIZES = CONFIGS / "effect_sizes.yaml"
PLACED = (HIT, MISS, INPUT)


class Size(Record):
    """What a programme of the plan's size might add [亿 in 2025]. words: whence."""

    low: float
    middle: float
    high: float
    of: Literal["sei_va", "reclassified"] = "sei_va"
    words: Words

    @model_validator(mode="after")
    def is_in_order(self) -> Self:
        """The middle lies between the ends."""
        if not self.low <= self.middle <= self.high:
            raise ValueError("low, middle, high are not in order")
        return self


class Place(NamedTuple):
    """Where a lever's effects lie: its rows that can be judged, an expected size, and both in words."""

    rows: tuple[Judged, ...]
    size: Size | None
    said: str


@cache
def load_sizes(path: Path = SIZES) -> dict[str, Size]:
    """The expected sizes by lever, of which some may not be built.

    Raises:
        InputError: one line per mistake.
    """
    mistakes = Mistakes()
    found = {
        name: mistakes.attempt(read_record, Size, table, f"{path}: {name}")
        for name, table in read_yaml(path).items()
    }
    mistakes.stop_if_any()
    return {name: size for name, size in found.items() if size is not None}


def rows_of(names: Sequence[str]) -> dict[str, Published]:
    """The published effects of some levers."""
    return {name: row for name, row in load_published().items() if row.lever in names}


def judged_rows(asked: Asked, names: Sequence[str], sets: Sequence[Parameters]) -> list[Judged]:
    """The published effects of some levers, each with what the model's own experiment finds.

    Raises:
        InputError: as experiments.evidence.effects.measured.
    """
    rows = rows_of(names)
    trials = trials_of([row.trial for row in rows.values() if row.trial is not None])
    effects = (
        measured(trials, sets, asked.replications, asked.scale, asked.region, asked.workers) if trials else {}
    )
    return judged(rows, effects)


def places(found: LeverEffects, rows: Sequence[Judged]) -> dict[str, Place]:
    """By lever: its rows with what was measured, and where its effect on value added lies."""
    places = {}
    for one in found.doses:
        own = tuple(row for row in rows if row.row.lever == one.lever and placed(row))
        size = load_sizes().get(one.lever)
        effect = None if size is None else found.effects[one.lever].get(size.of)
        parts = [row_said(row) for row in own]
        if size is not None:
            parts.append(size_said(size, effect))
        places[one.lever] = Place(own, size, "; ".join(parts) or "nothing published that can be placed")
    return places


def placed(row: Judged) -> bool:
    """Whether a row has a verdict, and something beside which an effect can stand."""
    return row.verdict in PLACED and bool(published(row.row))


def row_said(row: Judged) -> str:
    """A published effect and ours, in words."""
    ours = "not measured here" if row.effect is None else number(row.effect.value)
    return f"{row.id} {row.row.what} [{row.row.unit}]: {ours} beside {published(row.row)}, {verdict(row)}"


def size_said(size: Size, effect: Effect | None) -> str:
    """An expected size and the effect beside it, in words."""
    where = "" if effect is None else f"{number(effect.value)} 亿 is {position(size, effect.value)} "
    return f"{where}{between(size.low, size.high)} 亿 expected ({size.words})"


def position(size: Size, value: float) -> str:
    """Where a value lies in a range."""
    if size.low <= value <= size.high:
        return "within"
    return "below" if value < size.low else "above"


def in_json(place: Place) -> Mapping[str, object]:
    """A place as plain values."""
    return {
        "said": place.said,
        "rows": [
            {
                "id": row.id,
                "effect": None if row.effect is None else row.effect.value,
                "verdict": row.verdict,
                "citation": row.row.citation,
            }
            for row in place.rows
        ],
        "size": None if place.size is None else place.size.model_dump(),
    }
