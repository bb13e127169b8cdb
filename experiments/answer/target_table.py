"""The table of targets in print: a block per scenario, the differences to the baseline, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.answer import given_unknown, kept_splits, other_parameters, split_table
from experiments.answer.cases import baselines, cases
from experiments.answer.comparison_table import difference_block, minus
from experiments.answer.outlook import outlook, outlook_blocks
from experiments.answer.probability import methods_said
from experiments.answer.remarks import remarks
from experiments.answer.table import (
    OF_COVERAGE,
    OF_DISCREPANCY,
    account_lines,
    attainment,
    chance,
    costs,
    of_coverage,
    of_discrepancy,
    spread,
)
from experiments.answer.target_words import also_name, number, target_name, written
from experiments.answer.text_table import aligned, fitted, readable, terminal_width, wide
from experiments.answer.until_known import cost_lines, seconds_of
from experiments.language.words import word
from experiments.plan.words import rebuild_command
from experiments.read.hits import definitions_changed, met
from experiments.read.parameters_used import parameter_lines
from experiments.read.reading import load_sweeps
from experiments.read.runs_region import targets_of
from experiments.store.header import digest_of
from experiments.store.outcome_columns import OutcomeColumns, base_column
from experiments.store.store import Store
from experiments.store.sweeps import counts, recorded
from scenarios.targets import BASE_YEAR
from scenarios.values.errors import InputError, one_line
from scenarios.values.exact_text import exact_text
from scenarios.values.tables import YI

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.targets import Target

HEADS = ("target", "base", "asked", "median", "unscaled", "hits", "p", "attained")
LEFT = (0, 6)
SIGNS = {">=": "≥", ">": ">"}
Block = tuple[list[str], list[list[str]]]
"""Heading lines and rows of cells."""


def render_targets(folder: Path | str, which: str | None = None, given: bool = False) -> str:
    """The table of the last sweep, of the one whose id begins so, or of all runs in the folder (sweeps.ALL).

    given: with the probabilities given what nobody knows; see given_unknown.py.

    Raises: InputError when the folder holds no results, CorruptData when a file is damaged.
    """
    found = cases(folder, which)
    if not any(len(recorded(runs)) for runs in found.values()):
        raise InputError(f"{folder} holds no run yet of this sweep; repeat it to run what is missing")
    targets = targets_of(next(iter(found.values())))
    first: list[Block] = [
        (
            [
                one_line(point) + _cost(runs) + _unfinished(runs),
                *(f"  {line}" for line in account_lines(runs)),
            ],
            block(runs, targets),
        )
        for point, runs in found.items()
    ]
    second: list[Block] = [
        ([minus(point, base)], difference_block(point, base, found, targets))
        for point, base in baselines(found).items()
        if base is not None
    ]
    rows = outlook(folder, found, which)
    third = [*outlook_blocks(rows, targets)]
    fourth: list[Block] = [
        ([one_line(point)], given_unknown.block(runs, targets)) for point, runs in found.items() if given
    ]
    both, beside = with_and_without(folder, found, which)
    varying, varies = varies_with(folder, found, which)
    under = [*notes(folder, found, which), *remarks(folder, found, which), *beside, *varies]
    blocks = [
        *joined(first, LEFT),
        *joined(both, (0, 1, 2)),
        *joined(second, (0,)),
        *joined(third, (0,)),
        *joined(fourth, (0, 1)),
        *joined(varying, (0, 1)),
    ]
    return readable("\n\n".join([*blocks, "\n".join(under)]))


def with_and_without(
    folder: Path | str, found: Mapping[str, pd.DataFrame], which: str | None
) -> tuple[list[Block], list[str]]:
    """Probabilities with and without parameter uncertainty, and how to get what is missing."""
    targets = targets_of(next(iter(found.values())))
    both = other_parameters.beside(folder, found, which)
    blocks: list[Block] = [
        ([f"{one_line(point)}: {word('table.both')}"], other_parameters.block(both.pairs, point, targets))
        for point in other_parameters.cases_of(both.pairs)
    ]
    return blocks, [both.remark] if both.remark else []


def varies_with(
    folder: Path | str, found: Mapping[str, pd.DataFrame], which: str | None
) -> tuple[list[Block], list[str]]:
    """What targets vary with, where the folder keeps it, and what that rests on."""
    varying = kept_splits.kept(folder, which)
    if varying is None:
        return [], []
    targets = targets_of(next(iter(found.values())))
    blocks: list[Block] = [([one_line(point)], split_table.block(varying, point, targets)) for point in found]
    return blocks, [f"varies with: {varying.rows} rows; {split_table.note()}"]


def joined(blocks: Sequence[Block], left: Sequence[int]) -> list[str]:
    """Blocks of heading and rows as text, all columns in one line unless a terminal is narrower."""
    limit, every = terminal_width(), [row for _, rows in blocks for row in rows]
    if limit is not None and every and max(map(wide, aligned(every, left))) > limit:
        return ["\n".join([*head, *fitted(rows, left, limit=limit)]) for head, rows in blocks if rows]
    lines = iter(aligned(every, left) if every else [])
    return ["\n".join([*heading, *islice(lines, len(rows))]) for heading, rows in blocks if rows]


def block(runs: pd.DataFrame, targets: Mapping[str, Target]) -> list[list[str]]:
    """The rows of a scenario: heads, a line per target, all together."""
    rows = [row for target in targets.values() for row in target_rows(target, runs)]
    return [[word(f"table.{name}") for name in HEADS], *rows, _together(runs)]


def target_rows(target: Target, runs: pd.DataFrame) -> list[list[str]]:
    """The cells of a target's line, and of a second line when it has another definition."""
    columns = OutcomeColumns.of(target.name)
    reached = attainment(runs, target.name, target)
    p = chance(runs, target.name)
    first = [
        target_name(target),
        _base(target, runs),
        f"{SIGNS[target.about.comparison]}{written(target, target.threshold)}",
        _spread(target, spread(runs, columns.value)),
        _middle(target, spread(runs, columns.unscaled)),
        f"{p.hits}/{p.runs}",
        str(p),
        "" if reached is None else f"{100 * reached:.0f} %",
    ]
    lines = [first, *apart_rows(target, runs)]
    if target.about.base is None:
        lines.append(_level(target, runs))
    if target.about.also is None:
        return lines
    other = spread(runs, columns.also)
    also = chance(runs, target.name, also=True)
    return [
        *lines,
        [
            f"  {also_name(target)}",
            "",
            "",
            _spread(target, other),
            "",
            f"{also.hits}/{also.runs}",
            "",
            "",
        ],
    ]


