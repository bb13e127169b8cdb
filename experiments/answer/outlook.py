"""The outlook: what the targets' quantities come to after the plan, in years that no target judges.

A run with `horizon=2030` goes on after 2025 with the policy of 2025. Hits and probabilities stay of 2025.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.answer.cases import baselines
from experiments.answer.comparison_table import difference_row
from experiments.answer.pairs import differences
from experiments.answer.table import spread
from experiments.answer.target_words import number, target_name, written
from experiments.language.words import word
from experiments.read.reading import load_annual
from experiments.read.runs_region import targets_of
from experiments.store.outcome_columns import OutcomeColumns, bases_stored
from scenarios.spec import LAST_YEAR, POLICY_YEAR
from scenarios.targets import Target, evaluate
from scenarios.values.errors import InputError, one_line

if TYPE_CHECKING:
    import pandas as pd

    Found = Mapping[str, pd.DataFrame]

YEARS = f"{POLICY_YEAR}-{LAST_YEAR % 100}"
HEADS = ("in {}, judged by no target", "median [5–95]", "change against the baseline, mean [95 % interval]")


def outlook(folder: Path | str, found: Found, which: str | None = None) -> list[dict[str, Any]]:
    """Rows {scenario, target, year, median, p05, p95, baseline, pairs, mean, low, high} of years after 2025.

    found: of `cases`; which: as sweeps.chosen takes it. mean, low and high: the paired difference to the
    baseline with its 95 % interval, None for the baseline itself. Cases that end in 2025 have none.

    Raises: CorruptData when a file is damaged.
    """
    longer = {point: runs for point, runs in found.items() if last_year(runs) > LAST_YEAR}
    if not longer:
        return []
    annual = load_annual(folder, sweep=which)
    ends = range(LAST_YEAR + 1, max(map(last_year, longer.values())) + 1)
    return [row for year in ends for row in rows_of(year, longer, annual)]


def last_year(runs: pd.DataFrame) -> int:
    """The last year of the runs of a case; that of the plan where the table does not say."""
    known = runs["last_year"].dropna() if "last_year" in runs else ()
    return int(max(known, default=LAST_YEAR))


def rows_of(year: int, found: Found, annual: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of one year."""
    targets = targets_of(next(iter(found.values())))
    reaching = {point: runs for point, runs in found.items() if last_year(runs) >= year}
    seen = {point: in_year(year, point, runs, annual, targets) for point, runs in reaching.items()}
    against = baselines(found)
    rows = []
    for point, runs in seen.items():
        gaps = gaps_of(point, against[point], seen)
        for name in targets:
            gap = gaps.get(name, dict.fromkeys(("pairs", "mean", "low", "high")))
            told = {key: gap[key] for key in ("pairs", "mean", "low", "high")}
            begin = {"scenario": point, "target": name, "year": year}
            rows.append({**begin, **spread(runs, name), "baseline": against[point], **told})
    return rows


def gaps_of(point: str, base: str | None, seen: Found) -> dict[str, dict[str, Any]]:
    """The differences of a case to its baseline by target; none where there are no pairs of equal luck."""
    if base is None or base not in seen:
        return {}
    try:
        found = differences(seen[point], seen[base], (point, base))
    except InputError:  # another world or scale
        return {}
    return {row["target"]: row for row in found}


def in_year(
    year: int, point: str, runs: pd.DataFrame, annual: pd.DataFrame, targets: Mapping[str, Target]
) -> pd.DataFrame:
    """The runs of a case with every target's values as of another year."""
    bases, own = bases_stored(map(str, runs)), annual[annual.point == point]
    moved = {
        name: target._replace(about=target.about.model_copy(update={"year": year}))
        for name, target in targets.items()
    }
    yearly = {
        str(run): {str(name): values[name].to_numpy() for name in values}
        for run, values in own.sort_values("year").groupby("run_id", sort=False, observed=True)
    }
    cells = [
        _cells(moved, yearly[run], {base: row[column] for base, column in bases.items()})
        if run in yearly
        else {}
        for run, (_, row) in zip(runs.run_id.astype(str), runs.iterrows(), strict=True)
    ]
    names = dict.fromkeys(name for one in cells for name in one)
    values: dict[str, Any] = {name: [one.get(name) for one in cells] for name in names}
    return runs.assign(**values)


def _cells(
    targets: Mapping[str, Target], yearly: Mapping[str, Any], bases: Mapping[str, float]
) -> dict[str, Any]:
    """What a run comes to, as columns of its row."""
    cells: dict[str, Any] = {}
    for name, target in targets.items():
        cells |= OutcomeColumns.of(name).cells(evaluate(target, yearly, bases))
    return cells


def outlook_blocks(
    rows: list[dict[str, Any]], targets: Mapping[str, Target]
) -> list[tuple[list[str], list[list[str]]]]:
    """The last year of each case as blocks of a table."""
    blocks = []
    for point in dict.fromkeys(row["scenario"] for row in rows):
        own = [row for row in rows if row["scenario"] == point]
        last = max(row["year"] for row in own)
        lines = [cells_of(row, targets[row["target"]]) for row in own if row["year"] == last]
        head = f"{one_line(point)}: outlook to {last}, with the policy of {LAST_YEAR}"
        blocks.append(([head], [[HEADS[0].format(last), *HEADS[1:]], *lines]))
    return blocks


def cells_of(row: Mapping[str, Any], target: Target) -> list[str]:
    """The cells of one quantity."""
    middle = word("table.no_run")
    if row["median"] is not None:
        ends = f"{number(target, row['p05'])} – {number(target, row['p95'])}"
        middle = f"{written(target, row['median'])} [{ends}]"
    name = target_name(target)
    if target.about.statistic == "mean_growth":  # of other years than the target's
        name = f"{name.replace(YEARS, '').rstrip()} {POLICY_YEAR}-{row['year'] % 100}"
    if row["pairs"] is None:
        return [name, middle, ""]
    judged = {**row, "greater": 0.0, "gained": None, "lost": None}
    return [name, middle, difference_row(judged, target)[1]]
