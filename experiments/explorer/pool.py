"""A bounded crew of worker processes that all sessions share: whoever has the fewest pairs is served next."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from experiments.compute.compiling import compiles_first
from experiments.compute.engines.engine import Job, Outcome
from experiments.compute.engines.local import share_of_memory
from experiments.compute.engines.process import WorkerProcess
from experiments.compute.task import failed
from experiments.explorer.asked import Asked
from experiments.explorer.kept_pasts import run_unit
from experiments.plan.ensemble import Unit
from experiments.store.record import Record

PATIENCE = 120.0
"""Seconds after which a pair is given up; one takes less than a second."""
COMPILING = 900.0
ATTEMPTS = 2
MOST_IDLE = 8
"""Questions that are remembered, and not worked on, while nobody asks them: whoever comes back sees them."""
MOST_RECORDS = 400
"""Runs of what questions are held against that are kept for the next question: about 0.4 MB each."""


class Pool:
    """Workers, and the questions that are open."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.asked: dict[str, Asked] = {}
        self.compiling = False
        self._known: OrderedDict[str, Record] = OrderedDict()
        self._crew: list[WorkerProcess | None] = [None] * workers
        self._cold: dict[int, Unit] = {}
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
        """Lets each worker that has nothing to do begin with what a question's policy is held against.

        A question that lies in its folder needs no runs: its first change would wait for a worker that
        starts, for the past and for the run that it is paired with.
        """
        self._cold = {lane: asked.unit(lane)[:1] for lane in range(self.workers)}
        await self.look()

    async def look(self) -> None:
        """Tells the workers that what is wanted has changed; forgets what nobody waited for since long."""
        idle = sorted((one for one in self.asked.values() if not one.wanted), key=lambda one: one.served)
        for one in idle[:-MOST_IDLE]:
            del self.asked[one.question.id]
        async with self._wake:
            self._wake.notify_all()

    def chosen(self, lane: int) -> tuple[Asked, int] | None:
        """The question that a worker serves next, and its pair: of the fewest, the one served longest ago."""
        if self.compiling and lane > 0:
            return None
        for one in sorted(
            (one for one in self.asked.values() if one.wanted),
            key=lambda one: (len(one.records) + len(one.flying), one.served),
        ):
            number = one.next_pair(lane, self.workers)
            if number is not None:
                return one, number
        return None

    async def _serve(self, lane: int) -> None:
        while True:
            async with self._wake:
                while (found := self.chosen(lane)) is None and not self._is_cold(lane):
                    await self._wake.wait()
            if found is None:
                await self._run(lane, self._cold.pop(lane))
            else:
                await self._serve_pair(lane, *found)
            self.compiling = False
            await self.look()

    async def _serve_pair(self, lane: int, asked: Asked, number: int) -> None:
        self._cold.pop(lane, None)  # a pair warms it as well
        asked.flying.add(number)
        self._jobs += 1
        asked.served = self._jobs
        asked.take(number, await self._run(lane, asked.unit(number)))

    def _is_cold(self, lane: int) -> bool:
        """Whether a worker that may begin has not begun."""
        return lane in self._cold and not (self.compiling and lane > 0)

    async def _run(self, lane: int, unit: Unit) -> list[Record]:
        """The records of a pair: what is known of it, and what a worker computes."""
        missing = tuple(run for run in unit if run[0] not in self._known)
        fresh = await self._computed(lane, missing) if missing else []
        by_run = {run: record for (run, _), record in zip(missing, fresh, strict=True)}
        found = [by_run.get(run) or self._known[run] for run, _ in unit]
        self._keep(unit[0][0], found[0])
        return found

    def _keep(self, run: str, record: Record) -> None:
        if record.run["status"] == "ok":
            self._known[run] = record
            self._known.move_to_end(run)
        while len(self._known) > MOST_RECORDS:
            self._known.popitem(last=False)

    async def _computed(self, lane: int, unit: Unit) -> list[Record]:
        """What a worker makes of some runs; where it dies or hangs twice, records without a result."""
        outcome = Outcome(Job(unit))
        for _ in range(ATTEMPTS):
            job = Job(unit, COMPILING if self.compiling else PATIENCE)
            outcome = await asyncio.to_thread(self._worker(lane).attempt, run_unit, job)
            if outcome.status == "ok":
                return list(outcome.result)
        return [failed(run, "lost", "", outcome.error, outcome.trace) for run in unit]

    def _worker(self, lane: int) -> WorkerProcess:
        worker = self._crew[lane]
        if worker is None or not worker.alive():
            worker = WorkerProcess(share_of_memory(self.workers))
            self._crew[lane] = worker
        return worker
