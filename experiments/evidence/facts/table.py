"""The table of `sanxiang facts` as text and as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from experiments.answer.text_table import fitted, readable, terminal_width
from experiments.evidence.facts.verdict import MISS, NOT_MEASURED, REPORT, Found, Spread, misses, summary

PARTS = {
    "paths": "Paths of 2016-20",
    "accounts": "Other statistics to 2020",
    "firms": "Facts about firms",
}
LEFT = ("id", "fact", "year", "", "used for", "source")


@dataclass(frozen=True)
class Conditions:
    """How it was measured. sets: of parameters, none for the central one alone; described: in words."""

    runs: int
    sets: int
    runs_of_set: int
    region: str
    described: str

    @property
    def lines(self) -> list[str]:
        """What the columns are."""
        said = [
            f"median and 5-95 %: luck, over {self.runs} runs with the central parameters; the median decides",
            "fit: a figure that solved a constant, kept sets of parameters, or gave a parameter its value",
        ]
        if self.sets:
            of_each = "one run" if self.runs_of_set == 1 else f"the median of {self.runs_of_set} runs"
            said.append(f"sets: {of_each} of each; {self.described}")
        return said


def heads(about: Conditions, source: bool = False) -> list[str]:
    """The names of the columns."""
    sets = ["over sets", "inside"] if about.sets else []
    return ["id", "fact", "year", "median", "5-95 %", *sets, "published", "accepted", "", "used for"] + (
        ["source"] if source else []
    )


def cells(one: Found, about: Conditions) -> list[str]:
    """A row of the table as words, in the order of the heads."""
    fact = one.fact
    sets = []
    if about.sets:
        sets = [
            "" if one.drawn is None else interval(one.drawn),
            "" if one.inside is None else f"{one.inside:.0%}",
        ]
    return [
        one.id,
        f"{fact.name} [{one.unit}]",
        one.label,
        number(one.model.median),
        interval(one.model),
        *sets,
        known(one),
        "" if one.verdict in (REPORT, NOT_MEASURED) else accepted(one.low, one.high),
        one.verdict.upper() if one.verdict == MISS else one.verdict,
        fact.used_for,
    ]


def known(one: Found) -> str:
    """What was published: a number, or the range of a row that is not judged by it."""
    if one.published is not None:
        return number(one.published)
    return accepted(one.low, one.high) if one.verdict == REPORT and one.fact.bounded else ""


def number(value: float) -> str:
    """A number with as many digits as say something; nothing where there is none."""
    if not isfinite(value):
        return ""
    size = abs(value)
    return f"{value:z,.{0 if size >= 1000 else 1 if size >= 10 else 2}f}"


def interval(spread: Spread) -> str:
    """The two ends of an interval."""
    return f"{number(spread.p05)} - {number(spread.p95)}" if isfinite(spread.p05) else ""


def accepted(low: float, high: float) -> str:
    """A range, or a bound."""
    if not isfinite(low):
        return f"at most {number(high)}"
    return f"{number(low)} - {number(high)}" if isfinite(high) else f"at least {number(low)}"


def lines(found: Sequence[Found], about: Conditions) -> str:
    """The table as text, why what misses does, and the summary."""
    head = heads(about)
    table = [head]
    for part, title in PARTS.items():
        rows = [cells(one, about) for one in found if one.fact.part == part]
        table += [[""] * len(head), ["", title, *[""] * (len(head) - 2)], *rows] if rows else []
    left = [place for place, name in enumerate(head) if name in LEFT]
    said = fitted(table, left=left, limit=terminal_width())
    reasons = [f"  {name}: {', '.join(years)}{why}" for name, years, why in missed(found)]
    under = [*(["missed", *reasons, ""] if reasons else []), summary(found), *about.lines]
    return readable("\n".join([*said, "", *under]))


def missed(found: Sequence[Found]) -> list[tuple[str, list[str], str]]:
    """The facts that miss: name, in which years, and why, as far as it is known."""
    return [
        (rows[0].fact.name, [one.label for one in rows], f": {rows[0].fact.why}" if rows[0].fact.why else "")
        for rows in misses(found).values()
    ]


def in_json(found: Sequence[Found], about: Conditions) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "conditions": {
            "replications": about.runs,
            "parameter_sets": about.sets,
            "replications_of_set": about.runs_of_set,
            "region": about.region,
            "parameters": about.described,
        },
        "summary": summary(found),
        "rows": [row_in_json(one) for one in found],
    }


def row_in_json(one: Found) -> dict[str, Any]:
    """A row with its fact and verdict; an end that is no number is null."""
    fact = one.fact
    return {
        "id": one.id,
        "part": fact.part,
        "name": fact.name,
        "unit": one.unit,
        "year": one.label,
        "median": one.model.median,
        "p05": one.model.p05,
        "p95": one.model.p95,
        "sets": None
        if one.drawn is None
        else {"median": one.drawn.median, "p05": one.drawn.p05, "p95": one.drawn.p95, "inside": one.inside},
        "published": one.published,
        "low": one.low,
        "high": one.high,
        "verdict": one.verdict,
        "used_for": fact.used_for,
        "reason": fact.reason,
        "source": fact.source,
        "recalled": fact.recalled,
        "note": fact.note,
        "why": fact.why,
    }
