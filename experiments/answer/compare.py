"""Two scenarios in pairs of equal luck: what one changes against the other, and how sure that is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.answer.budgets import slack_between
from experiments.command.exits import Exit, FolderDiffers
from experiments.command.printed_json import printed_json
from experiments.read.contents import plain
from experiments.read.sweeps import ALL, counts, recorded
from scenarios.values.errors import InputError, unknown

if TYPE_CHECKING:
    import pandas as pd

PAIR = ["n", "draw", "seed", "world", "scale"]


def paired(a: pd.DataFrame, b: pd.DataFrame, names: tuple[str, str] = ("A", "B")) -> pd.DataFrame:
    """The finished runs of a beside those of b with the same replication, draw, seed, world and scale.

    Columns of a end in _a, those of b in _b.

    Raises: InputError when the two were not run on the same luck, saying how they differ, or when one
    has several runs of one luck: two contents under one name.
    """
    key = [_keys(rows) for rows in (a, b)]
    if not (key[0] <= key[1] or key[1] <= key[0]) or not all(key):
        raise InputError(f"{names[0]} and {names[1]} cannot be paired: {_mismatch(key[0], key[1])}")
    for name, rows, keys in zip(names, (a, b), key, strict=True):
        if len(keys) < len(rows):
            raise InputError(f"{name} has {len(rows)} runs of {len(keys)} replications: not one to one")
    finished = [rows[rows.status == "ok"] for rows in (a, b)]
    return finished[0].merge(finished[1], on=PAIR, suffixes=("_a", "_b"), validate="one_to_one")


def _keys(rows: pd.DataFrame) -> set[tuple[Any, ...]]:
    return set(zip(*(rows[name].tolist() for name in PAIR), strict=True))


def _mismatch(a: set[tuple[Any, ...]], b: set[tuple[Any, ...]]) -> str:
    """What the luck of two sets of runs does not have in common."""
    if not a or not b:
        return "one of them has no runs"
    for place, name in enumerate(PAIR):
        found = [sorted({key[place] for key in keys}) for keys in (a, b)]
        if name not in ("n", "draw") and found[0] != found[1]:
            return f"{name} is {_few(found[0])} in one and {_few(found[1])} in the other"
    return f"{len(a - b)} and {len(b - a)} runs have no partner with the same replication and parameter draw"


def _few(values: list[Any]) -> str:
    return ", ".join(map(str, values[:3])) + (", ..." if len(values) > 3 else "")


def differences(
    a: pd.DataFrame, b: pd.DataFrame, names: tuple[str, str] = ("A", "B")
) -> list[dict[str, Any]]:
    """Per target, a minus b over pairs of equal luck.

    Rows {scenario, baseline, target, pairs, mean, low, high, greater, gained, lost}:

    pairs are those of finished runs that both have a value of the target; low and high are the 95 %
    interval of the mean difference (Student's t over the means of parameter draws, or over pairs when every
    pair has its own draw or all share one; None for a single pair or draw); greater is the share of
    pairs in which a is higher, ties counted half; gained and lost are the pairs in which only a, or
    only b, meets the target. The target "all" has no values, only gained and lost.

    Raises: InputError when the pairs do not match.
    """
    from experiments.read.runs_region import targets_of

    both, targets = paired(a, b, names), list(targets_of(a))
    rows = [_difference(both, name, targets) if len(both) else _nothing(name) for name in (*targets, "all")]
    return [{"scenario": names[0], "baseline": names[1], **row} for row in rows]


def _nothing(target: str) -> dict[str, Any]:
    """The difference of no pairs."""
    values = dict.fromkeys(["mean", "low", "high", "greater"])
    return {"target": target, "pairs": 0, **values, "gained": 0, "lost": 0}


def _difference(both: pd.DataFrame, target: str, targets: list[str]) -> dict[str, Any]:
    judged = targets if target == "all" else [target]
    hits = [_hits(both, judged, side) for side in ("_a", "_b")]
    row = _nothing(target) | {"pairs": len(both)}
    if target != "all":
        row |= _of_gap((both[f"{target}_a"] - both[f"{target}_b"]).astype(float), both["draw"])
    only = [(hits[here] == 1) & (hits[there] == 0) for here, there in ((0, 1), (1, 0))]
    return row | {"gained": int(only[0].sum()), "lost": int(only[1].sum())}


def _of_gap(gap: pd.Series, draw: pd.Series) -> dict[str, Any]:
    """The differences of the pairs in which both runs have a value."""
    known = np.isfinite(gap)
    if not known.any():
        return {"pairs": 0}
    gap, draw = gap[known], draw[known]
    low, high = _interval(gap, draw)
    greater = float((gap > 0).mean() + (gap == 0).mean() / 2)
    return {"pairs": len(gap), "mean": float(gap.mean()), "low": low, "high": high, "greater": greater}


def _interval(gap: pd.Series, draw: pd.Series) -> tuple[float | None, float | None]:
    """The ends of the interval; None where fewer than two pairs, or draws, leave it open."""
    from experiments.answer.probability import mean_interval

    ends = mean_interval((gap if draw.nunique() in (1, len(draw)) else gap.groupby(draw).mean()).tolist())
    low, high = (end if np.isfinite(end) else None for end in ends)
    return low, high


def _hits(both: pd.DataFrame, names: list[str], side: str) -> np.ndarray:
    from experiments.read.hits import met

    return met(both.rename(columns={f"{name}_hit{side}": f"{name}_hit" for name in names}), names)


def compare(a: Path | str, b: Path | str) -> dict[str, Any]:
    """Compare two scenarios, each given as DIR or DIR:SCENARIO.

    A scenario of whichever sweep in the folder: a plain name is the last sweep's content of that name, and a
    mark, as `targets --all` prints it (`my_reform#1a2b3c4d`), names another.
    Returns {a, b, region, settings: [{key, a, b}] that differ, differences: see `differences`,
    runs: {a, b: {asked, done, failed, left}}, slack: budgets that do not bind (budgets.Slack), same: whether
    both sides are the very same runs}.

    Raises: InputError when a scenario is unknown or the pairs do not match, FolderDiffers when the
    folders were computed with other sources or data, CorruptData.
    """
    from experiments.read.runs_region import region_of

    sides = [_split(str(name)) for name in (a, b)]
    _same_model(*(Path(folder) for folder, _ in sides))
    rows = [_runs_of(folder, point) for folder, point in sides]
    names = tuple(f"{folder}:{found.point.iloc[0]}" for (folder, _), found in zip(sides, rows, strict=True))
    return {
        "a": names[0],
        "b": names[1],
        "region": region_of(rows[0]),
        "settings": differing(*(_one_of(side, name) for side, name in zip(rows, names, strict=True))),
        "differences": differences(rows[0], rows[1], (names[0], names[1])),
        "same": set(rows[0].run_id) == set(rows[1].run_id),
        "runs": {side: counts(found)._asdict() for side, found in zip("ab", rows, strict=True)},
        "slack": [
            one._asdict() for one in slack_between([folder for folder, _ in sides], [(rows[0], rows[1])])
        ],
    }


def _one_of(rows: pd.DataFrame, name: str) -> pd.Series:
    """A run that is recorded, which has the settings of all.

    Raises: InputError when there is none yet.
    """
    ended = recorded(rows)
    if ended.empty:
        raise InputError(f"{name} has no run yet of the {len(rows)} asked for")
    return ended.iloc[0]


def _split(name: str) -> tuple[str, str | None]:
    """DIR:SCENARIO in two parts; a colon inside an existing folder's name belongs to it."""
    if Path(name).exists() or ":" not in name:
        return name, None
    folder, _, point = name.partition(":")
    return folder, point


