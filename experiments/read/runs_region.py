"""The region that runs were computed for, and what of it their tables and figures need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.store.sweeps import region_of_sweep
from scenarios.region.folder import DEFAULT_REGION
from scenarios.targets import load_targets
from scenarios.values.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from experiments.store.store import Store
    from scenarios.targets import Target


def region_of_store(store: Store) -> str:
    """The region of a results folder; the default one where no sweep has begun."""
    try:
        return region_of_sweep(store.last_sweep())
    except InputError:
        return DEFAULT_REGION


def region_of(runs: pd.DataFrame) -> str:
    """The region of some runs; a results folder holds one."""
    return str(runs["region"].iloc[0]) if "region" in runs and len(runs) else DEFAULT_REGION


def targets_of(runs: pd.DataFrame) -> dict[str, Target]:
    """The targets of the plan of the region that the runs were computed for."""
    return load_targets(region=region_of(runs))
