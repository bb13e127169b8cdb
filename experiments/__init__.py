"""Many runs and what is asked of them: sweeps, tables, comparisons, figures, the command line.

The verbs of the command line as functions, for a notebook:

    import experiments as sanxiang

    done = sanxiang.sweep("scenario=as_in_2020,plan", "replications=20")
    done.targets()                                   # list of rows, of this sweep
    sanxiang.targets(done.folder)                    # of the folder's last one, as `sanxiang targets`
    sanxiang.load_sweeps("results/shipped")          # the sweeps that a folder holds; all take sweep=ID
    sanxiang.compare("results/shipped:plan", "results/shipped:as_in_2020")
    sanxiang.explain("results/shipped:plan").table() # Shapley parts of each effect, with intervals and cost
    sanxiang.sensitivity("scenario=plan").table()    # what targets hang on: shares of variance with intervals
    sanxiang.discover("results/shipped:plan")        # conditions of success and failure, a Discovery a target
    sanxiang.load_runs(done.folder)                  # pandas: one row per run
    sanxiang.load_series(done.folder)                # one row per run and quarter
    sanxiang.load_cells(done.folder)                 # one row per run, year, prefecture and industry
    sanxiang.export(done.folder)                     # CSV files for R or a spreadsheet
    sanxiang.rerun(done.folder, "plan:3", trace="firm:134217728").table()    # one firm, quarter by quarter

Importing this loads nothing: pandas, pyarrow and the model come with the first name that needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.answer.compare import compare as compare
    from experiments.answer.sweep import Sweep as Sweep
    from experiments.answer.sweep import sweep as sweep
    from experiments.answer.table import targets as targets
    from experiments.answer.tidy_tables import export as export
    from experiments.discovery.discovery import Discovery as Discovery
    from experiments.discovery.discovery import discover as discover
    from experiments.read.reading import load_annual as load_annual
    from experiments.read.reading import load_cells as load_cells
    from experiments.read.reading import load_runs as load_runs
    from experiments.read.reading import load_series as load_series
    from experiments.read.reading import load_sweep as load_sweep
    from experiments.read.reading import load_sweeps as load_sweeps
    from experiments.read.rerun import Rerun as Rerun
    from experiments.read.rerun import rerun as rerun
    from experiments.read.verify import verify as verify
    from experiments.sensitivity.answer import sensitivity as sensitivity
    from experiments.sensitivity.found import Sensitivity as Sensitivity
    from experiments.store.digest import digest as digest
    from experiments.why.answer import explain as explain
    from experiments.why.explanation import Explanation as Explanation

PLACES = {
    "answer.compare": ("compare",),
    "answer.sweep": ("Sweep", "sweep"),
    "answer.table": ("targets",),
    "answer.tidy_tables": ("export",),
    "discovery.discovery": ("Discovery", "discover"),
    "read.reading": ("load_annual", "load_cells", "load_runs", "load_series", "load_sweep", "load_sweeps"),
    "read.rerun": ("Rerun", "rerun"),
    "read.verify": ("verify",),
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
