"""The runs of a sweep without a result: what happened, where, with which luck, and how to repeat it."""

from __future__ import annotations

from pathlib import Path

from experiments.read.reading import load_runs
from scenarios.values.errors import one_line

SHOWN = 5


def failure_lines(folder: Path | str, sweep: str | None = None) -> list[str]:
    """A line for each of the first runs of a sweep without a result, and how many more there are.

    sweep: as sweeps.chosen takes it.

    Raises: as load_runs.
    """
    runs = load_runs(folder, sweep=sweep, columns=["status", "stage", "error", "rerun"])
    bad = runs[~runs.status.isin(["ok", "pending", "running"])]
    lines = [
        f"{run.status} in {run.stage}: {run.point}, n={run.n}, seed={run.seed}: {run.error}; {run.rerun}"
        for run in bad.head(SHOWN).itertuples()
    ]
    more = len(bad) - SHOWN
    return [one_line(line) for line in lines] + (
        [f"and {more} more: the table of runs has them all"] if more > 0 else []
    )
