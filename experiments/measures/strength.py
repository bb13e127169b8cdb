"""How strong the evidence on a lever is, effect by effect: configs/evidence.yaml and the lever's own file.

A: a published size, uncontested, beside which the model's own effect can be held, or which enters as a
coefficient. B: a size that is contested, assumed or cannot be held against the model, or a direction alone.
C: neither; then nothing published says how much the lever does.
"""

from __future__ import annotations

from typing import NamedTuple

from experiments.evidence.evidence_table import published
from experiments.evidence.published import Published, load_published
from experiments.language.chosen import EN, current
from experiments.language.words import word
from scenarios.lever import Evidence, LeverFile

A, B, C = "A", "B", "C"
GRADES = (A, B, C)
HELD = ("range", "input")
DOUBTFUL = ("unverified", "assumption")


class Known(NamedTuple):
    """A published effect. said: its size or direction; "" where the study has neither."""

    grade: str
    id: str
    what: str
    unit: str
    said: str
    citation: str

    @property
    def has_size(self) -> bool:
        """Whether a number is known."""
        return any(letter.isdigit() for letter in self.said)


class Strength(NamedTuple):
    """The grade of a lever is the best of its effects; missing: where no size is known, in words."""

    grade: str
    effects: tuple[Known, ...]
    missing: str


def strength_of(lever: LeverFile) -> Strength:
    """The strength of what is known of a lever."""
    rows = [of_row(name, row) for name, row in load_published().items() if row.lever == lever.name]
    effects = (*rows, *(of_file(one) for one in lever.about.evidence))
    grade = min((one.grade for one in effects), default=C)
    without = [one for one in effects if not one.has_size]
    if grade == C or all(not one.has_size for one in effects):
        return Strength(grade, effects, word("plan.none_found"))
    what = dict.fromkeys(one.what for one in without)
    return Strength(grade, effects, word("plan.missing", effects=_effects(list(what))) if what else "")


def _effects(what: list[str]) -> str:
    """Effects by what they are of; in Chinese how many, since studies are told in English."""
    return "; ".join(what) if current() == EN else word("plan.count", count=len(what))


def of_row(name: str, row: Published) -> Known:
    """A row of the table of published effects."""
    sized = row.ends is not None
    doubtful = row.contested or row.kind == "assumed"
    firm = sized and row.gate in HELD and row.trial is not None and not doubtful
    grade = A if firm else (B if sized or row.sign is not None else C)
    return Known(grade, name, row.what, row.unit, published(row), row.citation)


def of_file(one: Evidence) -> Known:
    """An effect that the lever's own file cites; no experiment holds the model against it."""
    said = ""
    if one.range is not None:
        said = f"{one.range[0]:g} to {one.range[1]:g}"
    elif one.value is not None:
        said = f"{one.value:g}"
    grade = B if said and one.status not in DOUBTFUL else C
    return Known(grade, "", one.effect, one.unit or "", said, one.cite)
