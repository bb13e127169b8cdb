"""Real Dask schedulers and workers on this machine, and a stand-in for SLURM's commands, for tests."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from experiments.compute.engines.certificates import CONFIGURATION, make

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DASK = str(Path(sys.executable).with_name("dask"))
SBATCH = """#!/bin/sh
# Runs the script that it is given, as SLURM would on one of its machines: from a copy, because
# the one that is given may be deleted as soon as this command returns.
for script do :; done
copy=$(mktemp {folder}/submitted.XXXXXX)
cp "$script" "$copy"
setsid sh "$copy" >/dev/null 2>{folder}/job.err & echo $! >>{folder}/jobs
echo "Submitted batch job $!"
"""
SCANCEL = """#!/bin/sh
kill -9 -- "-$1" 2>/dev/null || true
"""


def environment(**settings):
    """The environment of a command that knows the toy model."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (HERE, ROOT)))} | settings


def started(*words, **settings):
    """A process in a group of its own, whose output is kept for the test."""
    return subprocess.Popen(
        words,
        cwd=ROOT,
        env=environment(**settings),
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def sweep_command(*words):
    return [sys.executable, str(HERE / "toy_command.py"), *words]


def sanxiang(*words, **settings):
    """A finished command of the toy's sanxiang."""
    process = started(*sweep_command(*words), **settings)
    try:
        out, err = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        killed(process)
        raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def killed(process):
    """Kill a whole process group, and wait."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def certificates(folder):
    """The certificates of a cluster in a folder, made when first asked for."""
    made = Path(folder) / "tls"
    if not made.exists():
        make(made)
    return made


def engine(address, folder):
    """The words of a sweep that computes on the cluster whose certificates lie in a folder."""
    return ["executor=dask", f"executor.address={address}", f"executor.certificates={certificates(folder)}"]


@contextmanager
def scheduler(folder):
    """A scheduler on the loopback interface, as docs/CLUSTER.md starts it: its process and its address."""
    file = Path(folder) / "scheduler.json"
    words = [
        "scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        str(file),
    ]
    process = started(DASK, *words, DASK_CONFIG=str(certificates(folder) / CONFIGURATION))
    try:
        yield process, wait_for(lambda: json.loads(file.read_text())["address"])
    finally:
        killed(process)


@contextmanager
def worker(address, folder, **settings):
    """A worker with one thread that joins the scheduler of the folder above: its process."""
    place = ["--local-directory", str(folder), "--host", "127.0.0.1", "--no-dashboard"]
    trusted = {"DASK_CONFIG": str(certificates(Path(folder).parent) / CONFIGURATION)}
    process = started(DASK, "worker", address, "--nthreads", "1", *place, **trusted | settings)
    try:
        yield process
    finally:
        killed(process)


def wait_for(what, seconds=60):
    """The first result of what() that is true, tried until it neither raises nor is false."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            found = what()
        except (OSError, ValueError, KeyError, TypeError):  # not there yet, or half of it
            found = None
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def slurm(folder):
    """A folder with commands sbatch and scancel, to be put on the PATH."""
    folder.mkdir()
    for name, text in {"sbatch": SBATCH, "scancel": SCANCEL}.items():
        (folder / name).write_text(text.format(folder=folder) if "{folder}" in text else text)
        (folder / name).chmod(0o755)
    return folder
