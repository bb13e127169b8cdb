"""The plan's targets as tables and figures show them, and each run's path towards them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from experiments.figures.evidence import Goal
from experiments.figures.labels import BILLION, Label
from scenarios.region import Region
from scenarios.targets import BASE_YEAR, Target, also_path, scaled_path

SIGNS = {">=": "≥", ">": ">"}
DRAWABLE = {"亿元": "100 m yuan"}  # units of English labels that a font without Chinese cannot draw


def goals(targets: Mapping[str, Target], region: Region, indicators: Mapping[str, Any]) -> dict[str, Goal]:
    """Each target as it is shown; the path of a target of growth is the level that grows from the published base."""
    found = {}
    for name, target in targets.items():
        label = judged_label(target)
        if target.about.statistic == "level":
            found[name] = Goal(label, target.threshold, label, target.threshold)
            continue
        indicator = indicators[target.about.indicator]
        path = Label(indicator.label_en, indicator.label_zh, *BILLION, label.sign, 1)
        base = region.bases[base_name(target)].central
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


def base_name(target: Target) -> str:
    """The base of 2020 that the drawn path starts from."""
    return target.about.base or f"{target.about.indicator}_{BASE_YEAR}"


def target_paths(annual: pd.DataFrame, runs: pd.DataFrame, targets: Mapping[str, Target]) -> pd.DataFrame:
    """{case, run_id, target, year, value}: every finished run's path, scaled to its base of 2020 [plain units]."""
    parts = []
    for case, run_id, years, yearly, bases in finished_runs(annual, runs):
        paths = {name: drawn_path(target, yearly, bases) for name, target in targets.items()}
        parts.append(
            pd.DataFrame(
                {
                    "case": case,
                    "run_id": run_id,
                    "target": np.repeat(list(paths), len(years)),
                    "year": np.tile(years, len(paths)),
                    "value": np.concatenate(list(paths.values())),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def drawn_path(target: Target, yearly: Mapping[str, np.ndarray], bases: Mapping[str, float]) -> np.ndarray:
    """A run's level by year, through its base of 2020 [plain units]."""
    if target.about.statistic == "level":
        return scaled_path(target, yearly, bases)
    level = np.asarray(yearly[target.about.indicator], np.float64)
    return level * (bases[base_name(target)] / level[BASE_YEAR - 2016])


def otherwise_counted(
    annual: pd.DataFrame, runs: pd.DataFrame, targets: Mapping[str, Target]
) -> pd.DataFrame:
    """{case, target, value, hit} of every finished run for targets with a second definition [plain units]."""
    rows = []
    for case, _, _, yearly, bases in finished_runs(annual, runs):
        for name, target in targets.items():
            path = also_path(target, yearly, bases)
            if path is not None:
                value = float(path[target.about.year - 2016])
                rows.append((case, name, value, target.is_met_by(value)))
    return pd.DataFrame(rows, columns=["case", "target", "value", "hit"])


def finished_runs(
    annual: pd.DataFrame, runs: pd.DataFrame
) -> Iterator[tuple[str, str, Any, dict[str, Any], dict[str, float]]]:
    """Case, id, years, indicators by year and bases of every finished run."""
    bases = [column for column in runs if column.startswith("base_")]
    by_run = runs[runs.status == "ok"].set_index(["point", "run_id"])[bases]
    by_run.columns = [column.removeprefix("base_") for column in bases]
    for (case, run_id), rows in annual.groupby(["case", "run_id"], sort=False, observed=True):
        yearly = {name: rows[name].to_numpy() for name in rows if name not in ("case", "run_id", "year")}
        yield case, run_id, rows["year"].to_numpy(), yearly, by_run.loc[(case, run_id)].to_dict()
