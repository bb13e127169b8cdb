"""A bounded crew of worker processes that all sessions share: whoever has the fewest runs is served next."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from experiments.compute.compiling import compiles_first
from experiments.compute.engines.engine import Job, Outcome
from experiments.compute.engines.local import share_of_memory
from experiments.compute.engines.process import WorkerProcess
from experiments.compute.task import failed
from experiments.explorer.asked import Asked
from experiments.explorer.kept_pasts import keep_past, run_unit
from experiments.explorer.question import OWN, PAIRS
from experiments.explorer.studies import Part, Study
from experiments.plan.ensemble import Unit
from experiments.store.record import Record

PATIENCE = 120.0
"""Seconds after which a pair is given up; one takes less than a second."""
COMPILING = 900.0
ATTEMPTS = 2
MOST_IDLE = 8
"""Questions that are remembered, and not worked on, while nobody asks them: whoever comes back sees them."""
MOST_RECORDS = 400
"""Runs of scenarios that ship which are kept for the next question: about 0.4 MB each."""
Next = tuple[Asked, int] | tuple[Study, Part]


class Pool:
    """Workers, and the questions that are open."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.asked: dict[str, Asked] = {}
        self.compiling = False
        self._known: OrderedDict[str, Record] = OrderedDict()
        self._crew: list[WorkerProcess | None] = [None] * workers
        self.studies: dict[str, Study] = {}
        self._warmed: Asked | None = None
        self._cold: dict[int, list[int]] = {}
        self._jobs = 0
        self._wake = asyncio.Condition()
        self._lanes: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begins to serve; to be called in a running loop."""
        self.compiling = compiles_first(say=lambda _: None)
        self._lanes = [asyncio.create_task(self._serve(lane)) for lane in range(self.workers)]

    async def stop(self) -> None:
        """Ends all workers, whatever they do."""
        for lane in self._lanes:
            lane.cancel()
        for worker in self._crew:
            if worker is not None:
                worker.kill()
        await asyncio.gather(*self._lanes, return_exceptions=True)

    async def take_in(self, asked: Asked) -> Asked:
        """The question as it is answered already, or from now on."""
        found = self.asked.setdefault(asked.question.id, asked)
        await self.look()
        return found

    async def warm(self, asked: Asked) -> None:
        """Lets each worker that has nothing to do begin with what the next change of a question needs.

        A question that lies in its folder needs no runs: its first change would wait for a worker that
        starts, and in every pair for the past, and for the run that it is paired with where that is not
        known. The first pair is for everybody; the others only while somebody looks at the question.
        """
        self._warmed = asked
        self._cold = {lane: list(range(lane, PAIRS, self.workers)) for lane in range(self.workers)}
        await self.look()

    def know(self, records: Iterable[Record]) -> None:
        """Takes over runs, whole with their series, that the next question may need."""
        for record in records:
            self._keep(record.run["run_id"], record)

    async def look(self) -> None:
        """Tells the workers that what is wanted has changed; forgets what nobody waited for since long."""
        idle = sorted((one for one in self.asked.values() if not one.wanted), key=lambda one: one.served)
        for one in idle[:-MOST_IDLE]:
            del self.asked[one.question.id]
        left = sorted((one for one in self.studies.values() if not one.listeners), key=lambda one: one.served)
        for study in left[:-MOST_IDLE]:
            del self.studies[study.key]
        async with self._wake:
            self._wake.notify_all()

    def chosen(self, lane: int) -> Next | None:
        """What a worker serves next, and what of it: of the fewest runs, what was served longest ago."""
        if self.compiling and lane > 0:
            return None
        every: Iterable[Asked | Study] = chain(self.asked.values(), self.studies.values())
        for one in sorted((one for one in every if one.wanted), key=lambda one: (one.size, one.served)):
            if isinstance(one, Asked):
                number = one.next_pair(lane, self.workers)
                if number is not None:
                    return one, number
            elif (part := one.next_part(lane, self.workers)) is not None:
                return one, part
        return None

    async def _serve(self, lane: int) -> None:
        while True:
            async with self._wake:
                while (found := self.chosen(lane)) is None and not self._is_cold(lane):
                    await self._wake.wait()
            if found is None:
                await self._warm_up(lane)
            else:
                await self._serve_one(lane, *found)
            self.compiling = False
            await self.look()

    async def _serve_one(self, lane: int, one: Asked | Study, what: Any) -> None:
        self._jobs += 1
        one.served = self._jobs
        if isinstance(one, Asked):
            await self._serve_pair(lane, one, what)
        else:
            await self._serve_part(lane, one, what)

    async def _serve_pair(self, lane: int, asked: Asked, number: int) -> None:
        asked.flying.add(number)
        asked.take(number, await self._run(lane, asked.unit(number)))

    async def _serve_part(self, lane: int, study: Study, part: Part) -> None:
        study.flying.add(part)
        outcome = await self._attempted(lane, *study.job(part))
        if outcome.status == "ok":
            study.take(part, outcome.result)
        else:
            study.fail(part, outcome.error)

    async def _warm_up(self, lane: int) -> None:
        """Keeps one more past, and the run that begins a pair where that is not known."""
        assert self._warmed is not None
        (run, spec), *_ = unit = self._warmed.unit(self._cold[lane].pop(0))
        if run in self._known:
            await self._attempted(lane, keep_past, spec)
        else:
            await self._run(lane, unit[:1])

    def _is_cold(self, lane: int) -> bool:
        """Whether a worker that may begin has not begun, or may go on."""
        numbers = self._cold.get(lane)
        if not numbers or self._warmed is None or (self.compiling and lane > 0):
            return False
        return numbers[0] < self.workers or bool(self._warmed.listeners)

    async def _run(self, lane: int, unit: Unit) -> list[Record]:
        """The records of a pair: what is known of it, and what a worker computes."""
        missing = tuple(run for run in unit if run[0] not in self._known)
        fresh = await self._computed(lane, missing) if missing else []
        by_run = {run: record for (run, _), record in zip(missing, fresh, strict=True)}
        found = [by_run.get(run) or self._known[run] for run, _ in unit]
        for (run, spec), record in zip(unit, found, strict=True):
            if spec.scenario.name != OWN:  # nothing but scenarios that ship is asked for twice
                self._keep(run, record)
        return found

    def _keep(self, run: str, record: Record) -> None:
        if record.run["status"] == "ok":
            self._known[run] = record
            self._known.move_to_end(run)
        while len(self._known) > MOST_RECORDS:
            self._known.popitem(last=False)

    async def _computed(self, lane: int, unit: Unit) -> list[Record]:
        """What a worker makes of some runs; where it dies or hangs twice, records without a result."""
        outcome = await self._attempted(lane, run_unit, unit)
        if outcome.status == "ok":
            return list(outcome.result)
        return [failed(run, "lost", "", outcome.error, outcome.trace) for run in unit]

    async def _attempted(self, lane: int, function: Callable[[Any], Any], what: Any) -> Outcome:
        """How a job ends, tried again where its worker dies or hangs."""
        outcome = Outcome(Job(what))
        for _ in range(ATTEMPTS):
            job = Job(what, COMPILING if self.compiling else PATIENCE)
            outcome = await asyncio.to_thread(self._worker(lane).attempt, function, job)
            if outcome.status == "ok":
                break
        return outcome

    def _worker(self, lane: int) -> WorkerProcess:
        worker = self._crew[lane]
        if worker is None or not worker.alive():
            worker = WorkerProcess(share_of_memory(self.workers))
            self._crew[lane] = worker
        return worker
