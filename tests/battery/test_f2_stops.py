"""F2: Ctrl-C, SIGTERM, a closed terminal, in the middle of a batch too: an end within 5 s, how to go on."""

import random
import signal
import time

from in_process import whole
from loopback import sanxiang, wait_for
from toy_sweeps import begun, engine, intact, stopped_with

from experiments import digest
from experiments.store.heartbeat import last_beat

SWEEP = ("scenario=as_in_2020,plan", "replications=20")
SECONDS = 20.0  # below the 30 s that a run sleeps: what is stopped does not wait for it
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def trial(folder, luck):
    """What was wrong when a sweep was stopped; nothing if all was right."""
    number, pause = luck.choice(list(CODES)), luck.choice([0.1, 30])
    chosen, _ = engine(luck)
    process = begun(folder, *SWEEP, *chosen, TOY_PAUSE=str(pause))
    wait_for((folder / "sweeps" / "last.json").exists)
    wait_for(lambda: luck.random() < 0.02 or last_beat(folder))
    time.sleep(luck.uniform(0, 1.5))
    code, said, seconds = stopped_with(process, number)
    right = {
        "code": code == CODES[number],
        "time": seconds < SECONDS,
        "command": f"continue with: sanxiang resume {folder}" in said,
        "traceback": "Traceback" not in said,
        "intact": intact(folder),
    }
    return [name for name, well in right.items() if not well], said


def test_a_stopped_sweep_says_how_to_go_on_and_does(battery, tmp_path):
    undisturbed = whole(tmp_path / "whole", *SWEEP)
    for n in range(battery.trials(2, 20)):
        folder = tmp_path / str(n)
        wrong, said = trial(folder, random.Random(100 + n))
        if n == 0:
            assert sanxiang("resume", str(folder), "executor=local").returncode == 0
            wrong += [] if digest(folder) == undisturbed else ["digest"]
        battery.record("F2", not wrong, f"seed {100 + n}: {wrong} {said}")
