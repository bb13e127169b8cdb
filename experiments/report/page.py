"""The report as one HTML page: no script, no request, every text of a user escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from experiments.answer.dose_response import Response
from experiments.figures import files
from experiments.figures.drawing.text import no_chinese_font
from experiments.figures.material.evidence import Evidence
from experiments.language.chosen import current
from experiments.language.words import word
from experiments.report import actors as report_actors
from experiments.report import answer as report_answer
from experiments.report import background as report_background
from experiments.report import change as report_change
from experiments.report import doses as report_doses
from experiments.report import measures as report_measures
from experiments.report import outlook as report_outlook
from experiments.report import sweeps as report_sweeps
from experiments.report import tables as report_tables
from experiments.report import takes as report_takes
from experiments.report import uncertainty as report_uncertainty
from experiments.report import why as report_why
from experiments.report.markup import Markup, element, escaped, joined
from experiments.report.per_yuan import source
from experiments.report.picture import Picture, of_section
from experiments.report.told import question
from scenarios.region.region import Region
from scenarios.spec import LAST_YEAR

type Searched = tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]
"""Searches for targets, and for the best packages."""


class Section(NamedTuple):
    """A section of the page; a folded one opens at a click, and is printed only where it is open."""

    name: str
    heading: str
    body: Markup
    folded: bool = False


def title(region: Region) -> str:
    """The question that the report of a region answers, for a page without cases."""
    label = region.label
    return word("report.title", region=label.zh if current() == "zh" else label.en)


def framed(heading: str, *body: Markup) -> str:
    """A whole page in the language that is spoken."""
    frame = report_sweeps.PAGE.read_text(encoding="utf-8")
    tag = "zh-CN" if current() == "zh" else "en"
    filled = frame.replace("{{language}}", tag).replace("{{title}}", escaped(heading))
    return filled.replace("{{body}}", files.sharing_glyphs(joined(*body)))


def report_page(
    evidence: Evidence,
    drawn: Sequence[Picture],
    held: Sequence[Response] = (),
    explained: Sequence[Mapping[str, Any]] = (),
    searched: Searched = ((), ()),
) -> str:
    """The whole page; the same evidence gives the same text, since no time enters.

    held, explained, searched: the responses, explanations and searches that the folder keeps.
    """
    every = [one for one in _sections(evidence, drawn, held, explained, searched) if one.body]
    opening = element(
        "header",
        element("h1", question(evidence)),
        element("p", _subtitle(evidence), class_="soft"),
        _contents(every),
    )
    folded = [one.heading for one in every if one.folded]
    left = element("p", word("report.printed", names=", ".join(folded)), class_="soft in-print")
    closing = element("footer", element("p", f"sanxiang {evidence.version} · {_of(evidence.vintage)}"))
    return framed(question(evidence), opening, element("main", *map(_section, every), left), closing)


def _section(one: Section) -> Markup:
    if not one.folded:
        return element("section", element("h2", one.heading), one.body, id=one.name)
    inner = element("div", one.body, id=one.name)  # inside, so that a link to it opens the fold
    return element("details", element("summary", element("h2", one.heading)), inner)


def _of(said: tuple[str, str]) -> str:
    return said[current() == "zh"]


def _subtitle(evidence: Evidence) -> str:
    last = max(LAST_YEAR, int(evidence.annual.year.max()))
    counts = word("report.counts", **evidence.counts._asdict())
    filled = {"runs": evidence.numbers, "last": last, "counts": counts}
    if len(evidence.cases) == 1:
        return word("report.runs_one", **filled)
    base = word("answer.quoted", name=evidence.called(evidence.baseline))
    return word("report.runs_many", count=len(evidence.cases), base=base, **filled)


def _sections(
    evidence: Evidence,
    drawn: Sequence[Picture],
    held: Sequence[Response],
    explained: Sequence[Mapping[str, Any]],
    searched: Searched,
) -> list[Section]:
    """The answer, why, where, how sure, what it hangs on, the tables; then what is looked up, folded."""
    background = report_background
    tables = joined(report_tables.by_scenario(evidence), report_tables.paired(evidence))
    led = [
        ("answer", _answer(evidence, explained)),
        ("sweeps", report_sweeps.of_folder(evidence)),
        (report_why.NAME, report_why.section(explained, drawn, evidence)),
        (report_takes.NAME, report_takes.section(*searched, drawn)),
        (report_doses.NAME, report_doses.of_doses(held, drawn, evidence.folder)),
        ("where", _where(drawn)),
        ("sure", _sure(evidence, drawn)),
        ("outlook", report_outlook.of_years_after(evidence)),
        (report_uncertainty.NAME, report_uncertainty.hangs_on(evidence)),
        ("assumptions", background.assumptions(evidence)),
        ("tables", tables),
    ]
    folded: list[tuple[str, Callable[[], Markup]]] = [
        ("reading", lambda: background.how_to_read(evidence)),
        ("values", lambda: background.what_differs(evidence)),
        (report_change.NAME, lambda: report_change.section(evidence, list(drawn))),
    ]
    after: list[tuple[str, Callable[[], Markup]]] = [
        ("measures", lambda: report_measures.in_both_directions(evidence)),
        ("plausibility", lambda: background.plausibility(evidence)),
        ("provenance", lambda: background.provenance(evidence)),
        ("glossary", background.glossary),
    ]
    return [
        *(Section(name, word(f"report.{name}"), body) for name, body in led),
        *(Section(name, word(f"report.{name}"), made(), True) for name, made in folded),
        *(
            Section(part.name, part.heading, _of_part(part, drawn), True)
            for part in report_actors.parts(evidence)
        ),
        *(Section(name, word(f"report.{name}"), made(), True) for name, made in after),
    ]


def _answer(evidence: Evidence, explained: Sequence[Mapping[str, Any]]) -> Markup:
    """How far the sweep is where it is not at its end, the answer, and what must be said beside it."""
    missing = no_chinese_font()
    return joined(
        report_sweeps.progress(evidence),
        report_answer.answer(evidence, source(evidence, explained)),
        report_answer.overview(evidence),
        report_answer.cost(evidence),
        report_sweeps.remarks(evidence),
        element("p", word("report.no_font", words=missing), class_="soft") if missing else Markup(""),
    )


def _where(drawn: Sequence[Picture]) -> Markup:
    figures = of_section("where", drawn)
    if not figures:
        return element("p", word("report.where_none"))
    return joined(element("p", word("report.where_reading")), figures)


def _sure(evidence: Evidence, drawn: Sequence[Picture]) -> Markup:
    """Intervals with and without parameters, and the paths that lead there."""
    figures = [of_section(name, drawn) for name in ("sure", "differences")]
    both = report_uncertainty.with_and_without(evidence)
    return joined(element("p", word("report.sure_reading")), *figures, both)


def _of_part(part: report_actors.Part, drawn: Sequence[Picture]) -> Markup:
    """The reading and the figures of a section, nothing when it has no figure."""
    figures = of_section(part.name, drawn)
    return joined(element("p", part.reading), figures) if figures else Markup("")


def _contents(sections: Iterable[Section]) -> Markup:
    links = [element("li", element("a", one.heading, href=f"#{one.name}")) for one in sections]
    return element("nav", element("ul", *links), aria_label=word("report.contents"))
