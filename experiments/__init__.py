"""Many runs and what is asked of them: sweeps, tables, comparisons, figures, the command line.

The verbs of the command line as functions, for a notebook:

    import experiments as sanxiang

    done = sanxiang.sweep("scenario=as_in_2020,plan", "replications=20")
    done.targets()                                   # list of rows, of this sweep
    sanxiang.targets(done.folder)                    # of the folder's last one, as `sanxiang targets`
    sanxiang.load_sweeps("results/shipped")          # the sweeps that a folder holds; all take sweep=ID
    sanxiang.compare("results/shipped:plan", "results/shipped:as_in_2020")
    sanxiang.load_runs(done.folder)                  # pandas: one row per run
    sanxiang.load_series(done.folder)                # one row per run and quarter
    sanxiang.load_cells(done.folder)                 # one row per run, year, prefecture and industry
    sanxiang.export(done.folder)                     # CSV files for R or a spreadsheet
    sanxiang.rerun(done.folder, "plan:3", trace="firm:134217728").table()    # one firm, quarter by quarter

Importing this loads little; pandas, pyarrow and the model come with the first call that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.answer.compare import compare
from experiments.answer.table import targets
from experiments.command.sweep import Sweep, sweep
from experiments.read.export import export
from experiments.read.rerun import Rerun, rerun
from experiments.store.digest import digest, verify

if TYPE_CHECKING:
    from experiments.read.reading import (
        load_annual,
        load_cells,
        load_runs,
        load_series,
        load_sweep,
        load_sweeps,
    )

READERS = ("load_annual", "load_cells", "load_runs", "load_series", "load_sweep", "load_sweeps")

__all__ = [
    "Rerun",
    "Sweep",
    "compare",
    "digest",
    "export",
    "load_annual",
    "load_cells",
    "load_runs",
    "load_series",
    "load_sweep",
    "load_sweeps",
    "rerun",
    "sweep",
    "targets",
    "verify",
]


def __getattr__(name: str) -> Any:
    """The readers, whose module needs pandas, when they are first asked for."""
    if name not in READERS:
        raise AttributeError(f"module 'experiments' has no attribute {name!r}")
    from experiments.read import reading

    return getattr(reading, name)
