"""The figures of the report: which there are, in which section each stands, what is said in place of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from experiments.compute.halves import in_halves
from experiments.figures import figure_named, files
from experiments.figures.drawing import style, text
from experiments.figures.material.evidence import Evidence
from experiments.figures.prefectures import DIFFERENCE, bases_of
from experiments.figures.response import swept_numbers
from experiments.language.chosen import speaking
from experiments.language.words import word
from experiments.plan.patience import counted
from experiments.report import actors as report_actors
from experiments.report import change as report_change
from experiments.report import takes as report_takes
from experiments.report import why as report_why
from experiments.report.findings import Finding, findings
from experiments.report.picture import Picture
from experiments.report.told import amount, likely, named, quoted

IN_PANELS = 24  # cases with panels of their own on the page; `sanxiang figure` draws all
IN_MAPS = 4  # cases with maps of cells on the page, each with hundreds of numbers


def pictures(evidence: Evidence) -> list[Picture]:
    """All figures that the sweep supports, in the order of the page."""
    found = {one.target: one for one in findings(evidence)}
    asked = list(wanted(evidence))
    return in_halves(lambda one: _picture(evidence, found, *one), asked, partial(_counted, of=len(asked)))


def _counted[Item](figures: Sequence[Item], of: int) -> Iterator[Item]:
    """The figures that are drawn here, with a line once a minute; a copy of the process is about as far."""
    drawn = f"the report: {{}} of {of} figures drawn"
    return counted(figures, drawn, times=-(-of // max(len(figures), 1)))


def pictures_of_why(evidence: Evidence, explained: Sequence[Mapping[str, Any]]) -> list[Picture]:
    """The figures of the explanations that the folder keeps."""
    return [_picture(evidence, {}, *one) for one in report_why.wanted(evidence, explained)]


def pictures_of_searches(
    evidence: Evidence, reaches: Sequence[Mapping[str, Any]], searches: Sequence[Mapping[str, Any]]
) -> list[Picture]:
    """The figures of the searches that the folder keeps."""
    return [_picture(evidence, {}, *one) for one in report_takes.wanted(reaches, searches)]


def wanted(evidence: Evidence) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Figure, caption and options of everything that the sweep supports."""
    yield "probability", word("report.caption_probability"), {}
    for target in evidence.goals:
        yield "fan", word("report.caption_fan"), {"target": target}
    if swept_numbers(evidence):
        yield "response", word("report.caption_response"), {}
    if not evidence.cells.empty:
        yield "prefectures", word("report.caption_tiles"), {"show": "value"}
        if bases_of(evidence):
            yield "prefectures", word("report.caption_gaps"), {"show": DIFFERENCE}
        yield "prefectures", word("report.caption_tiles"), {"show": "growth"}
        yield "industries", word("report.caption_industries"), {}
    yield from report_actors.wanted_by_actor(evidence)
    if not evidence.differences.empty:
        yield "differences", word("report.caption_differences"), {}
    yield from report_change.wanted(evidence)


def _picture(
    evidence: Evidence, found: Mapping[str, Finding], kind: str, caption: str, options: dict[str, str]
) -> Picture:
    most = {"fan": IN_PANELS, "prefectures": IN_PANELS, "money": IN_PANELS, "links": IN_MAPS}.get(kind)
    many = most is not None and len(evidence.cases) > most
    few = {"scenario": list(evidence.cases[:most])} if many else {}
    with speaking(text.language()):  # names of cases, too, are English where no font draws Chinese
        figure, _, _ = figure_named(kind)(evidence, **options, **few)
    name, section = "-".join([kind, *options.values()]), report_actors.section_of(kind, options)
    result = _result(evidence, found, kind, options)
    svg, heading = files.drawn_as(figure, ".svg"), style.heading_of(figure)
    return Picture(name, section, caption, svg, heading, result)


def _result(evidence: Evidence, found: Mapping[str, Finding], kind: str, options: dict[str, str]) -> str:
    """What a figure of targets shows, for who cannot see it; empty for other figures."""
    if kind == "fan":
        one = found[options["target"]]
        return f"{quoted(evidence, evidence.baseline)}: {_said(one)}"
    if kind == "probability":
        said = [f"{named(one.label)}: {likely(one.row)}" for one in found.values()]
        return f"{quoted(evidence, evidence.baseline)}: {word('answer.separator').join(said)}"
    return ""


def _said(one: Finding) -> str:
    ends = word("report.to", low=amount(one.row.p05, one.label), high=amount(one.row.p95, one.label))
    return f"{amount(one.row.median, one.label)} ({ends}), P {likely(one.row)}"
