"""One number for all results in a folder, and whether its files are what was sealed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from experiments.store.store import Store
from experiments.store.sweeps import chosen


def digest(folder: Path | str, sweep: str | None = None) -> str:
    """sha256 over the folder's runs, sorted by id, of (id, status, float64 bits of the results).

    sweep: only over the runs that the sweep whose id begins so asks for.

    No times, names, workers or tracebacks enter, so the same runs give the same digest however they
    were computed.

    Raises: InputError when the folder holds no results or no such sweep, CorruptData when a file is damaged.
    """
    store = Store(folder)
    store.header()
    asked = None if sweep is None else _asked(store, sweep)
    whole = sha256()
    for name, text in sorted(_runs(store).items()):
        if asked is not None and name not in asked:
            continue
        whole.update(f"{name} {text}\n".encode())
    return whole.hexdigest()


def _asked(store: Any, sweep: str) -> set[str]:
    return {run for one in chosen(store, sweep) for run in one.runs.column("run_id").to_pylist()}


def _runs(store: Any) -> dict[str, str]:
    """{run id: status and the digest of its end values, cells and series}."""
    ends = store.table("runs")
    filled = [name for name in sorted(ends.column_names) if ends.column(name).null_count < ends.num_rows]
    names = [name for name in filled if _is_result(name, ends.schema.field(name).type)]
    values = np.column_stack(
        [np.empty((ends.num_rows, 0)), *(ends.column(name).to_numpy() for name in names)]
    )
    series = _series_digests(store)
    texts = (ends.column(name).to_pylist() for name in ("run_id", "status", "cells_sha256") if ends.num_rows)
    return {
        run: f"{status} {cells or ''} {series.get(run, '')} {_bits(row)}"
        for (run, status, cells), row in zip(zip(*texts, strict=True), values, strict=True)
    }


def _is_result(name: str, kind: Any) -> bool:
    """Whether a column of the table of runs is a result, rather than a time or a setting."""
    return str(kind) == "double" and name not in ("duration_s", "scale")


def _bits(values: Any) -> str:
    return sha256(np.asarray(values, dtype="<f8").tobytes()).hexdigest()


def _series_digests(store: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in store.chunks():
        rows = chunk.table("series")
        if rows is None:
            continue
        ids = rows.column("run_id").to_pandas().to_numpy()
        names = [name for name in sorted(rows.column_names) if name != "run_id"]
        values = np.column_stack([rows.column(name).to_numpy() for name in names]).astype("<f8")
        starts = np.flatnonzero(np.r_[True, ids[1:] != ids[:-1]])
        for start, stop in zip(starts, [*starts[1:], len(ids)], strict=True):
            found[str(ids[start])] = sha256(values[start:stop].tobytes()).hexdigest()
    return found
