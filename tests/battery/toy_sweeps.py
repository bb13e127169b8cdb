"""Sweeps of the toy model as processes that can be interrupted, and what their folders then hold."""

import os
import signal
import time
from collections import Counter
from pathlib import Path

from loopback import killed, started, sweep_command

from experiments.exits import CorruptData
from experiments.store.store import Store

RESULTS = "results="


def begun(folder, *words, **settings):
    """A sweep that has just been started."""
    return started(*sweep_command("sweep", *words, f"{RESULTS}{folder}"), **settings)


def killed_after(process, seconds):
    """Kill everything a sweep has started, after some seconds; whether it was still at work."""
    time.sleep(seconds)
    at_work = process.poll() is None
    killed(process)
    return at_work


def stopped_with(process, number):
    """Send a signal to the whole group, as a terminal does; exit code, what was said, seconds it took."""
    started_at = time.monotonic()
    os.killpg(process.pid, number)
    try:
        _, said = process.communicate(timeout=30)
    finally:
        killed(process)
    return process.returncode, said, time.monotonic() - started_at


def engine(luck):
    """Settings of an engine drawn at random, and how many workers it has."""
    kind, workers = luck.choice(["local", "local", "dask"]), luck.choice([1, 2, 3])
    return [f"executor={kind}", f"executor.workers={workers}"], workers


def repeated(log: Path):
    """How many runs were computed more than once."""
    counts = Counter(log.read_text().split("\n")[:-1])
    return sum(count - 1 for count in counts.values())


def intact(folder):
    """Whether every file of a folder is what was sealed."""
    return Store(folder).damaged() == []


def noticed(folder):
    """Whether damage anywhere in a folder is told."""
    try:
        return Store(folder).damaged() != []
    except CorruptData:
        return True


def children(pid):
    """Ids of the processes that a process has started."""
    import psutil

    return [child.pid for child in psutil.Process(pid).children() if child.status() != psutil.STATUS_ZOMBIE]


def kill_a_worker(pid, luck):
    """Kill one of a sweep's workers; whether there was one."""
    found = children(pid)
    if found:
        os.kill(luck.choice(found), signal.SIGKILL)
    return bool(found)
