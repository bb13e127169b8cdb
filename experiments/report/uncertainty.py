"""The report's account of what probabilities hang on: parameters, what is unknown, what they vary with."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.answer import given_unknown, kept_splits, other_parameters, split_table
from experiments.answer.cases import cases
from experiments.figures.material.evidence import Evidence
from experiments.language.words import word
from experiments.read.runs_region import targets_of
from experiments.report.markup import Markup, element, joined, table
from experiments.report.told import close, named

NAME = "hangs-on"


def with_and_without(evidence: Evidence) -> Markup:
    """Each probability with and without parameter uncertainty, or the command that makes the other."""
    found = cases(evidence.folder, evidence.sweep)
    both = other_parameters.beside(evidence.folder, found, evidence.sweep)
    if both.command:
        return element("p", word("report.other_parameters"), element("code", both.command), class_="soft")
    if not both.pairs:
        return Markup("")
    rows = [
        [
            named(evidence.label(pair.target)),
            evidence.called(pair.case),
            close(str(pair.drawn)),
            close(str(pair.central)),
        ]
        for pair in both.pairs
    ]
    heads = [
        word(f"report.{name}") for name in ("target", "scenario", "with_parameters", "without_parameters")
    ]
    return table(word("report.side_by_side"), heads, rows, kind="text")


def hangs_on(evidence: Evidence) -> Markup:
    """Probabilities given what is unknown, and what they vary with where that was computed."""
    found = cases(evidence.folder, evidence.sweep)
    targets = targets_of(next(iter(found.values())))
    given = {case: given_unknown.block(runs, targets)[1:] for case, runs in found.items()}
    heads = [_capital(head) for head in given_unknown.heads()]
    first, *others = [
        table(f"{word('report.given_caption')}: {evidence.called(case)}", heads, _close(rows), kind="text")
        for case, rows in given.items()
    ]
    fold = (
        element("details", element("summary", word("report.given_others")), *others) if others else Markup("")
    )
    return joined(element("p", word("report.given")), first, fold, _varies(evidence, list(found)))


def _close(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[close(cell) for cell in row] for row in rows]


def _capital(head: str) -> str:
    return head.capitalize() if head.islower() else head


def _varies(evidence: Evidence, names: list[str]) -> Markup:
    varying = kept_splits.kept(evidence.folder, evidence.sweep)
    if varying is None:
        command = f"sanxiang split {evidence.folder}"
        return element("p", word("report.varies_none"), element("code", command), class_="soft")
    targets = targets_of(next(iter(cases(evidence.folder, evidence.sweep).values())))
    rows = [
        [evidence.called(case), *cells]
        for case in names
        for cells in split_table.block(varying, case, targets)[1:]
    ]
    heads = [word("report.scenario"), *split_table.heads(varying)]
    caption = f"{word('report.varies', rows=varying.rows)}: {split_table.note()}."
    return table(caption, heads, rows, kind="text")
