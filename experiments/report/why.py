"""The report's section on why scenarios differ: the explanations that the folder keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import Any

from experiments.figures import EXPLAINED
from experiments.figures.material.evidence import Evidence
from experiments.figures.material.explained import SHOWN
from experiments.language.chosen import current
from experiments.language.words import word
from experiments.report.actors import WHY, Wanted
from experiments.report.markup import Markup, element, joined, table
from experiments.report.picture import Picture, shown
from experiments.why.explanation import Explanation, explanation_of
from experiments.why.measured import COST, lead
from experiments.why.said import spread
from experiments.why.words import cost_per, sentences

NAME = WHY
MOST_DRAWN = 6  # explanations with figures on the page; `sanxiang figure` draws all


def wanted(evidence: Evidence, held: Sequence[Mapping[str, Any]]) -> Iterator[Wanted]:
    """The figures of the section, three for each explanation."""
    for record in held[:MOST_DRAWN]:
        for kind in EXPLAINED:
            caption = f"{_heading(evidence, record)}: {word(f'report.caption_{kind}')}"
            yield Wanted(kind, caption, {"explanation": record["key"][:SHOWN]})


def section(held: Sequence[Mapping[str, Any]], drawn: Sequence[Picture], evidence: Evidence) -> Markup:
    """Every explanation with its words, table and figures; where there is none, the command for one."""
    if held:
        told = (_of_one(record, drawn, evidence) for record in held)
        return joined(element("p", word("report.why_reading")), *told)
    other = [case for case in evidence.cases if case != evidence.baseline]
    if not other:
        return Markup("")
    command = f"sanxiang explain {quote(f'{evidence.folder}:{other[-1]}')}"
    return element("p", word("report.why_none"), element("code", command))


def _heading(evidence: Evidence, record: Mapping[str, Any]) -> str:
    case, base = (evidence.called(record[name]) for name in ("scenario", "base"))
    return word("report.why_heading", case=case, base=base, by=word(f"report.by_{record['by']}"))


def _of_one(record: Mapping[str, Any], drawn: Sequence[Picture], evidence: Evidence) -> Markup:
    folder = evidence.folder
    found, key = explanation_of(record), record["key"][:SHOWN]
    command = (
        f"sanxiang explain {quote(folder)}:{quote(record['scenario'])} --by {record['by']} "
        f"--replications {found.pairs} --scale {record['scale']:g}"
    )
    return joined(
        element("h3", _heading(evidence, record)),
        *(element("p", one) for one in sentences(found, evidence.called)),
        _table(found),
        *(shown(picture) for picture in drawn if picture.section == NAME and picture.name.endswith(key)),
        element("p", word("report.again"), element("code", command), class_="soft"),
    )


def _table(found: Explanation) -> Markup:
    main = found.measures[lead(found.region)]
    told = f"{main.label.name(current())}, {main.unit.name(current())}"
    heads = [word("report.part"), told, word("report.public_cost"), word("report.cost_per_unit")]
    rows = [
        [
            one.named().name(current()),
            spread(found.part(main.name, one.name)),
            spread(found.part(COST, one.name)),
            cost_per(found, main.name, one.name),
        ]
        for one in found.players
    ]
    rows.append(
        [
            word("report.all_together"),
            spread(found.effect(main.name)),
            spread(found.effect(COST)),
            cost_per(found, main.name),
        ]
    )
    return table(word("report.parts_caption"), heads, rows)