def apart_rows(target: Target, runs: pd.DataFrame) -> list[list[str]]:
    """The lines of what is no activity, where there is any: statistical coverage, what the model may miss."""
    unit = word("table.pp") if target.about.shown.unit_en.startswith("%") else ""
    coverage, missed = of_coverage(runs, target.name), of_discrepancy(runs, target.name)
    told = (
        (word("table.covered"), [coverage[key] for key in OF_COVERAGE[1:]]),
        (word("table.missed"), [missed[key] for key in OF_DISCREPANCY]),
    )
    rows = []
    for words, values in told:
        if None not in values:
            middle, low, high = (signed(target, value) for value in values)
            rows.append([f"  {words}", "", "", f"{middle}{unit} [{low} – {high}]", "", "", "", ""])
    return rows


def signed(target: Target, value: float | None) -> str:
    """A difference in the unit shown, with its sign."""
    shown = target.about.shown
    return "" if value is None else f"{value * shown.factor:+z,.{shown.digits}f}"


def _together(runs: pd.DataFrame) -> list[str]:
    p = chance(runs, "all")
    return [word("table.together"), "", "", "", "", f"{p.hits}/{p.runs}", str(p), ""]


def _cost(runs: pd.DataFrame) -> str:
    """What the programmes spent, and what they might have spent."""
    known = costs(runs)
    if known is None:
        return ""
    spent, might = (f"{yuan / YI:,.1f} 亿" for yuan in known)
    return word("table.cost", spent=spent, might=might)


def _unfinished(runs: pd.DataFrame) -> str:
    """How far the case is, where it is not at its end."""
    found = counts(runs)
    return f"   {found}" if found.left or found.failed else ""


