"""The report's section on what brings the change about: parts of each difference, public cost, the cap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from experiments.change.effect import DISPLACED, Effect
from experiments.change.parts import ALL, ORIGIN, ORIGINS, PARTS, PROVINCE, held
from experiments.change.words import (
    PLACED,
    YEARS,
    called_costs,
    cap_lines,
    in_json,
    is_nothing,
    ratio,
    spread,
)
from experiments.figures import methods
from experiments.figures.decomposition import BY
from experiments.figures.material.evidence import MOST_SCENARIOS, Evidence, records
from experiments.language.words import word
from experiments.report.actors import OF_CHANGE, Wanted
from experiments.report.markup import Markup, element, joined, listed, table
from experiments.report.picture import Picture, of_section
from scenarios.values.tables import YI

NAME = OF_CHANGE[0]
READING = (
    "Emerging value added of a year less that of the year before is, to the yuan, growth of firms that were "
    "there in both, entry, arrival from outside, moves between prefectures (which add to zero), exit, and "
    "reclassification and statistical coverage, which are no activity. The parts of a difference between two "
    "scenarios add up to the difference of the target. What firms make that came from outside since 2021 is "
    "missing elsewhere; a negative difference of all other firms is displacement at home."
)
COSTS = (
    "Public cost is what programmes spend and what prefectures pay to firms that move in, less what is "
    "clawed back. Cost per unit of effect has Fieller's interval; it is not determined where the effect may "
    "be zero."
)


def wanted(evidence: Evidence) -> Iterator[Wanted]:
    """The figures of the section that the results support."""
    if held(evidence.annual):
        yield Wanted(OF_CHANGE[0], word("report.caption_change"), {})
    if evidence.effects:
        yield from (Wanted(OF_CHANGE[1], word("report.caption_decomposition"), {"by": by}) for by in BY)


def section(evidence: Evidence, drawn: list[Picture]) -> Markup:
    """The section, nothing where no run records the parts of the change."""
    figures = of_section(NAME, drawn)
    if not figures:
        return Markup("")
    told = list(evidence.effects)[:MOST_SCENARIOS]
    tables = joined(*(_of_case(case, evidence.effects[case]) for case in told))
    rest = methods.untold(told, list(evidence.effects))
    return joined(
        element("p", READING),
        figures,
        element("p", COSTS),
        _cap(evidence),
        tables,
        element("p", rest, class_="soft") if rest else Markup(""),
    )


def _cap(evidence: Evidence) -> Markup:
    if evidence.cap is None or not evidence.cap["cases"]:
        return Markup("")
    first, *cases = cap_lines(evidence.cap)
    return joined(element("p", first), listed(cases))


def _of_case(case: str, effect: Effect) -> Markup:
    caption = f"Emerging value added in 2025, 亿元, {effect.pairs} pairs of equal luck"
    return joined(
        element("h3", f"{case}: parts and cost of the difference to its baseline"),
        table(caption, ("Made of", "Mean [95 % interval]"), _parts(effect.rows)),
        _cost(effect),
    )


def _parts(rows: pd.DataFrame) -> list[list[str]]:
    of_all = {row.part: row for row in records(rows[rows.group == PROVINCE])}
    found = [[label.en, spread(of_all[part])] for part, label in PARTS.items()]
    found.append(["all, scaled to the 2020 base", spread(of_all[ALL])])
    for row in records(rows[rows.group == ORIGIN]):
        if not is_nothing(row):
            found.append([f"of it, firms: {ORIGINS[row.name].en}", spread(row)])
    return found + [[PLACED[row.name], spread(row)] for row in records(rows[rows.group == DISPLACED])]


def _cost(effect: Effect) -> Markup:
    if effect.costs.empty:
        return Markup("")
    called = called_costs(effect.costs[effect.costs.group == "programme"].name)
    rows = [
        [called[row.group][row.name], spread(row)]
        for row in records(effect.costs)
        if row.group == "total" or not is_nothing(row)
    ]
    told: dict[str, Any] = in_json(effect)
    rows += [
        ["per percentage point of the emerging share", ratio(told["cost_per_percentage_point"], YI, "亿")],
        ["per 亿 of emerging value added in 2025", ratio(told["cost_per_value_added"], 1.0, "亿")],
    ]
    return table(f"Public cost {YEARS}, 亿元: difference", ("Public cost", "Mean [95 % interval]"), rows)
