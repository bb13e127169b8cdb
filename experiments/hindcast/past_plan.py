"""A plan that has ended as a test: how likely each of its goals was before anybody knew, and what came.

judged = judge(plan, runs)
judged[0].probability, judged[0].brier
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.answer.probability import Probability, probability
from experiments.hindcast import scores
from experiments.hindcast.forecast import Life, finite
from experiments.hindcast.past_plan_file import PastGoal, PastPlan
from experiments.hindcast.scores import Spread
from scenarios.spec import FIRST_YEAR
from scenarios.values.errors import InputError, unknown

CLIMATOLOGY = 0.5
"""What somebody says who knows nothing of goals: as likely met as not."""


@dataclass(frozen=True)
class JudgedGoal:
    """A goal with the spread of runs in the year it was due, its probability, and what that scores."""

    goal: PastGoal
    spread: Spread
    probability: Probability
    brier: float


@dataclass(frozen=True)
class Judged:
    """All goals of a past plan. base_rate: the share that was met, known only afterwards."""

    plan: PastPlan
    goals: tuple[JudgedGoal, ...]

    @property
    def brier(self) -> float:
        """The mean score of all goals; 0 is best."""
        return float(np.mean([one.brier for one in self.goals]))

    @property
    def base_rate(self) -> float:
        """The share of the goals that was met."""
        return float(np.mean([one.goal.was_met for one in self.goals]))

    def constant(self, share: float) -> float:
        """The mean score of whoever gives every goal the same probability."""
        return float(np.mean([scores.brier(share, one.goal.was_met) for one in self.goals]))

    def skill(self, share: float) -> float:

        theirs = self.constant(share)
        return 1.0 - self.brier / theirs if theirs > 0.0 else np.nan


def check_series(plan: PastPlan, recorded: Iterable[str], where: str) -> None:
    """Refuses goals for series that no run records.

    Raises:
        InputError: one line per unknown name, with the nearest one.
    """
    names = set(recorded)
    wrong = [
        f"{where}: past_plan: {goal.name}: {unknown('series', name, names)}"
        for goal in plan.goals.values()
        for name in (goal.about.indicator, goal.about.over)
        if name is not None and name not in names
    ]
    if wrong:
        raise InputError(*wrong)


def judge(plan: PastPlan, runs: Sequence[Life], draws: Sequence[int]) -> Judged:
    """Every goal of a plan over runs. draws: the set of parameters of each run."""
    return Judged(plan, tuple(judged_goal(goal, plan.due, runs, draws) for goal in plan.goals.values()))


def judged_goal(goal: PastGoal, due: int, runs: Sequence[Life], draws: Sequence[int]) -> JudgedGoal:
    """One goal: runs that give no number count as failed, which widens the interval and nothing else."""
    values = np.array([value_of(goal, due, run) for run in runs])
    hits = [goal.is_met_by(value) if np.isfinite(value) else None for value in values.tolist()]
    found = probability(hits, draws)
    return JudgedGoal(goal, scores.spread(finite(values)), found, scores.brier(found.value, goal.was_met))


def value_of(goal: PastGoal, due: int, run: Life) -> float:
    """What a run says of a goal in the year it was due [its unit], on a path that starts as published."""
    own, then = at_start(goal, run), in_year(goal, due, run.annual)
    return goal.value(goal.start) * then / own if own else np.nan


def at_start(goal: PastGoal, run: Life) -> float:
    """What a run itself has in the year from which its path starts [plain units, at its size]."""
    if goal.about.from_year == FIRST_YEAR:
        return in_year(goal, FIRST_YEAR, run.annual)
    return run.start[goal.about.indicator] / (1.0 if goal.about.over is None else run.start[goal.about.over])


def in_year(goal: PastGoal, year: int, annual: Mapping[str, np.ndarray]) -> float:
    """What a run has in a year [plain units, at its size]."""
    at = year - FIRST_YEAR
    over = 1.0 if goal.about.over is None else float(annual[goal.about.over][at])
    return float(annual[goal.about.indicator][at]) / over
