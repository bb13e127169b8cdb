"""The report's section on what brings the change about: parts of each difference, public cost, the cap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from experiments.change import cost
from experiments.change.effect import DISPLACED, Effect
from experiments.change.parts import ALL, ORIGIN, ORIGINS, PARTS, PROVINCE, held
from experiments.change.words import (
    YEARS,
    cap_lines,
    in_json,
    is_nothing,
    ratio,
    spread,
)
from experiments.figures import methods
from experiments.figures.decomposition import BY
from experiments.figures.material.evidence import MOST_SCENARIOS, Evidence, records
from experiments.language.chosen import current
from experiments.language.words import word
from experiments.report.actors import OF_CHANGE, Wanted
from experiments.report.markup import Markup, element, joined, listed, table
from experiments.report.picture import Picture, of_section
from scenarios.values.tables import YI

NAME = OF_CHANGE[0]


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
    tables = joined(*(_of_case(evidence.called(case), evidence.effects[case]) for case in told))
    rest = methods.untold(told, list(evidence.effects))
    return joined(
        element("p", word("change.reading")),
        figures,
        element("p", word("change.costs")),
        _cap(evidence),
        tables,
        element("p", rest, class_="soft") if rest else Markup(""),
    )


def _cap(evidence: Evidence) -> Markup:
    if evidence.cap is None or not evidence.cap["cases"]:
        return Markup("")
    first, *cases = cap_lines(evidence.cap, evidence.called)
    return joined(element("p", first), listed(cases))


def _of_case(case: str, effect: Effect) -> Markup:
    caption = word("change.caption", pairs=effect.pairs)
    return joined(
        element("h3", word("change.heading", case=case)),
        table(caption, (word("change.made_of"), word("change.mean")), _parts(effect.rows)),
        _cost(effect),
    )


def _parts(rows: pd.DataFrame) -> list[list[str]]:
    of_all = {row.part: row for row in records(rows[rows.group == PROVINCE])}
    found = [[label.name(current()), spread(of_all[part])] for part, label in PARTS.items()]
    found.append([word("change.all_scaled"), spread(of_all[ALL])])
    for row in records(rows[rows.group == ORIGIN]):
        if not is_nothing(row):
            firms = word("change.of_firms", name=ORIGINS[row.name].name(current()))
            found.append([firms, spread(row)])
    displaced = records(rows[rows.group == DISPLACED])
    return found + [[word(f"change.{row.name.replace(' ', '_')}"), spread(row)] for row in displaced]


def _cost(effect: Effect) -> Markup:
    if effect.costs.empty:
        return Markup("")
    rows = [
        [_paid(row.group, row.name), spread(row)]
        for row in records(effect.costs)
        if row.group == "total" or not is_nothing(row)
    ]
    told: dict[str, Any] = in_json(effect)
    rows += [
        [word("change.per_point"), ratio(told["cost_per_percentage_point"], YI, word("change.yi"))],
        [word("change.per_value"), ratio(told["cost_per_value_added"], 1.0, word("change.yi"))],
    ]
    caption = word("change.cost_caption", years=YEARS)
    return table(caption, (word("change.cost"), word("change.mean")), rows)


def _paid(group: str, name: str) -> str:
    """A row of public cost, as it is called."""
    language = current()
    if group == "total":
        return word("change.cost_all")
    if name == cost.CLAWED_BACK:
        return word("change.returned")
    if name == cost.TO_MOVERS:
        return word("change.movers")
    if group == "tier":
        return word("change.paid_by", name=cost.TIERS[name].name(language))
    if group == "recipient":
        return word("change.paid_to", name=cost.RECIPIENTS[name].name(language))
    return word("change.programme", name=cost.called(name).name(language))