def _base(target: Target, runs: pd.DataFrame) -> str:
    """The base of 2020: published, or the range of what the runs drew."""
    column = runs.get(base_column(target.base))
    if target.about.base is None or column is None or not column.notna().any():
        return ""
    low, high = column.min(), column.max()
    return written(target, low) if low == high else f"{number(target, low)}–{written(target, high)} *"


def _level(target: Target, runs: pd.DataFrame) -> list[str]:
    """The cells of what a target of growth grows: its base, what the plan asks for and what runs reach."""
    base, growth = (runs.get(name) for name in (base_column(target.base), target.name))
    years = target.about.year - BASE_YEAR
    if base is None or growth is None:
        return [word("table.level"), *[""] * (len(HEADS) - 1)]
    known = (base * (1 + growth) ** years)[runs.status == "ok"].to_numpy(dtype=float)
    known = known[np.isfinite(known)]
    if not len(known):
        return [word("table.level"), *[""] * (len(HEADS) - 1)]
    asked = base.median() * (1 + target.threshold) ** years
    median, low, high = (f"{value / YI:,.0f}" for value in np.quantile(known, [0.5, 0.05, 0.95]))
    cells = [
        word("table.level"),
        f"{base.median() / YI:,.1f}",
        f"{SIGNS[target.about.comparison]}{asked / YI:,.1f}",
        f"{median} [{low} – {high}]",
    ]
    return [*cells, *[""] * (len(HEADS) - len(cells))]


def _spread(target: Target, found: Mapping[str, float | None]) -> str:
    if found["median"] is None:
        return word("table.no_run")
    low, high = number(target, found["p05"]), number(target, found["p95"])
    return f"{written(target, found['median'])} [{low} – {high}]"


def _middle(target: Target, found: Mapping[str, float | None]) -> str:
    return written(target, found["median"])


def notes(folder: Path | str, found: Mapping[str, pd.DataFrame], which: str | None = None) -> list[str]:
    """What every number above rests on."""
    sweeps = load_sweeps(folder, which)
    ended = [recorded(runs) for runs in found.values()]
    numbers = "–".join(str(count) for count in sorted({min(map(len, ended)), max(map(len, ended))}))
    failed = sum(int((runs.status != "ok").sum()) for runs in ended)
    names = [*targets_of(next(iter(found.values()))), "all"]
    methods = sorted({chance(runs, name).method for runs in ended if len(runs) for name in names})
    return [
        word("table.runs", numbers=numbers, failed=failed, methods=", ".join(map(methods_said, methods))),
        *parameter_lines(sweeps, max(runs["draw"].nunique() for runs in ended)),
        word("table.scaled") + _scale(found),
        *cost_lines(sweeps, found, partial(seconds_of, folder, which)),
        *_unvalued(found, names[:-1]),
        *_recounted(folder),
        *([word("table.pairs")] if len(found) > 1 else []),
        word("table.drawn"),
        one_line(
            word("table.data", digest=_data(sweeps[0]), version=sweeps[0]["header"]["versions"]["sanxiang"])
        ),
        *(one_line(word("table.rebuild", command=rebuild_command(sweep, folder))) for sweep in sweeps),
    ]


def _unvalued(found: Mapping[str, pd.DataFrame], names: Sequence[str]) -> list[str]:
    """A line that says how many finished runs have no value of some target; none when all have."""
    runs = [rows[rows.status == "ok"] for rows in found.values()]
    counts = {
        name: sum(int(np.isnan(met(rows, [OutcomeColumns.of(name).hit])).sum()) for rows in runs)
        for name in names
    }
    said = [word("table.unvalued_one", name=name, count=count) for name, count in counts.items() if count]
    return [word("table.unvalued", names=", ".join(said))] if said else []


def _recounted(folder: Path | str) -> list[str]:
    """A line that says that the targets are not those that the runs were computed with."""
    changed = definitions_changed(Store(folder))
    return [word("table.recounted", changed=changed)] if changed else []


def _scale(found: Mapping[str, pd.DataFrame]) -> str:
    """That unscaled values are not the province's where another economy was simulated."""
    scales = sorted({scale for runs in found.values() for scale in runs.scale} - {1.0})
    named = ", ".join(exact_text(scale, "g") for scale in scales)
    return word("table.of_scale", scale=named) if scales else ""


def _data(sweep: Mapping[str, Any]) -> str:
    return digest_of(sweep["header"]["data"])[:12]
