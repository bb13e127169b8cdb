"""The tables of a results folder as CSV that a spreadsheet, R or pandas opens without surprises."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.exits import Exit
from experiments.own_files import OwnPath

if TYPE_CHECKING:
    import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would compute; the wide forms count in East Asian ones."""


def export(folder: Path | str, to: Path | str | None = None) -> list[Path]:
    """Write runs.csv, series.csv and cells.csv of the last sweep into `to`, DIR/csv unless given.

    UTF-8 with a byte order mark, so that a spreadsheet shows Chinese names; text that looks like a
    formula gets an apostrophe in front; numbers keep every digit.

    Raises: InputError when the folder holds no results, CorruptData, CannotWrite.
    """
    from experiments import reading

    target = OwnPath(Path(to)) if to is not None else OwnPath(Path(folder)) / "csv"
    runs = reading.load_runs(folder)
    tables = {"runs": runs, "series": reading.load_series(folder), "cells": reading.load_cells(folder)}
    target.make()
    for name, rows in tables.items():
        (target / f"{name}.csv").write(csv(rows))
    return [target.path / f"{name}.csv" for name in tables]


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


def main_export(args: list[str]) -> int:
    """sanxiang export DIR --csv [--out FOLDER]"""
    from experiments.arguments import Parser

    parser = Parser(prog="sanxiang export", description=main_export.__doc__)
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--csv", action="store_true", required=True, help="the only form there is")
    parser.add_argument("--out", metavar="FOLDER")
    parsed = parser.parse_args(args)
    for path in export(parsed.folder, parsed.out):
        print(path)
    return Exit.OK
