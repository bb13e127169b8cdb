"""The report's section on why scenarios differ: the explanations that the folder keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import Any

from experiments.figures import EXPLAINED
from experiments.figures.material.explained import SHOWN
from experiments.report.actors import WHY, Wanted
from experiments.report.markup import Markup, element, joined, table
from experiments.report.picture import Picture, shown
from experiments.why.explanation import Explanation, explanation_of
from experiments.why.measured import COST, lead
from experiments.why.said import spread
from experiments.why.words import cost_per, paragraph

NAME, HEADING = WHY, "Why scenarios differ"
READING = (
    "Parts are Shapley values: what a part adds to the others, as the mean over all orders in which they "
    "may come. They add up to the whole effect. The steps of a way are measured one by one; that one brings "
    "about the next is what the rules of the model say. These runs belong to no sweep."
)
CAPTIONS = {
    "attribution": "What falls to each part of the effect on emerging value added, and what it costs.",
    "chain": "The way of the effect through the model, step by step.",
    "gains": "Who gains and who loses.",
}
MOST_DRAWN = 6  # explanations with figures on the page; `sanxiang figure` draws all


def wanted(held: Sequence[Mapping[str, Any]]) -> Iterator[Wanted]:
    """The figures of the section, three for each explanation."""
    for record in held[:MOST_DRAWN]:
        for kind in EXPLAINED:
            caption = f"{CAPTIONS[kind]} {record['scenario']} against {record['base']}."
            yield Wanted(kind, caption, {"explanation": record["key"][:SHOWN]})


def section(held: Sequence[Mapping[str, Any]], drawn: Sequence[Picture], folder: str) -> Markup:
    """Every explanation with its words, its table and its figures; nothing where there is none."""
    if not held:
        return Markup("")
    return joined(element("p", READING), *(_of_one(record, drawn, folder) for record in held))


def _of_one(record: Mapping[str, Any], drawn: Sequence[Picture], folder: str) -> Markup:
    found, key = explanation_of(record), record["key"][:SHOWN]
    command = (
        f"sanxiang explain {quote(folder)}:{quote(record['scenario'])} --by {record['by']} "
        f"--replications {found.pairs} --scale {record['scale']:g}"
    )
    return joined(
        element("h3", f"{record['scenario']} against {record['base']}, by {record['by']}"),
        element("p", paragraph(found)),
        _table(found),
        *(shown(picture) for picture in drawn if picture.section == NAME and picture.name.endswith(key)),
        element("p", "Again: ", element("code", command), class_="soft"),
    )


def _table(found: Explanation) -> Markup:
    main = found.measures[lead(found.region)]
    heads = ["Part", f"{main.label.en}, {main.unit.en}", "Public cost, 亿元", "Cost per unit, 亿元"]
    rows = [
        [
            one.called(),
            spread(found.part(main.name, one.name)),
            spread(found.part(COST, one.name)),
            cost_per(found, main.name, one.name),
        ]
        for one in found.players
    ]
    rows.append(
        [
            "all together",
            spread(found.effect(main.name)),
            spread(found.effect(COST)),
            cost_per(found, main.name),
        ]
    )
    return table("Parts of the effect, with 95 % intervals", heads, rows)
