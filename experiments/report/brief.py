"""What the brief says: two pages to hand upward, from the same findings as the report, in plain parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from shlex import quote
from typing import Any, NamedTuple

from experiments.answer import other_parameters
from experiments.answer.cases import cases
from experiments.answer.probability import methods_said
from experiments.figures import figure_named, files
from experiments.figures.drawing import style
from experiments.figures.material.evidence import MOST_SCENARIOS, Evidence, records
from experiments.figures.prefectures import DIFFERENCE, bases_of
from experiments.language.chosen import ZH, current
from experiments.language.words import apart, word
from experiments.report.answer import ranked, rows_of
from experiments.report.findings import VERDICTS, Finding, findings
from experiments.report.per_yuan import Source, source
from experiments.report.picture import Picture
from experiments.report.told import Told, close, likely, listed, named, question, quoted, region_name, told
from experiments.why.explanation import Explanation
from experiments.why.measured import lead
from experiments.why.said import number
from scenarios.spec import LAST_YEAR

ON_THE_MAP = 3  # cases with a map of their own


class Map(NamedTuple):
    """A map as a page shows it, and as a PDF does."""

    picture: Picture
    png: bytes


class Brief(NamedTuple):
    """The parts of a brief, all of them text but the map.

    gist: the answer in a sentence. answers: the targets in words. heads, rows: the probabilities. paragraphs:
    heading and text. map: what policies change, None where the runs keep nothing by prefecture.
    """

    title: str
    subtitle: str
    gist: str
    answers: tuple[Told, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    paragraphs: tuple[tuple[str, str], ...]
    map: Map | None
    footer: str


def brief(evidence: Evidence, explained: Sequence[Mapping[str, Any]]) -> Brief:
    """The brief of some evidence; explained: the explanations that the folder keeps."""
    found, per_yuan = findings(evidence), source(evidence, explained)
    heads, rows = chances(evidence, found)
    answers = tuple(told(evidence, one, per_yuan.of(one.target)) for one in found)
    return Brief(
        question(evidence),
        f"{word('brief.heading')} · {region_name(evidence)}",
        gist(evidence, found),
        answers,
        heads,
        rows,
        tuple(_paragraphs(evidence, found, per_yuan, answers)),
        _map(evidence),
        f"sanxiang {evidence.version} · {evidence.vintage[current() == 'zh']}",
    )


def gist(evidence: Evidence, found: Sequence[Finding]) -> str:
    """How many targets are how likely, and which."""
    groups = {name: [one for one in found if one.verdict == name] for name in reversed(VERDICTS)}
    parts = [
        word(
            "brief.group",
            count=len(those),
            verdict=word(f"answer.{name}"),
            names=word("answer.comma").join(one.label.name(current()) for one in those),
        )
        for name, those in groups.items()
        if those
    ]
    case = quoted(evidence, evidence.baseline)
    joined = word("answer.separator").join(parts)
    return word("brief.gist", count=len(found), year=LAST_YEAR, case=case, parts=joined)


def chances(
    evidence: Evidence, found: Sequence[Finding]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Probabilities by policy: targets down, or of many policies a list of them, the likeliest first."""
    by_case = {case: rows_of(evidence, case) for case in evidence.cases}
    names = {one.target: named(one.label) for one in found} | {"all": named(evidence.label("all"))}
    if len(by_case) > MOST_SCENARIOS:
        rows = [
            (evidence.called(case), *(_cell(by_case[case].get(target)) for target in names))
            for case in ranked(by_case)
        ]
        return (word("answer.policy"), *names.values()), tuple(rows)
    rows = [
        (name, *(_cell(by_case[case].get(target)) for case in evidence.cases))
        for target, name in names.items()
    ]
    return (word("answer.target"), *map(evidence.called, evidence.cases)), tuple(rows)


def _cell(row: Any) -> str:
    return "–" if row is None else likely(row)


def _paragraphs(
    evidence: Evidence, found: Sequence[Finding], per_yuan: Source, answers: Sequence[Told]
) -> list[tuple[str, str]]:
    why = "" if per_yuan.explained is None else parts_of(evidence, per_yuan.explained)
    moved = [word("brief.moved", name=one.name, moved=one.per_yuan) for one in answers if one.per_yuan]
    made = f"sanxiang brief {quote(evidence.folder)} {evidence.which} language={current()}"
    sure = word("brief.sure_said", runs=evidence.numbers, method=methods_said(evidence.interval))
    unknown = [str(row.what).partition(": ")[2] or str(row.what) for row in records(evidence.assumed)]
    said = [sure, *(note[current() == "zh"] for note in evidence.notes), _both(evidence, found)]
    if unknown:
        said.append(word("brief.unknown", names=word("answer.comma").join(unknown)))
    every = [
        ("why", why),
        ("per_yuan", "\n".join(moved)),
        ("sure", apart(*map(_closed, filter(None, said)))),
        ("made", made),
    ]
    return [(word(f"brief.{name}"), text) for name, text in every if text]


def _closed(said: str) -> str:
    """A sentence, in Chinese with its full stop."""
    stop = word("answer.stop")
    return said.rstrip(stop) + stop if current() == ZH else said


def parts_of(evidence: Evidence, explained: Explanation) -> str:
    """What falls to each part of the effect on emerging value added that can be told from nothing."""
    main, about = explained.measures[lead(explained.region)], explained.about
    whole = explained.effect(main.name)
    parts = sorted(explained.players, key=lambda one: -explained.part(main.name, one.name).mean)
    told_of = []
    for one in parts:
        part = explained.part(main.name, one.name)
        if part.sure:
            ends = {name: number(getattr(part, name), 1) for name in ("mean", "low", "high")}
            told_of.append(word("brief.why_part", name=one.named().name(current()), **ends))
    if not told_of:
        return ""
    return word(
        "brief.why_parts",
        case=quoted(evidence, str(about["scenario"])),
        measure=f"{main.label.name(current())} ({main.unit.name(current())})",
        effect=f"{number(whole.mean, 1)} ({number(whole.low, 1)}, {number(whole.high, 1)})",
        parts=listed(told_of),
    )


def _both(evidence: Evidence, found: Sequence[Finding]) -> str:
    """The probabilities of the baseline without parameter uncertainty, where the folder holds both."""
    held = cases(evidence.folder, evidence.sweep)
    names = {one.target: one.label.name(current()) for one in found}
    pairs = [
        word(
            "brief.pair",
            target=names[pair.target],
            without=close(str(pair.central)),
            with_them=close(str(pair.drawn)),
        )
        for pair in other_parameters.beside(evidence.folder, held, evidence.sweep).pairs
        if pair.case == evidence.baseline and pair.target in names
    ]
    return word("brief.both", pairs=word("answer.separator").join(pairs)) if pairs else ""


def _map(evidence: Evidence) -> Map | None:
    """What the first cases change, prefecture by prefecture."""
    shown = list(bases_of(evidence))[-ON_THE_MAP:]
    if not shown:
        return None
    draw = figure_named("prefectures")
    figure, _, _ = draw(evidence, show=DIFFERENCE, scenario=shown)
    svg, png = (files.drawn_as(figure, ending) for ending in (".svg", ".png"))
    return Map(Picture("map", "where", word("report.caption_gaps"), svg, style.heading_of(figure)), png)
