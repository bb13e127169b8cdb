"""The tables of a results folder as CSV that a spreadsheet, R or pandas opens without surprises."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.read import reading
from experiments.read.card import card
from experiments.store import outputs
from experiments.store.own_files import OwnPath
from experiments.store.sweeps import ALL

if TYPE_CHECKING:
    import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would compute; the wide forms count in East Asian ones."""


def export(
    folder: Path | str, to: Path | str | None = None, all_runs: bool = False, sweep: str | None = None
) -> list[Path]:
    """Write runs.csv, series.csv and cells.csv into `to`, among the outputs of the sweep unless given.

    responses.csv comes with them where the folder keeps responses to levers, which are of no sweep.
    Of the last sweep, the one whose id begins so, or of all runs; about.json beside them says of which.
    UTF-8 with a byte order mark, so that a spreadsheet shows Chinese names; text that looks like a
    formula gets an apostrophe in front; numbers keep every digit.

    Raises: InputError when the folder holds no results or no such sweep, CorruptData, CannotWrite.
    """
    which = ALL if all_runs or sweep == ALL else reading.load_sweep(folder, sweep)["id"]
    tables = {
        "runs.csv": reading.load_runs(folder, sweep=which),
        "series.csv": reading.load_series(folder, sweep=which),
        "cells.csv": reading.load_cells(folder, sweep=which),
    }
    responses = reading.load_responses(folder)
    if len(responses):
        tables["responses.csv"] = responses
    contents, about = {name: csv(rows) for name, rows in tables.items()}, card(folder, which)
    if to is None:
        target = outputs.place(folder, which) / outputs.TABLES
        with outputs.held(folder):
            outputs.replace(target, contents, about)
    else:
        target = OwnPath(Path(to))
        outputs.fill(target, contents, about)
    return [target.path / name for name in contents]


def csv(rows: pd.DataFrame) -> bytes:
    """The table as CSV bytes, its text neutral to spreadsheets."""
    out = io.StringIO()
    safe = rows.rename(columns=neutral)
    for place, name in enumerate(rows.columns):
        if rows.dtypes.iloc[place].kind not in "ifb":
            safe.isetitem(place, [neutral(cell) for cell in rows[name].astype(object)])
    safe.to_csv(out, index=False, lineterminator="\n")
    return out.getvalue().encode("utf-8-sig")


def neutral(cell: Any) -> Any:
    """Text that a spreadsheet shows and does not compute; anything else as it is.

    What it may skip in front (spaces, marks that nobody sees) does not count.
    """
    if not isinstance(cell, str):
        return cell
    seen = next((place for place, c in enumerate(cell) if c.isprintable() and not c.isspace()), len(cell))
    computed = cell.lstrip(" ").startswith(FORMULA) or cell[seen:].startswith(FORMULA)
    return f"'{cell}" if computed else cell
