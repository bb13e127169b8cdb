"""One run of a results folder again, compared bit for bit with its record; one member of it followed.

sanxiang rerun DIR RUN [--trace firm:ID|university:ID|programme:NAME|parks:PLACE|project:ID] [--format json]
sanxiang rerun DIR RUN --trace firm:ID --beside SCENARIO
experiments.rerun("results/shipped", "plan:3", trace="firm:134217728").table()
"""

from __future__ import annotations

import traceback
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from experiments.compute.compiling import compiles_first
from experiments.compute.task import Task, failed, stage_of
from experiments.read.recorded_run import differences, recorded
from experiments.store import header
from experiments.store.own_levers import refuse_without
from experiments.store.store import Store
from experiments.store.sweeps import region_of_sweep
from scenarios.load import load_own_levers, load_scenarios
from scenarios.own.folder import OwnFiles, own_runs
from scenarios.values.errors import InputError, unknown

if TYPE_CHECKING:
    import pandas as pd

    from experiments.store.record import Record
    from scenarios.spec import RunSpec, Scenario
    from sim.trace.member import TracedQuarter

MODEL = "experiments.model"


class Beside(NamedTuple):
    """A member under another scenario: how that is called, and the member's quarters."""

    scenario: str
    quarters: list[TracedQuarter]


@dataclass(frozen=True)
class Rerun:
    """A run computed again.

    differences: in what it is not its record; empty when every bit is the same. error: the traceback of a run
    that failed. quarters: of the traced member. beside: the same member under another scenario with the same
    luck, none unless that was asked for; its quarters are none where there is no such member.
    """

    run_id: str
    point: str
    n: int
    status: str
    differences: list[str]
    error: str
    quarters: list[TracedQuarter]
    beside: Beside | None = None

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


def rerun(
    folder: Path | str,
    run: str,
    trace: str | None = None,
    beside: str | None = None,
    levers: Path | str | None = None,
    *,
    model: str = MODEL,
) -> Rerun:
    """Computes a run again from its record and compares.

    run: the beginning of its id, or POINT:n as `plan:3`. trace: firm:ID (the number in `<Firm ID>`, the same
    in every scenario), university:NUMBER or :NAME, programme:NAME, parks:PLACE, project:ID.
    beside: a scenario of the folder, or one that ships, under which the member is followed too.
    levers: the folder of the levers from outside, where the run had some; their code is run.

    Raises: InputError when there is no such run, member or scenario or the levers are missing, FolderDiffers
    when sources or data have changed since, CorruptData when the folder is damaged.
    """
    store = Store(folder)
    region, held = region_of_sweep(store.last_sweep()), store.header()
    files = load_own_levers(levers, region=region)
    own = own_runs(files)
    refuse_without(store.path, held, own)
    header.refuse_difference(store.path, held, header.with_own(header.header(region), own))
    found = recorded(store, run, own)
    if beside is not None and trace is None:
        raise InputError("--beside shows a member under two scenarios: name it with --trace")
    other = None if beside is None else scenario_called(store, beside, found.spec, files)
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
        None if other is None or trace is None else Beside(other.name, followed(found.spec, other, trace)),
    )


def scenario_called(store: Store, name: str, spec: RunSpec, own: OwnFiles) -> Scenario:
    """A scenario of the folder that has a run with the same number, or one that ships.

    own: levers from outside that the run has.

    Raises: InputError for another name.
    """
    with suppress(InputError):
        held = recorded(store, f"{name}:{spec.replication}", spec.scenario.own).spec.scenario
        return replace(held, name=name)
    shipped = load_scenarios(region=spec.region, own=own)
    if name not in shipped:
        raise InputError(unknown("scenario", name, shipped))
    return shipped[name]


def followed(spec: RunSpec, scenario: Scenario, trace: str) -> list[TracedQuarter]:
    """The quarters of a member under another scenario with the luck of a run; none without such a member."""
    from sim.trace.traced import traced

    try:
        return traced(replace(spec, scenario=scenario), trace)[1]
    except InputError:  # the name is right, since the run itself has the member
        return []


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
