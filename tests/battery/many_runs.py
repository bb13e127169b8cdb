"""A results folder of very many runs: records as a sweep writes them, with drawn numbers for a model's."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np

import experiments.model as model
from experiments.compute.run_values import annual, end_values, programme_spending
from experiments.compute.task import columns_of, describe
from experiments.store.header import header
from experiments.store.record import Record
from experiments.store.store import claimed
from scenarios.digests import digests
from scenarios.spec import RunSpec, run_id
from sim.model import IndustrialPolicyModel, choose

PER_CHUNK = 64
SCENARIOS = ("as_in_2020", "plan", "no_policy", "procurement_doubled", "award_instead_of_subsidy")
QUARTERS = 40


def folder_of_many_runs(folder: Path, runs: int) -> Path:
    """Seals that many runs of five scenarios, in chunks of a sweep's size, and their sweep."""
    import pyarrow as pa

    specs = [replace(choose(name), point=name) for name in SCENARIOS]
    rows = [row for row, _ in drawn(specs, runs, only_names=True)]
    about = {
        "words": [],
        "experiment": "shipped",
        "question": "",
        "parameters": "central",
        "seed": 1,
        "replications": runs // len(SCENARIOS),
        "started": "2026-01-01T00:00:00",
        "cases": [{"point": name, "scenario": name, "label": {}, "given": []} for name in SCENARIOS],
    }
    names = ("run_id", "point", "scenario", "world", "scale", "seed", "n", "draw")
    with claimed(folder, header()) as store:
        store.keep_sweep(about, pa.Table.from_pylist([{name: row[name] for name in names} for row in rows]))
        chunk: list[Record] = []
        for _, record in drawn(specs, runs):
            chunk.append(record)
            if len(chunk) == PER_CHUNK:
                store.append(chunk, columns_of("experiments.model"))
                chunk = []
        if chunk:
            store.append(chunk, columns_of("experiments.model"))
    return folder


def drawn(specs: list[RunSpec], runs: int, only_names: bool = False) -> Iterator[tuple[dict, Record]]:
    """The row and the record of each run."""
    setting, today = IndustrialPolicyModel(specs[0]).setting, digests()
    known = {spec.point: describe(("", spec)) for spec in specs}
    for n in range(runs // len(specs)):
        for spec in specs:
            row = known[spec.point] | {"run_id": sha256(f"{spec.point} {n}".encode()).hexdigest(), "n": n}
            if n == 0:
                row["run_id"] = run_id(spec, today)
            yield row, Record({}) if only_names else record(row, setting.bases, n)


def record(row: dict, bases: dict[str, float], n: int) -> Record:
    """A record whose series grow at random."""
    luck = np.random.default_rng([n, len(row["point"])])
    growth = 1.0 + luck.normal(0.02, 0.01, size=(QUARTERS, len(model.indicators("hunan"))))
    series = 1e10 * growth.cumprod(axis=0)
    yearly = annual(series, model.indicators("hunan"))
    given = {f"base_{name}": float(value) for name, value in bases.items()}
    return Record(
        row
        | {"status": "ok", "stage": None, "error": None, "traceback": None, "duration_s": 0.1}
        | {"public_cost": 1e10, "public_spending": programme_spending(yearly), "cells_sha256": "0" * 64}
        | given
        | end_values(yearly, bases),
        series,
    )
