"""Work of minutes behind a page: ordinary verbs of the command line, one at a time, ended with who asked."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from experiments.plan.patience import TELLING
from scenarios.values.errors import one_line

GRACE = 10.0
"""Seconds that a verb has to seal what it did after it is told to stop."""
TELL_SECONDS = "2"
"""How often a verb tells how far it is."""
WAITS, RUNS, DONE, FAILED = "waits", "runs", "done", "failed"
LONGEST_LINE = 200


@dataclass(eq=False)
class Work:
    """A verb that runs or waits. said: its last line; key: the same for the same work."""

    key: str
    words: Sequence[str]
    status: str = WAITS
    said: str = ""
    listeners: set[Callable[[Work], None]] = field(default_factory=set)
    task: asyncio.Task[None] | None = None

    def tell(self) -> None:
        """Tells whoever waits how far it is."""
        for one in list(self.listeners):
            one(self)


class Jobs:
    """Verbs behind the pages of all sessions: one runs, the others wait."""

    def __init__(self) -> None:
        self.works: dict[str, Work] = {}
        self._turn = asyncio.Semaphore(1)

    def begin(self, key: str, words: Sequence[str], listener: Callable[[Work], None]) -> Work:
        """The work of that key, begun where it is not under way."""
        work = self.works.get(key)
        if work is None or work.status == FAILED:
            work = self.works[key] = Work(key, tuple(words))
            work.task = asyncio.create_task(self._run(work))
        work.listeners.add(listener)
        work.tell()
        return work

    def leave(self, listener: Callable[[Work], None]) -> None:
        """Somebody has gone: what nobody else waits for ends."""
        for key, work in list(self.works.items()):
            work.listeners.discard(listener)
            if not work.listeners and work.status in (WAITS, RUNS) and work.task is not None:
                work.task.cancel()
                del self.works[key]

    async def stop(self) -> None:
        """Ends all of them."""
        tasks = [work.task for work in self.works.values() if work.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, work: Work) -> None:
        async with self._turn:
            work.status = RUNS
            work.tell()
            process = await started(work.words)
            try:
                await self._follow(work, process)
            finally:
                await ended(process)
        work.status = DONE if process.returncode == 0 else FAILED
        work.tell()

    async def _follow(self, work: Work, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            text = one_line(line.decode(errors="replace").strip())[:LONGEST_LINE]
            if text:
                work.said = text
                work.tell()
        await process.wait()


async def started(words: Sequence[str]) -> asyncio.subprocess.Process:
    """A verb as a process group of its own, behind everything else on this machine."""
    polite = ["nice", "-n", "10"] if shutil.which("nice") else []
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), TELLING: TELL_SECONDS}
    return await asyncio.create_subprocess_exec(
        *polite, sys.executable, "-P", "-m", "experiments", *words,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        env=environment, start_new_session=True,
    )  # fmt: skip


async def ended(process: asyncio.subprocess.Process) -> None:
    """Tells a verb that still runs to stop, and kills it where it does not."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), GRACE)
    except TimeoutError:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
