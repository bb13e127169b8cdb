"""The same work for many items on the engines that compute sweeps: this machine, Dask, SLURM.

with hired(settings, region) as crew:
    rows = crew.in_order(partial(row_of, region, scale), range(100))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from experiments.compute.engines.choice import engine_for, refuse_unusable
from experiments.compute.engines.engine import Engine, EngineFailed, Job, Outcome
from experiments.compute.interruption import Interruption, noticed
from experiments.compute.parallel import one_by_one
from experiments.compute.task import refuse_other_sources
from experiments.exits import Interrupted
from experiments.plan.settings import ExecutorSettings
from scenarios.digests import digests
from scenarios.region.folder import DEFAULT_REGION

ATTEMPTS = 2
SECONDS = 900.0  # that an item may take, unless the settings say


@dataclass(frozen=True)
class OfAnItem:
    """What a worker computes of (number, item); one with other sources than the command refuses."""

    function: Callable[[Any], Any]
    sources: Mapping[str, str]
    region: str

    def prepare(self) -> None:
        """Raises: FolderDiffers."""
        refuse_other_sources(self.sources, self.region, "the table", "choose another folder")

    def __call__(self, what: tuple[int, Any]) -> Any:
        return self.function(what[1])


class Crew:
    """An engine that works for one command as long as it needs it."""

    def __init__(self, settings: ExecutorSettings, region: str = DEFAULT_REGION) -> None:
        self._seconds = float(settings.timeout or SECONDS)
        self._region = region
        self._interruption: Interruption | None = None
        self.engine: Engine = engine_for(settings, self._stopping)

    def in_order[Item, Result](
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> list[Result]:
        """What the function makes of each item, in their order, whoever computes it.

        An item whose worker dies, hangs or runs out of memory is tried a second time. Raises: EngineFailed
        when it fails again; FolderDiffers when a worker has other sources; Interrupted.
        """
        return list(one_by_one(function, items, by=self._computed))

    def _computed(self, function: Callable[[Any], Any], items: list[Any]) -> Iterator[Any]:
        """The results in order, each as soon as it and those before it are there."""
        work = OfAnItem(function, digests(region=self._region), self._region)
        left = [Job((number, item), self._seconds) for number, item in reversed(list(enumerate(items)))]
        found: dict[int, Any] = {}
        tried: Counter[int] = Counter()
        given = 0
        with noticed() as self._interruption:
            with closing(self.engine.run(work, lambda: left.pop() if left else None)) as outcomes:
                for outcome in outcomes:
                    number = outcome.job.what[0]
                    if outcome.status == "ok":
                        found[number] = outcome.result
                    else:
                        tried[number] += 1
                        refuse(outcome, tried[number])
                        left.append(outcome.job)
                    while given in found:
                        yield found.pop(given)
                        given += 1
            if given < len(items):
                assert self._interruption.code is not None
                raise Interrupted(
                    "stopped; what was done is kept, and the same command goes on", self._interruption.code
                )

    def _stopping(self) -> bool:
        return self._interruption is not None and self._interruption()


def refuse(outcome: Outcome, times: int) -> None:
    """Raises what a worker refused to compute with, or the error of an item that failed too often."""
    if outcome.status == "refused":
        raise outcome.result
    if times >= ATTEMPTS:
        raise EngineFailed(f"a simulation has no result: {outcome.error}, {times} times")


@contextmanager
def hired(settings: ExecutorSettings, region: str = DEFAULT_REGION) -> Iterator[Crew]:
    """A crew on the engine that the settings ask for, until the block ends.

    Raises: InputError when the engine cannot work here, EngineFailed when it cannot start.
    """
    refuse_unusable(settings)
    crew = Crew(settings, region)
    with crew.engine:
        yield crew
