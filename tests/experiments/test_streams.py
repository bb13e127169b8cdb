"""Streams that are closed, full or without a reader change no exit code and lose no run."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from in_process import whole

from experiments import digest

HERE = Path(__file__).parent
PROGRAM = [sys.executable, "-m", "experiments"]
TOY = [sys.executable, str(HERE / "toy_command.py")]


def through_the_shell(command, streams, **settings):
    """What a command does whose streams the shell has prepared so."""
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {shlex.join(command)} {streams}"],
        capture_output=True,
        text=True,
        cwd=HERE.parents[1],
        env=os.environ | settings,
        check=False,
    )


@pytest.mark.parametrize(
    ("verb", "streams", "code"),
    [
        (["params"], "| head -1", 0),
        (["params"], "| true", 0),
        (["--version"], ">&-", 0),
        (["--version"], "<&- >&- 2>&-", 0),
        (["targets", "nosuch"], "2>&-", 2),
        (["targets", "nosuch"], ">&- 2>&-", 2),
        (["targets", "nosuch"], "2>/dev/full", 2),
    ],
)
def test_the_exit_code_is_the_commands_own_whoever_listens(verb, streams, code):
    done = through_the_shell([*PROGRAM, *verb], streams)
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.parametrize("verb", ["--version", "params"])
def test_a_disk_that_cannot_take_the_output_is_told(verb):
    done = through_the_shell([*PROGRAM, verb], "> /dev/full")
    assert done.returncode == 74
    assert done.stderr.count("No space left on device") == 1 and "Traceback" not in done.stderr


@pytest.mark.parametrize("streams", ["2>&-", "<&- >&- 2>&-", "2>&1 | true"])
def test_a_sweep_to_which_nobody_listens_computes_all_the_same(tmp_path, streams):
    words = ["scenario=plan", "replications=2"]
    done = through_the_shell([*TOY, "sweep", *words, f"results={tmp_path / 'r'}"], streams)
    assert done.returncode == 0
    assert digest(tmp_path / "r") == whole(tmp_path / "whole", *words)


def test_failed_runs_are_told_by_the_exit_code_where_the_reader_of_the_table_has_left(tmp_path):
    words = ["scenario=plan", "replications=3", f"results={tmp_path / 'r'}"]
    done = through_the_shell([*TOY, "sweep", *words], "| true", TOY_FAILS="yes")
    assert done.returncode == 1 and "Traceback" not in done.stderr
