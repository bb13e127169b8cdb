"""The parent's side of a worker process (worker.py): starts it, gives it jobs, learns how they end."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait

from experiments.compute.engines.engine import EngineFailed, Function, Job, Outcome
from experiments.compute.engines.limit import TIMEOUT
from experiments.compute.engines.worker import BEGUN, READY

POLL = 0.2
STARTING = 300.0
"""Seconds that a worker may take to start, on a machine that has much else to do."""
GRACE = 3.0
"""Seconds beyond its limit after which a job that does not end by itself is killed."""
STARTS = 5
"""Workers that may end in a row before they are ready; then something is wrong with all of them."""
LIBRARIES = ("OMP", "OPENBLAS", "MKL", "NUMBA", "VECLIB_MAXIMUM")
ONE_THREAD = {f"{library}{'' if '_' in library else '_NUM'}_THREADS": "1" for library in LIBRARIES}
LONGEST_TRACE = 20_000


class WorkerProcess:
    """A worker process and the job it has."""

    def __init__(self, memory: int) -> None:
        ours, theirs = socket.socketpair()
        self.connection = Connection(ours.detach())
        self.job: Job | None = None
        self.ready = self.begun = False
        self._since = time.monotonic()
        self._traces = _unnamed_file()
        self._closing = threading.Lock()
        numbers = (theirs.fileno(), self._traces, os.getpid(), memory)
        with theirs, deaf_children():
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "experiments.compute.engines.worker", *map(str, numbers)],
                pass_fds=(theirs.fileno(), self._traces),
                stdin=subprocess.DEVNULL,
                env=os.environ | ONE_THREAD | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether it can take another job."""
        return not self.connection.closed and self._process.poll() is None

    def working(self) -> bool:
        """Whether it has a job whose outcome is still to be asked for."""
        return self.job is not None and not self.connection.closed

    def begin(self, function: Function, job: Job) -> None:
        """Give it a job; a worker that died meanwhile is noticed when its outcome is asked for."""
        self.job, self._since, self.begun = job, time.monotonic(), False
        try:
            self.connection.send_bytes(pickle.dumps((function, job), protocol=pickle.HIGHEST_PROTOCOL))
        except OSError:
            return

    def late(self) -> bool:
        """Whether it takes longer than its job may; by then it should have ended itself."""
        limit = self.job.seconds + GRACE if self.job is not None and self.begun else STARTING
        return time.monotonic() - self._since > limit

    def outcome(self) -> Outcome | None:
        """What its pipe says or its death tells; None when it has only become ready, or begun its job.

        To be called when the pipe is readable or the worker is late.
        """
        late = self.late()
        if late:
            self._process.kill()
        try:
            said = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            return self._death(late)
        if said in (READY, BEGUN):
            self.ready, self.begun, self._since = True, said == BEGUN, time.monotonic()
            return None
        return self._ended(*said)

    def attempt(self, function: Function, job: Job) -> Outcome:
        """Give it a job and wait for the outcome."""
        self.begin(function, job)
        while True:
            if wait([self.connection], timeout=POLL) or self.late():
                outcome = self.outcome()
                if outcome is not None:
                    return outcome

    def kill(self) -> None:
        """End it, whatever it does; so may, at the same time, a thread that waits for its outcome."""
        self._process.kill()
        self._process.wait()
        with self._closing:
            if not self.connection.closed:
                self.connection.close()
                os.close(self._traces)

    def _ended(self, *said: object) -> Outcome:
        assert self.job is not None
        job, self.job = self.job, None
        return Outcome(job, *said)  # type: ignore[arg-type]

    def _death(self, late: bool) -> Outcome:
        job = self.job
        assert job is not None
        seconds = time.monotonic() - self._since
        self._process.wait()
        trace = os.pread(self._traces, LONGEST_TRACE, 0).decode(errors="replace")
        self.kill()
        self.job = None
        if not self.ready:
            return Outcome(job, None, "unstarted", f"a worker process {self._how_it_ended()} at its start")
        over = late or trace.startswith(TIMEOUT)
        if over and not self.begun:
            return Outcome(job, None, "lost", f"its worker process was not ready in {STARTING:g} s", trace)
        if over:
            return Outcome(job, None, "timeout", f"it took longer than {job.seconds:g} s", trace, seconds)
        return Outcome(job, None, "lost", f"its worker process {self._how_it_ended()}", trace, seconds)

    def _how_it_ended(self) -> str:
        code = self._process.returncode
        if code >= 0:
            return f"ended with code {code}"
        name = signal.Signals(-code).name if -code in list(signal.Signals) else f"signal {-code}"
        return f"was killed by {name}" + (" (out of memory?)" if -code == signal.SIGKILL else "")


class Starts:
    """Counts workers that ended before they were ready; the machine, and no job, is to blame for them."""

    def __init__(self) -> None:
        self._in_a_row = 0

    def count(self, outcome: Outcome) -> bool:
        """Whether the outcome is of a worker that did not start, so that its job is to be handed out again.

        Raises: EngineFailed when several did so in a row.
        """
        self._in_a_row = self._in_a_row + 1 if outcome.status == "unstarted" else 0
        if self._in_a_row >= STARTS:
            raise EngineFailed(f"{outcome.error}, {self._in_a_row} times in a row; see above for its message")
        return self._in_a_row > 0


def _unnamed_file() -> int:
    """A file without a name, inherited by a worker."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("traces")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


@contextmanager
def deaf_children() -> Iterator[None]:
    """Processes started in here never see what asks to stop, sent to a whole group; the parent decides.

    A blocked signal stays blocked in a child from its first instruction on; here it waits for the end.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
