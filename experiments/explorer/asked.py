"""A question while it is answered: which of its pairs are run, and who waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from experiments.explorer.question import PAIRS, Question
from experiments.plan.drawn_sets import ParameterSets
from experiments.plan.ensemble import Unit
from experiments.plan.points import SweepPlan
from experiments.store.record import Record
from scenarios.digests import digests
from scenarios.spec import run_id


@dataclass(eq=False)
class Asked:
    """A question, its runs, and who waits. sets: of parameters that the runs share out.

    listeners: called after every pair. kept: whether it is answered though nobody waits.
    """

    question: Question
    sets: ParameterSets
    listeners: set[Callable[[Asked], None]] = field(default_factory=set)
    kept: bool = False
    records: dict[int, list[Record]] = field(default_factory=dict)
    flying: set[int] = field(default_factory=set)
    sealed: set[int] = field(default_factory=set)
    """Pairs that lie in the question's folder."""
    answered: tuple[int, object] = (0, None)
    """What was last made of its pairs, and of how many: pages and files that show the same share it."""
    served: int = 0
    """When it was last given a worker, counted in jobs."""

    @cached_property
    def _plan(self) -> SweepPlan:
        return self.question.plan(self.sets)

    def unit(self, number: int) -> Unit:
        """The runs of a pair with their ids: those of the command line."""
        (specs,) = self._plan.units_of(number)
        made = digests(region=self._plan.region)
        return tuple((run_id(spec, made), spec) for spec in specs)

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for it."""
        return bool(self.listeners) or self.kept

    @property
    def size(self) -> int:
        """How many pairs it has had: who had the fewest is served next."""
        return len(self.records) + len(self.flying)

    @property
    def done(self) -> int:
        """How many pairs there are without a gap: what is shown hangs on no order of work."""
        return next((n for n in range(PAIRS) if n not in self.records), PAIRS)

    def next_pair(self, lane: int, lanes: int) -> int | None:
        """The pair that a worker should run: of the next ones that whose past it keeps, else the first.

        Further ahead it does not look: a pair in front of which one is missing is not shown.
        """
        left = [n for n in range(PAIRS) if n not in self.records and n not in self.flying][:lanes]
        own = [n for n in left if n % lanes == lane]
        return next(iter(own or left), None)

    def take(self, number: int, records: list[Record]) -> None:
        """Keeps a pair and tells those who wait."""
        self.records[number] = records
        self.flying.discard(number)
        for tell in list(self.listeners):
            tell(self)
