"""The report's section on what it would take: the searches for targets and packages that the folder keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from experiments.figures.material.searched import SHOWN
from experiments.language.chosen import EN, current
from experiments.language.words import word
from experiments.packages.kept import tried
from experiments.packages.reach_words import paragraph as words_of_reach
from experiments.packages.search_words import paragraph as words_of_search
from experiments.report.actors import TAKES, Wanted
from experiments.report.markup import Markup, element, joined
from experiments.report.picture import Picture, shown

NAME = TAKES
MOST_DRAWN = 6  # searches with a figure on the page; `sanxiang figure` draws all

type Record = Mapping[str, Any]


def wanted(reaches: Sequence[Record], searches: Sequence[Record]) -> Iterator[Wanted]:
    """The figures of the section, one for each search."""
    for record in reaches[:MOST_DRAWN]:
        caption = word("report.caption_reach", **_asked(record))
        yield Wanted("reach", caption, {"search": record["key"][:SHOWN]})
    for record in searches[:MOST_DRAWN]:
        named = word("why.comma").join(one["label"][current()] for one in record["objectives"])
        caption = word("report.caption_front", named=named)
        yield Wanted("front", caption, {"search": record["key"][:SHOWN]})


def section(reaches: Sequence[Record], searches: Sequence[Record], drawn: Sequence[Picture]) -> Markup:
    """Every search with its words and its figure; nothing where there is none."""
    if not reaches and not searches:
        return Markup("")
    told = [(word("report.takes_target", **_asked(one)), one) for one in reaches]
    told += [(word("report.takes_best"), one) for one in searches]
    return joined(
        element("p", word("report.takes_reading")), *(_of_one(heading, one, drawn) for heading, one in told)
    )


def _asked(record: Record) -> dict[str, str]:
    return {"target": record["label"][current()], "probability": f"{record['probability']:g}"}


def _of_one(heading: str, record: Record, drawn: Sequence[Picture]) -> Markup:
    key, about = record["key"][:SHOWN], record["answer"]["conditions"]
    parameters = element("span", f"{about['parameters']}.", lang=EN)
    return joined(
        element("h3", heading),
        element("p", _said(record)),
        *(shown(picture) for picture in drawn if picture.section == NAME and picture.name.endswith(key)),
        element("p", f"{tried(about)}; ", parameters, class_="soft"),
    )


def _said(record: Record) -> str:
    """What was found: as it was kept, or said anew in Chinese."""
    if current() == EN:
        return str(record["words"])
    if "objectives" in record:
        return words_of_search(record["answer"])
    return words_of_reach({**record["answer"], "label": record["label"], "unit": record["unit"]})
