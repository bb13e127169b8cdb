"""A run as its folder has it: what it was, what it gave, and in what another computation differs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from experiments.compute.task import indicators_of
from experiments.exits import CorruptData
from experiments.plan.words import INPUTS
from experiments.read.reading import asked_runs
from experiments.store.own_levers import held_in
from experiments.store.record import Record
from experiments.store.store import Store
from experiments.store.sweeps import ALL
from scenarios.digests import digests
from scenarios.files.scenario_file import read_closure
from scenarios.load import load_levers
from scenarios.own.own_lever import OwnLever
from scenarios.spec import RunSpec, Scenario, run_id
from scenarios.values.errors import InputError, quoted
from scenarios.worlds.given import DIGITS, ENDINGS, world_name

NO_RESULT = ("duration_s", "scale")
FILE_OF_A_WORLD = re.compile(rf"world\.[0-9a-f]{{{DIGITS}}}")
SHORTEST = 4  # characters of the beginning of a run id
MOST_NAMED = 10  # runs or differences


class RecordedRun(NamedTuple):
    """A run's id, its description, its row of the table of runs, and its series, one row a quarter."""

    run_id: str
    spec: RunSpec
    row: dict[str, Any]
    series: pa.Table | None


def recorded(store: Store, wanted: str, own: tuple[OwnLever, ...] = ()) -> RecordedRun:
    """The run whose id begins so, or POINT:n. own: levers from outside with their code, to compute it again.

    Raises: InputError when there is none or several, CorruptData when a file is damaged.
    """
    run = _identified(store, wanted)
    status = store.statuses()[run]
    chunk = next(each for each in store.chunks() if each.runs.get(run) == status)
    row = _of_run(chunk.table("runs"), run).to_pylist()[0]
    spec = spec_of(row, store.path, own or held_in(store.header()))
    found = RecordedRun(run, spec, row, _of_run(chunk.table("series"), run))
    if run_id(found.spec, digests()) != run:
        raise InputError(f"the record of run {run[:12]} does not describe it: other sources or data made it")
    return found


def _identified(store: Store, wanted: str) -> str:
    statuses = store.statuses()
    if not statuses:
        raise InputError(f"{store.path} holds no run yet")
    point, colon, n = wanted.rpartition(":")
    if colon and n.isascii() and n.isdigit():
        ids = _called(store, point, int(n), set(statuses))
    else:
        ids = [run for run in statuses if run.startswith(wanted)] if len(wanted) >= SHORTEST else []
    if len(ids) != 1:
        raise InputError(_which(store, wanted, sorted(ids)))
    return str(ids[0])


def _called(store: Store, point: str, n: int, recorded: set[str]) -> list[str]:
    """The runs of that number and name: a case of the last sweep, else of any; else a scenario's."""
    held = [asked_runs(store, None), asked_runs(store, ALL)]
    for column in ("point", "scenario"):
        for runs in held:
            found = runs.run_id[(runs[column] == point) & (runs.n == n) & runs.run_id.isin(recorded)]
            if len(found):
                return [str(run) for run in found.unique()]
    return []


def _which(store: Store, wanted: str, ids: list[str]) -> str:
    if not ids:
        return (
            f"{store.path} has no finished run {quoted(wanted)}; expected the first {SHORTEST} or more "
            "characters of a run_id (sanxiang export), or SCENARIO:n"
        )
    some = ", ".join(one[:12] for one in ids[:MOST_NAMED])
    return f"{len(ids)} runs are called {quoted(wanted)}: {some}{', ...' if len(ids) > MOST_NAMED else ''}"


def _of_run(rows: pa.Table | None, run: str) -> Any:
    return None if rows is None else rows.filter(pc.equal(rows.column("run_id"), run))


def world_of(name: str, folder: Path) -> str:
    """A recorded world as it can be found: by its name, or the copy of a file that the folder keeps.

    Raises: CorruptData when the copy is gone or is not what was kept.
    """
    if not FILE_OF_A_WORLD.fullmatch(name):
        return name
    copies = [folder / INPUTS / f"{name}{ending}" for ending in ENDINGS]
    found = [str(copy) for copy in copies if copy.is_file() and world_name(str(copy)) == name]
    if not found:
        raise CorruptData(f"{folder}: the copy of {quoted(name)} in {INPUTS} is gone or damaged")
    return found[0]


def spec_of(row: dict[str, Any], folder: Path = Path(), own: tuple[OwnLever, ...] = ()) -> RunSpec:
    """The description of a run from its row in a folder; levers in the order in which they act."""
    stored = json.loads(row["levers"])
    known = [*load_levers(), *(one.name for one in own)]
    order = [name for name in known if name in stored]
    levers = {
        name: {
            key: tuple((int(year), float(value)) for year, value in dated)
            for key, dated in stored[name].items()
        }
        for name in [*order, *(name for name in stored if name not in order)]
    }
    return RunSpec(
        scenario=Scenario(row["scenario"], None, levers, read_closure(row["closure"]), own),
        world=world_of(row["world"], folder),
        region=row["region"],
        parameters=json.loads(row["parameters"]),
        scale=row["scale"],
        draw=row["draw"],
        replication=row["n"],
        seed=row["seed"],
        first_year=row["first_year"],
        last_year=row["last_year"],
        point=row["point"],
    )


def differences(found: RecordedRun, record: Record, model: ModuleType) -> list[str]:
    """In what a run computed again is not its record: one line each, the first ones."""
    was, now = found.row, record.run
    if was["status"] != now["status"]:
        return [f"status: recorded {was['status']}, now {now['status']}"]
    lines = [
        f"{name}: recorded {was.get(name)!r}, now {now[name]!r}"
        for name in now
        if name not in NO_RESULT and isinstance(now[name], float) and not _same(was.get(name), now[name])
    ]
    lines += [
        f"{name}: not as recorded" for name in ("cells_sha256", "error") if was.get(name) != now.get(name)
    ]
    lines += _series_differences(found.series, record.series, found.spec, model)
    return lines if len(lines) <= MOST_NAMED else [*lines[:MOST_NAMED], f"and {len(lines) - MOST_NAMED} more"]


def _same(one: float | None, other: float) -> bool:
    return one is not None and np.float64(one).tobytes() == np.float64(other).tobytes()


def _series_differences(
    was: pa.Table | None, now: np.ndarray | None, spec: RunSpec, model: ModuleType
) -> list[str]:
    if was is None or not was.num_rows or now is None:
        return [] if now is None else ["series: none recorded"]
    lines = []
    for place, name in enumerate(indicators_of(model, spec.region, spec.scenario.own)):
        old, new = was.column(name).to_numpy(), np.asarray(now[:, place], dtype=np.float64)
        wrong = np.flatnonzero(old.view(np.int64) != np.ascontiguousarray(new).view(np.int64))
        if len(wrong):
            first = int(wrong[0])
            year, quarter = model.FIRST_YEAR + first // 4, first % 4 + 1
            lines.append(f"{name} from {year} Q{quarter}: recorded {old[first]!r}, now {new[first]!r}")
    return lines
