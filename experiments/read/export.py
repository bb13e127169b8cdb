"""A table as CSV that a spreadsheet, R or pandas opens without surprises."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would compute; the wide forms count in East Asian ones."""


def csv(rows: pd.DataFrame, encoding: str = "utf-8-sig") -> bytes:
    """The table as CSV bytes, its text neutral to spreadsheets."""
    out = io.StringIO()
    safe = rows.rename(columns=neutral)
    for place, name in enumerate(rows.columns):
        if rows.dtypes.iloc[place].kind not in "ifb":
            safe.isetitem(place, [neutral(cell) for cell in rows[name].astype(object)])
    safe.to_csv(out, index=False, lineterminator="\n")
    return out.getvalue().encode(encoding)


def neutral(cell: Any) -> Any:
    """Text that a spreadsheet shows and does not compute; anything else as it is.

    What it may skip in front (spaces, marks that nobody sees) does not count.
    """
    if not isinstance(cell, str):
        return cell
    seen = next((place for place, c in enumerate(cell) if c.isprintable() and not c.isspace()), len(cell))
    computed = cell.lstrip(" ").startswith(FORMULA) or cell[seen:].startswith(FORMULA)
    return f"'{cell}" if computed else cell
