"""Reads the evidence of a results folder: the store's tables, and published figures to set beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import Any

import numpy as np
import pandas as pd

from experiments import reading, sealed, table
from experiments.compare import differences
from experiments.figures import history
from experiments.figures.evidence import Evidence, records
from experiments.figures.goals import (
    FinishedRun,
    finished_runs,
    goals,
    judged_label,
    otherwise_counted,
    target_paths,
)
from scenarios.errors import InputError
from scenarios.region import load_region
from scenarios.spec import BASELINE
from scenarios.targets import Target

REGION = "hunan"
VINTAGE = ("data: published to 2020, digest {}", "数据：截至2020年公布值，摘要 {}")
SHARED = (
    "All runs share one set of parameter values: parameter uncertainty is left out.",
    "所有模拟使用同一组参数值，未计入参数不确定性。",
)
DIFFERENCES = ["scenario", "baseline", "target", "pairs", "mean", "low", "high", "greater", "gained", "lost"]


def evidence_of(folder: Path | str) -> Evidence:
    """Everything the figures and the report of a folder's last sweep are drawn from.

    Raises: InputError when the folder holds no results or no finished run, CorruptData for a damaged file.
    """
    from experiments.model import INDICATORS, targets

    runs, sweep = reading.load_runs(folder), reading.load_sweep(folder)
    if "status" not in runs or not (runs.status == "ok").any():
        raise InputError(f"{folder} holds no finished run, so there is nothing to draw")
    runs = runs[runs.status != "pending"]
    annual = reading.load_annual(folder).rename(columns={"point": "case"})
    annual = annual.sort_values(["case", "run_id", "year"], ignore_index=True)
    cases = ordered(list(dict.fromkeys(runs.point)))
    finished = finished_runs(annual, runs)
    paths = target_paths(finished, targets())
    region = load_region(REGION)
    return Evidence(
        cases=cases,
        probabilities=with_bases(pd.DataFrame(table.targets(folder)), runs, paths),
        paths=paths,
        differences=pd.DataFrame(all_differences(runs, cases), columns=DIFFERENCES),
        published=history.published(region),
        goals=goals(targets(), region, INDICATORS),
        cells=reading.load_cells(folder).rename(columns={"point": "case"}),
        swept=swept(sweep["cases"], cases),
        folder=str(folder),
        runs=int(runs.groupby("point").size().max()),
        failed=int((runs.status != "ok").sum()),
        interval=interval_method(runs),
        vintage=vintage(digest(sweep["header"]["data"])[:10]),
        version=sweep["header"]["versions"]["sanxiang"],
        notes=left_out(runs),
        values=differing_values(folder, cases),
        assumed=history.assumed(region),
        checks=history.checks(region, annual[annual.case == cases[0]]),
        also=second_definitions(finished, targets(), INDICATORS),
        provenance=provenance(folder, sweep, runs),
    )


def vintage(number: str) -> tuple[str, str]:
    """Which data, in English and Chinese."""
    return VINTAGE[0].format(number), VINTAGE[1].format(number)


def digest(files: dict[str, str]) -> str:
    """One checksum for {file: checksum}."""
    return sealed.checksum(sealed.canonical(files).encode())


def ordered(cases: list[str]) -> tuple[str, ...]:
    """The cases in the sweep's order, the baseline first when it is among them."""
    return tuple(sorted(cases, key=lambda case: case != BASELINE))


def with_bases(rows: pd.DataFrame, runs: pd.DataFrame, paths: pd.DataFrame) -> pd.DataFrame:
    """The table of targets with two more columns: the 2020 base, and the median without scaling."""
    at_base = paths[paths.year == 2020].groupby(["case", "target"], observed=True).value.median()
    finished = runs[runs.status == "ok"].groupby("point")
    unscaled = {
        (case, target): finished[f"{target}_unscaled"].median().get(case)
        for case, target in at_base.index
        if f"{target}_unscaled" in runs
    }
    keys = list(zip(rows.scenario, rows.target, strict=True))
    bases = np.array([at_base.get(key, np.nan) for key in keys], dtype=float)
    medians = np.array([unscaled.get(key, np.nan) for key in keys], dtype=float)
    numbers = ["median", "p05", "p95", "attainment", "probability", "base", "unscaled"]
    return rows.assign(base=bases, unscaled=medians).astype(dict.fromkeys(numbers, float))


