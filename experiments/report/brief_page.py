"""The brief as an HTML page, which prints on two sheets of A4."""

from __future__ import annotations

from experiments.language.words import word
from experiments.report.brief import Brief
from experiments.report.markup import Markup, element, joined, listed, table
from experiments.report.page import framed
from experiments.report.picture import shown


def as_page(content: Brief) -> str:
    """The whole page: no script, no request."""
    answers = listed(
        (
            joined(
                element("strong", one.name),
                element("span", one.verdict, class_="verdict"),
                element("span", one.sentence, class_="said"),
            )
            for one in content.answers
        ),
        class_="answers",
    )
    first = element("section", element("h2", word("brief.answers")), answers, id="answers")
    second = element(
        "section",
        element("h2", word("brief.chances")),
        table("", content.heads, content.rows),
        *(_paragraph(heading, text) for heading, text in content.paragraphs),
        _map(content),
        id="chances",
    )
    opening = element(
        "header",
        element("p", content.subtitle, class_="soft"),
        element("h1", content.title),
        element("p", content.gist, class_="lead"),
    )
    closing = element("footer", element("p", content.footer))
    return framed(
        content.title, element("div", opening, element("main", first, second), closing, class_="brief")
    )


def _paragraph(heading: str, text: str) -> Markup:
    lines = [element("p", line) for line in text.split("\n")]
    return joined(element("h3", heading), *lines)


def _map(content: Brief) -> Markup:
    if content.map is None:
        return Markup("")
    return joined(element("h3", word("brief.where")), shown(content.map.picture))
