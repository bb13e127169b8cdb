"""Which runs meet a target: counted from what they stored, under today's targets.

A target may be added or changed after a sweep. Its values and hits then come from the stored series and
bases of 2020, by the function that a run uses. A value that is missing or not finite makes neither a hit nor
a miss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.compute.run_values import annual, end_values
from experiments.exits import FolderDiffers
from experiments.read.runs_region import region_of_store
from experiments.read.series_names import series_of
from experiments.store import header
from experiments.store.outcome_columns import OutcomeColumns, base_column, bases_stored, targets_stored
from scenarios.targets import load_targets

if TYPE_CHECKING:
    from experiments.store.store import Store
    from scenarios.targets import Target

PLACE = "region/targets.yaml"
QUARTERS = ["run_id", "year", "quarter"]


def met(rows: pd.DataFrame, hits: Sequence[str]) -> np.ndarray:
    """1 for a row with a hit in all of these columns, 0 with a miss in any, nan where nobody can tell."""
    each = rows.reindex(columns=list(hits)).astype(float).to_numpy()
    every = np.where(np.isnan(each).any(axis=1), np.nan, 1.0)
    return np.where((each == 0).any(axis=1), 0.0, every)


def asked_for(store: Store, columns: set[str]) -> bool:
    """Whether any of the columns of the table of runs hangs on what a target is."""
    return any(not columns.isdisjoint(OutcomeColumns.of(name)) for name in targets_in(store))


def targets_in(store: Store) -> dict[str, Target]:
    """Today's targets of the region that the folder's runs were computed for."""
    return load_targets(region=region_of_store(store))


def recounted(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of runs with every target's values and hits as the region's targets define them today.

    Raises: FolderDiffers when a finished run did not store what a target needs.
    """
    if "status" not in rows or not (rows.status == "ok").any():
        return rows
    changed = definitions_changed(store)
    if changed:
        rows = _without_targets(rows).join(_from_series(store, rows[rows.status == "ok"], changed))
    hits = {
        hit: _hits(rows, value, target)
        for name, target in targets_in(store).items()
        for value, hit in _judged(OutcomeColumns.of(name))
        if value in rows
    }
    return rows.assign(**hits)


def _judged(columns: OutcomeColumns) -> tuple[tuple[str, str], ...]:
    """The columns of values that are judged, each with that of its hits."""
    return (
        (columns.value, columns.hit),
        (columns.also, columns.also_hit),
        (columns.activity, columns.activity_hit),
    )


def _hits(rows: pd.DataFrame, value: str, target: Target) -> pd.Series:
    """True, False, or None for a run without a result or a value."""
    values = rows[value].to_numpy(dtype=float)
    known = np.isfinite(values) & (rows.status == "ok").to_numpy()
    above = values > target.threshold if target.about.comparison == ">" else values >= target.threshold
    found = pd.Series(above, index=rows.index).astype(object)
    return found.where(known, None)


def definitions_changed(store: Store) -> str:
    """Whether the region's targets are not those of the folder, in words; empty when they are."""
    of_targets = [
        {"sources": {}, "data": {name: sum_ for name, sum_ in head["data"].items() if name.startswith(PLACE)}}
        for head in (store.header(), header.header(region_of_store(store)))
    ]
    return header.difference(*of_targets)


def _without_targets(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without the columns of the targets that the runs were judged by."""
    stored = targets_stored(map(str, rows))
    return rows.drop(
        columns=[column for name in stored for column in OutcomeColumns.of(name)], errors="ignore"
    )


def _from_series(store: Store, finished: pd.DataFrame, changed: str) -> pd.DataFrame:
    """Every target's values of the finished runs, from their series and bases, indexed as the runs."""
    region, targets = region_of_store(store), targets_in(store)
    needed, indicators = needed_indicators(targets), series_of(region)
    names = sorted(needed)
    series = store.table("series", lambda name: name in (*QUARTERS, *names)).to_pandas()
    _refuse_missing(store, needed - set(series), needed_bases(targets) - set(_bases(finished)), changed)
    kinds = {name: indicators[name] for name in names}
    by_run = dict(iter(series.sort_values(QUARTERS).groupby("run_id", sort=False)[names]))
    rows = [
        end_values(annual(by_run[run].to_numpy(dtype=float), kinds), bases, region)
        for run, bases in zip(finished.run_id, _by_run(finished), strict=True)
    ]
    return pd.DataFrame(rows, index=finished.index)


def _bases(rows: pd.DataFrame) -> list[str]:
    """The bases of 2020 that every one of the runs has."""
    return [base for base, column in bases_stored(map(str, rows)).items() if rows[column].notna().all()]


def _by_run(rows: pd.DataFrame) -> Sequence[Mapping[Any, float]]:
    names = _bases(rows)
    return rows[[base_column(name) for name in names]].set_axis(names, axis=1).to_dict("records")


def needed_indicators(targets: Mapping[str, Target]) -> set[str]:
    """The recorded series that targets are computed from."""
    about = [target.about for target in targets.values()]
    named = [name for one in about for name in (one.indicator, one.activity, one.discrepancy, one.over)]
    found = {name for name in named if name is not None}
    return found | {one.also.indicator for one in about if one.also is not None}


def needed_bases(targets: Mapping[str, Target]) -> set[str]:
    """The bases of 2020 that targets are scaled to."""
    about = [target.about for target in targets.values()]
    also = {one.also.base for one in about if one.also is not None}
    return {one.base for one in about if one.base is not None} | also


def _refuse_missing(store: Store, series: set[str], bases: set[str], changed: str) -> None:
    """Raises: FolderDiffers."""
    missing = [f"the series {name}" for name in sorted(series)] + [
        f"the base {name}" for name in sorted(bases)
    ]
    if missing:
        raise FolderDiffers(
            f"{store.path} was computed with other targets ({changed}), and its runs did not store "
            f"{', '.join(missing)}, which today's need; continue in a new folder with --fork NEWDIR"
        )


def contradictions(store: Store) -> list[str]:
    """One line per target whose stored hits are not what the stored values say under today's targets.

    Raises: CorruptData at a damaged file.
    """
    stored = store.table("runs").to_pandas()
    changed = definitions_changed(store)
    under = f" under today's targets ({changed})" if changed else ""
    columns = [hit for name in targets_in(store) for _, hit in _judged(OutcomeColumns.of(name))]
    try:
        today = recounted(store, stored)
    except FolderDiffers as error:
        return [str(error)]
    was, now = (rows.reindex(columns=columns).astype(float) for rows in (stored, today))
    wrong = ((was != now) & now.notna()).sum()
    return [
        f"{store.path}: {name}: in {count} of {len(now)} runs not what the values say{under}"
        for name, count in wrong.items()
        if count
    ]
