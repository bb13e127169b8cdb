"""One digest for the same runs, however they came about, and another for any other result."""

from pathlib import Path

import pytest
import toy_model

from experiments import digest
from experiments.compute.compute import Sealing, compute
from experiments.compute.engines.local import Local
from experiments.compute.progress import Progress
from experiments.compute.task import Task, columns_of
from experiments.compute.work import Work
from experiments.plan.ensemble import ensemble
from experiments.store.chunk import seal
from experiments.store.record import tables
from experiments.store.store import claimed

HERE = Path(__file__).parents[1]
TODAY = {"format": 1, "sources": {}, "data": {}, "versions": {}}
COLUMNS = columns_of("toy_model")


def run(folder, replications, workers):
    """A sweep of two scenarios, sealed every few runs."""
    what = ensemble(
        toy_model.units(replications, toy_model.scenario("base"), toy_model.scenario("base", 0.1)),
        {"sources": "", "data": ""},
    )
    with claimed(folder, TODAY) as store:
        store.quarantine_damaged()
        units = what.missing(store.finished())
        with Local(workers) as local:
            for first in range(0, len(units), 5):
                sealing, work = Sealing(store, lambda: COLUMNS), Work(units[first : first + 5])
                compute(work, Task("toy_model"), local, sealing, Progress(0, quiet=True))


def test_one_and_two_workers_give_one_digest(tmp_path):
    run(tmp_path / "one", 20, 1)
    run(tmp_path / "two", 20, 2)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_the_order_and_the_number_of_chunks_do_not_matter(tmp_path):
    units = ensemble(toy_model.units(6), {"sources": "", "data": ""}).units
    records = [record for unit in units for record in Task("toy_model")(unit)]
    for name, parts in {"one": [records], "many": [[record] for record in reversed(records)]}.items():
        with claimed(tmp_path / name, TODAY) as store:
            for part in parts:
                store.append(part, COLUMNS)
    assert digest(tmp_path / "one") == digest(tmp_path / "many")


@pytest.mark.parametrize("changed", ["series", "cells", "status", "end value"])
def test_any_other_result_is_another_digest(tmp_path, changed):
    record = Task("toy_model")(ensemble(toy_model.units(1), {"sources": "", "data": ""}).units[0])[0]
    other = {
        "series": lambda: record._replace(series=record.series * (1 + 1e-15)),
        "cells": lambda: record._replace(run=record.run | {"cells_sha256": "0"}),
        "status": lambda: record._replace(run=record.run | {"status": "failed"}),
        "end value": lambda: record._replace(run=record.run | {"sei_va": record.run["sei_va"] * (1 + 1e-15)}),
    }[changed]()
    assert digest_of(tmp_path / "a", record) != digest_of(tmp_path / "b", other)


def test_how_long_a_run_took_does_not_enter(tmp_path):
    record = Task("toy_model")(ensemble(toy_model.units(1), {"sources": "", "data": ""}).units[0])[0]
    slower = record._replace(run=record.run | {"duration_s": 99.0})
    assert digest_of(tmp_path / "a", record) == digest_of(tmp_path / "b", slower)


def digest_of(folder, record):
    with claimed(folder, TODAY) as store:
        seal(store.folder, tables([record], COLUMNS), store.mark())
    return digest(folder)
