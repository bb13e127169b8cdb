"""How one unit of an ensemble is computed: the runs of a replication, each to the record that is stored."""

from __future__ import annotations

import json
import platform
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from experiments.compute import engines
from experiments.compute.engines.engine import EngineFailed
from experiments.compute.run_values import annual, end_coverage, end_values, programme_spending
from experiments.exits import FolderDiffers
from experiments.plan.ensemble import Unit
from experiments.store.outcome_columns import COVERAGE, base_column, outcome_columns
from experiments.store.record import Columns, Record
from scenarios.digests import digests
from scenarios.own.own_lever import OwnLever
from scenarios.region.bases import names_of_drawn
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from scenarios.spec import RunSpec
from scenarios.targets import load_targets
from scenarios.worlds.given import world_name

CELLS_KEPT = 20
"""Replications per scenario whose cells are stored: enough for a map and an industry panel."""

ROOT = Path(__file__).resolve().parents[2]
ENGINES = Path(engines.__file__ or "").parent

OF_THE_MACHINE = (MemoryError, OSError)
"""Errors of the machine and the day: the run is lost and not failed, and the next sweep tries it again."""


@dataclass(frozen=True)
class Task:
    """Computes a unit; holds only text and numbers, so that it travels to a worker."""

    model: str
    cells_kept: int = CELLS_KEPT
    sources: Mapping[str, str] | None = None
    """Digests of the sources and data that the run ids were made with; a worker that has others refuses."""

    def prepare(self) -> None:
        """Import the model; no run is to blame for the time that takes, or for a failure.

        Raises: EngineFailed.
        """
        imported(self.model)

    def __call__(self, unit: Unit) -> list[Record]:
        """One record per run of the unit; a run that raises is tried again alone, then recorded."""
        refuse_other_sources(self.sources, unit[0][1].region)
        model = imported(self.model)
        try:
            return self._records(model, unit)
        except Exception:
            if len(unit) == 1:
                return [self._second_attempt(model, unit[0])]
            return [record for run in unit for record in self((run,))]

    def _records(self, model: ModuleType, unit: Unit) -> list[Record]:
        outcomes = model.simulate([spec for _, spec in unit])
        return [self.record(model, run, outcome) for (run, _), outcome in zip(unit, outcomes, strict=True)]

    def _second_attempt(self, model: ModuleType, run: tuple[str, RunSpec]) -> Record:
        try:
            return self._records(model, (run,))[0]
        except Exception as error:
            return failed(
                run,
                "lost" if isinstance(error, OF_THE_MACHINE) else "failed",
                stage_of(error),
                f"{type(error).__name__}: {error}",
                "".join(traceback.format_exception(error)),
            )

    def record(self, model: ModuleType, run: str, outcome: Any) -> Record:
        """The record of a run from what the model gave."""
        series = np.ascontiguousarray(outcome.series, dtype=np.float64)
        cells = np.ascontiguousarray(outcome.cells, dtype=np.float64)
        yearly = annual(series, indicators_of(model, outcome.spec.region, outcome.spec.scenario.own))
        row = describe((run, outcome.spec)) | {
            "status": outcome.status,
            "stage": None,
            "error": None,
            "traceback": None,
            "duration_s": float(outcome.duration_s),
            "public_cost": float(outcome.public_cost),
            "public_spending": programme_spending(yearly),
            COVERAGE: end_coverage(yearly),
            "accounts": json.dumps(outcome.accounts, sort_keys=True) if outcome.accounts else None,
            "cells_sha256": sha256(cells.tobytes()).hexdigest(),
            **{base_column(name): float(value) for name, value in outcome.bases.items()},
            **end_values(yearly, outcome.bases, outcome.spec.region),
        }
        return Record(row, series, cells if outcome.spec.replication < self.cells_kept else None)


def imported(model: str) -> ModuleType:
    """The model.

    Raises: EngineFailed; where it cannot be imported, no run is to blame.
    """
    try:
        return import_module(model)
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        raise EngineFailed(f"a worker on {platform.node()} cannot import {model}: {why}") from error


def refuse_other_sources(
    expected: Mapping[str, str] | None,
    region: str = DEFAULT_REGION,
    what: str = "the sweep",
    remedy: str = "repeat the sweep with --fork NEWDIR to run today's",
) -> None:
    """Keep a worker from computing with other files: edited since it began, or another machine's.

    Raises: FolderDiffers.
    """
    if expected is None or dict(expected) == digests(region=region):
        return
    raise FolderDiffers(
        f"sources or data of a worker on {platform.node()} are not those that {what} began with: "
        f"edited since, or another version there; {remedy}"
    )


def describe(run: tuple[str, RunSpec]) -> dict[str, Any]:
    """The part of a run's row that is known before it is computed."""
    name, spec = run
    content = json.loads(spec.canonical())
    parameters = json.dumps(content["parameters"], sort_keys=True)
    return {
        "run_id": name,
        "point": spec.point or spec.scenario.name,
        "scenario": spec.scenario.name,
        "closure": spec.scenario.closure.value,
        "levers": json.dumps(content["levers"], sort_keys=True),
        "region": spec.region,
        "world": world_name(spec.world),
        "parameters": parameters,
        "parameters_sha256": sha256(parameters.encode()).hexdigest(),
        "draw": spec.draw,
        "n": spec.replication,
        "seed": spec.seed,
        "scale": float(spec.scale),
        "first_year": spec.first_year,
        "last_year": spec.last_year,
    }


def failed(run: tuple[str, RunSpec], status: str, stage: str, error: str, trace: str) -> Record:
    """The record of a run without a result."""
    return Record(
        describe(run)
        | {"status": status, "stage": stage, "error": error, "traceback": trace, "cells_sha256": None}
    )


def stage_of(error: BaseException) -> str:
    """The innermost function of the model on the way to the error, as part.function."""
    frames = [(frame.filename, frame.name) for frame in traceback.extract_tb(error.__traceback__)]
    inside = [stage(file, function) for file, function in frames if _is_ours(file)]
    return inside[-1] if inside else "unknown"


def stage(file: str, function: str) -> str:
    """What a stage is called: the part of the model, which is the folder of its file, and its function.

    The file's own name is left out: a part keeps its name when its files are given others.
    """
    return f"{Path(file).parent.name}.{function}"


def _is_ours(file: str) -> bool:
    return Path(file).is_relative_to(ROOT) and ".venv" not in file


def stage_in(trace: str) -> str:
    """The innermost function of the model in what a crashed or hanging worker left, as part.function.

    Empty where none is seen. The innermost frame stands first there.
    """
    for file, function in re.findall(r'File "([^"]+)", line \d+ in (\w+)', trace):
        if _is_ours(file) and not Path(file).is_relative_to(ENGINES):
            return stage(file, function)
    return ""


def indicators_of(model: ModuleType, region: str, own: tuple[OwnLever, ...]) -> Mapping[str, Any]:
    """What a model records in a region, with what it tells of levers from outside."""
    found: Mapping[str, Any] = model.indicators(region, own) if own else model.indicators(region)
    return found


def columns_of(model: str, region: str = DEFAULT_REGION, own: tuple[OwnLever, ...] = ()) -> Columns:
    """The names of what the model records in a region."""
    found = import_module(model)
    values, hits = outcome_columns(load_targets(region=region))
    return Columns(
        found.FIRST_YEAR,
        tuple(indicators_of(found, region, own)),
        tuple(found.CELL_INDICATORS),
        tuple(found.prefectures(region)),
        tuple(found.industries(region)),
        (COVERAGE, *map(base_column, names_of_drawn(load_region(region).bases)), *values),
        hits,
    )
