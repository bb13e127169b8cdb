"""Reads the evidence of a results folder: the store's tables, and published figures to set beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.answer import table
from experiments.answer.cases import baselines
from experiments.answer.pairs import PAIR, RECLASSIFIED, differences
from experiments.change.cost import by_year
from experiments.change.effect import Effect, effect_of
from experiments.change.named import Named
from experiments.change.parts import held
from experiments.change.words import against_cap
from experiments.figures.labels import DRAWN_UNITS, Label
from experiments.figures.material import history, origins
from experiments.figures.material.evidence import Evidence, HeldSweep, NothingToDraw
from experiments.figures.material.goals import (
    finished_runs,
    goals,
    judged_label,
    target_paths,
)
from experiments.language.chosen import ZH, current
from experiments.language.words import word
from experiments.read import reading
from experiments.read.case import Case, case_of
from experiments.read.parameters_used import APPROXIMATE_ZH, marks, parameter_lines
from experiments.read.runs_region import targets_of
from experiments.read.series_names import series_held
from experiments.store import outputs
from experiments.store.header import digest_of
from experiments.store.outcome_columns import OutcomeColumns
from experiments.store.store import Store
from experiments.store.sweeps import ALL, SHOWN, counts, recorded, region_of_sweep
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.region.region import Region, load_region
from scenarios.spec import BASELINE
from scenarios.targets import BASE_YEAR, Target, load_targets
from scenarios.values.errors import InputError
from scenarios.values.exact_text import exact_text

VINTAGE = ("data: published to 2020, digest {}", "数据：截至2020年公布值，摘要 {}")
SHARED = (
    "All runs share one set of parameter values: parameter uncertainty is left out.",
    "所有模拟使用同一组参数值，未计入参数不确定性。",
)
OF_SETS = "参数：{}组，来源：{}"
SOURCES_ZH = {"posterior": "后验分布（据2016—2020年公布值估得）", "prior": "先验分布"}
SMALL = (
    "population.scale={}: amounts as simulated are those of an economy of that size, not {}'s.",
    "population.scale={}：模拟原值对应该规模的经济，而非{}全域。",
)
OF_PAIRS = ["mean", "low", "high", "greater", *RECLASSIFIED]
DIFFERENCES = ["scenario", "baseline", "target", "pairs", *OF_PAIRS, "gained", "lost"]


def evidence_of(folder: Path | str, which: str | None = None) -> Evidence:
    """What figures and report are drawn from, of the last sweep, the one whose id begins so, or all (ALL).

    Raises: InputError without results, NothingToDraw without a finished run, CorruptData for a damaged file.
    """
    asked, sweeps = reading.load_runs(folder, sweep=which), reading.load_sweeps(folder, which)
    if not (asked.status == "ok").any():
        raise NothingToDraw(f"{folder} holds no finished run, so there is nothing to draw")
    runs, sweep, home = recorded(asked), sweeps[0], region_of_sweep(sweeps[0])
    annual, described = yearly(folder, which), [case for one in sweeps for case in one["cases"]]
    known = ordered([case_of(rows) for _, rows in runs.groupby("point", sort=False)])
    cases = tuple(case.name for case in known)
    region, targets, indicators = load_region(home), load_targets(region=home), series_held(Store(folder))
    paths = target_paths(finished_runs(annual, runs), targets)
    return Evidence(
        cases=cases,
        probabilities=with_bases(pd.DataFrame(table.targets(folder, sweep=which)), runs, paths),
        paths=paths,
        differences=all_differences(runs, cases),
        published=history.published(region),
        goals=goals(targets, region, indicators),
        cells=reading.load_cells(folder, sweep=which).rename(columns={"point": "case"}),
        folder=str(folder),
        runs=int(runs.point.value_counts().max()),
        failed=int((runs.status != "ok").sum()),
        interval=interval_method(runs),
        vintage=vintage(digest_of(sweep["header"]["data"])[:12]),
        version=sweep["header"]["versions"]["sanxiang"],
        region=region,
        notes=(*parameters_said(sweeps, runs), *left_out(runs, region)),
        values=origins.differing_values(folder, cases, which),
        assumed=history.assumed(region),
        reliability=origins.reliability(home),
        checks=history.checks(region, annual[annual.case == cases[0]], scale_of(runs, cases[0])),
        scales={case: scale_of(runs, case) for case in cases},
        also=second_definitions(runs, targets, indicators),
        costs=costs(runs),
        budgets=origins.budgets(folder, which),
        provenance=origins.provenance(folder, sweeps, which, asked),
        annual=annual,
        series={name: series_label(one) for name, one in indicators.items()},
        counts=counts(asked.drop_duplicates("run_id")),
        sweep=ALL if which == ALL else sweep["id"][:SHOWN],
        sweeps=held_sweeps(folder),
        fewest=int(runs.point.value_counts().min()),
        remarks=(*marks(folder, which), *origins.remarks(folder, asked)),
        effects=all_effects(with_levers(runs, folder, which), annual, region),
        cap=costs_and_cap(runs, annual, home),
        **of_cases(described, known, runs),
    )


def yearly(folder: Path | str, which: str | None) -> pd.DataFrame:
    """{case, run_id, year, indicators...}, unscaled."""
    found = reading.load_annual(folder, sweep=which).rename(columns={"point": "case"})
    return found.sort_values(["case", "run_id", "year"], ignore_index=True)


def held_sweeps(folder: Path | str) -> tuple[HeldSweep, ...]:
    """Every sweep of the folder, the last one first."""
    found = []
    for one in reading.load_sweeps(folder):
        runs = reading.load_runs(folder, sweep=one["id"], columns=["status"])
        page = outputs.place(folder, one["id"]) / outputs.PAGE
        found.append(
            HeldSweep(
                one["id"][:SHOWN],
                one["command"],
                one["started"],
                tuple(dict.fromkeys(runs.point)),
                counts(runs.drop_duplicates("run_id")),
                "/".join(page.parts) if page.exists() else "",
            )
        )
    return tuple(found)


def series_label(indicator: Any) -> Label:
    """How a recorded series is called, and its unit as drawn: money in 100 m yuan, shares in percent."""
    unit = getattr(indicator, "unit", "")
    drawn = DRAWN_UNITS.get(unit, (unit, unit, 1.0))
    return Label(indicator.label_en, indicator.label_zh, *drawn)


def vintage(number: str) -> tuple[str, str]:
    """Which data, in English and Chinese."""
    return VINTAGE[0].format(number), VINTAGE[1].format(number)


def ordered(cases: Sequence[Case]) -> list[Case]:
    """The cases in the sweep's order, the baseline first when it is among them, under swept values too."""
    named = [case for case in cases if case.scenario == BASELINE]
    first = next((case for case in named if case.plain == BASELINE), named[0] if named else None)
    return sorted(cases, key=lambda case: case is not first)


