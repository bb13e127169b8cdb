"""A sign of life of the sweep that writes to a folder: DIR/heartbeat.json, for anybody to read.

{"pid", "host", "since", "beat": "2026-01-31T12:00:00+0800", "done", "total", "failed", "running": [run ids]}

Written every two seconds while runs are computed, from the loop that hands them out, so it stops when that
hangs. It tells, and locks nothing: who may write is decided by the lock alone.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from experiments.exits import CannotWrite
from experiments.store.own_files import OwnPath

NAME = "heartbeat.json"
EVERY = 2.0  # seconds
SILENT = 30.0
"""Seconds without a beat after which its sweep is taken for dead."""
STAMP = "%Y-%m-%dT%H:%M:%S%z"


class Heartbeat:
    """Writes the sign of life; to be called often."""

    def __init__(self, folder: Path, tell: Callable[[], dict[str, Any]]) -> None:
        self.path, self._tell = OwnPath(folder) / NAME, tell
        self._since = time.strftime(STAMP)
        self._next = 0.0

    def beat(self) -> None:
        """Write it, unless that was done a moment ago.

        A disk that cannot take it stops no sweep: sealing a result will say so.
        """
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        about = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": self._since,
            "beat": time.strftime(STAMP),
        }
        with suppress(CannotWrite):
            self.path.write(json.dumps(about | self._tell()).encode(), durable=False)

    def end(self) -> None:
        """Remove it."""
        with suppress(OSError, CannotWrite):
            self.path.remove()


def last_beat(folder: Path) -> dict[str, Any] | None:
    """The sign of life of a folder's sweep, and the seconds since then under "ago"; None without one."""
    try:
        found = json.loads((OwnPath(folder) / NAME).read())
        ago = time.time() - datetime.strptime(found["beat"], STAMP).timestamp()
        return {**found, "ago": ago}
    except (OSError, CannotWrite, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def in_words(folder: Path) -> str:
    """How far the folder's sweep is and when it was last heard of; empty when it has not been."""
    found = last_beat(folder)
    if found is None or not all(isinstance(found.get(part), int) for part in ("done", "total")):
        return ""
    ago = max(0.0, found["ago"])  # below nothing where the clock was set back
    return f"{found.get('done')} of {found.get('total')} runs, last sign of life {ago:.0f} s ago"


def running(folder: Path) -> set[str]:
    """Ids of the runs that a living sweep computes at this moment."""
    found = last_beat(folder)
    named = found.get("running") if found is not None and _is_alive(found) else None
    return {run for run in named if isinstance(run, str)} if isinstance(named, list) else set()


def _is_alive(found: dict[str, Any]) -> bool:
    """Whether the sweep was heard of just now: not before, nor after a time that a clock set back has yet to
    reach; and, where it is of this machine, whether its process is still there."""
    if abs(found["ago"]) >= SILENT:
        return False
    return found.get("host") != socket.gethostname() or _is_process(found.get("pid"))


def _is_process(pid: Any) -> bool:
    if isinstance(pid, bool) or not isinstance(pid, int) or not 0 < pid < 1 << 31:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True
