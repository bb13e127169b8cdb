"""An engine for tests of what a sweep plans, stores and tells: a worker's code in the process of the test.

Starting a worker costs half a second of computing and a run of the toy a millisecond. Tests of engines and of
what kills, stops or outlives a process start real workers.
"""

import pickle
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from experiments import digest, sweep
from experiments.compute.engines.engine import Engine, Function, Outcome, Stopping, Take
from experiments.compute.engines.worker import attempted
from experiments.plan.settings import ExecutorSettings


class InProcess(Engine):
    """One job after another; function, job and result are pickled as on their way to a worker and back."""

    def __init__(self, stopping: Stopping) -> None:
        self.stopping = stopping

    def __exit__(self, *_: object) -> None:
        """Nothing was started."""

    def capacity(self) -> int:
        return 1

    def run(self, function: Function, take: Take) -> Generator[Outcome]:
        with tempfile.TemporaryFile() as traces:
            while not self.stopping() and (job := take()) is not None:
                message = pickle.dumps((function, job), protocol=pickle.HIGHEST_PROTOCOL)
                yield Outcome(job, *pickle.loads(attempted(message, traces.fileno())))


def engine_for(settings: ExecutorSettings, stopping: Stopping = lambda: False) -> Engine:
    """In place of the engine that the settings ask for."""
    return InProcess(stopping)


def whole(folder: Path, *words: str) -> str:
    """The digest of a sweep of the toy that nothing disturbs, to set beside those of processes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.compute.sweep_run.engine_for", engine_for)
        patch.setattr("experiments.answer.sweep.MODEL", "toy_model")
        sweep(*words, f"results={folder}", quiet=True)
    return digest(folder)
