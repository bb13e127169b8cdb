"""Stand-ins for workers: real records of two small runs, given out under every run's own name at once."""

import sys
import threading

import pytest
from soon import FEW

from experiments.compute.engines.engine import Outcome
from experiments.compute.task import describe
from experiments.explorer import kept
from experiments.explorer.kept_pasts import keep_past, run_unit
from experiments.explorer.question import read


class StandIn:
    """A worker that computes nothing. made: records it gives; calls: runs asked for; ends: to come.

    pasts: the replications whose past it was told to keep.
    """

    made, calls, ends, pasts = (), (), (), ()
    hold = threading.Event()

    def __init__(self, memory):
        self._alive = True

    def alive(self):
        return self._alive

    def kill(self):
        self._alive = False

    def attempt(self, function, job):
        if function is keep_past:
            type(self).pasts.append(job.what.replication)
            return Outcome(job, None)
        if function is not run_unit:
            return Outcome(job, function(job.what))
        type(self).hold.wait()
        if type(self).ends:
            return type(self).ends.pop()._replace(job=job)
        type(self).calls.append([run for run, _ in job.what])
        return Outcome(job, [self.record(run, number) for number, run in enumerate(job.what)])

    def record(self, run, number):
        made = type(self).made[-1 if run[1].scenario.name != "as_in_2020" else 0]
        own = describe(run)
        return made._replace(run={**made.run, **own, "scale": run[1].scale})


@pytest.fixture(scope="session")
def real_records():
    """The records of one pair, small: what is in force and the plan."""
    from dataclasses import replace

    (specs,) = read("").question.plan().units_of(0)
    return run_unit(tuple((spec.scenario.name, replace(spec, scale=0.01)) for spec in specs))


@pytest.fixture
def stand_in(real_records, monkeypatch):
    """Workers of pools and of drawing are stand-ins; nothing is compiled."""
    StandIn.made, StandIn.calls, StandIn.ends, StandIn.pasts = real_records, [], [], []
    StandIn.hold = threading.Event()
    StandIn.hold.set()
    monkeypatch.setattr("experiments.explorer.pool.WorkerProcess", StandIn)
    monkeypatch.setattr("experiments.explorer.explorer.WorkerProcess", StandIn)
    monkeypatch.setattr("experiments.explorer.pool.compiles_first", lambda say: False)
    for name, module in sys.modules.items():
        if name.startswith("experiments.explorer.") and hasattr(module, "PAIRS"):
            monkeypatch.setattr(module, "PAIRS", FEW)
    monkeypatch.setattr("experiments.explorer.session.TOLD", (1, FEW))
    kept.evidence_at.cache_clear()
    return StandIn
