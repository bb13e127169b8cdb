"""Reads a results folder as tidy pandas tables: what notebooks, figures and tables start from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.plan.words import AGAIN, rebuild_command, rerun_command
from experiments.read import contents, hits
from experiments.read.series_names import series_held
from experiments.store import heartbeat, sweeps
from experiments.store.own_levers import held_in
from experiments.store.store import Store

WITHOUT_RESULT = ("failed", "timeout", "lost")
BULKY = ("levers", "parameters", "traceback")
RECORDED = ("run_id", "point", "scenario", "world", "scale", "seed", "n", "draw")
"""What a sweep's own record says of each run, and the record of the run as well."""
RESPONSE = (
    "field", "unit", "scale", "dose_in_force", "dose", "measure", "n", "value", "value_in_force"
)  # fmt: skip


def load_runs(
    folder: Path | str, all_runs: bool = False, columns: list[str] | None = None, sweep: str | None = None
) -> pd.DataFrame:
    """One row per run of the last sweep, of the sweep whose id begins with `sweep`, or of all with all_runs.

    Columns: point (what the sweep called it: the scenario, and swept values; with all_runs marked by content,
    as `my_reform#1a2b3c4d`, where one name stands for several contents) and what it consists of (scenario,
    given: the swept values, mark, sweep: where a newer one has the name), world, n, draw, seed,
    status (pending, running, ok, failed, timeout, lost), stage, error, duration_s, public_cost [yuan],
    base_* (bases of 2020), and per target TARGET (scaled to the 2020 base), TARGET_unscaled and TARGET_hit.
    Runs without a result have error, stage and rerun, the command that repeats them. The long texts levers,
    parameters and traceback come when named in `columns`.

    Raises: InputError when the folder holds no results or no such sweep, CorruptData when a file is damaged.
    """
    store = Store(folder)
    asked = asked_runs(store, sweeps.ALL if all_runs else sweep)
    recorded = _recorded(store, columns)
    both = asked.merge(
        recorded.drop(columns=[name for name in asked if name != "run_id"], errors="ignore"),
        on="run_id",
        how="left",
    )
    both["status"] = both["status"].fillna("pending") if "status" in both else "pending"
    now = heartbeat.running(Path(folder))
    both.loc[(both.status == "pending") & both.run_id.isin(now), "status"] = "running"
    return both


def load_series(
    folder: Path | str, all_runs: bool = False, columns: list[str] | None = None, sweep: str | None = None
) -> pd.DataFrame:
    """One row per run, year and quarter (1–4), a column per indicator of sim/indicators/: flows per
    quarter, stocks at its end, money in yuan; preceded by the run's point. all_runs, sweep: as load_runs.

    Raises: as load_runs.
    """
    store = Store(folder)
    return _joined(
        store, "series", ["year", "quarter"], asked_runs(store, sweeps.ALL if all_runs else sweep), columns
    )


def load_cells(
    folder: Path | str, all_runs: bool = False, columns: list[str] | None = None, sweep: str | None = None
) -> pd.DataFrame:
    """One row per run, year, prefecture and industry, a column per cell indicator: yearly sums of flows,
    stocks at the year's end. Only the first replications of each scenario keep their cells.

    Raises: as load_runs.
    """
    store = Store(folder)
    keys = ["year", "prefecture", "industry"]
    return _joined(store, "cells", keys, asked_runs(store, sweeps.ALL if all_runs else sweep), columns)


def load_annual(
    folder: Path | str, all_runs: bool = False, columns: list[str] | None = None, sweep: str | None = None
) -> pd.DataFrame:
    """One row per run and year: flows summed, stocks at the year's end, rates averaged over the quarters.

    Raises: as load_runs.
    """
    return by_year(load_series(folder, all_runs, columns, sweep), series_held(Store(folder)))


def by_year(series: pd.DataFrame, indicators: Mapping[str, Any]) -> pd.DataFrame:
    """The table of series by year, as load_annual gives it. indicators: of its columns, with their kinds."""
    names = [str(name) for name in series if name in indicators]
    groups = series.groupby(["point", "run_id", "year"], sort=False, observed=True)
    parts = []
    for kind, how in (("flow", "sum"), ("stock", "last"), ("rate", "mean")):
        alike = [name for name in names if indicators[name].kind == kind]
        parts += [groups[alike].agg(how)] if alike else []
    return pd.concat(parts, axis=1)[names].copy().reset_index()


