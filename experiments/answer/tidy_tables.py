"""The tables of a results folder for other programs: runs, series, cells, targets, differences, responses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.answer.cases import baselines, cases
from experiments.answer.money_columns import in_yi, unit_of, yuan_columns
from experiments.answer.pairs import differences
from experiments.answer.table import targets
from experiments.plan.points import shown
from experiments.read import reading
from experiments.read.card import card
from experiments.read.export import csv
from experiments.read.runs_region import region_of
from experiments.store import outputs
from experiments.store.own_files import OwnPath
from experiments.store.sweeps import ALL
from scenarios.targets import load_targets
from scenarios.values.errors import InputError

ENCODINGS = {True: "utf-8-sig", False: "utf-8"}


def export(
    folder: Path | str,
    to: Path | str | None = None,
    all_runs: bool = False,
    sweep: str | None = None,
    *,
    bom: bool = True,
    yi: bool = False,
) -> list[Path]:
    """Write runs.csv, series.csv, cells.csv, targets.csv and differences.csv, and about.json beside them.

    to: a folder; among the outputs of the sweep unless given. responses.csv comes with them where the folder
    keeps responses to levers, which are of no sweep. Of the last sweep, the one whose id begins so, or of all
    runs; about.json says of which, and which replications each table holds. runs.csv has a column for every
    swept key, in its own type.
    yi: yuan in 亿 (100 million), in columns named so. bom: UTF-8 with a byte order mark, so that a
    spreadsheet shows Chinese names; Python's csv takes it for a part of the first heading unless told
    encoding="utf-8-sig".
    Text that looks like a formula gets an apostrophe in front; numbers keep every digit.

    Raises: InputError when the folder holds no results or no such sweep, CorruptData, CannotWrite.
    """
    which = ALL if all_runs or sweep == ALL else reading.load_sweep(folder, sweep)["id"]
    tables = tables_of(folder, which, yi)
    contents = {name: csv(rows, ENCODINGS[bom]) for name, rows in tables.items()}
    about = card(folder, which) | {"tables": held_in(tables), "encoding": ENCODINGS[bom]}
    if to is None:
        target = outputs.place(folder, which) / outputs.TABLES
        with outputs.held(folder):
            outputs.replace(target, contents, about)
    else:
        target = OwnPath(Path(to))
        outputs.fill(target, contents, about)
    return [target.path / name for name in contents]


def tables_of(folder: Path | str, which: str, yi: bool = False) -> dict[str, pd.DataFrame]:
    """Each table by the name of its file; which: as sweeps.chosen takes it."""
    runs = reading.load_runs(folder, sweep=which)
    region = region_of(runs)
    tables = {
        "runs.csv": with_swept(runs, given_by_case(folder, which)),
        "series.csv": _numbered(reading.load_series(folder, sweep=which), runs),
        "cells.csv": _numbered(reading.load_cells(folder, sweep=which), runs),
    }
    if yi:
        tables = {name: in_yi(rows, yuan_columns(rows, region)) for name, rows in tables.items()}
    tables |= {
        "targets.csv": _with_units(pd.DataFrame(targets(folder, sweep=which)), region, yi),
        "differences.csv": _with_units(differences_of(folder, which), region, yi),
    }
    responses = reading.load_responses(folder)
    return tables | ({"responses.csv": responses} if len(responses) else {})


def given_by_case(folder: Path | str, which: str) -> dict[str, dict[str, Any]]:
    """{case as its own sweep calls it: {swept key: value}}."""
    return {
        one["point"]: dict(one["given"])
        for sweep in reversed(reading.load_sweeps(folder, which))
        for one in sweep["cases"]
    }


def with_swept(runs: pd.DataFrame, given: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """The runs with a column for each swept key that has none: numbers as numbers, anything else as text."""
    cases = (runs.scenario + " " + runs.given).str.rstrip()
    keys = dict.fromkeys(key for values in given.values() for key in values)
    for key in keys:
        if key not in runs:
            runs = runs.assign(**{key: _typed([given.get(case, {}).get(key) for case in cases])})
    return runs


def _typed(values: list[Any]) -> pd.Series:
    if all(
        value is None or (isinstance(value, int | float) and not isinstance(value, bool)) for value in values
    ):
        return pd.Series(values, dtype=float)
    return pd.Series([None if value is None else shown(value) for value in values], dtype=object)


def _numbered(rows: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The rows with the replication of each behind its point."""
    numbers = dict(zip(runs.run_id, runs.n, strict=True))
    rows = rows.copy()
    rows.insert(2, "n", rows.run_id.map(numbers))
    return rows


def differences_of(folder: Path | str, which: str) -> pd.DataFrame:
    """The paired differences of every case to its baseline; none of a case of other luck."""
    found, rows = cases(folder, which), []
    for case, base in baselines(found).items():
        try:
            rows += [] if base is None else differences(found[case], found[base], (case, base))
        except InputError:  # another world or scale: there are no pairs of equal luck
            continue
    heads = ["scenario", "baseline", "target", "pairs", "mean", "low", "high", "greater", "gained", "lost"]
    return pd.DataFrame(rows, columns=heads)


def _with_units(rows: pd.DataFrame, region: str, yi: bool) -> pd.DataFrame:
    """The rows of targets with the unit of their values, which in 亿 are divided by it."""
    known = load_targets(region=region)
    units = {name: unit_of(target) for name, target in known.items()}
    rows = rows.assign(unit=rows.target.map(units).fillna(""))
    if not yi:
        return rows
    money = rows.unit == "yuan"
    for name in ("median", "p05", "p95", "mean", "low", "high"):
        chance = name in ("low", "high") and "probability" in rows
        if name in rows and not chance:
            values = rows[name].astype(float)
            rows[name] = values.where(~money, values / 1e8)
    return rows.assign(unit=rows.unit.mask(money, "100 million yuan"))


def held_in(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, Any]]:
    """Rows of each table, and the runs and replications in it: cells are kept of the first ones alone."""
    found: dict[str, dict[str, Any]] = {}
    for name, rows in tables.items():
        found[name] = {"rows": len(rows)}
        if "run_id" in rows and len(rows):
            numbers = {"first_n": int(rows.n.min()), "last_n": int(rows.n.max())}
            found[name] |= {"runs": int(rows.run_id.nunique()), **numbers}
    return found
