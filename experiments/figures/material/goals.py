"""The plan's targets as tables and figures show them, and each run's path towards them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.figures.labels import BILLION, Label
from experiments.figures.material.evidence import Goal
from experiments.store.outcome_columns import bases_stored
from scenarios.region.region import Region
from scenarios.spec import FIRST_YEAR
from scenarios.targets import BASE_YEAR, Target, activity_path, scaled_path

SIGNS = {">=": "≥", ">": ">"}
DRAWABLE = {"亿元": "100 m yuan"}  # units of English labels that a font without Chinese cannot draw


class FinishedRun(NamedTuple):
    """A run as targets see it."""

    case: str
    run_id: str
    years: np.ndarray
    yearly: dict[str, np.ndarray]
    bases: dict[str, float]


def goals(targets: Mapping[str, Target], region: Region, indicators: Mapping[str, Any]) -> dict[str, Goal]:
    """Each target as it is shown; the path of a target of growth is the level that grows from its base."""
    found = {}
    for name, target in targets.items():
        label = judged_label(target)
        if target.about.statistic == "level":
            found[name] = Goal(label, target.threshold, label, target.threshold)
            continue
        indicator = indicators[target.about.indicator]
        path = Label(indicator.label_en, indicator.label_zh, *BILLION, label.sign, 1)
        base = region.bases[target.base].central
        level = base * (1 + target.threshold) ** (target.about.year - BASE_YEAR)
        found[name] = Goal(label, target.threshold, path, level)
    return found


def judged_label(target: Target) -> Label:
    """The name and unit of the value that a target is judged by."""
    about = target.about
    shown = about.shown
    unit = DRAWABLE.get(shown.unit_en, shown.unit_en)
    sign = SIGNS[about.comparison]
    return Label(about.label.en, about.label.zh, unit, shown.unit_zh, 1 / shown.factor, sign, shown.digits)


def target_paths(finished: Sequence[FinishedRun], targets: Mapping[str, Target]) -> pd.DataFrame:
    """{case, run_id, target, year, value, activity}: every run's path through its base of 2020.

    In plain units; activity: the same without statistical coverage and what the model may miss, not a number
    for a target without coverage.
    """
    pairs = [(run, name) for name in targets for run in finished]
    paths = [drawn_path(targets[name], run.yearly, run.bases) for run, name in pairs]
    actual = [drawn_activity(targets[name], run.yearly, run.bases) for run, name in pairs]
    columns = {
        "case": [run.case for run, _ in pairs],
        "run_id": [run.run_id for run, _ in pairs],
        "target": [name for _, name in pairs],
    }
    lengths = [len(run.years) for run, _ in pairs]
    keys = {name: pd.Categorical(values).repeat(lengths) for name, values in columns.items()}
    values = {"value": np.concatenate(paths), "activity": np.concatenate(actual)}
    return pd.DataFrame(keys | {"year": np.concatenate([run.years for run, _ in pairs]), **values})


def drawn_path(target: Target, yearly: Mapping[str, np.ndarray], bases: Mapping[str, float]) -> np.ndarray:
    """A run's level by year, through its base of 2020 [plain units]."""
    if target.about.statistic == "level":
        return scaled_path(target, yearly, bases)
    missed = target.about.discrepancy
    observed = 1.0 if missed is None else yearly[missed]
    return _grown(target, yearly[target.about.indicator] * observed, bases)


def drawn_activity(
    target: Target, yearly: Mapping[str, np.ndarray], bases: Mapping[str, float]
) -> np.ndarray:
    """The same by activity alone; not a number for a target without statistical coverage."""
    actual = target.about.activity
    if actual is None:
        return np.full(len(yearly[target.about.indicator]), np.nan)
    if target.about.statistic == "level":
        found = activity_path(target, yearly, bases)
        assert found is not None
        return found
    return _grown(target, yearly[actual], bases)


def _grown(target: Target, values: np.ndarray, bases: Mapping[str, float]) -> np.ndarray:
    level = np.asarray(values, np.float64)
    return level * (bases[target.base] / level[BASE_YEAR - FIRST_YEAR])


def finished_runs(annual: pd.DataFrame, runs: pd.DataFrame) -> list[FinishedRun]:
    """Every finished run: its indicators by year, in consecutive rows of `annual`, and its bases of 2020."""
    bases = bases_stored(map(str, runs))
    finished = runs[runs.status == "ok"]
    keys = zip(finished.point, finished.run_id, strict=True)
    values = dict(zip(keys, finished[list(bases.values())].to_numpy(dtype=float).tolist(), strict=True))
    names = [str(column) for column in annual if column not in ("case", "run_id", "year")]
    of_rows = annual[["case", "run_id"]]
    first = np.flatnonzero((of_rows != of_rows.shift()).any(axis=1))  # runs may end in other years
    blocks = np.split(annual[names].to_numpy(dtype=float), first[1:])
    years = np.split(annual["year"].to_numpy(), first[1:])
    starts = of_rows.iloc[first].itertuples(index=False, name=None)
    return [
        FinishedRun(
            case,
            run,
            own,
            dict(zip(names, block.T, strict=True)),
            dict(zip(bases, values[case, run], strict=True)),
        )
        for (case, run), block, own in zip(starts, blocks, years, strict=True)
    ]
