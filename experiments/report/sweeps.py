"""The report's account of sweeps: which the folder holds, how far each is, where its own report lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shlex import quote

from experiments.figures.material.evidence import Evidence, HeldSweep
from experiments.language.words import word
from experiments.report.answer import named_of
from experiments.report.markup import Markup, element, joined, listed, table
from experiments.store.sweeps import ALL, Counts

PAGE = Path(__file__).with_name("page.html")
FROM_ITS_OWN_FOLDER = "../../"
HEADS = ("sweep", "asked", "done", "failed_head", "left", "begun", "scenarios", "command", "own_report")


def progress(evidence: Evidence) -> Markup:
    """A warning where runs are left to compute; nothing where none is."""
    if not evidence.counts.left:
        return Markup("")
    return element(
        "p",
        element(
            "strong", word("report.unfinished", counts=word("report.counts", **evidence.counts._asdict()))
        ),
    )


def remarks(evidence: Evidence) -> Markup:
    """What must be said beside the numbers: equal cases, budgets that do not bind, cases left out."""
    return listed(evidence.remarks) if evidence.remarks else Markup("")


def of_folder(evidence: Evidence) -> Markup:
    """Which sweeps the folder holds, and whether this page covers them."""
    if len(evidence.sweeps) < 2:
        return Markup("")
    alone = evidence.sweep != ALL
    said = word("report.page_of_one", sweep=evidence.sweep) if alone else word("report.page_of_all")
    return joined(element("p", said), sweeps_table(evidence.folder, evidence.sweep, evidence.sweeps))


def sweeps_table(folder: str, shown: str, sweeps: Sequence[HeldSweep]) -> Markup:
    """A row per sweep, with a link to its own report or the command that writes it."""
    rows = [
        [
            one.id,
            *(f"{number:,}" for number in one.counts),
            one.started,
            joined(*_apart(named_of(one.cases))),
            one.command,
            _way_to(one, folder, shown),
        ]
        for one in sweeps
    ]
    return table(word("report.sweeps_caption"), [word(f"report.{name}") for name in HEADS], rows, kind="text")


def _apart(names: Sequence[Markup]) -> list[Markup]:
    return [element("span", name, class_="soft-line") for name in names]


def _way_to(one: HeldSweep, folder: str, shown: str) -> Markup:
    if one.id == shown:
        return element("span", word("report.this_page"))
    if not one.page:
        return element("code", f"sanxiang report {quote(folder)} --sweep {one.id}")
    return element("a", one.page, href=one.page if shown == ALL else FROM_ITS_OWN_FOLDER + one.page)


def without_result(
    folder: str, shown: str, sweeps: Sequence[HeldSweep], failures: Sequence[str], besides: Markup
) -> Markup:
    """The report of sweeps none of whose runs has a result: it says so, why, and what else there is."""
    of_these = [one.counts for one in sweeps if shown in (ALL, one.id)]
    counted = Counts(*map(sum, zip(*of_these, strict=True)))
    return element(
        "main",
        element(
            "p", word("remarks.no_result", counts=word("report.counts", **counted._asdict())), class_="lead"
        ),
        listed(failures),
        element("section", element("h2", word("report.sweeps")), sweeps_table(folder, shown, sweeps)),
        besides,
    )
