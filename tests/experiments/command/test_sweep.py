"""A sweep from its words to its results: what is run, what is reused, what stops it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments import digest, load_cells, load_runs, load_sweep, sweep
from experiments.exits import FolderDiffers, FolderHeld
from experiments.store.header import header
from experiments.store.store import Store, claimed

HERE = Path(__file__).parents[1]
pytestmark = pytest.mark.usefixtures("computed_here")
SMALL = ("scenario=as_in_2020,plan", "replications=4")


@pytest.fixture(autouse=True)
def toy(monkeypatch):
    """The toy model, and sources that nobody edits while the tests run."""
    monkeypatch.setattr("experiments.answer.sweep.MODEL", "toy_model")
    held = header()
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": held)


def swept(folder, *words, **settings):
    return sweep(*words, f"results={folder}", quiet=True, **settings)


def chunks(folder):
    return {path.name: path.stat().st_mtime_ns for path in (folder / "chunks").iterdir()}


def test_a_sweep_runs_every_scenario_as_often_as_asked(tmp_path):
    done = swept(tmp_path / "r", *SMALL)
    runs = load_runs(tmp_path / "r")
    assert (len(done.runs), done.failed) == (8, 0)
    assert runs.groupby("point").n.apply(list).to_dict() == {"as_in_2020": [0, 1, 2, 3], "plan": [0, 1, 2, 3]}
    assert done.targets().runs.tolist() == [4] * 16


def test_repeating_a_sweep_computes_nothing(tmp_path):
    swept(tmp_path / "r", *SMALL)
    before = chunks(tmp_path / "r")
    swept(tmp_path / "r", *SMALL)
    assert chunks(tmp_path / "r") == before


def test_a_larger_sweep_adds_only_what_is_missing(tmp_path):
    swept(tmp_path / "r", *SMALL)
    before = chunks(tmp_path / "r")
    swept(tmp_path / "r", "scenario=as_in_2020,plan,no_policy", "replications=6")
    assert before.items() <= chunks(tmp_path / "r").items()
    assert sum(len(chunk.runs) for chunk in Store(tmp_path / "r").chunks()) == 18


def test_the_table_is_of_the_last_sweep_unless_all_runs_are_asked_for(tmp_path):
    swept(tmp_path / "r", *SMALL)
    swept(tmp_path / "r", "scenario=no_policy", "replications=2")
    assert len(load_runs(tmp_path / "r")) == 2
    assert len(load_runs(tmp_path / "r", all_runs=True)) == 10


def test_each_value_of_a_swept_lever_is_a_point(tmp_path):
    swept(tmp_path / "r", "lever.rd_subsidy.rate=0,0.2", "replications=2", "scenario=as_in_2020")
    assert list(dict.fromkeys(load_runs(tmp_path / "r").point)) == [
        "as_in_2020 lever.rd_subsidy.rate=0",
        "as_in_2020 lever.rd_subsidy.rate=0.2",
    ]
    assert [case["given"] for case in load_sweep(tmp_path / "r")["cases"]] == [
        [["lever.rd_subsidy.rate", 0.0]],
        [["lever.rd_subsidy.rate", 0.2]],
    ]


def test_a_value_equal_to_the_shipped_one_is_the_same_run(tmp_path):
    swept(tmp_path / "r", "lever.rd_subsidy.rate=0.1", "replications=1", "scenario=as_in_2020")
    before = chunks(tmp_path / "r")
    swept(tmp_path / "r", "replications=1", "scenario=as_in_2020")
    assert chunks(tmp_path / "r") == before
    assert load_runs(tmp_path / "r").point.tolist() == ["as_in_2020"]


def test_a_damaged_chunk_is_moved_aside_and_computed_again(tmp_path, capsys):
    swept(tmp_path / "r", *SMALL)
    whole = digest(tmp_path / "r")
    path = Store(tmp_path / "r").chunks()[0].path("series").path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    swept(tmp_path / "r", *SMALL)
    assert f"{path} is damaged" in capsys.readouterr().err
    assert (tmp_path / "r" / "quarantine" / path.name).exists()
    assert digest(tmp_path / "r") == whole


def test_a_damaged_header_is_written_again(tmp_path):
    swept(tmp_path / "r", *SMALL)
    whole = digest(tmp_path / "r")
    (tmp_path / "r" / "folder.json").write_text("{}")
    swept(tmp_path / "r", *SMALL)
    assert digest(tmp_path / "r") == whole


def test_a_sweep_of_other_sources_is_refused_and_forked(tmp_path, monkeypatch):
    swept(tmp_path / "r", *SMALL)
    before = chunks(tmp_path / "r")
    other = header() | {"sources": {"sim/quarter.py": "0"}}
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": other)
    with pytest.raises(FolderDiffers, match="--fork NEWDIR"):
        swept(tmp_path / "r", *SMALL)
    assert chunks(tmp_path / "r") == before
    assert sweep(*SMALL, fork=tmp_path / "new", quiet=True).folder == tmp_path / "new"


def test_a_folder_that_another_sweep_holds_is_left_alone(tmp_path):
    today = header()
    with claimed(tmp_path / "r", today), pytest.raises(FolderHeld, match="another sweep holds"):
        swept(tmp_path / "r", *SMALL)


def test_cells_add_up_to_what_was_recorded(tmp_path):
    swept(tmp_path / "r", "scenario=as_in_2020", "replications=2")
    assert len(load_cells(tmp_path / "r")) == 2 * 10 * 2 * 3


@pytest.mark.parametrize(
    ("number", "code", "after"), [(signal.SIGINT, 130, 0), (signal.SIGINT, 130, 3), (signal.SIGTERM, 143, 3)]
)
def test_an_interrupted_sweep_keeps_what_is_done_and_says_how_to_go_on(tmp_path, number, code, after):
    words = [
        "sweep",
        "scenario=as_in_2020",
        "replications=60",
        "executor.workers=2",
        f"results={tmp_path / 'r'}",
    ]
    process = subprocess.Popen(
        [sys.executable, str(HERE / "toy_command.py"), *words],
        env=os.environ | {"TOY_PAUSE": "0.2"},
        cwd=HERE.parents[1],
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(tmp_path / "r" / "sweeps" / "last.json")
    time.sleep(after)
    os.killpg(process.pid, number)  # as a terminal does: to the workers too
    said = process.communicate(timeout=60)[1]
    assert process.returncode == code
    assert f"continue with: sanxiang resume {tmp_path / 'r'}" in said
    assert "Traceback" not in said
    assert Store(tmp_path / "r").damaged() == []
    assert len(Store(tmp_path / "r").finished()) < 60


def wait_for(path, seconds=60):
    deadline = time.monotonic() + seconds
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
