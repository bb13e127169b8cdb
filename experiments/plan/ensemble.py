"""An ensemble: the runs a sweep asks for, what of them is missing, and how one unit of them is computed.

A unit of work is one replication: every scenario of it shares the years before 2021.
"""

from __future__ import annotations

import json
import platform
import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pyarrow as pa

from experiments.command.exits import FolderDiffers
from experiments.compute.engines import EngineFailed
from experiments.store.record import Columns, Record
from scenarios.digests import digests
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import FIRST_YEAR, POLICY_YEAR, RunSpec, run_id
from scenarios.targets import also_path, evaluate, load_targets

CELLS_KEPT = 20
"""Replications per scenario whose cells are stored: enough for a map and an industry panel."""

OF_THE_MACHINE = (MemoryError, OSError)
"""Errors of the machine and the day: the run is lost and not failed, and the next sweep tries it again."""

Unit = tuple[tuple[str, RunSpec], ...]


@dataclass(frozen=True)
class Ensemble:
    """The runs of a sweep: units of (run id, spec), and a row per run and point for its record."""

    units: tuple[Unit, ...]
    rows: tuple[dict[str, Any], ...]

    @property
    def runs(self) -> set[str]:
        """Ids of all runs; two points of equal content share theirs."""
        return {row["run_id"] for row in self.rows}

    def table(self) -> pa.Table:
        """The rows as the record of the sweep keeps them."""
        return pa.Table.from_pylist(list(self.rows))

    def missing(self, finished: set[str]) -> list[Unit]:
        """The units, without the runs that are finished."""
        left = [tuple(run for run in unit if run[0] not in finished) for unit in self.units]
        return [unit for unit in left if unit]


def ensemble(units: Iterable[Sequence[RunSpec]], digests: Mapping[str, str]) -> Ensemble:
    """The ensemble of a plan's units under today's sources and data."""
    named = [[(run_id(spec, digests), spec) for spec in unit] for unit in units]
    rows = [
        {
            "run_id": run,
            "point": spec.point or spec.scenario.name,
            "scenario": spec.scenario.name,
            "region": spec.region,
            "world": spec.world,
            "scale": float(spec.scale),
            "seed": spec.seed,
            "n": spec.replication,
            "draw": spec.draw,
        }
        for unit in named
        for run, spec in unit
    ]
    return Ensemble(tuple(tuple(dict(unit).items()) for unit in named), tuple(rows))


@dataclass(frozen=True)
class Task:
    """Computes a unit; holds only text and numbers, so that it travels to a worker."""

    model: str
    cells_kept: int = CELLS_KEPT
    sources: Mapping[str, str] | None = None
    """Digests of the sources and data that the run ids were made with; a worker that has others refuses."""

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
        yearly = annual(series, model.indicators(outcome.spec.region))
        row = describe((run, outcome.spec)) | {
            "status": outcome.status,
            "stage": None,
            "error": None,
            "traceback": None,
            "duration_s": float(outcome.duration_s),
            "public_cost": float(outcome.public_cost),
            "public_spending": programme_spending(yearly),
            "cells_sha256": sha256(cells.tobytes()).hexdigest(),
            **{f"base_{name}": float(value) for name, value in outcome.bases.items()},
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


def refuse_other_sources(expected: Mapping[str, str] | None, region: str = DEFAULT_REGION) -> None:
    """Keep a worker from computing with other files: edited since the sweep began, or another machine's.

    Raises: FolderDiffers.
    """
    if expected is None or dict(expected) == digests(region=region):
        return
    raise FolderDiffers(
        f"sources or data of a worker on {platform.node()} are not those that the sweep began with: "
        "edited since, or another version there; repeat the sweep with --fork NEWDIR to run today's"
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
        "world": spec.world,
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
    """The innermost function of the model on the way to the error, as module.function."""
    root = Path(__file__).resolve().parents[2]
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(root)
    ]
    inside = [frame for frame in frames if ".venv" not in frame.filename]
    return f"{Path(inside[-1].filename).stem}.{inside[-1].name}" if inside else "unknown"


def stage_in(trace: str) -> str:
    """The innermost function of the model in what a crashed or hanging worker left, as module.function.

    Empty where none is seen. The innermost frame stands first there.
    """
    root = Path(__file__).resolve().parents[2]
    for file, function in re.findall(r'File "([^"]+)", line \d+ in (\w+)', trace):
        inside = Path(file).is_relative_to(root) and ".venv" not in file
        if inside and Path(file).parent.name != "engines":
            return f"{Path(file).stem}.{function}"
    return ""


def end_values(
    yearly: Mapping[str, np.ndarray], bases: Mapping[str, float], region: str = DEFAULT_REGION
) -> dict[str, Any]:
    """Per target of the region its value scaled to the 2020 base, the unscaled one, and whether it is met.

    A target with a second definition has its scaled value and whether it is met under _also and _also_hit.
    """
    values: dict[str, Any] = {}
    for name, target in load_targets(region=region).items():
        scaled, unscaled, hit = evaluate(target, yearly, bases)
        values |= {name: float(scaled), f"{name}_unscaled": float(unscaled), f"{name}_hit": bool(hit)}
        other = also_path(target, yearly, bases)
        if other is not None:
            end = float(other[target.about.year - FIRST_YEAR])
            values |= {f"{name}_also": end, f"{name}_also_hit": target.is_met_by(end)}
    return values


def programme_spending(yearly: Mapping[str, np.ndarray]) -> float:
    """What programmes paid out from 2021 on, the realised side of the public cost [yuan]."""
    return float(
        sum(
            values[POLICY_YEAR - FIRST_YEAR :].sum()
            for name, values in yearly.items()
            if name.startswith("programme_")
        )
    )


def annual(series: np.ndarray, indicators: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Yearly values of a run's quarters: flows summed, stocks at the year's end, rates averaged."""
    of_year: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "flow": lambda quarters: quarters.sum(axis=1),
        "stock": lambda quarters: quarters[:, -1],
        "rate": lambda quarters: quarters.mean(axis=1),
    }
    quarters = series.reshape(-1, 4, series.shape[1])
    return {name: of_year[one.kind](quarters[:, :, k]) for k, (name, one) in enumerate(indicators.items())}


def columns_of(model: str, region: str = DEFAULT_REGION) -> Columns:
    """The names of what the model records in a region."""
    found = import_module(model)
    return Columns(
        found.FIRST_YEAR,
        tuple(found.indicators(region)),
        tuple(found.CELL_INDICATORS),
        tuple(found.prefectures(region)),
        tuple(found.industries(region)),
    )
