"""The table of targets: how likely each is in every scenario of a folder, and how far the median gets."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.answer.cases import cases
from experiments.answer.probability import probability
from experiments.answer.text_table import short
from experiments.language.words import word
from experiments.read.hits import met
from experiments.read.parameters_used import used
from experiments.read.runs_region import targets_of
from experiments.store.outcome_columns import COVERAGE, DISCREPANCY, OutcomeColumns
from experiments.store.sweeps import ALL, counts, recorded
from scenarios.values.errors import one_line
from scenarios.values.tables import YI

if TYPE_CHECKING:
    import pandas as pd

    from experiments.answer.cases import cases
from experiments.answer.probability import Probability


def targets(folder: Path | str, all_runs: bool = False, sweep: str | None = None) -> list[dict[str, Any]]:
    """A row per scenario and target of the last sweep, of the one whose id begins so, or of all runs.

    {scenario, target, median, p05, p95, hits, runs, failed, probability, low, high, attainment, activity,
    statistical_coverage, statistical_coverage_p05, statistical_coverage_p95, model_discrepancy,
    model_discrepancy_p05, model_discrepancy_p95, asked, done, left, parameters, approximate}; the target
    "all" has counts and a probability only. Values are scaled to the 2020 base (jump-off correction) and in
    plain units: yuan, shares, counts. low and high are the 95 % interval of the probability, attainment is
    the median over the target. activity is the median by activity alone and statistical_coverage what
    statistics add to it, of targets that read what is published; model_discrepancy is what the model may
    miss. runs = done + failed are those that ended, of those asked; what is left enters no other number.
    parameters: where they come from (central, prior, posterior); approximate: in what the model that a
    posterior was made with differs, empty where it does not.

    Raises: InputError when the folder holds no results, CorruptData when a file is damaged.
    """
    which = ALL if all_runs else sweep
    rows, parameters = [], used(folder, which)
    for point, runs in cases(folder, which).items():
        of_runs = _of_runs(runs)
        for name, target in targets_of(runs).items():
            rows.append(
                {
                    "scenario": point,
                    "target": name,
                    **spread(runs, name),
                    **counted(chance(runs, name)),
                    "attainment": attainment(runs, name, target),
                    **of_coverage(runs, name),
                    **of_discrepancy(runs, name),
                    **of_runs,
                    **parameters,
                }
            )
        rows.append(
            {
                "scenario": point,
                "target": "all",
                "median": None,
                "p05": None,
                "p95": None,
                **counted(chance(runs, "all")),
                "attainment": None,
                **dict.fromkeys((*OF_COVERAGE, *OF_DISCREPANCY)),
                **of_runs,
                **parameters,
            }
        )
    return rows


def _of_runs(runs: pd.DataFrame) -> dict[str, int]:
    """How far a case is; how many of its runs failed is counted with its hits."""
    found = counts(runs)
    return {"asked": found.asked, "done": found.done, "left": found.left}


def chance(runs: pd.DataFrame, target: str, also: bool = False) -> Probability:
    """The probability of a target, or of all together, from a point's runs; also: by its other definition.

    A run without a value of the target counts as a failed one: neither as a hit nor as a miss.
    """
    runs = recorded(runs)
    columns = map(OutcomeColumns.of, targets_of(runs) if target == "all" else [target])
    judged = met(runs, [each.also_hit if also else each.hit for each in columns])
    hits = np.where(runs.status == "ok", judged, np.nan)
    return probability(hits, runs["draw"].to_numpy())


def counted(p: Probability) -> dict[str, Any]:
    """A probability as the columns of a row."""
    return {
        "hits": p.hits,
        "runs": p.runs,
        "failed": p.failed,
        "probability": None if math.isnan(p.value) else p.value,
        "low": p.low,
        "high": p.high,
    }


def spread(runs: pd.DataFrame, column: str) -> dict[str, float | None]:
    """Median, 5th and 95th percentile over the finished runs that have a value; None where there are none."""
    values = runs.loc[runs.status == "ok", column].to_numpy(dtype=float) if column in runs else np.empty(0)
    values = values[np.isfinite(values)]
    if not len(values):
        return {"median": None, "p05": None, "p95": None}
    low, median, high = np.quantile(values, [0.05, 0.5, 0.95])
    return {"median": float(median), "p05": float(low), "p95": float(high)}


OF_COVERAGE = ("activity", COVERAGE, f"{COVERAGE}_p05", f"{COVERAGE}_p95")
OF_DISCREPANCY = (DISCREPANCY, f"{DISCREPANCY}_p05", f"{DISCREPANCY}_p95")


def of_coverage(runs: pd.DataFrame, target: str) -> dict[str, float | None]:
    """The median of a target by activity alone, and what statistical coverage adds; None without coverage."""
    columns = OutcomeColumns.of(target)
    if targets_of(runs)[target].about.activity is None or not {columns.activity, target} <= set(runs):
        return dict.fromkeys(OF_COVERAGE)
    covered = columns.modelled if columns.modelled in runs else target
    added = _added(runs, covered, columns.activity)
    return dict(zip(OF_COVERAGE, (spread(runs, columns.activity)["median"], *added), strict=True))


def of_discrepancy(runs: pd.DataFrame, target: str) -> dict[str, float | None]:
    """What the model may miss of a target, over what it says; None where nothing is drawn of it."""
    modelled = OutcomeColumns.of(target).modelled
    if modelled not in runs or target not in runs:
        return dict.fromkeys(OF_DISCREPANCY)
    return dict(zip(OF_DISCREPANCY, _added(runs, target, modelled), strict=True))


def _added(runs: pd.DataFrame, more: str, less: str) -> tuple[float | None, ...]:
    """Median, 5th and 95th percentile of what one column has beyond another."""
    return tuple(spread(runs.assign(added=runs[more] - runs[less]), "added").values())


class Costs(NamedTuple):
    """Of programmes in 2021-25, medians over the finished runs [yuan]."""

    spent: float
    appropriated: float


def costs(runs: pd.DataFrame) -> Costs | None:
    """What a case spent and might have spent; None where that is not known of any run."""
    spent, appropriated = (spread(runs, name)["median"] for name in ("public_spending", "public_cost"))
    return None if spent is None or appropriated is None else Costs(spent, appropriated)


def accounts(runs: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Of each block's account in 2021-25, medians over the finished runs that have it [yuan]."""
    if "accounts" not in runs:
        return {}
    found: dict[str, list[dict[str, float]]] = {}
    for text in runs.loc[runs.status == "ok", "accounts"].dropna():
        for name, sums in json.loads(text).items():
            found.setdefault(name, []).append(sums)
    return {
        name: {key: float(np.median([one[key] for one in those])) for key in those[0]}
        for name, those in sorted(found.items())
    }


def account_lines(runs: pd.DataFrame) -> list[str]:
    """A line for the account of each block, which is part of the public cost."""
    lines = []
    for name, sums in accounts(runs).items():
        keys = {"spent": "spent", "might": "appropriated", "lapsed": "lapsed", "left": "left"}
        told = {one: word("remarks.yi", amount=short(sums[key] / YI)) for one, key in keys.items()}
        lines.append(word("remarks.account", name=one_line(name), **told))
    return lines


def attainment(runs: pd.DataFrame, name: str, target: Any) -> float | None:
    """The median over the target, as a ratio."""
    median = spread(runs, name)["median"]
    return None if median is None else median / target.threshold
