"""Two scenarios in pairs of equal luck: what one changes against the other, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.answer.across_versions import equal_luck, unpaired_differences, versions_between
from experiments.answer.budgets import slack_between
from experiments.answer.pairs import PAIR, differences
from experiments.change.cost import by_year
from experiments.change.effect import SHARE, effect_of
from experiments.change.parts import held
from experiments.change.stored import yearly_of
from experiments.change.words import against_cap, in_json
from experiments.exits import FolderDiffers
from experiments.read.case import case_of
from experiments.read.parameters_used import marks
from experiments.read.reading import load_runs
from experiments.read.runs_region import region_of, targets_of
from experiments.store.header import shortened
from experiments.store.outcome_columns import COVERAGE, OutcomeColumns, base_column
from experiments.store.sweeps import ALL, counts, recorded
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.region.region import load_region
from scenarios.values.errors import InputError, unknown

if TYPE_CHECKING:
    import pandas as pd


def compare(a: Path | str, b: Path | str, across_versions: bool = False) -> dict[str, Any]:
    """Compare two scenarios, each given as DIR or DIR:SCENARIO.

    A scenario of whichever sweep in the folder: a plain name is the last sweep's content of that name, and a
    mark, as `targets --all` prints it (`my_reform#1a2b3c4d`), names another.
    Returns {a, b, region, settings: [{key, a, b}] that differ, differences: see `differences`,
    worlds: of both sides, which are paired by replication where they differ,
    runs: {a, b: {asked, done, failed, left}}, slack: budgets that do not bind (budgets.Slack), same: whether
    both sides are the very same runs, approximate: marks of a posterior of another model,
    versions: see across_versions.versions_between, paired: whether both
    have the same luck, effect: the difference of emerging value added and of public cost taken apart
    (change.words.in_json), None where that is not recorded, cap: public cost a year against the region's
    fiscal cap (change.words.against_cap), None where it has none}.
    across_versions: folders of other sources or data are compared all the same.

    Raises: InputError when a scenario is unknown or the pairs do not match, FolderDiffers when the
    folders were computed with other sources or data and that was not asked for, CorruptData.
    """
    sides = [folder_and_scenario(str(name)) for name in (a, b)]
    versions = versions_between(*(Path(folder) for folder, _ in sides))
    if versions["files"] and not across_versions:
        _refuse(versions["files"], [folder for folder, _ in sides])
    rows = [runs_of(folder, point) for folder, point in sides]
    names = tuple(f"{folder}:{found.point.iloc[0]}" for (folder, _), found in zip(sides, rows, strict=True))
    paired = equal_luck(versions, drawn=any(one.draw.nunique() > 1 for one in rows))
    between = differences if paired else unpaired_differences
    settings = differing(*(_one_of(side, name) for side, name in zip(rows, names, strict=True)))
    worlds = [str(side.world.iloc[0]) for side in rows]
    rows = [rows[0], rows[1].assign(world=rows[0].world.iloc[0])]  # luck is keyed by replication in any world
    return {
        "versions": versions,
        "approximate": list(dict.fromkeys(mark for folder, _ in sides for mark in marks(folder, ALL))),
        "paired": paired,
        "a": names[0],
        "b": names[1],
        "region": region_of(rows[0]),
        "settings": settings,
        "worlds": worlds,
        "differences": between(rows[0], rows[1], (names[0], names[1])),
        "same": set(rows[0].run_id) == set(rows[1].run_id),
        "runs": {side: counts(found)._asdict() for side, found in zip("ab", rows, strict=True)},
        "slack": [
            one._asdict() for one in slack_between([folder for folder, _ in sides], [(rows[0], rows[1])])
        ],
        **taken_apart([folder for folder, _ in sides], dict(zip(names, rows, strict=True)), rows, paired),
    }


def taken_apart(
    folders: list[str], by_name: Mapping[str, pd.DataFrame], rows: list[pd.DataFrame], paired: bool
) -> dict[str, Any]:
    """What the difference is made of, and public cost against the cap, of two cases' rows of load_runs.

    paired: whether both have the same luck, without which no difference can be taken apart.
    """
    region = load_region(region_of(rows[0]))
    finished = [side[side.status == "ok"] for side in rows]
    annual = yearly_of(folders, [run for side in finished for run in side.run_id], region)
    annual = annual.dropna(axis="columns")  # what only one of two versions records
    effect = effect_of(rows[0], rows[1], annual, region) if paired and held(annual) else None
    cap = load_fiscal_cap(region_of(rows[0]))
    yearly = {
        name: by_year(annual[annual.run_id.isin(side.run_id)], float(side.scale.iloc[0]))
        for name, side in by_name.items()
    }
    return {
        "effect": effect and in_json(effect),
        "cap": cap and against_cap(cap, yearly),
    }


def _one_of(rows: pd.DataFrame, name: str) -> pd.Series:
    """A run that is recorded, which has the settings of all.

    Raises: InputError when there is none yet.
    """
    ended = recorded(rows)
    if ended.empty:
        raise InputError(f"{name} has no run yet of the {len(rows)} asked for")
    return ended.iloc[0]


def folder_and_scenario(name: str) -> tuple[str, str | None]:
    """DIR:SCENARIO in two parts: colons of the longest folder that is there belong to its name."""
    ends = [place for place, letter in enumerate(name) if letter == ":"]
    found = next((end for end in [len(name), *reversed(ends)] if Path(name[:end]).is_dir()), None)
    end = (ends or [len(name)])[0] if found is None else found
    return name[:end], name[end + 1 :] if end < len(name) else None


def _refuse(files: list[str], folders: list[str]) -> None:
    told = "; ".join(shortened(files))
    raise FolderDiffers(
        f"{folders[0]} and {folders[1]} were computed with other sources or data: {told}; "
        "--across-versions compares them all the same"
    )


def runs_of(folder: str, point: str | None) -> pd.DataFrame:
    """The runs of a scenario in a folder, or of its only one; a row each.

    Raises: InputError when there is no such scenario, or several and none is named.
    """
    known = load_runs(folder, sweep=ALL, columns=["region"])
    results, bases = _result_columns(known), _base_columns(known)
    described = ["status", "scenario", "region", "levers", "parameters", "closure"]
    columns = [*PAIR, *described, COVERAGE, *results, *bases, f"{SHARE}_activity"]
    runs, last = load_runs(folder, sweep=ALL, columns=columns), load_runs(folder, columns=["status"])
    points = list(dict.fromkeys(last.point))
    if point is None and len(points) > 1:
        raise InputError(
            f"{folder} holds {len(points)} scenarios; say which: {', '.join(f'{folder}:{p}' for p in points)}"
        )
    named = points[0] if point is None else point
    chosen = _of_last(named, runs, last) if named in points else _point_called(named, runs, last, folder)
    return runs[runs.point == chosen].reset_index(drop=True)


def _of_last(name: str, runs: pd.DataFrame, last: pd.DataFrame) -> str:
    """How the last sweep's case of that name is called among all, where others may have the name too."""
    ours = runs[runs.run_id.isin(last.run_id[last.point == name])]
    return next(case.name for _, rows in ours.groupby("point") if (case := case_of(rows)).plain == name)


