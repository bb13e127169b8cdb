"""The model compiled by several processes, before the first run would do it in one."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from agents.engine import cache_folder
from experiments.compute.engines.engine import Job, Stopping
from experiments.compute.engines.local import Local
from experiments.compute.engines.process import ONE_THREAD, POLL, deaf_children

if TYPE_CHECKING:
    from scenarios.spec import RunSpec

SCOUT = ["-m", "experiments.compute.scout"]
MOST = 4
"""Processes: each compiles for itself what several functions use, so that more of them would gain little."""


def compiled_ahead(specs: Sequence[RunSpec], workers: int, stopping: Stopping) -> bool:
    """Compile what runs with a common past need; whether all of it was.

    It is not where a process died: then the first run compiles the rest, and tells what is wrong.
    """
    if cache_folder.is_plain():
        return False
    with (
        calls_of(specs, stopping) as calls,
        Local(max(1, min(workers, MOST)), stopping=stopping) as engine,
    ):
        ends = {outcome.status for outcome in engine.run(compile_for, calls.take)}
    whole = calls.are_all and ends == {"ok"}
    if whole:
        cache_folder.note_whole()
    return whole


def compile_for(call: bytes) -> None:
    """The work of a process; call: pickled."""
    pickle.loads(call).compile()


class Calls:
    """What the scout tells, as jobs. It is read at once, and never waits for those who compile."""

    def __init__(self, scout: subprocess.Popen[bytes], told: Connection, stopping: Stopping) -> None:
        self.are_all = False
        self._scout, self._stopping = scout, stopping
        self._told: SimpleQueue[bytes | None] = SimpleQueue()
        self._ended = False
        Thread(target=self._read, args=(told,), daemon=True).start()

    def _read(self, told: Connection) -> None:
        with told, suppress(EOFError, OSError):
            while True:
                self._told.put(told.recv_bytes())
        self._told.put(None)

    def take(self) -> Job | None:
        """The next job; None after the last, or when stopping."""
        while not self._ended and not self._stopping():
            try:
                call = self._told.get(timeout=POLL)
            except Empty:
                continue
            if call is not None:
                return Job(call)
            self._ended, self.are_all = True, self._scout.wait() == 0
        return None


@contextmanager
def calls_of(specs: Sequence[RunSpec], stopping: Stopping) -> Iterator[Calls]:
    """The calls that runs make, while a small run in plain Python finds them."""
    settings = {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    told, tells = Pipe(duplex=False)
    with tells, deaf_children():
        scout = subprocess.Popen(
            [sys.executable, "-P", *SCOUT],
            stdin=subprocess.PIPE, stdout=tells.fileno(), stderr=subprocess.DEVNULL,
            env=os.environ | ONE_THREAD | settings,
        )  # fmt: skip
    try:
        assert scout.stdin is not None
        with suppress(BrokenPipeError), scout.stdin as asked:
            pickle.dump(list(specs), asked)
        yield Calls(scout, told, stopping)
    finally:
        scout.kill()
        scout.wait()
