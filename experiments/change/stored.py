"""The yearly series of some runs that effects and costs are read from, off the chunks that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from experiments.change.cost import is_of_programme
from experiments.change.effect import columns_needed
from experiments.store.store import Store
from scenarios.region.region import Region

KEYS = ["run_id", "year"]


def yearly_of(folders: Sequence[Path | str], runs: Iterable[str], region: Region) -> pd.DataFrame:
    """{run_id, year, series...}: what is recorded of the series needed, all flows, summed over the year.

    Raises: CorruptData when a file is damaged.
    """
    known, left = {*KEYS, *columns_needed(region)}, set(runs)

    def wanted(name: str) -> bool:
        return name in known or is_of_programme(name)

    parts = []
    for chunk in (chunk for folder in dict.fromkeys(folders) for chunk in Store(folder).chunks()):
        here = left & {run for run, status in chunk.runs.items() if status == "ok"}
        rows = chunk.table("series", wanted) if here else None
        if rows is not None:
            found = rows.to_pandas()
            parts.append(found[found.run_id.isin(here)].groupby(KEYS, sort=False, as_index=False).sum())
        left -= here
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=KEYS)
