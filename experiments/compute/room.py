"""Whether the runs that are missing will fit on the disk, before the first of them is computed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from experiments.compute.task import CELLS_KEPT
from experiments.exits import CannotWrite
from experiments.plan.ensemble import Unit
from experiments.plan.size import CELLS_BYTES, RUN_BYTES, written
from experiments.store.store import Store


def refuse_too_little(store: Store, missing: Sequence[Unit]) -> None:
    """Let a sweep begin only where its results will fit.

    Raises: CannotWrite with the path and the bytes.
    """
    needed, free = bytes_of(store, missing), shutil.disk_usage(store.path).free
    if needed > free:
        runs = sum(map(len, missing))
        raise CannotWrite(
            f"{store.path}: {runs:,} missing runs need about {written(needed)}, "
            f"the disk has {written(free)} free"
        )


def bytes_of(store: Store, missing: Sequence[Unit]) -> int:
    """About what the missing runs will take on disk [bytes], by those in the folder if there are any."""
    runs = sum(map(len, missing))
    with_cells = sum(spec.replication < CELLS_KEPT for unit in missing for _, spec in unit)
    found = store.chunks()[-100:]
    count = sum(len(each.runs) for each in found)
    if not count:
        return runs * RUN_BYTES + with_cells * CELLS_BYTES
    rows = sum(each.path(table).size() for each in found for table in ("runs", "series"))
    return int(runs * rows / count) + with_cells * CELLS_BYTES
