"""The report's answer: probabilities at a glance, each scenario's table, differences to the baseline."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from experiments.answer.comparison_table import APART, STUDENT, no_interval
from experiments.answer.pairs import too_small, within
from experiments.answer.text_table import signed
from experiments.figures import methods
from experiments.figures.fan import chance
from experiments.figures.labels import Label
from experiments.figures.material.evidence import MOST_SCENARIOS, Evidence, Goal, records
from experiments.report.markup import Markup, element, joined, table
from scenarios.values.tables import YI

SMALL = "too small to matter"
PER_CENT, MONEY = "%", "亿元"
LONG_NAME = 20
DRAWN = "* Not published: each run draws its base, and the probability is conditional on that range."
COLUMNS = (
    "Target",
    "Base 2020",
    "Demanded",
    "Median 2025",
    "5–95 % of runs",
    "Hits / N",
    "P (95 % interval)",
    "Attained",
    "Median, not scaled",
)


def target_name(label: Label) -> Markup:
    """A target's name in both languages."""
    return joined(element("span", label.en), element("span", label.zh, class_="zh", lang="zh"))


def aim(target: str, evidence: Evidence) -> str:
    """What the plan demands, with its unit."""
    return evidence.label(target).aim(evidence.goals[target].threshold, "zh")


def amount(value: float | None, label: Label) -> str:
    """A value of a target in the unit it is drawn in."""
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value / label.per_unit:z,.{label.digits}f}" + (" %" if label.unit_zh == PER_CENT else "")


def named(cases: Iterable[str]) -> list[Markup]:
    """Names that users gave, which may be long: they break anywhere."""
    return [
        element("span", case, class_="any") if len(case) > LONG_NAME else element("span", case)
        for case in cases
    ]


def rows_of(evidence: Evidence, case: str) -> dict[str, Any]:
    """The probability rows of a case by target."""
    table = evidence.probabilities
    return {row.target: row for row in records(table[table.scenario == case])}


def answer(evidence: Evidence) -> Markup:
    """The answer in a sentence for each scenario."""
    told = evidence.cases[:MOST_SCENARIOS]
    rest = methods.untold(told, evidence.cases)
    last = [element("p", rest, class_="soft")] if rest else []
    return element("div", *(_sentence(evidence, case) for case in told), *last)


def _sentence(evidence: Evidence, case: str) -> Markup:
    rows = rows_of(evidence, case)
    together = rows["all"]
    likely = [
        evidence.label(name).en for name, row in rows.items() if name != "all" and row.probability >= 0.5
    ]
    single = f"more likely than not: {'; '.join(likely)}" if likely else "no target is more likely than not"
    said = f": all together {chance(together)} ({together.hits} of {together.runs} runs); {single}."
    return element("p", element("strong", case), said, class_="lead")


def overview(evidence: Evidence) -> Markup:
    """Probabilities at a glance: targets down, scenarios across."""
    found = {case: rows_of(evidence, case) for case in evidence.cases}
    rows = [
        [_named_with_aim(name, evidence), *(_chance_cell(found[case].get(name)) for case in evidence.cases)]
        for name in evidence.targets
    ]
    caption = "Probability of each target by 2025, with its 95 % interval"
    return table(caption, ["Target", *named(evidence.cases)], rows)


def _named_with_aim(target: str, evidence: Evidence) -> Markup:
    name = target_name(evidence.label(target))
    if target not in evidence.goals:
        return name
    return joined(name, element("span", aim(target, evidence), class_="zh"))


def _chance_cell(row: Any) -> Markup:
    if row is None or not math.isfinite(row.probability):
        return element("span", "–")
    said, _, interval = chance(row).partition(" (")
    bar = element("span", style=f"width:{100 * row.probability:.1f}%")
    return joined(
        element("span", said),
        element("span", interval.rstrip(")"), class_="soft-line"),
        element("span", bar, class_="bar", aria_hidden="true"),
    )


def by_scenario(evidence: Evidence) -> Markup:
    """The table of every target for each scenario."""
    return joined(*(_scenario(evidence, case) for case in evidence.cases))


def _scenario(evidence: Evidence, case: str) -> Markup:
    found = rows_of(evidence, case)
    rows = [_row(found[name], name, evidence) for name in evidence.targets if name in found]
    runs, failed = (max(getattr(row, name) for row in found.values()) for name in ("runs", "failed"))
    caption = f"{runs} runs, {failed or 'none'} failed{_cost(evidence, case)}"
    return joined(element("h3", case), table(caption, COLUMNS, rows), *_remarks(evidence, case, rows))


