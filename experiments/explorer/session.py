"""A session: one open page, what it asks, and the work that ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from experiments.exits import Stop
from experiments.explorer.asked import Asked
from experiments.explorer.controls import levers_form
from experiments.explorer.explorer import Explorer
from experiments.explorer.jobs import Work
from experiments.explorer.kept import FULL, folder_of, reform_of
from experiments.explorer.labels import language_of
from experiments.explorer.page import State, parts
from experiments.explorer.question import PAIRS, Question, address, read
from experiments.explorer.shown import Shown
from experiments.explorer.studied import STUDIED, is_asked
from experiments.explorer.studies import Study
from experiments.explorer.view import KEYS, view_of
from scenarios.values.errors import InputError

PAUSE = 0.4
"""Seconds between two messages to a page: more often nobody reads them."""
SHOWN_AT = (1, 2, 3, 5, 7, 10, 15, 20, 25, *range(30, 1000, 10))
"""Pairs at which an open page is drawn anew: intervals shrink with the root of their number."""
TOLD = (1, 10, 30, PAIRS)
"""Pairs at which a page speaks of the answer to whoever listens and does not look."""
Send = Callable[[Mapping[str, Any]], None]


def state_of(query: str, accepted: str, results: Path, compiling: bool) -> State:
    """The state that an address means; everything in it is data."""
    found = read(query, KEYS)
    view, wrong = view_of(found.others)
    return State(
        found, view, language_of(view.language, accepted), [*found.mistakes, *wrong], results, compiling
    )


def telling(done: int) -> int:
    """The last number of pairs, up to so many, at which pages are drawn anew."""
    return PAIRS if done == PAIRS else max((step for step in SHOWN_AT if step <= done), default=0)


class Session:
    """An open page. send: takes messages to it."""

    def __init__(self, explorer: Explorer, accepted: str, send: Send) -> None:
        self.explorer, self._accepted, self._send = explorer, accepted, send
        self.asked: Asked | None = None
        self.study: Study | None = None
        self.full: Work | None = None
        self._state = self._read("")
        self._form: tuple[str, str] | None = None
        self._last: dict[str, str] = {}
        self._due: asyncio.TimerHandle | None = None
        self._told = 0
        self._turn = asyncio.Lock()
        self._closed = False

    def _read(self, query: str) -> State:
        return state_of(query, self._accepted, self.explorer.results, self.explorer.pool.compiling)

    async def look_at(self, query: str, first: bool = False) -> None:
        """Turns to an address. first: the page stands there already with its controls."""
        async with self._turn:
            before, self._state = self._state, self._read(query)
            question = self._state.question
            if self.asked is None or self.asked.question.id != question.id:
                await self._turn_to(question)
            await self._study()
            if first:
                self._form = (question.base, self._state.language)
            elif before.question.base != question.base:
                self._send({"levers": levers_form(question, self._state.language)})
            self._send({"link": self._state.link()})
            self._show()

    async def _turn_to(self, question: Question) -> None:
        await self._leave()
        if not self._state.read.whole:
            return
        try:
            asked = await self.explorer.ask(question, self._grown)
        except (Stop, InputError) as error:
            self._state.mistakes.extend(str(error).splitlines())
            return
        self.asked = asked
        if self._is_closed():  # gone while it was asked
            await self._leave()

    async def _study(self) -> None:
        """Follows the study that the view is made of, and leaves the one that it is no longer."""
        kind, before, self.study = self._state.view.view, self.study, None
        if kind in STUDIED and self.asked is not None and is_asked(kind, self.asked.question):
            try:
                dose = self._state.view.dose
                self.study = await self.explorer.study(kind, self.asked, dose, self._worked)
            except (Stop, InputError) as error:
                self._state.mistakes.extend(str(error).splitlines())
        if before is not None and (before is not self.study or self._is_closed()):
            await self.explorer.leave_study(before, self._worked)
        if self.study is not None and self._is_closed():
            await self.explorer.leave_study(self.study, self._worked)

    def _is_closed(self) -> bool:
        return self._closed

    def _grown(self, asked: Asked) -> None:
        """A pair more: the page is told at some numbers of pairs, and not at each."""
        if telling(asked.done) != self._told:
            self._show_soon(0.0 if asked.done <= 1 else PAUSE)

    def _worked(self, work: Work | Study) -> None:
        """A run more of a study, or a line more of a sweep."""
        self._show_soon(PAUSE)

    def _show_soon(self, wait: float) -> None:
        if self._due is None and not self._closed:
            self._due = asyncio.get_running_loop().call_later(wait, self._show)

    def _show(self) -> None:
        """Sends what has changed of the page."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        if self._closed:
            return
        self._state = self._state._replace(compiling=self.explorer.pool.compiling)
        found = {key: str(value) for key, value in parts(self._state, self.shown()).items()}
        changed = {key: value for key, value in found.items() if self._last.get(key) != value}
        self._last = found
        done = 0 if self.asked is None else self.asked.done
        self._told = telling(done)
        self._send({"parts": changed, "pairs": done, "speak": done in TOLD})

    def shown(self) -> Shown | None:
        """What the view is drawn from."""
        if self.asked is None:
            return None
        full = self.full if self.full is not None and self.full.key == self.asked.question.id else None
        return Shown(self.asked, self._state.view, self._state.language, self.study, full)

    async def do(self, what: str) -> None:
        """Begins or stops the sweep of full size.

        Raises: InputError for work that there is not.
        """
        if what not in (FULL, f"stop-{FULL}") or self.asked is None:
            raise InputError(f"no such work: {what[:40]!r}")
        self.explorer.jobs.leave(self._worked)
        self.full = None
        if what == FULL:
            question = self.asked.question
            self.full = self.explorer.jobs.begin(question.id, self._words(question), self._worked)
        self._show()

    def _words(self, question: Question) -> list[str]:
        """The command line of the sweep of full size."""
        results = self.explorer.results
        reform = str(reform_of(results, question)) if question.is_own else ""
        folder = folder_of(results, question, FULL)
        return ["sweep", *question.words(reform, scale=None), f"results={folder}"]

    async def _leave(self) -> None:
        asked, self.asked = self.asked, None
        if asked is not None:
            await self.explorer.leave(asked, self._grown)

    async def close(self) -> None:
        """The page is gone: so is its work."""
        self._closed = True
        if self._due is not None:
            self._due.cancel()
        self.explorer.jobs.leave(self._worked)
        if self.study is not None:
            await self.explorer.leave_study(self.study, self._worked)
        await self._leave()

    def link(self) -> str:
        """The address of what it shows."""
        return address(self._state.question, self._state.view.others())