def with_bases(rows: pd.DataFrame, runs: pd.DataFrame, paths: pd.DataFrame) -> pd.DataFrame:
    """The table of targets with the range of its 2020 bases and the median without scaling."""
    start = paths[paths.year == BASE_YEAR].groupby(["case", "target"], observed=True).value
    low, high = start.min().to_dict(), start.max().to_dict()
    finished = runs[runs.status == "ok"].groupby("point")
    medians = {
        (case, target): value
        for target in rows.target.unique()
        if (column := OutcomeColumns.of(target).unscaled) in runs
        for case, value in finished[column].median().items()
    }
    keys = list(zip(rows.scenario, rows.target, strict=True))
    found = rows.assign(
        base_low=np.array([low.get(key, np.nan) for key in keys], dtype=float),
        base_high=np.array([high.get(key, np.nan) for key in keys], dtype=float),
        unscaled=np.array([medians.get(key, np.nan) for key in keys], dtype=float),
    )
    return found.astype(dict.fromkeys(["median", "p05", "p95", "attainment", "probability"], float))


def all_differences(runs: pd.DataFrame, cases: tuple[str, ...]) -> pd.DataFrame:
    """Paired differences of every case to its baseline; a case of other luck has none."""
    found = {case: runs[runs.point == case] for case in cases}
    rows = []
    for case, base in baselines(found).items():
        if base is None:
            continue
        try:
            rows += differences(found[case], found[base], (case, base))
        except InputError:  # another world or scale: there are no pairs of equal luck
            continue
    numbers = dict.fromkeys(OF_PAIRS, float)
    return pd.DataFrame(rows, columns=DIFFERENCES).astype(numbers)


