"""The page of `sanxiang explore` as a process of its own, and the address that it prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def begin(folder, *words, errors=None):
    """The process, on a free port, with results in `folder`/r. errors: the file of its messages."""
    command = [sys.executable, "-m", "experiments", "explore", "--no-browser", "--port", "0"]
    return subprocess.Popen(
        [*command, "--results", str(folder / "r"), *words],
        stdout=subprocess.PIPE, stderr=errors, text=True, cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def address_of(process):
    """The address that it prints once it can be asked."""
    return re.search(r"http://\S+", process.stdout.readline())[0]
