"""The runs behind the answer, each kept soon after it ends: a sample, its twins, and two steps of screening.

The sample is the first runs of a sweep of the same words. Twins are some of them again with other luck alone.
What a stopped command left is not run again, and a larger sample or more trajectories extend smaller ones.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from experiments.answer.split_runs import VALUE, Job, measured
from experiments.compute.parallel import one_by_one
from experiments.drawn.things import exchanged
from experiments.plan.patience import Say, silent
from experiments.sensitivity import screening
from experiments.sensitivity.question import MEMBERS, TWINS, Question
from experiments.sensitivity.screening import Factor, Specs
from experiments.store.store import Store
from scenarios.targets import load_targets

KIND = "sensitivity"
FORM = 1
"""Counts up with what a row means: records of another form are no longer read."""
SAMPLE, TWIN, GROUP, MEMBER = "sample", "twins", "groups", "members"
OTHER_LUCK = 2**31
"""Added to the number of a replication for the luck of its twin."""
KEEP_EVERY = 10.0  # seconds

type Row = list[list[float | None]]
"""What a run came to, by scenario and target; None where it has no result."""


class Runs:
    """The rows of a question by step, as far as they are run; the folder has to be held."""

    def __init__(
        self, store: Store, question: Question, workers: int | None = None, say: Say = silent
    ) -> None:
        self.store, self.question, self.workers, self.say = store, question, workers, say
        self.things = question.things()
        held = store.kept[KIND].about(question.key) or {}
        usable = held.get("form") == FORM
        self.rows: dict[str, list[Row]] = held.get("rows", {}) if usable else {}
        self.factors: dict[str, list[str]] = held.get("factors", {}) if usable else {}

    def sample(self) -> np.ndarray:
        """Values of the sample [run, scenario, target]."""
        return self._step(SAMPLE, [self.things.draw(n).specs for n in range(self.question.runs)])

    def twins(self) -> np.ndarray:
        """Values of the twins of the first runs of the sample [run, scenario, target]."""
        those = [self.things.draw(n) for n in range(min(TWINS, self.question.runs))]
        other = [exchanged(one, one, [], one.first.replication + OTHER_LUCK) for one in those]
        return self._step(TWIN, other)

    def groups(self, factors: Sequence[Factor]) -> np.ndarray:
        """Values of the first step of the screening [run, scenario, target]."""
        return self._screened(GROUP, factors, range(self.question.trajectories))

    def members(self, factors: Sequence[Factor]) -> np.ndarray:
        """Values of the second step of the screening [run, scenario, target]."""
        return self._screened(MEMBER, factors, self.numbers_of_members())

    def numbers_of_members(self) -> range:
        """The trajectories of the second step: none goes between runs of the first."""
        first = self.question.trajectories
        return range(first, first + self.question.later_trajectories)

    def _screened(self, step: str, factors: Sequence[Factor], numbers: Sequence[int]) -> np.ndarray:
        names = [one.name for one in factors]
        if self.factors.get(step) != [*names, str(numbers[0])]:
            self.rows[step] = []
        self.factors[step] = [*names, str(numbers[0])]
        return self._step(step, screening.runs_of(self.things, factors, numbers))

    def _step(self, step: str, asked: Sequence[Specs]) -> np.ndarray:
        """The rows of a step, those that are missing run first."""
        own = self.rows.setdefault(step, [])
        left = asked[len(own) :]
        if left:
            kept = f", {len(own)} are kept" if own else ""
            self.say(f"{TOLD[step]}: {len(asked) * len(asked[0]):,} runs{kept}")
            try:
                for row in self._computed(left):
                    own.append(row)
            finally:
                self._keep()
        return in_numbers(own[: len(asked)])

    def _computed(self, left: Sequence[Specs]) -> Iterator[Row]:
        """Rows one by one, kept now and then."""
        region, last = self.question.plan.region, time.monotonic()
        for row in one_by_one(partial(row_of, region), left, self.workers):
            yield row
            if time.monotonic() - last > KEEP_EVERY:
                self._keep()
                last = time.monotonic()

    def _keep(self) -> None:
        if any(self.rows.values()):
            self.store.kept[KIND].keep(record_of(self.question, self.rows, self.factors))


TOLD = {
    SAMPLE: "a sample",
    TWIN: "other luck alone",
    GROUP: "screening, groups",
    MEMBER: "screening, parameters one by one",
}


def row_of(region: str, specs: Specs) -> Row:
    """What a run of each scenario comes to; nothing is known of runs that fail."""
    found = measured(Job("", specs), region)
    names = load_targets(region=region)
    return [[one[name][VALUE] for name in names] for one in found]


def in_numbers(rows: Sequence[Row]) -> np.ndarray:
    """Rows as an array, nan where a run has no result."""
    return np.array(rows, dtype=np.float64)  # None becomes nan


def record_of(
    question: Question, rows: dict[str, list[Row]], factors: dict[str, list[str]]
) -> dict[str, Any]:
    """A question with what its runs left, in plain types."""
    plan = question.plan
    return {
        "form": FORM,
        "key": question.key,
        "region": plan.region,
        "world": plan.points[0].world,
        "scenarios": list(question.scenarios),
        "targets": list(load_targets(region=plan.region)),
        "described": question.described,
        "scale": float(question.scale),
        "seed": plan.seed,
        "rows": rows,
        "factors": factors,
    }


def second_step(groups: Sequence[Factor], relative: np.ndarray) -> tuple[Factor, ...]:
    """The factors of the second step."""
    return screening.members_of(groups, relative, MEMBERS)
