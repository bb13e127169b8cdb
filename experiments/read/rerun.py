"""One run of a results folder again, compared bit for bit with its record; one member of it followed.

sanxiang rerun DIR RUN [--trace firm:ID|university:ID|programme:NAME|parks:PLACE|project:ID] [--format json]
experiments.rerun("results/shipped", "plan:3", trace="firm:134217728").table()
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from experiments.compute.compiling import compiles_first
from experiments.compute.task import Task, failed, stage_of
from experiments.read.recorded_run import differences, recorded
from experiments.store import header
from experiments.store.store import Store
from experiments.store.sweeps import region_of_sweep
from scenarios.values.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from experiments.store.record import Record
    from scenarios.spec import RunSpec
    from sim.trace.member import TracedQuarter

MODEL = "experiments.model"


@dataclass(frozen=True)
class Rerun:
    """A run computed again.

    differences: in what it is not its record; empty when every bit is the same. error: the traceback of a run
    that failed. quarters: of the traced member.
    """

    run_id: str
    point: str
    n: int
    status: str
    differences: list[str]
    error: str
    quarters: list[TracedQuarter]

    @property
    def same(self) -> bool:
        """Whether every bit is as recorded."""
        return not self.differences

    def table(self) -> pd.DataFrame:
        """The traced member's quarters, one row each: its values, and its payments by flow [yuan]."""
        rows: list[dict[str, float]] = []
        for one in self.quarters:
            paid: dict[str, int] = {}
            for payment in one.payments:
                name = f"{payment.flow}:{payment.programme}" if payment.programme else payment.flow
                paid[name] = paid.get(name, 0) + payment.amount
            rows.append({"year": one.year, "quarter": one.quarter} | one.values | paid)
        return pd.DataFrame(rows).fillna(0)


def rerun(folder: Path | str, run: str, trace: str | None = None, *, model: str = MODEL) -> Rerun:
    """Computes a run again from its record and compares.

    run: the beginning of its id, or POINT:n as `plan:3`. trace: firm:ID (the number in `<Firm ID>`, the same
    in every scenario), university:NUMBER or :NAME, programme:NAME, parks:PLACE, project:ID.

    Raises: InputError when there is no such run or member, FolderDiffers when sources or data have changed
    since, CorruptData when the folder is damaged.
    """
    store = Store(folder)
    region = region_of_sweep(store.last_sweep())
    header.refuse_difference(store.path, store.header(), header.header(region))
    found = recorded(store, run)
    if model == MODEL:
        compiles_first()
    record, quarters = _computed(found.run_id, found.spec, trace, model)
    return Rerun(
        found.run_id,
        str(found.row["point"]),
        found.spec.replication,
        str(record.run["status"]),
        differences(found, record, import_module(model)),
        str(record.run.get("traceback") or ""),
        quarters,
    )


def _computed(run: str, spec: RunSpec, trace: str | None, model: str) -> tuple[Record, list[TracedQuarter]]:
    task = Task(model)
    if trace is None:
        return task(((run, spec),))[0], []
    from sim.trace.traced import traced

    try:
        outcome, quarters = traced(spec, trace)
    except InputError:
        raise
    except Exception as error:
        told, trail = f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error))
        return failed((run, spec), "failed", stage_of(error), told, trail), []
    return task.record(import_module(model), run, outcome), quarters
