"""How results are shown: as a line, and as a table of a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.answer.probability import Probability, in_words
from experiments.answer.target_words import number, target_name
from experiments.store.sweeps import ALL, SHOWN
from scenarios.targets import Target, load_targets

if TYPE_CHECKING:
    from experiments.result.results import Results

HEADS = ("case", "target for 2025", "median [5–95]", "hits/N", "P (95 % interval)", "attained")


def told(found: Results) -> str:
    """Which sweep it is, its cases and how far it is."""
    which = "all sweeps" if found.id == ALL else f"sweep {found.id[:SHOWN]}"
    cases, ended = found.cases, found.counts
    named = ", ".join(cases[:3]) + (f" and {len(cases) - 3} more" if len(cases) > 3 else "")
    plural = "case" if len(cases) == 1 else "cases"
    left = f", {ended.left} left" if ended.left else ""
    parameters = str(found.about.get("parameters") or "central")
    return (
        f"{which}; {len(cases)} {plural} ({named}); {ended.done} of {ended.asked} runs done, "
        f"{ended.failed} failed{left}; parameters {parameters}"
    )


def as_html(rows: pd.DataFrame, region: str, own: Mapping[str, Target]) -> str:
    """The rows of targets as a table of a page, in the units that the printed table has."""
    targets = {**load_targets(region=region), **own}
    cells = [_cells(row, targets) for row in rows.to_dict("records")]
    head = "".join(f"<th>{escape(name)}</th>" for name in HEADS)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in cells)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Mapping[Any, Any], targets: Mapping[str, Target]) -> list[str]:
    target = targets.get(str(row["target"]))
    name = "all together" if target is None else target_name(target)
    spread = ""
    if target is not None and pd.notna(row["median"]):
        low, middle, high = (number(target, row[key]) for key in ("p05", "median", "p95"))
        spread = f"{middle} [{low} – {high}]"
    value = float("nan") if pd.isna(row["probability"]) else float(row["probability"])
    chance = Probability(row["hits"], row["runs"], row["failed"], value, row["low"], row["high"], "")
    reached = "" if target is None or pd.isna(row["attainment"]) else f"{100 * row['attainment']:.0f} %"
    hits = f"{row['hits']}/{row['runs']}"
    return [str(row["scenario"]), name, spread, hits, in_words(chance), reached]
