"""A sweep that will not fit on the disk is refused before its first run."""

import shutil
from types import SimpleNamespace

import pytest
import toy_model

from experiments.compute import room
from experiments.compute.compute import Sealing
from experiments.compute.room import CELLS_BYTES, RUN_BYTES, bytes_of, refuse_too_little
from experiments.compute.task import Task, columns_of
from experiments.exits import CannotWrite
from experiments.plan.ensemble import ensemble
from experiments.store.store import claimed
from sim.model import choose

TODAY = {"format": 2, "sources": {}, "data": {}, "versions": {}}
DIGESTS = {"sources": "s", "data": "d"}


def units(replications):
    return ensemble(toy_model.units(replications), DIGESTS).units


@pytest.fixture
def store(tmp_path):
    with claimed(tmp_path / "r", TODAY) as held:
        yield held


def free(monkeypatch, count):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=count))


def test_a_sweep_that_will_not_fit_is_refused_with_folder_and_bytes(store, monkeypatch):
    free(monkeypatch, bytes_of(store, units(100)) - 1)
    with pytest.raises(
        CannotWrite, match=r"r: 100 missing runs need about 11\.6 MB, the disk has 11\.6 MB free"
    ):
        refuse_too_little(store, units(100))


def test_a_sweep_that_just_fits_begins(store, monkeypatch):
    free(monkeypatch, bytes_of(store, units(100)))
    refuse_too_little(store, units(100))


def test_only_the_first_replications_keep_their_cells(store):
    assert bytes_of(store, units(30)) == 30 * RUN_BYTES + 20 * CELLS_BYTES


def test_a_folder_with_runs_says_how_large_they_are(store):
    store.append(
        [record for unit in units(50) for record in Task("toy_model")(unit)], columns_of("toy_model")
    )
    (chunk,) = store.chunks()
    each = sum(chunk.path(table).size() for table in ("runs", "series")) / 50
    assert bytes_of(store, units(1000)[50:]) == int(950 * each)


def test_a_run_of_the_model_takes_no_more_than_is_reckoned_with(store):
    specs = [[choose("plan", scale=0.004, replication=n)] for n in range(12)]
    sealing = Sealing(store, lambda: columns_of("experiments.model"))
    sealing.add([r for unit in ensemble(specs, DIGESTS).units for r in Task("experiments.model")(unit)])
    sealing.seal()
    (chunk,) = store.chunks()
    sizes = {table: chunk.path(table).size() / 12 for table in ("runs", "series", "cells")}
    assert RUN_BYTES / 20 < sizes["runs"] + sizes["series"] < RUN_BYTES
    assert CELLS_BYTES / 20 < sizes["cells"] < CELLS_BYTES


def test_bytes_are_written_as_people_read_them():
    assert [room.written(size) for size in (0, 999, 1e3, 2.5e9, 4e15)] == [
        "0 bytes",
        "999 bytes",
        "1 kB",
        "2.5 GB",
        "4,000.0 TB",
    ]
