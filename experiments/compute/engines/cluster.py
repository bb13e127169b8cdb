"""The workers of a Dask cluster: its own on this machine, those of a running scheduler, or jobs of SLURM.

A thread of a Dask worker hands its job to a worker process of its own (process.py), so a run that dies, hangs
or eats memory costs no Dask worker. If a whole Dask worker is lost, the scheduler gives its jobs to another.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from multiprocessing import active_children, resource_tracker
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any

from experiments.compute.engines.engine import EngineFailed, Function, Job, Outcome, Stopping, Take
from experiments.compute.engines.local import cores, share_of_memory
from experiments.compute.engines.process import POLL, WorkerProcess, deaf_children
from experiments.compute.engines.slurm import slurm_cluster
from experiments.compute.engines.trust import (
    LOOPBACK,
    PRELOAD,
    no_web_server,
    own_security,
    security_of,
    security_of_dask,
)
from experiments.plan.settings import ExecutorSettings
from scenarios.values.errors import InputError, quoted

PACKAGES = ("distributed", "dask_jobqueue", "cryptography")
AHEAD = 2  # jobs at the scheduler for each thread, so that none waits for the next
CONNECTING = 10.0  # seconds
UPKEEP = 20.0  # seconds between two looks at whether SLURM still runs all its jobs
FETCHING = 10.0  # seconds for a result to arrive before others are looked at
COUNTING = 1.0  # seconds between two counts of the workers

_own = threading.local()


class Cluster:
    """The workers of a Dask cluster; which of them there are may change at any time."""

    def __init__(self, settings: ExecutorSettings, stopping: Stopping = lambda: False) -> None:
        self.settings, self.stopping = settings, stopping
        self._stack = ExitStack()
        self._client: Any = None
        self._upkeep: Callable[[], None] = lambda: None
        self._counted, self._threads = -COUNTING, 0
        self._kept_up = 0.0

    def __enter__(self) -> Cluster:
        refuse_unusable_cluster(self.settings)
        from distributed import Client

        _silence()
        with ExitStack() as opening:
            scheduler, security = self._scheduler(opening)
            try:
                client = Client(scheduler, timeout=CONNECTING, set_as_default=False, security=security)
            except (OSError, ValueError) as error:
                raise EngineFailed(f"no scheduler answers at {self.settings.address}: {error}") from None
            self._client = opening.enter_context(client)
            self._stack = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def capacity(self) -> int:
        """How many jobs are computed at the same time, now; 0 while no worker has joined."""
        if time.monotonic() - self._counted >= COUNTING:
            self._threads = sum(self._client.nthreads().values())
            self._counted = time.monotonic()
        return self._threads

    def run(self, function: Function, take: Take) -> Generator[Outcome]:
        """See Engine.run."""
        flying: dict[Any, Job] = {}
        ended: SimpleQueue[Any] = SimpleQueue()
        try:
            while not self.stopping():
                self._look_after()
                self._hand_out(function, take, flying, ended)
                if not flying:
                    return
                outcomes = list(self._ended(flying, ended))
                self._hand_out(function, take, flying, ended)
                yield from outcomes
        except OSError as error:
            raise EngineFailed(f"the scheduler at {self._address()} was lost: {error}") from None
        finally:
            if flying and self._client.status == "running":
                self._client.cancel(list(flying), force=True)

    def _hand_out(
        self, function: Function, take: Take, flying: dict[Any, Job], ended: SimpleQueue[Any]
    ) -> None:
        while len(flying) < max(1, AHEAD * self.capacity()):
            job = take()
            if job is None:
                return
            future = self._client.submit(attempt, function, job, self.settings.memory_bytes, pure=False)
            flying[future] = job
            future.add_done_callback(ended.put)

    def _ended(self, flying: dict[Any, Job], ended: SimpleQueue[Any]) -> Iterator[Outcome]:
        """The outcomes that arrive within a short time, each told once."""
        for future in _waited_for(ended):
            try:
                outcome = self._outcome(future, flying[future])
            except TimeoutError:  # its worker was lost just now: computed again elsewhere
                ended.put(future)
                return
            del flying[future]
            yield outcome

    def _outcome(self, future: Any, job: Job) -> Outcome:
        from distributed import KilledWorker

        if future.status == "cancelled":
            raise EngineFailed(f"the scheduler at {self._address()} was lost")
        try:
            said: tuple[Any, ...] = future.result(timeout=FETCHING)
        except KilledWorker as error:
            return Outcome(job, None, "lost", " ".join(str(error).split()))
        except TimeoutError:
            raise
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            raise EngineFailed(f"the workers of the cluster cannot compute: {why}") from error
        return Outcome(job, *said)

    def _address(self) -> str:
        return str(self._client.scheduler.address)

    def _look_after(self) -> None:
        if self._client.status not in ("running", "connecting"):
            raise EngineFailed(f"the scheduler at {self._address()} was lost")
        if time.monotonic() - self._kept_up > UPKEEP:
            self._upkeep()
            self._kept_up = time.monotonic()

    def _scheduler(self, opening: ExitStack) -> tuple[Any, Any]:
        """The address of a running scheduler, or one started here with its workers; what to show it."""
        if self.settings.kind == "slurm":
            cluster = opening.enter_context(slurm_cluster(self.settings))
            self._upkeep = lambda: cluster.scale(jobs=self.settings.workers)  # again those that have ended
            return cluster, cluster.security
        if self.settings.address is not None:
            folder = self.settings.certificates_folder
            return self.settings.address, security_of_dask() if folder is None else security_of(folder)
        cluster = opening.enter_context(_own_cluster(self.settings.workers or cores(), self.stopping))
        return cluster, cluster.security


def _silence() -> None:
    """Keep Dask from logging deaths and lost connections: they are in the table of runs or end the sweep."""
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _own_cluster(workers: int, stopping: Stopping) -> Iterator[Any]:
    """A scheduler in this process with its workers; none, if it is to stop before all have joined."""
    from distributed import LocalCluster

    # Started first, since its start makes the thread that starts it hear two of the signals again. It ignores
    # these itself, and would die with the terminal.
    with deaf_children():
        resource_tracker.ensure_running()
    # A worker that Ctrl-C ends at its start would end the sweep with Dask's own error. The thread that is
    # made here, and that starts the workers, stays deaf.
    with no_web_server(), deaf_children():
        cluster = LocalCluster(
            host=LOOPBACK,
            security=own_security(),
            preload=[PRELOAD],
            n_workers=0,
            threads_per_worker=1,
            memory_limit=0,  # what computes has a limit of its own
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
    with cluster:
        with no_web_server():
            _start_workers(cluster, workers, stopping)
        yield cluster


def _start_workers(cluster: Any, workers: int, stopping: Stopping) -> None:
    """Wait until all have joined, which takes a minute on a busy machine, or kill them if it is to stop."""
    others = set(active_children())
    starting = _scaled(cluster, workers)
    try:
        while not (starting.done() or stopping()):
            wait([starting], timeout=POLL)
        if starting.done():
            starting.result()
    finally:
        if not starting.done():
            ending = _scaled(cluster, 0)  # by itself it would wait until all have started
            while not wait([ending], timeout=POLL).done:
                for child in set(active_children()) - others:
                    child.kill()


def _scaled(cluster: Any, workers: int) -> Future[None]:
    """Done when the cluster has as many workers; `cluster.scale` would not say whether that went well."""

    async def scaled() -> None:
        cluster.worker_spec.clear()
        for _ in range(workers):
            cluster.worker_spec.update(cluster.new_worker_spec())
        await cluster

    return asyncio.run_coroutine_threadsafe(scaled(), cluster.loop.asyncio_loop)


def _waited_for(ended: SimpleQueue[Any]) -> Iterator[Any]:
    """All that has ended, waiting a moment for the first."""
    wait = POLL
    while True:
        try:
            yield ended.get(timeout=wait) if wait else ended.get_nowait()
        except Empty:
            return
        wait = 0.0


def attempt(function: Function, job: Job, memory: int | None) -> tuple[Any, ...]:
    """On a worker of the cluster: compute a job in the process that belongs to this thread."""
    worker = getattr(_own, "process", None)
    while True:
        if worker is None or not worker.alive():
            worker = _own.process = WorkerProcess(memory or share_of_memory(cores()))
        outcome = worker.attempt(function, job)
        if outcome.status != "unstarted":
            return tuple(outcome)[1:]


def refuse_unusable_cluster(settings: ExecutorSettings) -> None:
    """See engines.refuse_unusable."""
    for package in PACKAGES:
        if find_spec(package) is None:
            raise InputError(f"{package} is not installed; pip install 'sanxiang[cluster]' adds it")
    if settings.interface is not None:
        _refuse_unknown_interface(settings.interface)
    if settings.certificates_folder is not None:
        security_of(settings.certificates_folder)
    elif settings.address is not None:
        security_of_dask()


def _refuse_unknown_interface(name: str) -> None:
    known = sorted(interface for _, interface in socket.if_nameindex())
    if name not in known:
        raise InputError(f"executor.interface is {quoted(name)}; this machine has {', '.join(known)}")
