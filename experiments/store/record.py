"""One run as it is stored: a row of the table of runs, its quarters and its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from experiments.store.stored_tables import kind_of

RUN = (
    "run_id", "point", "scenario", "closure", "levers", "region", "world", "parameters", "parameters_sha256",
    "draw", "n", "seed", "scale", "first_year", "last_year", "status", "stage", "error", "traceback",
    "duration_s", "public_cost", "public_spending", "accounts", "cells_sha256",
)  # fmt: skip
"""Columns of the table of runs in front of those of bases and targets."""


class Record(NamedTuple):
    """A run's row, its series [quarter, indicator] and its cells [year, prefecture, industry, indicator]."""

    run: dict[str, Any]
    series: np.ndarray | None = None
    cells: np.ndarray | None = None


class Columns(NamedTuple):
    """What the axes of the arrays are called, and the columns of bases and targets in the table of runs."""

    first_year: int
    series: tuple[str, ...]
    cells: tuple[str, ...]
    prefectures: tuple[str, ...]
    industries: tuple[str, ...]
    values: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()


def tables(records: Sequence[Record], columns: Columns) -> dict[str, pa.Table]:
    """The three tidy tables of some runs: runs, series, cells."""
    with_series = [record for record in records if record.series is not None]
    with_cells = [record for record in records if record.cells is not None]
    return {
        "runs": _runs(records, columns),
        "series": _series(with_series, columns),
        "cells": _cells(with_cells, columns),
    }


def _runs(records: Sequence[Record], columns: Columns) -> pa.Table:
    """Every chunk has the same columns of the same types, also one of failed runs, which fill few of them:
    whoever reads the files together need not guess.
    """
    others = [name for record in records for name in record.run]
    names = list(dict.fromkeys([*RUN, *columns.values, *columns.hits, *others]))
    kinds = {name: pa.bool_() if name in columns.hits else kind_of(name) for name in names}
    return pa.table(
        {name: pa.array([record.run.get(name) for record in records], kinds[name]) for name in names}
    )


def _series(records: Sequence[Record], columns: Columns) -> pa.Table:
    blocks = [record.series for record in records if record.series is not None]
    values = np.concatenate(blocks) if blocks else np.empty((0, len(columns.series)))
    quarters = [np.arange(len(block)) for block in blocks]
    quarter = np.concatenate(quarters) if quarters else np.empty(0, dtype=np.int64)
    keys = {
        "run_id": _repeated(records, [len(block) for block in blocks]),
        "year": (columns.first_year + quarter // 4).astype(np.int16),
        "quarter": (quarter % 4 + 1).astype(np.int8),
    }
    return pa.table(keys | {name: values[:, k] for k, name in enumerate(columns.series)})


def _cells(records: Sequence[Record], columns: Columns) -> pa.Table:
    blocks = [record.cells for record in records if record.cells is not None]
    widths = [block.shape[0] * block.shape[1] * block.shape[2] for block in blocks]
    values = (
        np.concatenate([b.reshape(-1, b.shape[3]) for b in blocks])
        if blocks
        else np.empty((0, len(columns.cells)))
    )
    places = [np.indices(block.shape[:3]).reshape(3, -1) for block in blocks]
    year, prefecture, industry = (
        np.concatenate(places, axis=1) if places else np.empty((3, 0), dtype=np.int64)
    )
    keys = {
        "run_id": _repeated(records, widths),
        "year": (columns.first_year + year).astype(np.int16),
        "prefecture": np.array(columns.prefectures, dtype=object)[prefecture],
        "industry": np.array(columns.industries, dtype=object)[industry],
    }
    return pa.table(
        keys | {name: values[:, k] for k, name in enumerate(columns.cells)}, schema=_cells_schema(columns)
    )


def _cells_schema(columns: Columns) -> pa.Schema:
    keys = [
        ("run_id", pa.string()),
        ("year", pa.int16()),
        ("prefecture", pa.string()),
        ("industry", pa.string()),
    ]
    return pa.schema(keys + [(name, pa.float64()) for name in columns.cells])


def _repeated(records: Sequence[Record], counts: Sequence[int]) -> pa.Array:
    ids = [record.run["run_id"] for record, count in zip(records, counts, strict=True) for _ in range(count)]
    return pa.array(ids, type=pa.string())