def with_levers(runs: pd.DataFrame, folder: Path | str, which: str | None) -> pd.DataFrame:
    """The runs with the values of their levers, as stored."""
    long = reading.load_runs(folder, sweep=which, columns=["levers"]).drop_duplicates("run_id")
    return runs.assign(levers=runs.run_id.map(long.set_index("run_id").levers))


def all_effects(runs: pd.DataFrame, annual: pd.DataFrame, region: Region) -> dict[str, Effect]:
    """What each case changes against its baseline, taken apart; nothing where that is not recorded."""
    if not held(annual):
        return {}
    found = {str(case): rows for case, rows in runs.groupby("point", sort=False)}
    once, effects = annual.drop_duplicates(["run_id", "year"]), {}
    for case, base in baselines(found).items():
        if base is None:
            continue
        try:
            effect = effect_of(found[case], found[base], once, region, (case, base))
        except InputError:  # another world or scale: there are no pairs of equal luck
            continue
        if effect is not None:
            effects[case] = effect
    return effects


def costs_and_cap(runs: pd.DataFrame, annual: pd.DataFrame, home: str) -> dict[str, Any] | None:
    """Public cost a year of each case against the fiscal cap of the region, where it has one."""
    cap = load_fiscal_cap(home)
    if cap is None:
        return None
    cases = dict.fromkeys(annual.case)
    yearly = {case: by_year(annual[annual.case == case], scale_of(runs, case)) for case in cases}
    return against_cap(cap, yearly)


def costs(runs: pd.DataFrame) -> pd.DataFrame:
    """{case, appropriated, spent} over 2021-25, medians over runs [yuan]."""
    columns = [name for name in ("public_cost", "public_spending") if name in runs]
    found = runs.groupby("point")[columns].median().reindex(columns=["public_cost", "public_spending"])
    found.columns = pd.Index(["appropriated", "spent"])
    return found.rename_axis("case").reset_index()


def swept(described: list[dict[str, Any]], cases: Sequence[Case]) -> pd.DataFrame:
    """{case, key, value} as text: the scenario of each case and every value its point was given."""
    by_point = {one["point"]: one for one in reversed(described)}
    known = [(case.name, by_point[case.plain]) for case in cases if case.plain in by_point]
    rows = [(case, "scenario", one["scenario"]) for case, one in known]
    rows += [(case, key, str(value)) for case, one in known for key, value in one["given"]]
    return pd.DataFrame(rows, columns=["case", "key", "value"])


def of_cases(described: list[dict[str, Any]], cases: Sequence[Case], runs: pd.DataFrame) -> dict[str, Any]:
    """Of the evidence: the swept values and the names of cases, and what runs of a pair have in common."""
    luck = dict(zip(runs.run_id, runs[PAIR].astype(str).agg(" ".join, axis=1), strict=True))
    return {"swept": swept(described, cases), "names": names(described, cases), "luck": luck}


def names(described: Sequence[Mapping[str, Any]], cases: Sequence[Case]) -> dict[str, Named]:
    """What its scenario's label calls each case; behind it what tells it from others, if anything does."""
    labels = {one["scenario"]: one.get("label") or {} for one in reversed(described)}
    behind = {case.name: case.name.removeprefix(case.scenario) for case in cases}
    shared = len(set(behind.values())) == 1
    found = {}
    for case in cases:
        label, rest = labels.get(case.scenario, {}), "" if shared else behind[case.name]
        if label.get("en") or label.get("zh"):
            en, zh = (label.get(one) or label.get(other) for one, other in (("en", "zh"), ("zh", "en")))
            found[case.name] = Named(f"{en}{rest}", f"{zh}{rest}")
    return found


