"""What is sealed is found again, and what is damaged is never used."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as datasets
import pyarrow.parquet as pq
import pytest
import toy_model

from experiments.compute.task import Task, columns_of, failed
from experiments.exits import CannotWrite, CorruptData, FolderDiffers, FolderHeld
from experiments.plan.ensemble import ensemble
from experiments.store.chunk import Chunk
from experiments.store.store import Store, claimed
from scenarios.values.errors import InputError

TODAY = {
    "format": 1,
    "sources": {"sim/a.py": "11"},
    "data": {"configs/b.yaml": "22"},
    "versions": {"numpy": "2"},
}
DIGESTS = {"sources": "s", "data": "d"}
COLUMNS = columns_of("toy_model")


def records(replications=4, first=0):
    units = ensemble(toy_model.units(first + replications)[first:], DIGESTS).units
    return [record for unit in units for record in Task("toy_model")(unit)]


@pytest.fixture
def store(tmp_path):
    with claimed(tmp_path / "results", TODAY) as held:
        held.append(records(3), COLUMNS)
        held.append(records(2, first=3), COLUMNS)
    return Store(tmp_path / "results")


def test_sealed_runs_come_back_bit_for_bit(store):
    written = {record.run["run_id"]: record for record in records(5)}
    series = store.table("series").to_pandas().groupby("run_id")
    assert set(series.groups) == set(written)
    for run, rows in series:
        assert rows[list(COLUMNS.series)].to_numpy().tobytes() == written[run].series.tobytes()


def test_cells_come_back_by_year_place_and_industry(store):
    record = records(1)[0]
    rows = store.table("cells").to_pandas()
    one = rows[
        (rows.run_id == record.run["run_id"])
        & (rows.year == 2018)
        & (rows.prefecture == "zhuzhou")
        & (rows.industry == "services")
    ]
    assert one.firms.tolist() == [record.cells[2, 1, 2, 0]]


def test_quarters_are_numbered_from_the_first_of_2016(store):
    rows = store.table("series").to_pandas().head(40)
    assert (rows.year.iloc[0], rows.quarter.iloc[0], rows.year.iloc[-1], rows.quarter.iloc[-1]) == (
        2016,
        1,
        2025,
        4,
    )


def test_every_flipped_byte_of_every_file_is_noticed(store):
    for chunk in list(store.chunks()):
        for path in files_of(chunk):
            content = path.read_bytes()
            for place in range(0, len(content), max(1, len(content) // 25)):
                path.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
                assert Store(store.path).damaged(), f"byte {place} of {path.name}"
            path.write_bytes(content)
    assert Store(store.path).damaged() == []


def test_a_truncated_empty_or_missing_file_is_noticed(store):
    path = store.chunks()[0].path("series").path
    content = path.read_bytes()
    for rest in (content[:-1], content[: len(content) // 2], b""):
        path.write_bytes(rest)
        with pytest.raises(CorruptData, match=r"series\.parquet is damaged"):
            Store(store.path).table("series")
    path.unlink()
    with pytest.raises(CorruptData, match="is missing"):
        Store(store.path).table("series")


def test_exchanged_files_and_cards_are_noticed(store):
    first, second = store.chunks()
    exchange(first.path("runs").path, second.path("runs").path)
    assert len(Store(store.path).damaged()) == 2
    exchange(first.path("runs").path, second.path("runs").path)
    exchange(first.card.path, second.card.path)
    assert ["another chunk" in line for line in Store(store.path).damaged()] == [True, True]


def exchange(a, b):
    held = a.read_bytes()
    a.write_bytes(b.read_bytes())
    b.write_bytes(held)


def test_a_damaged_chunk_is_moved_aside_and_its_runs_are_missing_again(store):
    damaged: Chunk = store.chunks()[0]
    damaged.path("runs").path.write_bytes(b"PAR1")
    with claimed(store.path, TODAY) as held:
        reports = held.quarantine_damaged()
        assert len(reports) == 1
        assert held.finished().isdisjoint(damaged.runs)
        assert len(held.finished()) == 5 - len(damaged.runs)
    aside = {path.name for path in (store.path / "quarantine").iterdir()}
    assert aside == {path.name for path in files_of(damaged)}


def files_of(chunk):
    return [path.path for path in (chunk.card, *map(chunk.path, chunk.files))]


def test_what_a_killed_sweep_left_half_is_removed_and_tables_without_a_card_are_put_aside(store):
    orphan = f"{'a' * 20}.series.parquet"
    for name in (orphan, f".sanxiang-{'0' * 16}.part"):
        (store.folder / name).write(b"half")
    with claimed(store.path, TODAY) as held:
        assert held.quarantine_damaged() == []
    assert held.folder.names() == sorted(path.name for chunk in store.chunks() for path in files_of(chunk))
    assert (store.root / "quarantine").names() == [orphan]
    assert len(Store(store.path).finished()) == 5


def test_a_lost_run_is_missing_and_its_success_replaces_it(tmp_path):
    record = records(1)[0]
    lost = record._replace(run=record.run | {"status": "lost"}, series=None, cells=None)
    with claimed(tmp_path / "results", TODAY) as held:
        held.append([lost], COLUMNS)
        assert held.finished() == set()
        held.append([record], COLUMNS)
        assert held.table("runs").column("status").to_pylist() == ["ok"]
        assert held.table("series").num_rows == 40


def test_a_folder_is_continued_only_by_what_computed_it(store):
    other = TODAY | {"sources": {"sim/a.py": "12", "sim/new.py": "13"}}
    with (
        pytest.raises(FolderDiffers, match=r"sources: sim/a.py changed; sources: sim/new.py is new"),
        claimed(store.path, other),
    ):
        pass


def test_a_second_sweep_is_told_who_holds_the_folder(store):
    with (
        claimed(store.path, TODAY),
        pytest.raises(FolderHeld, match=f"pid {os.getpid()}, since"),
        claimed(store.path, TODAY),
    ):
        pass


def test_a_killed_holder_leaves_no_lock(store):
    code = (
        "import os, signal\nfrom experiments.store.store import claimed\n"
        f"with claimed({str(store.path)!r}, {TODAY!r}):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with claimed(store.path, TODAY) as held:
        assert len(held.finished()) == 5


def test_a_folder_below_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(CannotWrite, match=str(tmp_path / "file" / "results")),
        claimed(tmp_path / "file" / "results", TODAY),
    ):
        pass


def test_a_full_disk_leaves_nothing_half_written(store):
    before = store.folder.names()
    code = (
        "import resource, sys\nsys.path[:0] = ['tests/experiments', 'tests/experiments/store']\n"
        "from test_store import *\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"with claimed({str(store.path)!r}, TODAY) as held:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "    try:\n        held.append(records(9), COLUMNS)\n"
        "    except CannotWrite as error:\n        print(error)"
    )
    said = subprocess.run(
        check=False,
        args=[sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert "cannot write" in said.stdout and "bytes): File too large" in said.stdout, said.stderr
    assert store.folder.names() == before


def test_a_folder_without_results_says_so(tmp_path):
    with pytest.raises(InputError, match="holds no results"):
        Store(tmp_path).header()


def test_chunks_of_failed_and_of_finished_runs_have_one_schema(tmp_path):
    """Whoever reads chunks/*.runs.parquet together takes the columns of the first file for those of all."""
    failing = failed(("f" * 64, toy_model.units(1)[0][0]), "failed", "sim.step", "no firms", "trace")
    with claimed(tmp_path / "r", TODAY) as store:
        chunks = [store.append([failing], COLUMNS), store.append(records(2), COLUMNS)]
    files = [chunk.path("runs").path for chunk in chunks]
    assert pq.read_schema(files[0]) == pq.read_schema(files[1])
    assert not any(pa.types.is_null(kind) for kind in pq.read_schema(files[0]).types)
    together = datasets.dataset(files).to_table()
    assert together.num_rows == 3 and together.column("error").null_count == 2


def test_other_versions_of_what_computes_are_told_and_refuse_nothing(store, capsys):
    with claimed(store.path, TODAY | {"versions": {"numpy": "3", "numba": "1"}}):
        pass
    assert capsys.readouterr().err == (
        f"{store.path} was begun with other versions (numpy 2 there and 3 here, "
        "numba unknown there and 1 here): last digits may differ\n"
    )
    with claimed(store.path, TODAY):
        pass
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("mask", "mode"), [(0o002, 0o664), (0o022, 0o644), (0o077, 0o600)])
def test_who_may_write_to_a_folder_may_take_its_lock(tmp_path, mask, mode):
    """The mask of whoever makes it says who; a colleague of the group may then resume."""
    before = os.umask(mask)
    try:
        with claimed(tmp_path / "r", TODAY):
            pass
    finally:
        os.umask(before)
    files = [path for path in (tmp_path / "r").iterdir() if path.is_file()]
    assert {path.name: path.stat().st_mode & 0o777 for path in files} == {"lock": mode, "folder.json": mode}
