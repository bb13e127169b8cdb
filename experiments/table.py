"""The table of targets: how likely each is in every scenario of a folder, and how far the median gets."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.exits import Exit
from experiments.printed_json import printed_json

if TYPE_CHECKING:
    import pandas as pd

    from experiments.probability import Probability


def targets(folder: Path | str, all_runs: bool = False) -> list[dict[str, Any]]:
    """A row per scenario and target of the last sweep, or of all runs in the folder.

    {scenario, target, median, p05, p95, hits, runs, failed, probability, low, high, attainment}; the
    target "all" has counts and a probability only. Values are scaled to the 2020 base (jump-off
    correction) and in plain units: yuan, shares, counts. low and high are the 95 % interval of the
    probability, attainment is the median over the target. Runs that are still pending are left out.

    Raises: InputError when the folder holds no results, CorruptData when a file is damaged.
    """
    from scenarios.targets import load_targets as plan_targets

    rows = []
    for point, runs in cases(folder, all_runs).items():
        for name, target in plan_targets().items():
            rows.append(
                {
                    "scenario": point,
                    "target": name,
                    **spread(runs, name),
                    **counted(chance(runs, name)),
                    "attainment": attainment(runs, name, target),
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
            }
        )
    return rows


def cases(folder: Path | str, all_runs: bool = False) -> dict[str, pd.DataFrame]:
    """{point: its runs, without pending ones}, in the order of the sweep."""
    from experiments.reading import load_runs

    runs = load_runs(folder, all_runs)
    runs = runs[~runs.status.isin(["pending", "running"])]
    return {str(point): rows for point, rows in runs.groupby("point", sort=False)}


def chance(runs: pd.DataFrame, target: str) -> Probability:
    """The probability of a target, or of all together, from a point's runs.

    A run without a value of the target counts as a failed one: neither as a hit nor as a miss.
    """
    from experiments.hits import met
    from experiments.probability import probability
    from scenarios.targets import load_targets as plan_targets

    judged = met(runs, list(plan_targets()) if target == "all" else [target])
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


def attainment(runs: pd.DataFrame, name: str, target: Any) -> float | None:
    """The median over the target, as a ratio."""
    median = spread(runs, name)["median"]
    return None if median is None else median / target.threshold


def main_targets(args: list[str]) -> int:
    """sanxiang targets DIR [--format json] [--all]"""
    from experiments.arguments import Parser
    from experiments.target_table import render_targets

    parser = Parser(prog="sanxiang targets", description=main_targets.__doc__)
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument(
        "--all", action="store_true", help="all runs in DIR, not only those of the last sweep"
    )
    parsed = parser.parse_args(args)
    if parsed.format == "json":
        print(printed_json(targets(parsed.folder, parsed.all)))
    else:
        print(render_targets(parsed.folder, parsed.all))
    return Exit.OK