def interval_method(runs: pd.DataFrame) -> str:
    """How the intervals of probabilities were computed: every method that some target's has."""
    names = [*targets_of(runs), "all"]
    methods = {table.chance(rows, name).method for _, rows in runs.groupby("point") for name in names}
    return "; ".join(sorted(methods))


def parameters_said(sweeps: Sequence[Mapping[str, Any]], runs: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Which parameters the runs had, and the mark of a posterior of another model, in both languages."""
    draws = runs["draw"].nunique()
    said, *marked = parameter_lines(sweeps, draws)
    source = str(sweeps[0].get("parameters") or "")
    chinese = OF_SETS.format(draws, SOURCES_ZH.get(source, source))
    first = (sentence(said), chinese) if draws > 1 else SHARED
    return (first, *((mark, APPROXIMATE_ZH) for mark in marked))


def sentence(line: str) -> str:
    """A line of the table as a sentence."""
    return f"{line[:1].upper()}{line[1:]}."


def left_out(runs: pd.DataFrame, region: Region) -> tuple[tuple[str, str], ...]:
    """Whose amounts they are, in English and Chinese."""
    scales = sorted(set(runs.scale) - {1.0})
    named = ", ".join(exact_text(scale, "g") for scale in scales)
    small = (SMALL[0].format(named, region.label.en), SMALL[1].format(named, region.label.zh))
    return (small,) if scales else ()


def scale_of(runs: pd.DataFrame, case: str) -> float:
    """How many times the province's economy a case simulates."""
    return float(runs.loc[runs.point == case, "scale"].iloc[0])


def coverage_said(target: Target, runs: pd.DataFrame) -> str:
    """What of a target is statistical coverage, in words; empty where nothing can be."""
    found = table.of_coverage(runs, target.name)
    label = judged_label(target)
    drawn = [None if one is None else f"{one / label.per_unit:+z,.{label.digits}f}" for one in found.values()]
    if None in drawn:
        return ""
    activity, middle, low, high = (str(one) for one in drawn)
    ends = {"middle": middle, "low": low, "high": high, "activity": activity.removeprefix("+")}
    return word("table.covered_said", target=label.name(current()), **ends)


def discrepancy_said(target: Target, runs: pd.DataFrame) -> str:
    """What the model may miss of a target, in words; empty where nothing is drawn of it."""
    found, label = table.of_discrepancy(runs, target.name), judged_label(target)
    drawn = [f"{one / label.per_unit:+z,.{label.digits}f}" for one in found.values() if one is not None]
    if not drawn:
        return ""
    middle, low, high = drawn
    return word("table.missed_said", target=label.name(current()), middle=middle, low=low, high=high)


def second_definitions(
    runs: pd.DataFrame, targets: Mapping[str, Target], indicators: Mapping[str, Any]
) -> pd.DataFrame:
    """{case, target, said}: coverage, what the model may miss, targets under their second definition."""
    rows = [
        (case, name, said)
        for name, target in targets.items()
        for case, found in runs[runs.status == "ok"].groupby("point", sort=False)
        for said in (coverage_said(target, found), discrepancy_said(target, found))
        if said
    ]
    for name, target in targets.items():
        column = OutcomeColumns.of(name).also
        if target.about.also is None or column not in runs:
            continue
        label, indicator = judged_label(target), indicators[target.about.also.indicator]
        counted = indicator.label_zh if current() == ZH else indicator.label_en
        aim = label.aim(target.threshold, current())
        for case, found in runs[runs.status == "ok"].groupby("point", sort=False):
            median = f"{found[column].median() / label.per_unit:z,.{label.digits}f}"
            hits = table.chance(found, name, also=True).hits
            filled = {"counted": counted, "median": median, "aim": aim, "hits": hits, "runs": len(found)}
            rows.append((case, name, word("table.also_said", target=label.name(current()), **filled)))
    return pd.DataFrame(rows, columns=["case", "target", "said"])
