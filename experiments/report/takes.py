"""The report's section on what it would take: the searches for targets and packages that the folder keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from experiments.figures.material.searched import SHOWN
from experiments.report.actors import TAKES, Wanted
from experiments.report.markup import Markup, element, joined
from experiments.report.picture import Picture, shown

NAME, HEADING = TAKES, "What it would take"
READING = (
    "Packages were tried in pairs of equal luck at a part of the province's size and are judged by runs at "
    "full size, which are a sweep of this folder. Cost is what is spent beyond what the package builds on. A "
    "package is the best that was found in so many trials, which is no proof that there is no better one."
)
MOST_DRAWN = 6  # searches with a figure on the page; `sanxiang figure` draws all

type Record = Mapping[str, Any]


def wanted(reaches: Sequence[Record], searches: Sequence[Record]) -> Iterator[Wanted]:
    """The figures of the section, one for each search."""
    for record in reaches[:MOST_DRAWN]:
        caption = f"What packages reach of {record['target']} with probability {record['probability']:g}."
        yield Wanted("reach", caption, {"search": record["key"][:SHOWN]})
    for record in searches[:MOST_DRAWN]:
        named = ", ".join(one["label"]["en"] for one in record["objectives"])
        yield Wanted("front", f"The best packages found for {named}.", {"search": record["key"][:SHOWN]})


def section(reaches: Sequence[Record], searches: Sequence[Record], drawn: Sequence[Picture]) -> Markup:
    """Every search with its words and its figure; nothing where there is none."""
    if not reaches and not searches:
        return Markup("")
    told = [(f"{one['target']} with probability {one['probability']:g}", one) for one in reaches]
    told += [("The best packages", one) for one in searches]
    return joined(element("p", READING), *(_of_one(heading, one, drawn) for heading, one in told))


def _of_one(heading: str, record: Record, drawn: Sequence[Picture]) -> Markup:
    key = record["key"][:SHOWN]
    return joined(
        element("h3", heading),
        element("p", record["words"]),
        *(shown(picture) for picture in drawn if picture.section == NAME and picture.name.endswith(key)),
        element("p", f"{record['described']}.", class_="soft"),
    )