def load_responses(folder: Path | str) -> pd.DataFrame:
    """One row per kept response to a field of a lever, dose, measure and replication.

    `value` of the dose beside `value_in_force`, with the same luck; their difference is the effect. Money in
    100 million yuan at the size of the province, targets as their table shows them.

    Raises: CorruptData when a response is damaged.
    """
    rows = [
        (one["key"], one["unit"], one["scale"], one["dose_in_force"], dose, measure, n, value, usual)
        for one in Store(folder).kept_responses()
        for measure, values in one["values"].items()
        for dose, by_luck in zip(one["doses"], values, strict=True)
        for n, (value, usual) in enumerate(zip(by_luck, one["in_force"][measure], strict=True))
    ]
    return pd.DataFrame(rows, columns=list(RESPONSE))


def load_sweep(folder: Path | str, sweep: str | None = None) -> dict[str, Any]:
    """The last sweep, or the one whose id begins so: its id, command, points, settings, and what the folder
    was computed with.

    Raises: as load_runs.
    """
    return load_sweeps(folder, sweep)[0]


def load_sweeps(folder: Path | str, sweep: str | None = sweeps.ALL) -> list[dict[str, Any]]:
    """Every sweep of the folder as load_sweep gives it, the last one first.

    Raises: as load_runs.
    """
    store = Store(folder)
    header = store.header()
    return [
        one.about
        | {
            "id": one.id,
            "header": header,
            "command": rebuild_command(one.about, folder),
            "started": sweeps.started(one.about),
        }
        for one in sweeps.chosen(store, sweep)
    ]


def asked_runs(store: Store, which: str | None) -> pd.DataFrame:
    """A row per run and point that the sweeps meant ask for; which: as sweeps.chosen takes it.

    With sweeps.ALL, runs that no sweep of the folder remembers are among them, under the names they were
    recorded with; where one name stands for several contents, each carries its mark.

    Raises: as load_runs.
    """
    held = sweeps.chosen(store, which)
    parts = [(one.short, one.runs.to_pandas()) for one in held]
    if which != sweeps.ALL:
        return contents.told_apart(parts, {})
    rows = store.table("runs", lambda name: name in (*RECORDED, *contents.CONTENT)).to_pandas()
    known = {run for _, runs in parts for run in runs.run_id}
    forgotten = rows[~rows.run_id.isin(known)]
    if len(forgotten):
        parts.append(("forgotten", forgotten[list(RECORDED)]))
    return contents.told_apart(parts, contents.marks(rows) if len(parts) > 1 else {})


def _commands(store: Store, runs: pd.DataFrame) -> list[str | None]:
    """The command that repeats each run without a result, made here and never taken from the folder."""
    if runs.empty:
        return []
    statuses, more = store.statuses(), [AGAIN] if held_in(store.header()) else []
    ids = [str(run) for run in runs.run_id.to_numpy(object)]
    return [rerun_command(store.path, run, more) if statuses[run] in WITHOUT_RESULT else None for run in ids]


def _recorded(store: Store, columns: list[str] | None) -> pd.DataFrame:
    rows = _rows(store, columns)
    if columns is not None and "rerun" not in columns:
        return rows
    return rows.assign(rerun=pd.Series(_commands(store, rows), index=rows.index, dtype=object))


def _rows(store: Store, columns: list[str] | None) -> pd.DataFrame:
    asked = None if columns is None else {"run_id", "point", *columns}
    if asked is not None and not hits.asked_for(store, asked):
        return store.table("runs", lambda name: name in asked).to_pandas()
    rows = store.table("runs", lambda name: name not in BULKY or (asked is not None and name in asked))
    found = hits.recounted(store, rows.to_pandas())
    return found if asked is None else found[[name for name in found if name in asked]]


def _joined(
    store: Store, table: str, keys: list[str], runs: pd.DataFrame, columns: list[str] | None
) -> pd.DataFrame:
    """The table with the point of every run in front; a run that two points share appears under both."""
    asked = None if columns is None else {"run_id", *keys, *columns}
    rows = store.table(table, lambda name: asked is None or name in asked).to_pandas()
    for name in keys:
        if rows.get(name, pd.Series(dtype=np.int16)).dtype == object:
            rows[name] = rows[name].astype("category")
    return runs[["run_id", "point"]].merge(rows, on="run_id", how="inner")
