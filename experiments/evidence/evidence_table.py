"""The table of `sanxiang evidence` as text and as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from experiments.answer.text_table import fitted, readable, terminal_width
from experiments.evidence.published import Published
from experiments.evidence.verdicts import MISS, NOT_MEASURED, Judged, TrialR, counts

HEADS = ("row", "what", "effect", "interval", "published", "", "citation")
STAR = "* a part of the interval says otherwise"


@dataclass(frozen=True)
class Conditions:
    """How the effects were measured. sets: of parameters; described: where these come from, in a line."""

    replications: int
    sets: int
    scale: float
    region: str
    described: str

    @property
    def interval(self) -> str:
        """What the interval is."""
        if self.sets == 1:
            pairs = f"{self.replications} pairs of runs of equal luck"
            return f"effect: mean of {pairs}; interval: 95 % of that mean"
        return (
            f"effect: median over {self.sets} sets of parameters, each the mean of {self.replications} "
            "pairs of runs of equal luck; interval: 5-95 % over the sets, with the luck left in each mean"
        )


def number(value: float) -> str:
    """A number with three digits that say something."""
    if not isfinite(value):
        return "?"
    return f"{value:z,.0f}" if abs(value) >= 1000.0 else f"{value:z.3g}"


def between(low: float, high: float) -> str:
    """A range; a lone point as itself."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def published(row: Published) -> str:
    """What the study found."""
    ends = row.ends
    if ends is None:
        return {"none": "no effect"}.get(row.sign or "", row.sign or "")
    middle = f"{number(row.point)} ({between(*ends)})" if row.point is not None and ends[0] != ends[1] else ""
    return middle or between(*ends)


def cited(row: Published) -> str:
    """The citation, and whether the number was not read again in it or other studies contradict it."""
    notes = [word for word in ("recalled", "contested") if getattr(row, word)]
    return row.citation + (f" ({', '.join(notes)})" if notes else "")


def verdict(row: Judged) -> str:
    """The verdict, with the pooled range and the share of sets inside where there are such."""
    word = row.word
    if row.band is not None and row.band != row.row.ends:
        word += f" in {between(*row.band)}"
    return word if row.inside is None else f"{word}; {row.inside:.0%} of sets inside"


def cells(row: Judged) -> list[str]:
    """A row of the table as words, in the order of HEADS."""
    effect, study = row.effect, row.row
    return [
        row.id,
        f"{study.what} [{study.unit}]",
        "" if effect is None else number(effect.value),
        "" if effect is None else between(effect.low, effect.high),
        published(study),
        verdict(row),
        cited(study),
    ]


def by_subject(rows: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The rows by lever or mechanism, in the order of the file."""
    groups: dict[str, list[Judged]] = {}
    for row in rows:
        groups.setdefault(row.row.subject, []).append(row)
    return groups


def lines(
    rows: Sequence[Judged], returns: Sequence[TrialR], waiting: Mapping[str, Published], about: Conditions
) -> str:
    """The table as text."""
    table = [list(HEADS)]
    for subject, group in by_subject(rows).items():
        table += [["", *[""] * 6], [subject, *[""] * 6], *(cells(row) for row in group)]
    said = fitted(table, left=(0, 1, 5, 6), limit=terminal_width()) if rows else []
    if returns:
        said += ["", *return_lines(returns)]
    said += ["", summary(rows), about.described, about.interval]
    if waiting:
        said.append(
            f"{len(waiting)} more rows wait for a lever that is not built: docs/EVIDENCE.md lists them"
        )
    return readable("\n".join(said))


def summary(rows: Sequence[Judged]) -> str:
    """How many rows have each verdict, in one line."""
    found = ", ".join(f"{count} {word}" for word, count in counts(rows).items() if count)
    return f"{len(rows)} rows: {found}" + (f" ({STAR})" if any(not row.sure for row in rows) else "")


def return_lines(returns: Sequence[TrialR]) -> list[str]:
    """Trial R, a line for each unit."""
    head = "trial R, own gross return to research outside own-account research, % a year (published 10 to 35)"
    found = []
    for one in returns:
        place = "within" if one.in_range else "outside"
        share = f"; below 0 in {one.below_zero:.0%} of the sets" if len(one.effect.by_draw) > 1 else ""
        low, high = one.effect.low, one.effect.high
        found.append(f"  {one.unit}: {number(one.effect.value)} ({between(low, high)}), {place}{share}")
    return [head, *found]


def in_json(
    rows: Sequence[Judged], returns: Sequence[TrialR], waiting: Mapping[str, Published], about: Conditions
) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "conditions": {
            "replications": about.replications,
            "parameter_sets": about.sets,
            "scale": about.scale,
            "region": about.region,
            "parameters": about.described,
        },
        "rows": [row_in_json(row) for row in rows],
        "trial_r": [
            {
                "unit": one.unit,
                "value": one.effect.value,
                "low": one.effect.low,
                "high": one.effect.high,
                "share_below_zero": one.below_zero,
                "in_range": one.in_range,
            }
            for one in returns
        ],
        "waiting": {name: row.model_dump(exclude_none=True) for name, row in waiting.items()},
    }


def row_in_json(row: Judged) -> dict[str, Any]:
    """A row with its study, effect and verdict."""
    effect = row.effect
    hidden = None if row.verdict in (MISS, NOT_MEASURED) else {"why"}
    return {
        "id": row.id,
        "study": row.row.model_dump(exclude_none=True, exclude=hidden),
        "effect": None if effect is None else effect.value,
        "low": None if effect is None else effect.low,
        "high": None if effect is None else effect.high,
        "band": row.band,
        "verdict": row.verdict,
        "sure": row.sure,
        "share_inside": row.inside,
    }
