"""What cases change against each other, and how likely targets of a user's own are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from experiments.answer.across_versions import versions_between
from experiments.answer.cases import baselines
from experiments.answer.compare import folder_and_scenario, points_of, runs_of
from experiments.answer.money_columns import unit_of
from experiments.answer.pairs import differences
from experiments.answer.table import attainment, chance, counted, spread
from experiments.answer.tidy_tables import DIFFERENCES
from experiments.exits import FolderDiffers
from experiments.store.sweeps import counts
from scenarios.targets import Target
from scenarios.values.errors import InputError, unknown


def of_targets(runs: pd.DataFrame, own: Mapping[str, Target]) -> pd.DataFrame:
    """The rows of targets of one's own: {scenario, target, median, p05, p95, hits, ..., attainment, unit}."""
    rows = []
    for case, those in runs.groupby("point", sort=False):
        found = counts(those)
        rows += [
            {
                "scenario": str(case),
                "target": name,
                **spread(those, name),
                **counted(chance(those, name)),
                "attainment": attainment(those, name, target) if target.threshold else None,
                "asked": found.asked,
                "done": found.done,
                "left": found.left,
                "unit": unit_of(target),
            }
            for name, target in own.items()
        ]
    return pd.DataFrame(rows)


def only_case(cases: Sequence[str], folder: Path) -> str:
    """The one case of some results, as DIR:SCENARIO.

    Raises: InputError when there are several.
    """
    if len(cases) != 1:
        raise InputError(f"{folder} holds {len(cases)} cases; name one of them, such as {folder}:{cases[0]}")
    return f"{folder}:{cases[0]}"


def differences_of(
    runs: pd.DataFrame, folder: Path, base: str | None, own: Mapping[str, Target]
) -> pd.DataFrame:
    """The paired differences of every case to a base: one of its own, DIR:SCENARIO, or that of the table.

    Raises: InputError for an unknown case, or one whose luck is another; FolderDiffers.
    """
    found = {str(case): rows for case, rows in runs.groupby("point", sort=False)}
    if base is None:
        pairs = {case: one for case, one in baselines(found).items() if one is not None}
        others, strict = found, False
    else:
        name, rows = _based(base, runs, folder)
        pairs, others, strict = {case: name for case in found if case != name}, {name: rows}, True
    parts: list[dict[str, object]] = []
    for case, against in pairs.items():
        try:
            parts += differences(found[case], others[against], (case, against), own)
        except InputError:
            if strict:
                raise
    return pd.DataFrame(parts, columns=DIFFERENCES)


def _based(base: str, runs: pd.DataFrame, folder: Path) -> tuple[str, pd.DataFrame]:
    """The base that is meant: how it is called, and its runs."""
    points, called = dict.fromkeys(map(str, runs.point)), points_of(runs, base)
    name = base if base in points else called[0] if len(called) == 1 else None
    if name is not None:
        return name, runs[runs.point == name]
    other, scenario = folder_and_scenario(base)
    if not Path(other).is_dir():
        known = called or [*points, *dict.fromkeys(runs.scenario)]
        raise InputError(f"{folder}: {unknown('case', base, dict.fromkeys(known))}")
    versions = versions_between(folder, Path(other))
    if versions["files"]:
        raise FolderDiffers(f"{folder} and {other} were computed with other sources or data")
    rows = runs_of(other, scenario)
    return f"{other}:{rows.point.iloc[0]}", rows
