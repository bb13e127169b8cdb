"""The report's account of what probabilities hang on: parameters, what is unknown, what they vary with."""

from __future__ import annotations

from experiments.answer import given_unknown, kept_splits, other_parameters, split_table
from experiments.answer.cases import cases
from experiments.figures.material.evidence import Evidence
from experiments.read.runs_region import targets_of
from experiments.report.markup import Markup, element, joined, table

NAME, HEADING = "hangs-on", "What the probabilities hang on"
SIDE_BY_SIDE = "The same probability with parameter uncertainty and without it, with 95 % intervals"
GIVEN = (
    "Where runs draw what nobody has published, a probability is a mean over it. Here it is given the base "
    "of 2020, by thirds of the range that it is drawn from, and given what statistics reclassify to 2025, by "
    "thirds of the runs."
)
VARIES = "What values and hits vary with, from {} rows of runs: " + split_table.NOTE + "."
MAKES = "What values and hits vary with is told by: "


def with_and_without(evidence: Evidence) -> Markup:
    """Each probability with and without parameter uncertainty, or the command that makes the other."""
    found = cases(evidence.folder, evidence.sweep)
    both = other_parameters.beside(evidence.folder, found, evidence.sweep)
    if both.remark:
        return element("p", both.remark, class_="soft")
    if not both.pairs:
        return Markup("")
    rows = [
        [evidence.label(pair.target).en, pair.case, str(pair.drawn), str(pair.central)] for pair in both.pairs
    ]
    heads = ["Target", "Scenario", *other_parameters.HEADS[1:]]
    return table(SIDE_BY_SIDE, heads, rows, kind="text")


def hangs_on(evidence: Evidence) -> Markup:
    """Probabilities given what is unknown, and what they vary with where that was computed."""
    found = cases(evidence.folder, evidence.sweep)
    targets = targets_of(next(iter(found.values())))
    given = [
        [case, *cells] for case, runs in found.items() for cells in given_unknown.block(runs, targets)[1:]
    ]
    heads = ["Scenario", *(head.capitalize() if head.islower() else head for head in given_unknown.HEADS)]
    conditional = table("Probabilities given what is unknown", heads, given, kind="text")
    return joined(element("p", GIVEN), conditional, _varies(evidence, list(found)))


def _varies(evidence: Evidence, names: list[str]) -> Markup:
    varying = kept_splits.kept(evidence.folder, evidence.sweep)
    if varying is None:
        command = f"sanxiang split {evidence.folder}"
        return element("p", MAKES, element("code", command), class_="soft")
    targets = targets_of(next(iter(cases(evidence.folder, evidence.sweep).values())))
    rows = [[case, *cells] for case in names for cells in split_table.block(varying, case, targets)[1:]]
    heads = ["Scenario", *split_table.heads(varying)]
    return table(VARIES.format(varying.rows), heads, rows, kind="text")