def all_differences(runs: pd.DataFrame, cases: tuple[str, ...]) -> list[dict[str, Any]]:
    """Paired differences of every case to the first; a case of other luck has none."""
    base, rows = runs[runs.point == cases[0]], []
    for case in cases[1:]:
        try:
            rows += differences(runs[runs.point == case], base, (case, cases[0]))
        except InputError:  # another world or scale: there are no pairs of equal luck
            continue
    return rows


def swept(described: list[dict[str, Any]], cases: tuple[str, ...]) -> pd.DataFrame:
    """{case, key, value} as text: the scenario of each case and every value its point was given."""
    rows = [(one["point"], "scenario", one["scenario"]) for one in described]
    rows += [(one["point"], key, str(value)) for one in described for key, value in one["given"]]
    found = pd.DataFrame(rows, columns=["case", "key", "value"])
    return found[found.case.isin(cases)].drop_duplicates(["case", "key"], ignore_index=True)


def interval_method(runs: pd.DataFrame) -> str:
    """How the intervals of probabilities were computed, the same for all targets but for extreme counts."""
    methods = {table.chance(rows, "all").method for _, rows in runs.groupby("point", sort=False)}
    return "; ".join(sorted(methods))


def left_out(runs: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """What the intervals do not hold, in English and Chinese."""
    if runs["draw"].nunique() > 1:
        return ()
    return (SHARED,)


def differing_values(folder: Path | str, cases: tuple[str, ...]) -> pd.DataFrame:
    """{case, key, value} as text for the settings, levers and parameters that differ between cases."""
    runs = reading.load_runs(folder, columns=["closure", "world", "scale", "levers", "parameters"])
    first = runs.dropna(subset=["levers"]).drop_duplicates("point")
    rows = [(row.point, key, value) for row in records(first) for key, value in _settings(row).items()]
    found = pd.DataFrame(rows, columns=["case", "key", "value"])
    kinds = found.groupby("key").value.nunique(dropna=False)
    counts = found.groupby("key").size()
    differ = kinds.index[(kinds > 1) | (counts < len(first))]
    return found[found.key.isin(differ) & found.case.isin(cases)].reset_index(drop=True)


def _settings(row: Any) -> dict[str, str]:
    levers = {
        f"lever.{name}.{field}": dated_text(dated)
        for name, fields in json.loads(row.levers).items()
        for field, dated in fields.items()
    }
    parameters = {
        f"parameters.{group}.{name}": f"{value:g}"
        for group, values in json.loads(row.parameters).items()
        for name, value in values.items()
    }
    return (
        {"closure": row.closure, "world": row.world, "population.scale": f"{row.scale:g}"}
        | levers
        | parameters
    )


def dated_text(dated: list[list[float]]) -> str:
    """Dated values from 2020 on: `0.1; 2021: 0.2`."""
    before = [value for year, value in dated if year <= 2020]
    later = [f"{year:.0f}: {value:,.6g}" for year, value in dated if year > 2020]
    return "; ".join([f"{before[-1]:,.6g}" if before else "0", *later])


def second_definitions(
    finished: Sequence[FinishedRun], targets: Mapping[str, Target], indicators: Mapping[str, Any]
) -> pd.DataFrame:
    """{case, target, said}: median and hits of targets under their second definition."""
    rows = []
    for (case, name), found in otherwise_counted(finished, targets).groupby(["case", "target"], sort=False):
        target = targets[str(name)]
        label, also = judged_label(target), target.about.also
        counted = indicators[also.indicator].label_en if also else ""
        median = f"{found.value.median() / label.per_unit:,.{label.digits}f}"
        aim = label.aim(target.threshold, "en")
        hits = f"{aim} in {found.hit.sum()} of {len(found)} runs"
        rows.append((case, name, f"{label.en} counted as {counted}: median {median}, {hits}."))
    return pd.DataFrame(rows, columns=["case", "target", "said"])


def provenance(folder: Path | str, sweep: dict[str, Any], runs: pd.DataFrame) -> dict[str, str]:
    """Commands, versions and digests."""
    head = sweep["header"]
    versions = ", ".join(f"{name} {number}" for name, number in head["versions"].items())
    return {
        "Question": sweep.get("question", ""),
        "Sweep": sweep["command"],
        "This report": f"sanxiang report {quote(str(folder))}",
        "Table as data": f"sanxiang targets {quote(str(folder))} --format json",
        "Runs": f"{len(runs)}, of which {int((runs.status != 'ok').sum())} failed",
        "Seed": str(sweep.get("seed", "")),
        "Versions": versions,
        "Digest of sources": digest(head["sources"]),
        "Digest of data": digest(head["data"]),
    }
