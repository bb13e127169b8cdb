"""The cheapest package that reaches a target with a probability, confirmed at full size.

1. What is in force is run at full size. 2. Packages are tried in pairs of equal luck at a part of the
province's size (cheapest.py). 3. The best is run at full size with as many replications as what is in force;
where its effect there is another than in the pairs, the search goes on with what was learnt, a few times. 4.
Where none reaches the target: what the world would have to be like instead (instead.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from experiments.packages.archive import Outcome, Point, Ranked
from experiments.packages.asked import Asked, asked_of
from experiments.packages.cheapest import Course, cheapest, fewest_trials
from experiments.packages.descent import descend
from experiments.packages.distance import Levels, reached_with
from experiments.packages.effects import Effects
from experiments.packages.judged import Judged, judged, keep_reform
from experiments.packages.sampled import refuse_without_optuna
from experiments.packages.tries import Tries, pairs_of
from experiments.plan.patience import Say, aloud
from experiments.store import header
from experiments.store.store import claimed
from scenarios.targets import ALL, Target, load_targets
from scenarios.values.errors import InputError, unknown

EVALUATIONS = 160
ROUNDS, MORE = 3, 24
"""How often a package is run at full size at most, and how many more are tried after each time."""
STRONGEST, WEAKEST = 4.0, 0.25
CHEAPER = 0.9  # of the cost: what is worth another round
HEADROOMS = (1.5, 3.0)
NOTHING = 0.01  # of what a package gains and costs
NEARLY = 1.02  # of a cap: two costs within 2 % are equal


class Question(NamedTuple):
    """A target, and what is asked of it. targets: it alone, or all where all together are to be reached.

    command: the line that asks it again.
    """

    target: str
    targets: Mapping[str, Target]
    asked: Asked
    command: str


class Round(NamedTuple):
    """A package at full size. outcome: in the pairs. reached: what is reached less what is wanted."""

    point: Point
    outcome: Outcome
    name: str
    path: str
    runs: Judged
    reached: float

    def hits_enough(self, question: Question) -> bool:
        """Whether as large a share of runs reaches the target as was asked for, with money that may be
        spent."""
        cap, chance = question.asked.cap, self.runs.chance(self.name, question.target)
        paid = cap is None or self.cost <= max(NEARLY * cap, cap + 0.05)
        return paid and chance.value >= question.asked.probability

    @property
    def cost(self) -> float:
        """Public cost beyond the base [100 m yuan]."""
        return self.runs.added_cost(self.name).mean


@dataclass
class Found:
    """What a search came to. levels: of the base at full size. rounds: packages run at full size, in
    order."""

    question: Question
    base: Judged
    levels: Levels
    effects: Effects
    archive: Ranked
    course: Course
    rounds: list[Round] = field(default_factory=list)

    @property
    def usual(self) -> Outcome:
        """What is in force."""
        return self.archive.known[self.question.asked.dials.room.usual]

    @property
    def final(self) -> Round | None:
        """The cheapest that reaches the target at full size, or else the one that comes nearest; None where
        nothing but what is in force was run."""
        enough = [one for one in self.rounds if one.hits_enough(self.question)]
        if enough:
            return min(enough, key=lambda one: one.cost)
        return max(self.rounds, key=lambda one: one.reached, default=None)

    @property
    def reached(self) -> bool:
        """Whether a package, or what is in force, reaches the target at full size."""
        if self.final is None:
            return self.base_reaches
        return self.final.hits_enough(self.question)

    @property
    def base_reaches(self) -> bool:
        """Whether what is in force does."""
        chance = self.base.chance(self.question.asked.base, self.question.target)
        return chance.value >= self.question.asked.probability


def question_of(target: str, words: list[str], command: str) -> Question:
    """What is asked, checked before any run.

    Raises:
        InputError: no such target, or a mistake in the words. ModelDiffers, CorruptData: the posterior.
    """
    refuse_without_optuna("reach")
    asked = asked_of(words, EVALUATIONS, "results/reach")
    known = load_targets(region=asked.region)
    if target not in (*known, ALL):
        raise InputError(unknown("target", target, [*known, ALL]))
    refuse_too_few(asked)
    return Question(target, known if target == ALL else {target: known[target]}, asked, command)


def refuse_too_few(asked: Asked) -> None:
    """Raises: InputError where not even every lever could be tried."""
    levers = len(asked.dials.room.levers)
    if asked.evaluations < fewest_trials(levers):
        raise InputError(
            f"evaluations={asked.evaluations}: a search among {levers} levers tries each alone first and "
            f"takes at least {fewest_trials(levers)}; name fewer levers, or more evaluations"
        )


def found_for(question: Question, workers: int | None = None, say: Say = aloud) -> Found:
    """Searches, and runs the best packages at full size; whatever was run before is not run again.

    Raises:
        FolderHeld, FolderDiffers, CannotWrite, InTheWay; Interrupted when stopped.
    """
    asked = question.asked
    base = judged(asked, question.targets, {}, workers)
    levels = base.levels(asked.base)
    with claimed(asked.results, header.header(asked.region)) as store:
        tries = Tries(pairs_of(asked.plan, asked.pairs), store, workers, asked.evaluations, say)
        effects = Effects(asked, tries, levels)
        archive = Ranked(effects.outcomes, asked.evaluations, levels.spread())
        course = cheapest(archive, asked.dials.room, asked.plan.seed)
    found = Found(question, base, levels, effects, archive, course)
    _confirm(found, workers, say)
    return found


def _confirm(found: Found, workers: int | None, say: Say) -> None:
    """Runs the best package at full size, and better ones where that teaches something."""
    question, archive = found.question, found.archive
    promising = archive.best()[1].reaches
    for _ in range(ROUNDS):
        with _held(found, workers, say):
            point = _without_idle_money(found, archive)
        if point == question.asked.dials.room.usual or point in [one.point for one in found.rounds]:
            return
        last = _at_full_size(found, point, workers)
        found.rounds.append(last)
        say(_told(last, question))
        if not promising:
            return
        archive = _learnt(found, last, workers, say)
        best = archive.best()[1]
        if last.hits_enough(question) and not (best.reaches and best.cost < CHEAPER * last.cost):
            return


def _without_idle_money(found: Found, archive: Ranked) -> Point:
    """The best package; with smaller budgets, where they do not change what it comes to."""
    point, best = archive.best()
    gain = best.margin - found.usual.margin
    for headroom in HEADROOMS:
        tighter = found.effects.tightened(point, headroom)
        archive.most += tighter not in archive.known
        ((_, other),) = archive.tried([tighter])
        as_near = other.margin >= best.margin - NOTHING * abs(gain)
        as_cheap = other.cost <= best.cost + NOTHING * abs(best.cost)
        if as_near and as_cheap and other.reaches >= best.reaches:
            return tighter
    return point


@contextmanager
def _held(found: Found, workers: int | None, say: Say) -> Iterator[None]:
    """The folder, held while packages are tried."""
    asked = found.question.asked
    with claimed(asked.results, header.header(asked.region)) as store:
        found.effects.tries = Tries(found.effects.tries.pairs, store, workers, None, say)
        yield


def _told(last: Round, question: Question) -> str:
    chance = last.runs.chance(last.name, question.target)
    return f"{last.name} at full size: {chance.hits}/{chance.runs} reach it, {last.cost:+z,.2f} 亿"


def _at_full_size(found: Found, point: Point, workers: int | None) -> Round:
    question = found.question
    asked = question.asked
    package = asked.dials.package(point)
    share = f"{100.0 * asked.probability:g}".replace(".", "_")
    stem = f"reach_{question.target}_{share}"[:50]
    about = {
        "label_en": f"reaches {question.target} with {asked.probability:g}",
        "label_zh": f"以{asked.probability:g}概率实现{question.target}",
        "description": f"A package that sanxiang reach found for {question.target}.",
        "command": question.command,
    }
    name, path = keep_reform(asked, package, stem, about)
    runs = judged(asked, question.targets, {name: path}, workers)
    reached = reached_with(asked.probability, runs.levels(name).distances({}))
    return Round(point, found.effects.outcomes([point])[0], name, str(path), runs, reached)


def _learnt(found: Found, last: Round, workers: int | None, say: Say) -> Ranked:
    """The archive as it would be if all effects differed at full size as those of the last package do, after
    some more trials."""
    usual, asked = found.usual, found.question.asked
    promised = last.outcome.margin - usual.margin
    stronger = (last.reached - usual.margin) / promised if promised > 0.0 else 1.0
    stronger = min(STRONGEST, max(WEAKEST, stronger))
    dearer = last.cost / last.outcome.cost if last.outcome.cost > 1.0 else 1.0

    def corrected(one: Outcome) -> Outcome:
        excess = (1.0 + one.excess) * dearer - 1.0
        return Outcome(
            usual.margin + stronger * (one.margin - usual.margin), dearer * one.cost, excess, one.error
        )

    def outcomes(points: list[Point]) -> list[Outcome]:
        return [corrected(one) for one in found.effects.outcomes(points)]

    archive = Ranked(outcomes, len(found.archive.known) + MORE, found.archive.unit)
    archive.known = {point: corrected(one) for point, one in found.archive.known.items()}
    room = asked.dials.room
    dials = [place for lever in found.course.levers for place in room.levers[lever]]
    with _held(found, workers, say):
        descend(archive, dials)
        found.archive.known |= {
            point: found.effects.outcomes([point])[0]
            for point in archive.known
            if point not in found.archive.known
        }
    return archive