def _point_called(name: str, runs: pd.DataFrame, last: pd.DataFrame, folder: str) -> str:
    """The point of that name in any sweep, or the only one of the scenario, in the last sweep or in all."""
    if (runs.point == name).any():
        return name
    found = [points_of(rows, name) for rows in (last, runs)]
    for points in found:
        if len(points) == 1:
            return points[0]
    raise InputError(f"{folder}: {unknown('scenario', name, dict.fromkeys(found[1] or runs.scenario))}")


def points_of(runs: pd.DataFrame, scenario: str) -> list[str]:
    """The points of a scenario, of which it may be called by its own name where there is one."""
    return [str(point) for point in dict.fromkeys(runs.point[runs.scenario == scenario])]


def _result_columns(runs: pd.DataFrame) -> list[str]:
    columns = map(OutcomeColumns.of, targets_of(runs))
    return [
        name
        for each in columns
        for name in (each.value, each.hit, each.activity, each.activity_hit, each.modelled)
    ]


def _base_columns(runs: pd.DataFrame) -> list[str]:
    bases = [target.about.base for target in targets_of(runs).values()]
    return list(dict.fromkeys(base_column(base) for base in bases if base is not None))


def differing(a: pd.Series, b: pd.Series) -> list[dict[str, Any]]:
    """The settings in which two runs differ, as {key, a, b}: closure, world, levers, parameters."""
    flat = [
        _flat(
            {
                "closure": run.closure,
                "world": run.world,
                "lever": json.loads(run.levers),
                "parameters": json.loads(run.parameters),
            }
        )
        for run in (a, b)
    ]
    keys = [key for key in {**flat[0], **flat[1]} if flat[0].get(key) != flat[1].get(key)]
    return [{"key": key, "a": flat[0].get(key), "b": flat[1].get(key)} for key in keys]


def _flat(content: Any, key: str = "") -> dict[str, Any]:
    if not isinstance(content, dict):
        return {key: content}
    return {
        name: value
        for part, inner in content.items()
        for name, value in _flat(inner, f"{key}.{part}" if key else part).items()
    }
