"""The report's background: how to read it, what it rests on, the model beside published figures."""

from __future__ import annotations

from typing import Any

from experiments.answer.probability import methods_said
from experiments.figures.material.evidence import Evidence, records
from experiments.language.chosen import EN, ZH, current
from experiments.language.words import PLACE, translated, word, words_of
from experiments.report.answer import cases_named
from experiments.report.markup import Markup, element, joined, listed, table
from experiments.report.told import close
from scenarios.values.exact_text import exact_text

TOLERANCE = 0.05
GLOSSARY = PLACE / "glossary.yaml"
PARAGRAPHS = ("scaled", "paired")


def how_to_read(evidence: Evidence) -> Markup:
    """What a probability is here, what the interval holds, what is left out."""
    failed = evidence.failed or word("report.none")
    return listed(
        [
            word("report.meaning"),
            word("report.counted", runs=evidence.numbers, failed=failed),
            word("report.bounds", method=methods_said(evidence.interval)),
            *(word(f"report.{name}") for name in PARAGRAPHS),
            *(note[current() == ZH] for note in evidence.notes),
            word("report.units"),
        ]
    )


def what_differs(evidence: Evidence) -> Markup:
    """Every value in which the scenarios differ, side by side."""
    if evidence.values.empty:
        return element("p", word("report.differ_none"))
    found = {(row.key, row.case): row.value for row in records(evidence.values)}
    keys = dict.fromkeys(evidence.values.key)
    units = dict(zip(evidence.values.key, evidence.values.unit, strict=True))
    rows = [
        [_key(key, units[key]), *(found.get((key, case), "–") for case in evidence.cases)] for key in keys
    ]
    heads = [word("report.value"), *cases_named(evidence, evidence.cases)]
    return table(word("report.differ"), heads, rows, kind="text")


def _key(key: str, unit: str) -> Markup:
    said = translated("units", unit)
    english = {"lang": EN} if said == unit else {}  # of a parameter, or of a lever from outside
    return joined(element("span", key), element("span", said, class_="soft-line", **english))


def assumptions(evidence: Evidence) -> Markup:
    """The unpublished bases that probabilities are conditional on."""
    counted = word("report.comma").join(
        word(f"report.status_{status}", count=count) for status, count in evidence.reliability.items()
    )
    rows = [[row.what, row.how] for row in records(evidence.assumed)]
    heads = [word("report.figure"), word("report.how_drawn")]
    told = element("p", word("report.parameters", counted=counted))
    return joined(table(word("report.unpublished"), heads, rows, kind="text"), told)


def plausibility(evidence: Evidence) -> Markup:
    """Published figures of 2016-2020 beside the model's, hits and misses alike."""
    if evidence.checks.empty:
        return element("p", word("report.checks_none"))
    found = list(records(evidence.checks))
    near, inside = sum(map(_near, found)), sum(row.low <= row.published <= row.high for row in found)
    counted = {"count": len(found), "near": near, "missed": len(found) - near, "inside": inside}
    case = word("answer.quoted", name=evidence.called(evidence.baseline))
    said = word("report.checks", case=case, tolerance=f"{100 * TOLERANCE:g}", **counted)
    names = ("figure", "year", "unit", "published", "median_short", "spread", "against")
    heads = [word(f"report.{name}") for name in names]
    rows = map(_check, found)
    return joined(element("p", said + _of_scale(evidence)), table(word("report.unverified"), heads, rows))


def _of_scale(evidence: Evidence) -> str:
    """How runs of a smaller or larger economy are made comparable."""
    if evidence.scale == 1:
        return ""
    return word("report.checks_scale", scale=exact_text(evidence.scale, "g"))


def _check(row: Any) -> list[object]:
    gap = f"{100 * (row.median / row.published - 1):+z.1f} %".replace("-", "−")
    gap = close(gap)
    verdict = element(
        "span", gap if _near(row) else word("report.miss", gap=gap), class_="hit" if _near(row) else "miss"
    )
    known = "" if row.status in ("sourced", "derived") else f" ({row.status})"
    spread = f"{_shown(row.low)} – {_shown(row.high)}"
    return [
        row.what,
        row.year,
        _short(row.unit),
        f"{_shown(row.published)}{known}",
        _shown(row.median),
        spread,
        verdict,
    ]


def _near(row: Any) -> bool:
    return bool(abs(row.median / row.published - 1) <= TOLERANCE)


def _shown(value: float) -> str:
    return f"{value:z,.{0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2}f}"


def _short(unit: str) -> str:
    """`100 million yuan (亿元)` as 亿元."""
    return unit.rpartition("(")[2].rstrip(")") if unit.endswith(")") else unit


def provenance(evidence: Evidence) -> Markup:
    """Versions, digests and the command that rebuilds the report."""
    rows = [[name, _origin(name, value)] for name, value in evidence.provenance.items()]
    return table(word("report.computed"), ["", ""], rows, kind="text")


def _origin(name: str, value: str) -> Markup:
    """A command as one; a question in the language it was asked in."""
    if value.startswith("sanxiang "):
        return element("code", value)
    return element("span", value, **({"lang": EN} if name == word("report.origin_question") else {}))


def glossary() -> Markup:
    """The words of the report, as both languages say them."""
    entries = words_of(GLOSSARY)
    other = EN if current() == ZH else ZH
    rows = [
        [said.name(current()), element("span", said.name(other), lang=other), word(f"glossary.{name}_means")]
        for name, said in entries.items()
        if not name.endswith("_means")
    ]
    heads = [word("report.word"), word("report.other_word"), word("report.meaning_head")]
    return table(word("report.words_caption"), heads, rows, kind="text")
