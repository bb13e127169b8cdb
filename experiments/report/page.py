"""The report as one HTML page: no script, no request, every text of a user escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from experiments.answer.dose_response import Response
from experiments.figures import figure_named, files
from experiments.figures.drawing import style
from experiments.figures.material.evidence import Evidence
from experiments.figures.response import swept_numbers
from experiments.report import actors as report_actors
from experiments.report import answer as report_answer
from experiments.report import background as report_background
from experiments.report import change as report_change
from experiments.report import doses as report_doses
from experiments.report import measures as report_measures
from experiments.report import outlook as report_outlook
from experiments.report import sweeps as report_sweeps
from experiments.report import takes as report_takes
from experiments.report import uncertainty as report_uncertainty
from experiments.report import why as report_why
from experiments.report.markup import Markup, element, escaped, joined
from experiments.report.picture import Picture, of_section
from scenarios.region.region import Region
from scenarios.spec import LAST_YEAR

IN_PANELS = 24  # cases with panels of their own on the page; `sanxiang figure` draws all
IN_MAPS = 4  # cases with maps of cells on the page, each with hundreds of numbers
TITLE = "How likely are the 2025 targets of {}'s plan for strategic emerging industries?"
SHARES = "Share of runs that reach each target; bars are 95 % intervals."
PATHS = "Yearly paths, scaled to the 2020 base; open circles are figures recalled, not seen in a source."
SWEPT = "Probability against the swept value; bands are 95 % intervals."
SPLIT = "How value added splits over the industries is not published: its start is an assumption."
MEANS = "Means over pairs of runs with the same luck; bars are 95 % intervals of the mean."

type Searched = tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]
"""Searches for targets, and for the best packages."""


def pictures(evidence: Evidence) -> list[Picture]:
    """All figures that the sweep supports, in the order of the page."""
    return [_picture(evidence, kind, caption, options) for kind, caption, options in wanted(evidence)]


def pictures_of_why(evidence: Evidence, explained: Sequence[Mapping[str, Any]]) -> list[Picture]:
    """The figures of the explanations that the folder keeps."""
    found = report_why.wanted(explained)
    return [_picture(evidence, kind, caption, options) for kind, caption, options in found]


def pictures_of_searches(
    evidence: Evidence, reaches: Sequence[Mapping[str, Any]], searches: Sequence[Mapping[str, Any]]
) -> list[Picture]:
    """The figures of the searches that the folder keeps."""
    found = report_takes.wanted(reaches, searches)
    return [_picture(evidence, kind, caption, options) for kind, caption, options in found]


def wanted(evidence: Evidence) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Figure, caption and options of everything that the sweep supports."""
    yield "probability", SHARES, {}
    for target in evidence.goals:
        yield "fan", PATHS, {"target": target}
    if swept_numbers(evidence):
        yield "response", SWEPT, {}
    if not evidence.cells.empty:
        yield "prefectures", report_actors.TILES, {"show": "value"}
        yield "prefectures", report_actors.TILES, {"show": "growth"}
        yield "industries", SPLIT, {}
    yield from report_actors.wanted_by_actor(evidence)
    if not evidence.differences.empty:
        yield "differences", MEANS, {}
    yield from report_change.wanted(evidence)


def _picture(evidence: Evidence, kind: str, caption: str, options: dict[str, str]) -> Picture:
    most = {"fan": IN_PANELS, "prefectures": IN_PANELS, "money": IN_PANELS, "links": IN_MAPS}.get(kind)
    many = most is not None and len(evidence.cases) > most
    few = {"scenario": list(evidence.cases[:most])} if many else {}
    figure, _, _ = figure_named(kind)(evidence, **options, **few)
    name, section = "-".join([kind, *options.values()]), report_actors.section_of(kind, options)
    return Picture(name, section, caption, files.drawn_as(figure, ".svg"), style.heading_of(figure))


