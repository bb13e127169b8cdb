"""F1: the whole process group killed at random moments; workers and executor drawn anew at each restart."""

import random

import pytest
from in_process import whole
from loopback import sanxiang, wait_for
from toy_sweeps import begun, engine, intact, killed_after, repeated

from experiments import digest
from experiments.compute.compute import RUNS_PER_CHUNK
from experiments.store.heartbeat import last_beat

SWEEP = ("scenario=as_in_2020,plan", "replications=60")
LONG = ("scenario=as_in_2020,plan", "replications=1000")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return whole(tmp_path_factory.mktemp("whole") / "r", *SWEEP)


def killed_and_resumed(folder, words, kills, luck, pause):
    """The digest at the end, and how many runs each worker and kill cost at most.

    A kill comes up to a few seconds after the first runs, or at any moment from the start on.
    """
    allowed, at_work = 0, 0
    settings = {"TOY_PAUSE": str(pause), "TOY_LOG": str(folder.parent / "log")}
    while at_work < kills:
        chosen, workers = engine(luck)
        process = begun(folder, *words, *chosen, **settings)
        if luck.random() < 0.7:
            wait_for(lambda process=process: process.poll() is not None or computes(folder, process))
        at_work += killed_after(process, luck.uniform(0.1, 3.0))
        allowed += (workers + 1) * RUNS_PER_CHUNK
        assert not (folder / "folder.json").exists() or intact(folder)
    resume = "resume" if (folder / "sweeps" / "last.json").exists() else "sweep"
    target = [str(folder)] if resume == "resume" else [*words, f"results={folder}"]
    done = sanxiang(resume, *target, TOY_LOG=settings["TOY_LOG"])
    assert done.returncode == 0, done.stderr
    return digest(folder), repeated(folder.parent / "log") <= allowed


def computes(folder, process):
    """Whether the folder's sign of life is this process's, and not that of one killed before."""
    beat = last_beat(folder)
    return beat is not None and beat["pid"] == process.pid


@pytest.mark.parametrize("group", range(4))
def test_a_sweep_killed_at_random_ends_as_the_undisturbed_one(battery, tmp_path, undisturbed, group):
    for trial in range(group, battery.trials(1, 20), 4):
        (tmp_path / str(trial)).mkdir()
        end = killed_and_resumed(tmp_path / str(trial) / "r", SWEEP, 2, random.Random(trial), 0.08)
        battery.record("F1", end == (undisturbed, True), f"seed {trial}: {end}")


def test_two_thousand_runs_killed_ten_times_end_as_undisturbed_ones(battery, tmp_path):
    """In the slice this is a small sweep; the kills, workers and engines are drawn in the same way."""
    words, kills = battery.trials((SWEEP, 1), (LONG, 10))
    undisturbed = whole(tmp_path / "whole", *words)
    end = killed_and_resumed(tmp_path / "r", words, kills, random.Random(2021), 0.02)
    battery.record("F1", end == (undisturbed, True), f"{words}: {end}")
