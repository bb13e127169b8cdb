"""Many runs and what is asked of them: sweeps, tables, comparisons, figures, the command line.

The verbs of the command line as functions, for a notebook:

    import experiments as sanxiang

    found = sanxiang.sweep("scenario=as_in_2020,plan", "replications=20")
    found                                            # which sweep it is, and the table of targets
    found.runs, found.series, found.cells            # pandas; a column for each swept key in its own type
    found.codebook                                   # unit, meaning, scaled or unscaled, of every column
    found.targets()                                  # how likely each target is, in every case
    found.compare("as_in_2020")                      # paired differences of every case to one
    found.explain("plan").table()                    # Shapley parts of each effect, with intervals and cost
    found.figure("fan", target="sei_va", ax=axes)    # any figure, in the place of some axes
    found.with_indicator("va_per_firm", lambda s: s.sei_value_added / s.firms, unit="yuan")
    found.with_target("rich", "va_per_firm", at_least=6e6)    # an indicator and a target of your own
    sanxiang.results("results/shipped")              # the same of a folder that is there; nothing is run
    sanxiang.sweep("levers=my_levers", "reform=mine.yaml")    # levers of your own: docs/OWN_LEVERS.md
    sanxiang.reach("hnte_count", "probability=.95")  # the cheapest package that reaches a target, or its gap
    sanxiang.search("value_added", "cost", "cap=50") # the best packages for the money
    sanxiang.sensitivity("scenario=plan").table()    # what targets hang on: shares of variance with intervals
    sanxiang.discover("results/shipped:plan")        # conditions of success and failure, a Discovery a target
    sanxiang.choose("plan", parameters=3)            # one run, with set 3 of the posterior: sim.model

Beside them, as before: `targets`, `compare`, `explain`, `load_runs`, `load_series`, `load_cells`,
`load_annual`, `load_sweeps`, `export`, `digest`, `verify`, and

    sanxiang.rerun(found.folder, "plan:3", trace="firm:134217728").table()    # one firm, quarter by quarter

Importing this loads nothing: pandas, pyarrow and the model come with the first name that needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.answer.compare import compare as compare
    from experiments.answer.table import targets as targets
    from experiments.answer.tidy_tables import export as export
    from experiments.discovery.discovery import Discovery as Discovery
    from experiments.discovery.discovery import discover as discover
    from experiments.packages.answers import reach as reach
    from experiments.packages.answers import search as search
    from experiments.read.reading import load_annual as load_annual
    from experiments.read.reading import load_cells as load_cells
    from experiments.read.reading import load_runs as load_runs
    from experiments.read.reading import load_series as load_series
    from experiments.read.reading import load_sweep as load_sweep
    from experiments.read.reading import load_sweeps as load_sweeps
    from experiments.read.rerun import Rerun as Rerun
    from experiments.read.rerun import rerun as rerun
    from experiments.read.verify import verify as verify
    from experiments.result.asking import sweep as sweep
    from experiments.result.chosen import choose as choose
    from experiments.result.results import Results as Results
    from experiments.result.results import results as results
    from experiments.sensitivity.answer import sensitivity as sensitivity
    from experiments.sensitivity.found import Sensitivity as Sensitivity
    from experiments.store.digest import digest as digest
    from experiments.why.answer import explain as explain
    from experiments.why.explanation import Explanation as Explanation

PLACES = {
    "answer.compare": ("compare",),
    "answer.table": ("targets",),
    "answer.tidy_tables": ("export",),
    "discovery.discovery": ("Discovery", "discover"),
    "read.reading": ("load_annual", "load_cells", "load_runs", "load_series", "load_sweep", "load_sweeps"),
    "read.rerun": ("Rerun", "rerun"),
    "read.verify": ("verify",),
    "result.asking": ("sweep",),
    "result.chosen": ("choose",),
    "result.results": ("Results", "results"),
    "packages.answers": ("reach", "search"),
    "sensitivity.answer": ("sensitivity",),
    "sensitivity.found": ("Sensitivity",),
    "store.digest": ("digest",),
    "why.answer": ("explain",),
    "why.explanation": ("Explanation",),
}
"""Where each function of a notebook stands."""

__all__ = [name for names in PLACES.values() for name in names]


def __getattr__(name: str) -> Any:
    """A function with its module, when it is first asked for."""
    for module, names in PLACES.items():
        if name in names:
            return getattr(import_module(f"experiments.{module}"), name)
    raise AttributeError(f"module 'experiments' has no attribute {name!r}")