def _cost(evidence: Evidence, case: str) -> str:
    """What the programmes spent in 2021-25, and what they might have spent."""
    row = next(records(evidence.costs[evidence.costs.case == case]), None)
    if row is None or not math.isfinite(row.appropriated):
        return ""
    spent = f"{row.spent / YI:,.1f} spent of " if math.isfinite(row.spent) else ""
    return f"; public cost 2021–25: {spent}{row.appropriated / YI:,.1f} {MONEY} appropriated (median)"


def _remarks(evidence: Evidence, case: str, rows: list[list[object]]) -> list[Markup]:
    said = list(evidence.also[evidence.also.case == case].said)
    if any(str(row[1]).endswith("*") for row in rows):
        said.append(DRAWN)
    return [element("p", one, class_="soft") for one in said]


def _row(row: Any, target: str, evidence: Evidence) -> list[object]:
    label, hits = evidence.label(target), f"{row.hits} / {row.runs}"
    if target not in evidence.goals:
        return [target_name(label), "", "", "", "", hits, chance(row), "", ""]
    return [
        target_name(label),
        _base(row.base_low, row.base_high, evidence.goals[target]),
        aim(target, evidence),
        amount(row.median, label),
        f"{amount(row.p05, label)} – {amount(row.p95, label)}",
        hits,
        chance(row),
        f"{100 * row.attainment:.1f} %" if math.isfinite(row.attainment) else "–",
        amount(row.unscaled, label),
    ]


def _base(low: float, high: float, goal: Goal) -> str:
    """The base of 2020; a range and a star where each run draws its own; of a growth the level that grows."""
    label = goal.path
    if math.isfinite(low) and label != goal.label:
        return f"level {amount(low, label)} {label.unit_zh}"
    unit = f" {MONEY}" if label.unit_zh == MONEY else ""
    if not math.isfinite(low):
        return "–"
    if math.isclose(low, high, rel_tol=1e-6):
        return amount(low, label) + unit
    return f"{amount(low, label).removesuffix(' %')}–{amount(high, label)}{unit} *"


def paired(evidence: Evidence) -> Markup:
    """A table of paired differences to its baseline for each scenario that has one."""
    found = evidence.differences.groupby(["scenario", "baseline"], sort=False)
    return joined(*(_minus(evidence, str(a), str(b), list(records(rows))) for (a, b), rows in found))


def _minus(evidence: Evidence, case: str, baseline: str, rows: list[Any]) -> Markup:
    heads = ["Target", "Mean difference", "95 % interval", "P(higher)", "Only it meets", "Only the baseline"]
    cells = [cell for row in rows for cell in _differences(row, evidence.label(row.target))]
    return joined(
        element("h3", f"{case} minus {baseline}"),
        table(f"{max(row.pairs for row in rows)} pairs of equal luck; {STUDENT}", heads, cells),
    )


def _differences(row: Any, label: Label) -> list[list[object]]:
    """A target's line, and one of what is reclassified where anything is."""
    lines = [_difference(row, label)]
    if math.isfinite(row.reclassified) and row.reclassified:
        moved = row._replace(mean=row.reclassified, low=row.reclassified_low, high=row.reclassified_high)
        lines.append([APART, *_difference(moved, label)[1:3], "", "", ""])
    return lines


def _difference(row: Any, label: Label) -> list[object]:
    if not math.isfinite(row.mean):
        return [target_name(label), "", "", "", row.gained, row.lost]
    bound = too_small(row.low / label.per_unit, row.high / label.per_unit, 10.0**-label.digits)
    unit = " pp" if label.unit_zh == PER_CENT else ""
    if bound is not None:
        return [
            target_name(label),
            SMALL,
            f"{within(bound)}{unit if bound else ''}",
            "",
            row.gained,
            row.lost,
        ]
    digits = label.digits_of(row.high - row.low)
    values = (signed(value / label.per_unit, digits) for value in (row.mean, row.low, row.high))
    mean, low, high = (value.replace("-", "−") for value in values)
    interval = f"{low} to {high}" if math.isfinite(row.low) else no_interval(row.pairs)
    return [target_name(label), mean + unit, interval, f"{row.greater:.2f}", row.gained, row.lost]
