"""The report's tables: every target of each scenario, and its differences to the baseline."""

from __future__ import annotations

import math
from typing import Any

from experiments.answer.comparison_table import bounded, no_interval
from experiments.answer.pairs import too_small
from experiments.answer.text_table import signed
from experiments.figures.labels import Label
from experiments.figures.material.evidence import Evidence, Goal, records
from experiments.language.words import word
from experiments.report.answer import amount, rows_of
from experiments.report.markup import Markup, element, joined, listed, table
from experiments.report.told import close, likely, named, per_cent, unit_of
from scenarios.values.tables import YI

COLUMNS = ("target", "base", "demanded", "median", "spread", "hits", "p", "attained", "unscaled")
OF_DIFFERENCES = ("target", "mean_difference", "interval", "greater", "gained", "lost")


def by_scenario(evidence: Evidence) -> Markup:
    """The table of every target for each scenario."""
    return joined(*(_scenario(evidence, case) for case in evidence.cases))


def _scenario(evidence: Evidence, case: str) -> Markup:
    found = rows_of(evidence, case)
    rows = [_row(found[name], name, evidence) for name in evidence.targets if name in found]
    runs, failed = (max(getattr(row, name) for row in found.values()) for name in ("runs", "failed"))
    counted = word(
        "report.failed" if failed else "report.no_failed", runs=runs, **({"failed": failed} if failed else {})
    )
    heads = [word(f"report.{name}") for name in COLUMNS]
    return joined(
        element("h3", evidence.called(case)),
        table(f"{counted}{_cost(evidence, case)}", heads, rows),
        *_remarks(evidence, case, rows),
    )


def _cost(evidence: Evidence, case: str) -> str:
    """What the programmes spent in 2021-25, and what they might have spent."""
    row = next(records(evidence.costs[evidence.costs.case == case]), None)
    if row is None or not math.isfinite(row.appropriated):
        return ""
    might = f"{row.appropriated / YI:,.1f}"
    if not math.isfinite(row.spent):
        return word("report.cost_unspent", appropriated=might)
    return word("report.cost", spent=f"{row.spent / YI:,.1f}", appropriated=might)


def _remarks(evidence: Evidence, case: str, rows: list[list[object]]) -> list[Markup]:
    said = [close(one) for one in evidence.also[evidence.also.case == case].said]
    if any(str(row[1]).endswith("*") for row in rows):
        said.append(word("report.drawn"))
    return [listed(said, class_="soft small")] if said else []


def _row(row: Any, target: str, evidence: Evidence) -> list[object]:
    label, hits = evidence.label(target), f"{row.hits} / {row.runs}"
    if target not in evidence.goals:
        return [named(label), "", "", "", "", hits, likely(row), "", ""]
    goal = evidence.goals[target]
    return [
        named(label),
        _base(row.base_low, row.base_high, goal),
        f"{label.sign}{amount(goal.threshold, label)}",
        amount(row.median, label),
        f"{amount(row.p05, label)} – {amount(row.p95, label)}",
        hits,
        likely(row),
        close(f"{100 * row.attainment:.1f} %") if math.isfinite(row.attainment) else "–",
        amount(row.unscaled, label),
    ]


def _base(low: float, high: float, goal: Goal) -> str:
    """The base of 2020; a range and a star where each run draws its own; of a growth the level that grows."""
    label = goal.path
    if not math.isfinite(low):
        return "–"
    if label != goal.label:
        return word("report.level", base=f"{amount(low, label)} {unit_of(label)}")
    if math.isclose(low, high, rel_tol=1e-6):
        return amount(low, label)
    return f"{amount(low, label).removesuffix(per_cent(label))}–{amount(high, label)} *"


def paired(evidence: Evidence) -> Markup:
    """A table of paired differences to its baseline for each scenario that has one."""
    found = evidence.differences.groupby(["scenario", "baseline"], sort=False)
    return joined(*(_minus(evidence, str(a), str(b), list(records(rows))) for (a, b), rows in found))


def _minus(evidence: Evidence, case: str, baseline: str, rows: list[Any]) -> Markup:
    cells = [cell for row in rows for cell in _differences(row, evidence.label(row.target))]
    return joined(
        element("h3", word("report.minus", case=evidence.called(case), base=evidence.called(baseline))),
        table(
            word("report.pairs", pairs=max(row.pairs for row in rows)),
            [word(f"report.{name}") for name in OF_DIFFERENCES],
            cells,
        ),
    )


def _differences(row: Any, label: Label) -> list[list[object]]:
    """A target's line, and one of what is reclassified where anything is."""
    lines = [_difference(row, label)]
    if math.isfinite(row.reclassified) and row.reclassified:
        moved = row._replace(mean=row.reclassified, low=row.reclassified_low, high=row.reclassified_high)
        lines.append([word("report.apart"), *_difference(moved, label)[1:3], "", "", ""])
    return lines


def _difference(row: Any, label: Label) -> list[object]:
    if not math.isfinite(row.mean):
        return [named(label), "", "", "", row.gained, row.lost]
    low, high = row.low / label.per_unit, row.high / label.per_unit
    bound, unit = too_small(low, high, 10.0**-label.digits), word("report.pp") if per_cent(label) else ""
    if bound is not None:
        return [
            named(label),
            word("report.tiny"),
            bounded(bound) + (unit if bound else ""),
            "",
            row.gained,
            row.lost,
        ]
    digits = label.digits_of(row.high - row.low)
    mean, below, above = (
        signed(value / label.per_unit, digits).replace("-", "−") for value in (row.mean, row.low, row.high)
    )
    interval = word("report.to", low=below, high=above) if math.isfinite(row.low) else no_interval(row.pairs)
    unsure = math.isfinite(row.low) and row.low <= 0.0 <= row.high
    said = word("report.small") if unsure else mean + unit
    return [named(label), said, interval, f"{row.greater:.2f}", row.gained, row.lost]
