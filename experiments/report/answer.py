"""The report's answer: a sentence per target, probabilities at a glance, and what policies cost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from shlex import quote
from typing import Any

from experiments.figures.fan import chance
from experiments.figures.labels import Label
from experiments.figures.material.evidence import MOST_SCENARIOS, Evidence, records
from experiments.language.words import word
from experiments.report.findings import Finding, findings
from experiments.report.markup import Markup, element, joined, listed, table
from experiments.report.per_yuan import Source
from experiments.report.told import aim_of, close, likely, money, named, per_cent, quoted, told
from scenarios.spec import LAST_YEAR
from scenarios.values.tables import YI

LONG_NAME = 20


def amount(value: float | None, label: Label) -> str:
    """A value of a target in the unit it is drawn in."""
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value / label.per_unit:z,.{label.digits}f}{per_cent(label)}"


def cases_named(evidence: Evidence, cases: Iterable[str]) -> list[Markup]:
    """Cases by the names that people say, which may be long: they break anywhere."""
    return named_of(evidence.called(case) for case in cases)


def named_of(names: Iterable[str]) -> list[Markup]:
    """Names that users gave, which may be long: they break anywhere."""
    return [
        element("span", one, class_="any") if len(one) > LONG_NAME else element("span", one) for one in names
    ]


def rows_of(evidence: Evidence, case: str) -> dict[str, Any]:
    """The probability rows of a case by target."""
    found = evidence.probabilities
    return {row.target: row for row in records(found[found.scenario == case])}


def answer(evidence: Evidence, per_yuan: Source) -> Markup:
    """The answer in a sentence for each target, and where what is said per yuan comes from."""
    found = findings(evidence)
    items = [_of_target(evidence, one, per_yuan) for one in found]
    return joined(listed(items, class_="answers"), _together(evidence), _whence(evidence, per_yuan))


def _of_target(evidence: Evidence, found: Finding, per_yuan: Source) -> Markup:
    said = told(evidence, found, per_yuan.of(found.target))
    return joined(
        element("strong", said.name),
        element("span", said.verdict, class_=f"verdict {found.verdict}"),
        element("span", said.sentence, class_="said"),
        *([element("span", said.per_yuan, class_="soft-line")] if said.per_yuan else []),
    )


def _together(evidence: Evidence) -> Markup:
    """All targets at once: the cases of one result in one clause."""
    by_chance: dict[str, list[str]] = {}
    for case in evidence.cases:
        row = rows_of(evidence, case).get("all")
        if row is not None:
            by_chance.setdefault(likely(row), []).append(case)
    if not by_chance:
        return Markup("")
    clauses = [_clause(evidence, said, cases) for said, cases in by_chance.items()]
    return element("p", word("answer.separator").join(clauses) + word("answer.stop"), class_="lead")


def _clause(evidence: Evidence, said: str, cases: Sequence[str]) -> str:
    names = word("answer.comma").join(quoted(evidence, case) for case in cases)
    if len(cases) > MOST_SCENARIOS:
        names = word("answer.others", count=len(cases))
    return word("answer.all_together", chance=said, cases=names)


def _whence(evidence: Evidence, per_yuan: Source) -> Markup:
    """What effects per yuan are of, and the command that makes them of these runs."""
    if per_yuan.explained is not None:
        case = word("answer.quoted", name=evidence.called(str(per_yuan.explained.about["scenario"])))
        return element("p", word("answer.of_explained", case=case), class_="soft")
    parts: list[object] = []
    if per_yuan.stored is not None:
        made, changed = per_yuan.stored.made, per_yuan.stored.stale()
        parts = [word("answer.of_stored", version=made["version"]), element("code", made["command"]), ". "]
        if changed:
            parts.append(word("answer.of_stale", changed=", ".join(changed)) + " ")
    other = [case for case in evidence.cases if case != evidence.baseline]
    if other:
        command = f"sanxiang explain {quote(f'{evidence.folder}:{other[-1]}')} --by lever"
        parts += [word("answer.of_own"), element("code", command), "."]
    return element("p", *parts, class_="soft") if parts else Markup("")


def overview(evidence: Evidence) -> Markup:
    """Probabilities at a glance: targets down, policies across; of many, a list with the likeliest first."""
    found = {case: rows_of(evidence, case) for case in evidence.cases}
    heads = {one.target: _named_with_aim(one) for one in findings(evidence)}
    heads["all"] = element("span", named(evidence.label("all")))
    caption = word("answer.glance", year=LAST_YEAR)
    if len(evidence.cases) > MOST_SCENARIOS:
        order = ranked(found)
        rows = [
            [name, *(_chance_cell(found[case].get(target)) for target in heads)]
            for case, name in zip(order, cases_named(evidence, order), strict=True)
        ]
        ranks = word("answer.ranked", count=len(rows))
        return table(f"{caption}; {ranks}", [word("answer.policy"), *heads.values()], rows)
    rows = [
        [head, *(_chance_cell(found[case].get(target)) for case in evidence.cases)]
        for target, head in heads.items()
    ]
    return table(caption, [word("answer.target"), *cases_named(evidence, evidence.cases)], rows)


def ranked(found: dict[str, dict[str, Any]]) -> list[str]:
    """The cases by the mean of their probabilities, the highest first."""

    def mean(case: str) -> float:
        known = [row.probability for row in found[case].values() if math.isfinite(row.probability)]
        return -sum(known) / max(len(known), 1)

    return sorted(found, key=mean)


def _named_with_aim(found: Finding) -> Markup:
    return joined(element("span", named(found.label)), element("span", aim_of(found), class_="soft-line"))


def _chance_cell(row: Any) -> Markup:
    if row is None or not math.isfinite(row.probability):
        return element("span", "–")
    said, _, interval = chance(row).partition(" (")
    bar = element("span", style=f"width:{100 * row.probability:.1f}%")
    return joined(
        element("span", close(said)),
        element("span", interval.rstrip(")"), class_="soft-line"),
        element("span", bar, class_="bar", aria_hidden="true"),
    )


def cost(evidence: Evidence) -> Markup:
    """What the programmes of each case spent; nothing where it is not recorded or cases are many."""
    if len(evidence.cases) > MOST_SCENARIOS:
        return Markup("")
    said = []
    for row in records(evidence.costs):
        if math.isfinite(row.spent) and math.isfinite(row.appropriated):
            filled = {"spent": money(row.spent / YI), "appropriated": money(row.appropriated / YI)}
            said.append(word("answer.cost_each", case=quoted(evidence, row.case), **filled))
    if not said:
        return Markup("")
    told_of = word("answer.separator").join(said) + word("answer.stop")
    return element("p", element("strong", word("answer.cost", years="2021–25")), ": ", told_of)