def title(region: Region) -> str:
    """The question that the report of a region answers."""
    return TITLE.format(region.label.en)


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
    every = _sections(evidence, drawn, held, explained, searched)
    parts = [(name, text, body) for name, text, body in every if body]
    opening = element(
        "header",
        element("h1", title(evidence.region)),
        element("p", _subtitle(evidence), class_="soft"),
        _contents([(name, text) for name, text, _ in parts]),
    )
    sections = (element("section", element("h2", text), body, id=name) for name, text, body in parts)
    closing = element("footer", element("p", f"sanxiang {evidence.version} · {evidence.vintage[0]}"))
    frame = report_sweeps.PAGE.read_text(encoding="utf-8")
    body = joined(opening, element("main", *sections), closing)
    return frame.replace("{{title}}", escaped(title(evidence.region))).replace(
        "{{body}}", files.sharing_glyphs(body)
    )


def _subtitle(evidence: Evidence) -> str:
    counted = f"{len(evidence.cases)} scenarios" if len(evidence.cases) > 1 else "One scenario"
    compared = f", compared with {evidence.baseline}" if len(evidence.cases) > 1 else ""
    last = max(LAST_YEAR, int(evidence.annual.year.max()))
    of_runs = f"{counted}, {evidence.numbers} simulated runs of each, 2016–{last}{compared}."
    return f"{of_runs} Runs: {evidence.counts}."


def _sections(
    evidence: Evidence,
    drawn: Sequence[Picture],
    held: Sequence[Response],
    explained: Sequence[Mapping[str, Any]],
    searched: Searched,
) -> list[tuple[str, str, Markup]]:
    background = report_background
    paired = of_section("differences", drawn)
    differences = joined(paired, report_answer.paired(evidence)) if paired else Markup("")
    return [
        ("answer", "The answer", _answer(evidence)),
        ("sweeps", "The sweeps of this folder", report_sweeps.of_folder(evidence)),
        ("reading", "How to read it", background.how_to_read(evidence)),
        ("tables", "Each scenario", report_answer.by_scenario(evidence)),
        ("figures", "Figures", of_section("figures", drawn)),
        *((part.name, part.heading, _of_part(part, drawn)) for part in report_actors.parts(evidence)),
        ("differences", "Differences to the baseline", differences),
        (report_change.NAME, report_change.HEADING, report_change.section(evidence, list(drawn))),
        (report_why.NAME, report_why.HEADING, report_why.section(explained, drawn, evidence.folder)),
        (report_takes.NAME, report_takes.HEADING, report_takes.section(*searched, drawn)),
        (report_doses.NAME, report_doses.HEADING, report_doses.of_doses(held, drawn, evidence.folder)),
        ("outlook", "Outlook: the years after the plan", report_outlook.of_years_after(evidence)),
        (report_uncertainty.NAME, report_uncertainty.HEADING, report_uncertainty.hangs_on(evidence)),
        ("values", "What the scenarios differ in", background.what_differs(evidence)),
        ("measures", "What of the plan the model can do", report_measures.in_both_directions(evidence)),
        ("assumptions", "Assumptions the answer depends on", background.assumptions(evidence)),
        ("plausibility", "The model beside published figures, 2016–2020", background.plausibility(evidence)),
        ("provenance", "Where this comes from", background.provenance(evidence)),
        ("glossary", "Words", background.glossary()),
    ]


def _answer(evidence: Evidence) -> Markup:
    """How far the sweep is where it is not at its end, the answer, and what must be said beside it."""
    told = report_sweeps.progress(evidence), report_sweeps.remarks(evidence)
    both = report_uncertainty.with_and_without(evidence)
    return joined(told[0], report_answer.answer(evidence), report_answer.overview(evidence), both, told[1])


def _of_part(part: report_actors.Part, drawn: Sequence[Picture]) -> Markup:
    """The reading and the figures of a section, nothing when it has no figure."""
    figures = of_section(part.name, drawn)
    return joined(element("p", part.reading), figures) if figures else Markup("")


def _contents(headings: Iterable[tuple[str, str]]) -> Markup:
    links = [element("li", element("a", text, href=f"#{name}")) for name, text in headings]
    return element("nav", element("ul", *links), aria_label="Contents")
