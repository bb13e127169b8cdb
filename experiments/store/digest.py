"""One number for all results in a folder, and whether its files are what was sealed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from experiments.command.exits import Exit
from experiments.read.sweeps import ALL, chosen
from scenarios.values.errors import one_line


def digest(folder: Path | str, sweep: str | None = None) -> str:
    """sha256 over the folder's runs, sorted by id, of (id, status, float64 bits of the results).

    sweep: only over the runs that the sweep whose id begins so asks for.

    No times, names, workers or tracebacks enter, so the same runs give the same digest however they
    were computed.

    Raises: InputError when the folder holds no results or no such sweep, CorruptData when a file is damaged.
    """
    from experiments.store.store import Store

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
    names = [name for name in sorted(ends.column_names) if _is_result(name, ends.schema.field(name).type)]
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


def verify(folder: Path | str) -> list[str]:
    """One line for every damaged file of the folder, or for hits that its values contradict; none when whole.

    Raises: InputError when the folder holds no results.
    """
    from experiments.read.hits import contradictions
    from experiments.store.store import Store

    store = Store(folder)
    return store.damaged() or contradictions(store)


def main_digest(args: list[str]) -> int:
    """sanxiang digest DIR [--sweep ID]: of all results in the folder, or of one sweep's."""
    from experiments.command.arguments import Parser

    parser = Parser(prog="sanxiang digest", description=main_digest.__doc__)
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--sweep", metavar="ID", help="only the runs of the sweep whose id begins so")
    parsed = parser.parse_args(args)
    print(digest(parsed.folder, parsed.sweep))
    return Exit.OK


def main_verify(args: list[str]) -> int:
    """sanxiang verify DIR"""
    from experiments.command.arguments import Parser
    from experiments.read.hits import definitions_changed
    from experiments.store.store import Store

    parser = Parser(prog="sanxiang verify", description=main_verify.__doc__)
    parser.add_argument("folder", metavar="DIR")
    folder = parser.parse_args(args).folder
    damaged, found = Store(folder).damaged(), verify(folder)
    for line in found:
        print(one_line(line))
    if damaged:
        print(f"{folder}: {len(damaged)} damaged; sanxiang resume computes their runs again")
        return Exit.CORRUPT
    if found:
        print(f"{folder}: every file as sealed, but hits are not what its values say; tables count anew")
        return Exit.DIFFERS if definitions_changed(Store(folder)) else Exit.CORRUPT
    print(f"{folder}: {len(Store(folder).statuses())} runs, every file as it was sealed{_left(folder)}")
    return Exit.OK


def _left(folder: str) -> str:
    """How many runs of each sweep have no result yet."""
    from experiments.store.store import Store

    store = Store(folder)
    if not (store.sweeps / "last.json").exists():
        return "; no sweep has begun"
    finished, said = store.finished(), []
    for place, one in enumerate(chosen(store, ALL)):
        asked = set(one.runs.column("run_id").to_pylist())
        left = len(asked - finished)
        name = f"sweep {one.short}" if place else "the last sweep"
        said += [f"; {left} of {name}'s {len(asked)} are left to compute"] if left else []
    return "".join(said)
