"""One run of a results folder again, compared bit for bit with its record; one member of it followed.

sanxiang rerun DIR RUN [--trace firm:ID|university:ID|programme:NAME] [--format json]
experiments.rerun("results/shipped", "plan:3", trace="firm:134217728").table()
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.command.exits import Exit
from experiments.command.printed_json import printed_json
from scenarios.values.errors import InputError, quoted

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
        import pandas as pd

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
    in every scenario), university:NUMBER or :NAME, programme:NAME.

    Raises: InputError when there is no such run or member, FolderDiffers when sources or data have changed
    since, CorruptData when the folder is damaged.
    """
    from experiments.read.recorded_run import differences, recorded
    from experiments.read.runs_region import region_of_sweep
    from experiments.store import header
    from experiments.store.store import Store

    store = Store(folder)
    region = region_of_sweep(store.last_sweep())
    header.refuse_difference(store.path, store.header(), header.header(region))
    found = recorded(store, run)
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
    from experiments.plan.ensemble import Task, failed, stage_of

    task = Task(model)
    if trace is None:
        return task(((run, spec),))[0], []
    from sim.trace.member import traced

    try:
        outcome, quarters = traced(spec, trace)
    except InputError:
        raise
    except Exception as error:
        told, trail = f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error))
        return failed((run, spec), "failed", stage_of(error), told, trail), []
    return task.record(import_module(model), run, outcome), quarters


def main_rerun(args: list[str]) -> int:
    """sanxiang rerun DIR RUN [--trace firm:ID|university:ID|programme:NAME] [--format json]"""
    from experiments.command.arguments import Parser

    parser = Parser(prog="sanxiang rerun", description=main_rerun.__doc__)
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("run", metavar="RUN", help="the beginning of a run's id, or SCENARIO:n")
    parser.add_argument("--trace", metavar="KIND:ID", help="firm:ID, university:ID or programme:NAME")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parsed = parser.parse_args(args)
    if parsed.run.startswith("-"):
        raise InputError(f"{quoted(parsed.run)} is no run")
    done = rerun(parsed.folder, parsed.run, parsed.trace)
    print(as_json(done) if parsed.format == "json" else as_text(done))
    return Exit.OK if done.same else Exit.CORRUPT


def as_json(done: Rerun) -> str:
    """The result for another program."""

    quarters = [_plain(one) for one in done.quarters]
    content = {
        "run_id": done.run_id, "point": done.point, "n": done.n, "status": done.status, "same": done.same,
        "differences": done.differences, "error": done.error, "quarters": quarters,
    }  # fmt: skip
    return printed_json(content)


def _plain(one: TracedQuarter) -> Mapping[str, Any]:
    return one._asdict() | {"payments": [payment._asdict() for payment in one.payments]}


def as_text(done: Rerun) -> str:
    """The result for a reader."""
    from experiments.read.trace_text import quarter_lines
    from scenarios.values.errors import one_line

    named = f"run {done.run_id[:12]} ({one_line(done.point)}, n = {done.n}, {done.status})"
    said = "the same bits as its record" if done.same else "NOT as its record"
    lines = [f"{named}: {said}", *(f"  {one_line(line)}" for line in done.differences)]
    lines += [line for one in done.quarters for line in quarter_lines(one)]
    return "\n".join([*lines, *map(one_line, done.error.splitlines())])
