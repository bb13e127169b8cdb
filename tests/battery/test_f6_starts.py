"""F6: many starts at the same moment on one folder: one winner each time; a stale lock never blocks."""

import subprocess
import sys
from pathlib import Path

from in_process import whole
from loopback import ROOT, started, sweep_command
from toy_sweeps import repeated

from experiments import digest

# Children that all take the folder the moment the gate is closed; each tells how it ended.
RACE = """
import os, sys, time
from experiments.exits import FolderHeld
from experiments.store.store import claimed
folder, count = sys.argv[1], int(sys.argv[2])
today = {"format": 2, "sources": {}, "data": {}, "versions": {}}
gate, closing = os.pipe()
told, telling = os.pipe()
for child in range(count):
    if os.fork() == 0:
        os.close(closing)
        os.read(gate, 1)
        try:
            with claimed(folder, today):
                os.write(telling, b"w")
                time.sleep(0.5 + 0.02 * count)
        except FolderHeld:
            os.write(telling, b"h")
        except BaseException:
            os.write(telling, b"x")
        os._exit(0)
time.sleep(0.2)
os.close(closing)
os.close(telling)
for child in range(count):
    os.wait()
print(os.read(told, 10_000).decode())
"""
STALE = ["pid 4194303, since 2020-01-01 00:00:00", "", "\x00" * 400]


def race(folder: Path, count: int) -> str:
    words = [sys.executable, "-c", RACE, str(folder), str(count)]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip()


def test_of_many_simultaneous_starts_exactly_one_wins(battery, tmp_path):
    count = battery.trials(10, 50)
    for trial in range(battery.trials(2, 20)):
        told = race(tmp_path / str(trial // 2), count)  # every other time in a folder that exists
        well = (told.count("w"), told.count("h")) == (1, count - 1)
        battery.record("F6", well, f"{trial}: {told}")


def test_a_lock_that_a_dead_process_left_does_not_block(battery, tmp_path):
    for trial, content in enumerate(STALE):
        (tmp_path / str(trial)).mkdir()
        (tmp_path / str(trial) / "lock").write_text(content)
        told = race(tmp_path / str(trial), 3)
        battery.record("F6", sorted(told) == ["h", "h", "w"], f"{content!r}: {told}")


def test_sweeps_started_at_the_same_time_compute_every_run_once(battery, tmp_path):
    words = ["scenario=as_in_2020,plan", "replications=10", "executor.workers=1"]
    log = tmp_path / "log"
    command = sweep_command("sweep", *words, f"results={tmp_path / 'r'}")
    processes = [started(*command, TOY_PAUSE="0.2", TOY_LOG=str(log)) for _ in range(battery.trials(3, 50))]
    codes = [(process.communicate()[0], process.returncode)[1] for process in processes]
    well = codes.count(0) >= 1 and set(codes) <= {0, 75} and repeated(log) == 0
    battery.record("F6", well, f"{codes} {repeated(log)}")
    battery.record("F6", digest(tmp_path / "r") == whole(tmp_path / "alone", *words), "digest")
