"""How far the posterior moves when what it was learnt with is another: rows, surrogate, errors, scale.

Every variant learns from the table alone, without runs of the whole province, and draws anew. Shifts are of
medians, in standard deviations of the posterior as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from experiments.answer.text_table import fitted, terminal_width
from experiments.calibration.calibrate import learnable, learnt_from, values_of_rows
from experiments.calibration.emulator import Emulator
from experiments.calibration.learned import LEARNT
from experiments.calibration.page import table as table_of
from experiments.calibration.pasts_table import PastsTable, table_in
from experiments.calibration.posterior import Problem, Sampled, Sampler, problem_of
from experiments.calibration.statistics import Statistic
from experiments.evidence.page_sections import listed, made_by
from experiments.evidence.past import YEARS
from experiments.store.own_files import OwnPath
from scenarios.values.errors import InputError

SECTION = "sensitivity"
ABOUT = """Shifts of medians in standard deviations of the posterior as it is; **other chains alone** says how
much of a shift is the sampler's own luck."""
OTHER_SEED = 100
TWICE = 2.0
HEADS = ("with", "median shift, sd", "90 % of shifts below", "largest shift", "of", "spread over as it is")


@dataclass(frozen=True)
class Moved:
    """One variant: shifts of medians [parameter] and ratios of standard deviations [parameter]."""

    name: str
    shifts: np.ndarray
    ratios: np.ndarray


@dataclass(frozen=True)
class Sensitivity:
    """The posterior as it is and how far variants move it; keys: parameters that figures teach about.

    rows, scale: of the table. beside: of a table of another scale, if one was given.
    """

    keys: tuple[str, ...]
    variants: tuple[Moved, ...]
    rows: int
    scale: float
    beside: tuple[int, float] | None


def sensitivity(
    folder: OwnPath,
    rows: int | None = None,
    beside: OwnPath | None = None,
    say: Callable[[str], None] = print,
) -> Sensitivity:
    """The posterior on a table's surrogate beside variants; beside: folder of a table of another scale.

    Raises:
        InputError: a folder holds no table, or the other one is of another model or region.
    """
    table = table_in(folder, rows)
    other = None if beside is None else comparable(table, folder, beside, rows)
    every = variants(table, other, learnable(table.region))
    name, problem, seed = next(every)
    usual = problem.emulator, Sampler(problem).given(problem.published, seed)
    keys = taught(*usual)
    say(f"{name}: {len(keys)} parameters learnt about")
    moved = []
    for name, problem, seed in every:
        found = problem.emulator, Sampler(problem).given(problem.published, seed)
        moved.append(apart(name, keys, usual, found))
        say(f"{name}: median shift {np.median(np.abs(moved[-1].shifts)):.2f} sd")
    size = None if other is None else (len(other.values), other.scale)
    return Sensitivity(keys, tuple(moved), len(table.values), table.scale, size)


def comparable(table: PastsTable, folder: OwnPath, beside: OwnPath, rows: int | None) -> PastsTable:
    """The other table, if it differs by its scale and rows alone.

    Raises:
        InputError.
    """
    other = table_in(beside, rows)
    if (other.region, other.columns, other.model) != (table.region, table.columns, table.model):
        raise InputError(f"{beside} holds a table of another model or region than {folder}")
    if other.scale == table.scale:
        raise InputError(f"{beside} and {folder} hold tables of one scale, {table.scale:g}")
    return other


