"""The probability of a target given what nobody knows: its base of 2020, or what statistics reclassify.

Runs are divided by the value that each drew: a base by thirds of the range that it is drawn from, statistical
coverage, which has no ends, by thirds of the runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.answer.cases import cases
from experiments.answer.probability import Probability, Values
from experiments.answer.table import chance, counted
from experiments.answer.target_words import name_alone, number, written
from experiments.language.words import word
from experiments.read.runs_region import region_of, targets_of
from experiments.store.outcome_columns import COVERAGE, OutcomeColumns, base_column
from experiments.store.sweeps import recorded
from scenarios.region.bases import draw_bases
from scenarios.region.region import load_region
from scenarios.values.errors import one_line

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.targets import Target

PARTS = 3
HEADS = ("asked_short", "given", "hits", "p")


class Given(NamedTuple):
    """What a probability is conditional on: its name, and the ends of the parts of its range, in order."""

    name: str
    column: str
    ends: tuple[float, ...]


def given_unknown(folder: Path | str, sweep: str | None = None) -> list[dict[str, Any]]:
    """A row per scenario, target that hangs on something unknown, and third of it.

    {scenario, target, given: the base of 2020 or statistical_coverage, from, to [plain units; coverage as a
    ratio of published to actual], runs, hits, failed, probability, low, high: 95 % interval}. sweep: as
    sweeps.chosen takes it.

    Raises: as cases.
    """
    return [
        {"scenario": case, **part, **counted(p)}
        for case, runs in cases(folder, sweep).items()
        for part, p in conditional(runs)
    ]


def conditional(runs: pd.DataFrame) -> Iterator[tuple[dict[str, Any], Probability]]:
    """{target, given, from, to} and the probability in that part, from the rows of load_runs of a case."""
    runs = recorded(runs)
    for name, target in targets_of(runs).items():
        for given in given_of(target, runs):
            for low, high, own in parts(given, runs):
                part = {"target": name, "given": given.name, "from": low, "to": high}
                yield part, chance(own, name)


def given_of(target: Target, runs: pd.DataFrame) -> list[Given]:
    """What a target hangs on that is unknown: its base where that is drawn, coverage where it is in it."""
    found, column = [], base_column(target.base)
    ends = base_range(region_of(runs), target.base)
    if ends is not None and column in runs:
        found.append(Given(target.base, column, tuple(np.linspace(*ends, PARTS + 1).tolist())))
    if OutcomeColumns.of(target.name).activity in runs and COVERAGE in runs:
        seen = runs[COVERAGE].dropna().to_numpy(float)
        if len(seen) >= PARTS and seen.min() < seen.max():
            found.append(
                Given(COVERAGE, COVERAGE, tuple(np.quantile(seen, np.linspace(0, 1, PARTS + 1)).tolist()))
            )
    return found


def base_range(region: str, base: str) -> tuple[float, float] | None:
    """The least and the largest value that a base of 2020 may be drawn as; None where it is published."""
    bases = load_region(region).bases
    low, high = (draw_bases(bases, dict.fromkeys(bases, end)).get(base) for end in (0.0, 1.0))
    return (low, high) if low is not None and high is not None and low < high else None


def parts(given: Given, runs: pd.DataFrame) -> Iterator[tuple[float, float, pd.DataFrame]]:
    """The ends of each part and the runs that drew a value in it; a run without a value is in none."""
    drawn = runs[given.column].to_numpy(float)
    place = part_of(drawn, given.ends)
    for k in range(PARTS):
        yield given.ends[k], given.ends[k + 1], runs[place == k]


def part_of(drawn: Values, ends: tuple[float, ...]) -> np.ndarray:
    """The part in which each value lies; -1 for none."""
    inner = np.digitize(drawn, ends[1:-1])
    return np.where(np.isfinite(drawn), inner, -1)


def block(runs: pd.DataFrame, targets: Mapping[str, Target]) -> list[list[str]]:
    """The rows of a case in print."""
    rows = [
        [
            name_alone(targets[part["target"]]),
            said(part, targets[part["target"]]),
            f"{p.hits}/{p.runs}",
            str(p) if p.runs else word("table.no_run"),
        ]
        for part, p in conditional(runs)
    ]
    return [heads(), *(rows or [[word("table.nothing_unknown"), "", "", ""]])]


def heads() -> list[str]:
    """The heads of the columns."""
    return [word(f"table.{name}") for name in HEADS]


def said(part: Mapping[str, Any], target: Target) -> str:
    """A part in words: `base 2020 3.1–4.0 pieces`, `statistical coverage of 2025 -8.1 % to -2.0 %`."""
    if part["given"] == COVERAGE:
        low, high = (f"{100 * (part[end] - 1):+z.1f} %" for end in ("from", "to"))
        return word("table.coverage", low=low, high=high)
    ends = {"low": number(target, part["from"]), "high": written(target, part["to"])}
    return one_line(word("table.base_range", **ends))
