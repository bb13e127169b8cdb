"""Swept keys as columns of tables, each in its own type: numbers as numbers, anything else as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.plan.points import shown
from experiments.read import reading


def given_by_case(folder: Path | str, which: str | None) -> dict[str, dict[str, Any]]:
    """{case as its own sweep calls it: {swept key: value}}; which: as sweeps.chosen takes it."""
    return {
        one["point"]: dict(one["given"])
        for sweep in reversed(reading.load_sweeps(folder, which))
        for one in sweep["cases"]
    }


def with_swept(runs: pd.DataFrame, given: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """The runs with a column for each swept key that has none: numbers as numbers, anything else as text."""
    cases = (runs.scenario + " " + runs.given).str.rstrip()
    new = {
        key: _typed([given.get(case, {}).get(key) for case in cases], runs.index)
        for key in keys_of(given)
        if key not in runs
    }
    return pd.concat([runs, pd.DataFrame(new, index=runs.index)], axis=1)


def keys_of(given: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Every swept key, in the order in which sweeps gave them."""
    return list(dict.fromkeys(key for values in given.values() for key in values))


def beside(
    rows: pd.DataFrame, runs: pd.DataFrame, keys: Sequence[str], case: str = "point", at: int | None = None
) -> pd.DataFrame:
    """Rows of cases with the swept values of each. runs: with_swept. case: the column that names it.

    at: where the columns go in; at the end unless given.
    """
    by_case = runs.drop_duplicates("point").set_index("point")
    new = {key: rows[case].map(by_case[key]) for key in keys if key not in rows and key in by_case}
    place = len(rows.columns) if at is None else at
    parts = [rows.iloc[:, :place], pd.DataFrame(new, index=rows.index), rows.iloc[:, place:]]
    return pd.concat(parts, axis=1)


def _typed(values: list[Any], index: pd.Index) -> pd.Series:
    if all(
        value is None or (isinstance(value, int | float) and not isinstance(value, bool)) for value in values
    ):
        return pd.Series(values, index=index, dtype=float)
    told = [None if value is None else shown(value) for value in values]
    return pd.Series(told, index=index, dtype=object)
