"""The table's rows are the same bits whichever executor computes them, and a worker that fails is told."""

import pytest
import toy_work

from experiments.calibration import pasts_table as module
from experiments.calibration.pasts_table import filled
from experiments.compute.crew import Crew, hired
from experiments.compute.engines.engine import EngineFailed
from experiments.exits import FolderDiffers
from experiments.plan.chosen_executor import chosen_executor
from experiments.plan.settings import ExecutorSettings
from experiments.store.own_files import OwnPath
from scenarios.values.errors import InputError

ROWS, SCALE = 3, 0.004
EXECUTORS = {
    "one process": ["executor=local", "executor.workers=1"],
    "two processes": ["executor.workers=2"],
    "dask": ["executor=dask", "executor.workers=2"],
}


def crew_of(*words: str):
    return hired(chosen_executor(words))


@pytest.fixture
def compiled(monkeypatch):
    """As if the work were compiled: else its first item would be computed in this process."""
    monkeypatch.setattr("experiments.compute.parallel.compiles_first", lambda work: False)


@pytest.fixture(scope="module")
def digests(tmp_path_factory) -> dict[str, list[str]]:
    """Checksums of the first rows, by executor; all are simulated anew."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CHUNK", ROWS)
        for name, words in EXECUTORS.items():
            folder = OwnPath(tmp_path_factory.mktemp("table") / "t")
            with crew_of(*words) as crew:
                table = filled(folder, ROWS, SCALE, crew=crew, say=str)
            found[name] = [table.digest(row) for row in range(ROWS)]
    return found


@pytest.mark.parametrize("name", ["two processes", "dask"])
def test_a_row_has_one_digest_whatever_the_executor(digests, name):
    assert digests[name] == digests["one process"]
    assert len(set(digests[name])) == ROWS


def test_results_come_in_the_order_of_the_items_whoever_is_first(compiled):
    with crew_of("executor.workers=2") as crew:
        assert crew.in_order(toy_work.square, range(12)) == [n * n for n in range(12)]


def test_an_item_that_kills_its_worker_twice_ends_the_work(compiled):
    with crew_of("executor.workers=1") as crew, pytest.raises(EngineFailed, match=r"SIGKILL.*, 2 times"):
        crew.in_order(toy_work.misbehaving, ["a", "kill", "b"])


def test_an_item_whose_worker_died_once_is_computed_again(compiled, tmp_path):
    with crew_of("executor.workers=1") as crew:
        assert crew.in_order(toy_work.killed_once, [str(tmp_path / "one")]) == ["second attempt"]


def test_a_worker_with_other_sources_refuses(compiled, monkeypatch):
    monkeypatch.setattr("experiments.compute.crew.digests", lambda region: {"sources": "others"})
    with crew_of("executor.workers=1") as crew, pytest.raises(FolderDiffers, match="the table began with"):
        crew.in_order(toy_work.square, [1])


def test_words_choose_the_executor_as_those_of_a_sweep_do():
    assert chosen_executor([]).kind == "local"
    found = chosen_executor(["executor=slurm", "executor.workers=3", "executor.queue=short", "seed=4"])
    assert (found.kind, found.workers, found.queue) == ("slurm", 3, "short")
    with pytest.raises(InputError, match=r"executor\.quue"):
        chosen_executor(["executor=slurm", "executor.quue=short"])


def test_settings_say_how_long_an_item_may_take(compiled):
    settings = ExecutorSettings(kind="local", workers=1, timeout=2)
    crew = Crew(settings)
    with crew.engine, pytest.raises(EngineFailed, match="it took longer than 2 s, 2 times"):
        crew.in_order(toy_work.misbehaving, ["hang"])
