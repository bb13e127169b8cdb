"""The engine behind all pages: questions on a shared crew, figures drawn one at a time, verbs behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from experiments.compute.engines.engine import Job
from experiments.compute.engines.local import share_of_memory
from experiments.compute.engines.process import WorkerProcess
from experiments.exits import Stop
from experiments.explorer.asked import Asked
from experiments.explorer.dosing import Dosing
from experiments.explorer.explaining import Explaining, explaining_of
from experiments.explorer.jobs import Jobs
from experiments.explorer.kept import (
    Drawing,
    Sealing,
    drawn,
    folder_of,
    known_runs,
    read_kept,
    ready,
    sealed,
    step_of,
)
from experiments.explorer.kept_studies import (
    ExplanationKept,
    ResponseKept,
    StudyDrawing,
    drawn_study,
    kept_response,
    kept_study,
    kept_units,
)
from experiments.explorer.pool import Pool
from experiments.explorer.question import PAIRS, Question
from experiments.explorer.studies import RESPONSE, WHY, Study
from experiments.plan.drawn_sets import ParameterSets, sets_of, usual
from experiments.plan.size import processors
from scenarios.region.folder import CONFIGS, DEFAULT_REGION
from scenarios.values.errors import InputError

DRAWING = 300.0
"""Seconds after which a figure is given up."""
Tell = Callable[[Asked], None]


class Explorer:
    """Answers questions. results: the folder of what is kept."""

    def __init__(self, results: Path, workers: int | None = None) -> None:
        self.results = results
        self.pool = Pool(workers or processors())
        self.jobs = Jobs()
        self._sets: dict[str | None, ParameterSets] = {}
        self._drawer: WorkerProcess | None = None
        self._one_by_one = asyncio.Lock()
        self._loading = asyncio.Lock()
        self._tasks: set[asyncio.Future[None]] = set()

    async def start(self) -> None:
        """Begins with the question that an address without any words asks."""
        self.pool.start()
        asked = await self._made(Question())
        asked.kept = True
        if asked.done < PAIRS:
            asked.listeners.add(self._seal_when_done)
        await self.pool.take_in(asked)
        await self._warmed(asked)
        await self._drawn(ready, None)

    async def stop(self) -> None:
        """Ends all that runs."""
        await self.jobs.stop()
        await self.pool.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._drawer is not None:
            self._drawer.kill()

    async def ask(self, question: Question, tell: Tell) -> Asked:
        """The question, answered from now on until everybody has left; tell: called after every pair.

        Raises: Stop, InputError where its sets of parameters cannot be had.
        """
        asked = self.pool.asked.get(question.id)
        is_new = asked is None
        asked = self.pool.asked.setdefault(question.id, asked or await self._made(question))
        asked.listeners.add(tell)
        await self.pool.look()
        if is_new:
            await self._warmed(asked)
        return asked

    async def leave(self, asked: Asked, tell: Tell) -> None:
        """Somebody waits no more."""
        asked.listeners.discard(tell)
        await self.pool.look()

    def known(self, question: Question) -> Asked | None:
        """The question as it is answered at this moment, if somebody asks it."""
        return self.pool.asked.get(question.id)

    async def study(self, kind: str, asked: Asked, dose: str, tell: Callable[[Study], None]) -> Study:
        """The parts of a question's answer, or the response to a dose, computed while somebody waits.

        Raises: InputError where there is nothing to explain; Stop for a damaged folder.
        """
        key = key_of_study(kind, asked.question, dose)
        found = self.pool.studies.get(key) or await self._begun(kind, key, asked, dose)
        found = self.pool.studies.setdefault(key, found)
        found.follow(tell)
        await self.pool.look()
        return found

    async def leave_study(self, study: Study, tell: Callable[[Study], None]) -> None:
        """Somebody waits no more."""
        study.listeners.discard(tell)
        await self.pool.look()

    def known_study(self, kind: str, question: Question, dose: str) -> Study | None:
        """A study as it is at this moment, if somebody asked for it."""
        return self.pool.studies.get(key_of_study(kind, question, dose))

    async def _begun(self, kind: str, key: str, asked: Asked, dose: str) -> Study:
        if kind == RESPONSE:
            dosing = Dosing(dose, await asyncio.to_thread(kept_response, self.results, dose))
            dosing.keeper = lambda study: self._keep_response(dosing)
            return dosing
        folder = folder_of(self.results, asked.question)
        question = await asyncio.to_thread(explaining_of, asked, folder)
        explaining = Explaining(key, question, await asyncio.to_thread(kept_units, question))
        explaining.keeper = lambda study: self._keep_explanation(asked, explaining)
        return explaining

    def _keep_response(self, dosing: Dosing) -> None:
        if dosing.is_whole:
            response = dosing.response(dosing.total)
            self._behind(self._drawn(kept_study, ResponseKept(self.results, response)))

    def _keep_explanation(self, asked: Asked, explaining: Explaining) -> None:
        if explaining.is_new and asked.done:
            explaining.note_kept()
            self._behind(self._kept_explanation(asked, explaining))

    async def _kept_explanation(self, asked: Asked, explaining: Explaining) -> None:
        pairs = step_of(asked.done) or asked.done
        await self._drawn(kept_study, ExplanationKept(self._sealing_of(asked, pairs), explaining.record()))
        self._note_sealed(asked, pairs)

    def _behind(self, work: Coroutine[Any, Any, Any]) -> None:
        """Lets something go on that nobody waits for; what is wrong with a folder is told by its figure."""

        async def quietly() -> None:
            with suppress(Stop, InputError):
                await work

        task = asyncio.ensure_future(quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _warmed(self, asked: Asked) -> None:
        """Makes ready for the next change of a question that lies in its folder."""
        if asked.done == PAIRS and asked.sealed:
            with suppress(Stop, InputError):
                self.pool.know(await asyncio.to_thread(known_runs, self.results, asked))
            await self.pool.warm(asked)

    async def _made(self, question: Question) -> Asked:
        asked = Asked(question, await self._sets_of(question.source))
        try:
            await asyncio.to_thread(read_kept, self.results, asked)
        except (Stop, InputError):  # a damaged folder: its runs are made again, and sealing tells of it
            asked.records.clear()
            asked.sealed.clear()
        return asked

    async def _sets_of(self, source: str | None) -> ParameterSets:
        """The sets of parameters that a sweep would take, found once."""
        async with self._loading:
            if source not in self._sets:
                args = (DEFAULT_REGION, CONFIGS)
                find: Any = usual if source is None else sets_of
                found = await asyncio.to_thread(find, *(args if source is None else (source, *args)))
                self._sets[source] = found
        return self._sets[source]

    def _seal_when_done(self, asked: Asked) -> None:
        if asked.done == PAIRS:
            asked.listeners.discard(self._seal_when_done)
            self._sealing = asyncio.ensure_future(self.seal(asked))

    def _sealing_of(self, asked: Asked, pairs: int) -> Sealing:
        fresh = [
            record for n in range(pairs) if n not in asked.sealed for record in asked.records[n] if record.run
        ]
        return Sealing(self.results, asked.question, asked.sets, pairs, fresh)

    async def seal(self, asked: Asked) -> Path:
        """The folder of the question with the pairs so far, as an ordinary sweep.

        Raises: as Sealing.seal.
        """
        pairs = asked.done
        folder: Path = await self._drawn(sealed, self._sealing_of(asked, pairs))
        self._note_sealed(asked, pairs)
        return folder

    async def figure(self, asked: Asked, pairs: int, name: str, ending: str, **options: Any) -> bytes:
        """A figure of the first pairs of a question.

        Raises: InputError where there is nothing to draw; as Sealing.seal.
        """
        drawing = Drawing(self._sealing_of(asked, pairs), name, ending, options)
        content: bytes = await self._drawn(drawn, drawing)
        self._note_sealed(asked, pairs)
        return content

    async def study_figure(
        self, asked: Asked, study: Study, pairs: int, ending: str, **options: Any
    ) -> bytes:
        """A figure of a study, a response of its first pairs.

        Raises: as figure.
        """
        if isinstance(study, Dosing):
            content: bytes = await self._drawn(
                drawn_study, StudyDrawing(study.response(pairs), ending, options)
            )
            return content
        assert isinstance(study, Explaining)
        sealing = self._sealing_of(asked, step_of(asked.done) or asked.done)
        what = ExplanationKept(sealing, study.record())
        content = await self._drawn(drawn_study, StudyDrawing(what, ending, options))
        self._note_sealed(asked, sealing.pairs)
        return content

    @staticmethod
    def _note_sealed(asked: Asked, pairs: int) -> None:
        """Series of runs that lie in a folder need no memory here."""
        for n in range(pairs):
            if n not in asked.sealed and all(
                one.run["status"] in ("ok", "failed") for one in asked.records[n]
            ):
                asked.sealed.add(n)
                asked.records[n] = [one._replace(series=None) for one in asked.records[n]]

    async def _drawn(self, function: Any, what: Any) -> Any:
        async with self._one_by_one:
            if self._drawer is None or not self._drawer.alive():
                self._drawer = WorkerProcess(share_of_memory(1))
            outcome = await asyncio.to_thread(self._drawer.attempt, function, Job(what, DRAWING))
        if outcome.status == "refused":
            raise outcome.result
        if outcome.status != "ok":
            raise InputError(f"the figure was not drawn: {outcome.error}")
        return outcome.result


def key_of_study(kind: str, question: Question, dose: str) -> str:
    """What tells a study from others."""
    return f"{kind} {question.id if kind == WHY else dose}"
