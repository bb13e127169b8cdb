"""The tables of a results folder for other programs: runs, series, cells, targets, differences, codebook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.answer.cases import baselines, cases
from experiments.answer.codebook import Known, codebook
from experiments.answer.money_columns import in_yi, unit_of, yuan_columns
from experiments.answer.pairs import differences
from experiments.answer.swept_columns import beside, given_by_case, keys_of, with_swept
from experiments.answer.table import targets
from experiments.read import reading
from experiments.read.card import card
from experiments.read.export import csv
from experiments.read.runs_region import region_of
from experiments.store import outputs
from experiments.store.own_files import OwnPath
from experiments.store.own_levers import held_in
from experiments.store.store import Store
from experiments.store.sweeps import ALL
from scenarios.targets import load_targets
from scenarios.values.errors import InputError

DIFFERENCES = ["scenario", "baseline", "target", "pairs", "mean", "low", "high", "greater", "gained", "lost",
    "reclassified", "reclassified_low", "reclassified_high"]  # fmt: skip
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
    """Write runs.csv, series.csv, cells.csv, targets.csv, differences.csv and codebook.csv, and about.json.

    to: a folder; among the outputs of the sweep unless given. responses.csv comes with them where the folder
    keeps responses to levers, which are of no sweep. Of the last sweep, the one whose id begins so, or of all
    runs; about.json says of which, and which replications each table holds. Each table has a column for every
    swept key, in its own type; codebook.csv says what each column of each table is, its unit, and whether it
    is scaled to the base of 2020.
    yi: yuan in 亿 (100 million), in columns named so. bom: UTF-8 with a byte order mark, so that a
    spreadsheet shows Chinese names; Python's csv takes it for a part of the first heading unless told
    encoding="utf-8-sig".
    Text that looks like a formula gets an apostrophe in front; numbers keep every digit.

    Raises: InputError when the folder holds no results or no such sweep, CorruptData, CannotWrite.
    """
    which = ALL if all_runs or sweep == ALL else reading.load_sweep(folder, sweep)["id"]
    tables = tables_of(folder, which, yi)
    contents = {name: csv(rows, ENCODINGS[bom]) for name, rows in tables.items()}
    about = card(folder, which) | {"tables": rows_held(tables), "encoding": ENCODINGS[bom]}
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
    given, store = given_by_case(folder, which), Store(folder)
    runs = with_swept(reading.load_runs(folder, sweep=which), given)
    region, keys = region_of(runs), keys_of(given)
    tables = {
        "runs.csv": runs,
        "series.csv": beside(numbered(reading.load_series(folder, sweep=which), runs), runs, keys, at=3),
        "cells.csv": beside(numbered(reading.load_cells(folder, sweep=which), runs), runs, keys, at=3),
    }
    if yi:
        own = held_in(store.header())
        tables = {name: in_yi(rows, yuan_columns(rows, region, own)) for name, rows in tables.items()}
    answers = {"targets.csv": pd.DataFrame(targets(folder, sweep=which))}
    answers |= {"differences.csv": differences_of(folder, which)}
    tables |= {
        name: beside(with_units(rows, region, yi), runs, keys, "scenario") for name, rows in answers.items()
    }
    responses = reading.load_responses(folder)
    tables |= {"responses.csv": responses} if len(responses) else {}
    told = {name.removesuffix(".csv"): rows for name, rows in tables.items()}
    return tables | {"codebook.csv": codebook(told, Known.of(store))}


def numbered(rows: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
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
    return pd.DataFrame(rows, columns=DIFFERENCES)


def with_units(rows: pd.DataFrame, region: str, yi: bool) -> pd.DataFrame:
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


def rows_held(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, Any]]:
    """Rows of each table, and the runs and replications in it: cells are kept of the first ones alone."""
    found: dict[str, dict[str, Any]] = {}
    for name, rows in tables.items():
        found[name] = {"rows": len(rows)}
        if "run_id" in rows and len(rows):
            numbers = {"first_n": int(rows.n.min()), "last_n": int(rows.n.max())}
            found[name] |= {"runs": int(rows.run_id.nunique()), **numbers}
    return found
