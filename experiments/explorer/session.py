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
from experiments.explorer.jobs import DONE, Work
from experiments.explorer.kept import FULL, RESPONSES, folder_of, reform_of
from experiments.explorer.labels import language_of
from experiments.explorer.page import State, parts
from experiments.explorer.question import PAIRS, Question, address, read
from experiments.explorer.shown import Shown
from experiments.explorer.view import KEYS, view_of
from scenarios.values.errors import InputError

PAUSE = 0.4
"""Seconds between two messages to a page: more often nobody reads them."""
PAIRS_BEHIND, DOSES = "10", "7"
"""Of an explanation and a response that a page asks for."""
KINDS = ("full", "why", "response")
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
        self.works: dict[str, Work] = {}
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

    def _is_closed(self) -> bool:
        return self._closed

    def _grown(self, asked: Asked) -> None:
        """A pair more: the page is told at some numbers of pairs, and not at each."""
        if telling(asked.done) != self._told:
            self._show_soon(0.0 if asked.done <= 1 else PAUSE)

    def _worked(self, work: Work) -> None:
        if work.status == DONE and self.asked is not None:
            self._last.pop("body", None)
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
        works = {kind: work for kind, work in self.works.items() if work.key == self._key(kind)}
        return Shown(self.asked, self._state.view, self._state.language, works)

    def _key(self, kind: str) -> str:
        dose = self._state.view.dose if kind == "response" else self._state.question.id
        return f"{kind} {dose}"

    async def do(self, what: str) -> None:
        """Begins or stops work of minutes.

        Raises: InputError for work that there is not.
        """
        stops = what.startswith("stop-")
        kind = what.removeprefix("stop-")
        if kind not in KINDS or self.asked is None:
            raise InputError(f"no such work: {what[:40]!r}")
        if stops:
            self.explorer.jobs.leave(self._worked)
            self.works.clear()
        else:
            words = await self._words(kind, self.asked)
            self.works[kind] = self.explorer.jobs.begin(self._key(kind), words, self._worked)
        self._show()

    async def _words(self, kind: str, asked: Asked) -> list[str]:
        """The command line of work of minutes."""
        question, results = asked.question, self.explorer.results
        if kind == "full":
            reform = str(reform_of(results, question)) if question.is_own else ""
            folder = folder_of(results, question, FULL)
            return ["sweep", *question.words(reform, scale=None), f"results={folder}"]
        if kind == "why":
            folder = await self.explorer.seal(asked)
            sides = [f"{folder}:{question.name}", f"{folder}:{question.against}"]
            return ["explain", *sides, "--by", "thrust", "--replications", PAIRS_BEHIND]
        kept = ["--results", str(results / RESPONSES)]
        return ["response", self._state.view.dose, "--replications", PAIRS_BEHIND, "--doses", DOSES, *kept]

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
        await self._leave()

    def link(self) -> str:
        """The address of what it shows."""
        return address(self._state.question, self._state.view.others())
