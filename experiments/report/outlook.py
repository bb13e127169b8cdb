"""The report's outlook: the years after the plan, of runs that go on."""

from __future__ import annotations

from experiments.answer.cases import cases
from experiments.answer.outlook import cells_of, outlook
from experiments.figures.material.evidence import Evidence
from experiments.read.runs_region import targets_of
from experiments.report.markup import Markup, element, joined, table
from experiments.store.sweeps import ALL
from scenarios.spec import LAST_YEAR

SAID = (
    f"These runs go on after {LAST_YEAR} with the policy of {LAST_YEAR}; markets, prices, GDP and population "
    "go on as their fans do. No target judges these years, and nothing published stands beside them."
)


def of_years_after(evidence: Evidence) -> Markup:
    """What each scenario comes to in the years after the plan; nothing where its runs end with it."""
    found = cases(evidence.folder, ALL if evidence.sweep == ALL else evidence.sweep)
    rows = outlook(evidence.folder, found, ALL if evidence.sweep == ALL else evidence.sweep)
    if not rows:
        return Markup("")
    targets = targets_of(next(iter(found.values())))
    told = [[row["scenario"], row["year"], *cells_of(row, targets[row["target"]])] for row in rows]
    heads = ["Scenario", "Year", "Quantity", "Median [5–95 % of runs]", "Change against the baseline"]
    return joined(element("p", SAID), table("The years after the plan", heads, told, kind="text"))