def variants(
    table: PastsTable, other: PastsTable | None, statistics: tuple[Statistic, ...]
) -> Iterator[tuple[str, Problem, int]]:
    """Name, problem and seed of each variant, the posterior as it is first."""
    rows = values_of_rows(statistics, table)
    problem = problem_of(learnt_from(rows, table.region), statistics, YEARS[-1])
    yield "as it is", problem, 0
    yield "other chains alone", problem, 1
    for name, half in (("the first half of the rows", 0), ("the other half of the rows", 1)):
        own = rows.copy()
        own[np.arange(len(rows)) * 2 // len(rows) != half] = np.nan
        yield name, problem_of(learnt_from(own, table.region), statistics, YEARS[-1]), 0
    other_networks = learnt_from(rows, table.region, OTHER_SEED)
    yield "networks that began otherwise", problem_of(other_networks, statistics, YEARS[-1]), 0
    yield "errors of figures twice as large", replace(problem, statistics=wider(statistics)), 0
    yield "twice the discrepancy", replace(problem, discrepancy=TWICE * problem.discrepancy), 0
    if other is not None:
        same = min(len(table.values), len(other.values))
        if same < len(table.values):
            fewer = problem_of(learnt_from(rows[:same], table.region), statistics, YEARS[-1])
            yield f"the first {same:,} rows", fewer, 0
        few = learnt_from(values_of_rows(statistics, other)[:same], table.region)
        yield f"the first {same:,} rows at scale {other.scale:g}", problem_of(few, statistics, YEARS[-1]), 0


def wider(statistics: Sequence[Statistic]) -> tuple[Statistic, ...]:
    """Statistics whose figures err twice as much."""
    return tuple(
        replace(one, level_error=TWICE * one.level_error, year_error=TWICE * one.year_error)
        for one in statistics
    )


def taught(emulator: Emulator, found: Sampled) -> tuple[str, ...]:
    """The parameters that lost a tenth and more of their prior variance."""
    kept = 1.0 - found.scores.var(axis=0) >= LEARNT
    return tuple(name for name, one in zip(emulator.keys, kept, strict=True) if one)


def apart(
    name: str, keys: Sequence[str], usual: tuple[Emulator, Sampled], other: tuple[Emulator, Sampled]
) -> Moved:
    """How far a variant lies from the posterior as it is."""
    (centres, spreads), (theirs, their_spreads) = (middle(keys, *one) for one in (usual, other))
    return Moved(name, (theirs - centres) / spreads, their_spreads / spreads)


def middle(keys: Sequence[str], emulator: Emulator, found: Sampled) -> tuple[np.ndarray, np.ndarray]:
    """Medians and standard deviations of parameters; of those that a surrogate lacks, the prior's."""
    place = {name: k for k, name in enumerate(emulator.keys)}
    columns = [found.scores[:, place[name]] if name in place else None for name in keys]
    medians = [0.0 if column is None else float(np.median(column)) for column in columns]
    spreads = [1.0 if column is None else float(column.std()) for column in columns]
    return np.array(medians), np.array(spreads)


def cells(found: Sensitivity, one: Moved) -> list[str]:
    """One row: a variant."""
    size = np.abs(one.shifts)
    worst = int(np.argmax(size))
    return [
        one.name,
        f"{np.median(size):.2f}",
        f"{np.quantile(size, 0.9):.2f}",
        f"{one.shifts[worst]:+z.2f}",
        found.keys[worst],
        f"{np.median(one.ratios):.2f}",
    ]


def about(found: Sensitivity) -> list[str]:
    """What was compared."""
    beside = "" if found.beside is None else f", beside {found.beside[0]:,} at scale {found.beside[1]:g}"
    return [
        f"{found.rows:,} rows at scale {found.scale:g}{beside}",
        f"{len(found.keys)} parameters that lost {LEARNT:.0%} and more of their prior variance",
        "no set was run whole: the surrogate's error is part of every posterior here",
    ]


def lines(found: Sensitivity) -> list[str]:
    """What the command prints."""
    rows = [cells(found, one) for one in found.variants]
    return [*about(found), "", *fitted([list(HEADS), *rows], left=(0, 4), limit=terminal_width())]


def section(found: Sensitivity, command: str) -> str:
    """A section of docs/CALIBRATION.md."""
    return "\n\n".join(
        [
            "## How far the posterior moves with what it was learnt with",
            made_by(command),
            ABOUT,
            listed(about(found)),
            table_of(HEADS, [cells(found, one) for one in found.variants]),
        ]
    )