def _same_model(a: Path, b: Path) -> None:
    from experiments.store.header import difference
    from experiments.store.store import Store

    found = difference(Store(a).header(), Store(b).header())
    if found:
        raise FolderDiffers(f"{a} and {b} were computed with other sources or data: {found}")


def _runs_of(folder: str, point: str | None) -> pd.DataFrame:
    from experiments.read.reading import load_runs

    results = _result_columns(load_runs(folder, sweep=ALL, columns=["region"]))
    columns = [*PAIR, "status", "scenario", "region", "levers", "parameters", "closure", *results]
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
    return next(point for point in ours.point if plain(point) == name)


def _point_called(name: str, runs: pd.DataFrame, last: pd.DataFrame, folder: str) -> str:
    """The point of that name in any sweep, or the only one of the scenario, in the last sweep or in all."""
    if (runs.point == name).any():
        return name
    found = [list(dict.fromkeys(rows.point[rows.scenario == name])) for rows in (last, runs)]
    for points in found:
        if len(points) == 1:
            return str(points[0])
    raise InputError(f"{folder}: {unknown('scenario', name, dict.fromkeys(found[1] or runs.point))}")


def _result_columns(runs: pd.DataFrame) -> list[str]:
    from experiments.read.runs_region import targets_of

    return [f"{name}{part}" for name in targets_of(runs) for part in ("", "_hit")]


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


def main_compare(args: list[str]) -> int:
    """sanxiang compare DIR[:SCENARIO] DIR[:SCENARIO]: paired differences, differing values first."""
    from experiments.answer.comparison_table import render_comparison
    from experiments.command.arguments import Parser

    parser = Parser(prog="sanxiang compare", description=main_compare.__doc__)
    parser.add_argument("a", metavar="DIR[:SCENARIO]")
    parser.add_argument("b", metavar="DIR[:SCENARIO]")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parsed = parser.parse_args(args)
    found = compare(parsed.a, parsed.b)
    print(printed_json(found) if parsed.format == "json" else render_comparison(found))
    return Exit.OK
