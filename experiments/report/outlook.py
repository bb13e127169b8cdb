"""The report's outlook: the years after the plan, of runs that go on."""

from __future__ import annotations

from experiments.answer.cases import cases
from experiments.answer.outlook import cells_of, outlook
from experiments.figures.material.evidence import Evidence
from experiments.language.words import word
from experiments.read.runs_region import targets_of
from experiments.report.markup import Markup, element, joined, table
from experiments.store.sweeps import ALL
from scenarios.spec import LAST_YEAR

HEADS = ("scenario", "year", "quantity", "spread_long", "change_against")


def of_years_after(evidence: Evidence) -> Markup:
    """What each scenario comes to in the years after the plan; nothing where its runs end with it."""
    found = cases(evidence.folder, ALL if evidence.sweep == ALL else evidence.sweep)
    rows = outlook(evidence.folder, found, ALL if evidence.sweep == ALL else evidence.sweep)
    if not rows:
        return Markup("")
    targets = targets_of(next(iter(found.values())))
    told = [
        [evidence.called(row["scenario"]), row["year"], *cells_of(row, targets[row["target"]])]
        for row in rows
    ]
    heads, said = [word(f"report.{name}") for name in HEADS], word("report.outlook_said", year=LAST_YEAR)
    return joined(element("p", said), table(word("report.outlook_caption"), heads, told, kind="text"))
