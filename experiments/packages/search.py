"""The best packages: a front of chances, value added and cost, and a few of it at equal spending.

1. What is in force is run at full size in every world. 2. Packages are tried in pairs of equal luck at a part
of the province's size, with levers, budgets, the year from which they hold and where they are given
(front.py). 3. The best for each thing that is wanted, and the best for all of them alike, are brought to
equal spending and held against each other in pairs that the search has not seen (robust.py). 4. They are run
at full size.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from experiments.packages.archive import Archive, Point, Room
from experiments.packages.asked import Asked, asked_of
from experiments.packages.front import Course, Scored, fewest_trials, front, on_front
from experiments.packages.judged import Judged, judged, keep_reform
from experiments.packages.measured import VALUE_ADDED
from experiments.packages.objectives import COST, Objective, objectives_named
from experiments.packages.package import text_of
from experiments.packages.robust import Equal, Regret, at_cost, regrets
from experiments.packages.sampled import refuse_without_optuna
from experiments.packages.scores import Scores
from experiments.packages.tries import LUCK, Tries, pairs_of
from experiments.plan.patience import Say, aloud
from experiments.store import header
from experiments.store.store import Store, claimed
from scenarios.targets import load_targets
from scenarios.values.errors import InputError
from scenarios.worlds.given import world_name

EVALUATIONS = 240
UNSEEN, NUMBER = LUCK + 1_000, 24
"""The first pair of those that the search has not seen, and how many there are of each world."""
SHARE = 0.5  # of the dearest package of the front: the spending at which packages are compared, without a cap
LEAST_MONEY = 1.0  # 100 m yuan: below, spending is not made equal
ALIKE = "all_alike"


@dataclass(frozen=True)
class Question:
    """What is wanted, and how it is searched. command: the line that asks it again."""

    objectives: tuple[Objective, ...]
    asked: Asked
    command: str

    @property
    def counts_cost(self) -> bool:
        """Whether less cost is an aim."""
        return any(one.name == COST for one in self.objectives)

    @property
    def wanted(self) -> tuple[Objective, ...]:
        """The objectives but the cost."""
        return tuple(one for one in self.objectives if one.name != COST)


@dataclass(frozen=True)
class Chosen:
    """A package of those that are compared. why: the objective for which it was taken. regret: by
    objective."""

    why: str
    equal: Equal
    found: Scored
    name: str
    path: str
    regret: tuple[Regret, ...]


@dataclass
class Found:
    """What a search came to. judged: by world. amount: of money at which the chosen ones are compared."""

    question: Question
    scores: Scores
    archive: Archive[Scored]
    course: Course
    front: list[Point]
    amount: float
    judged: dict[str, Judged]
    chosen: list[Chosen] = field(default_factory=list)


def question_of(words: list[str], command: str) -> Question:
    """What is asked, checked before any run; words without `=` name objectives.

    Raises:
        InputError: no such objective, or a mistake in the words. ModelDiffers, CorruptData: the posterior.
    """
    refuse_without_optuna("search")
    names = [word for word in words if "=" not in word and not word.startswith("--")]
    asked = asked_of([word for word in words if word not in names], EVALUATIONS, "results/search", True)
    if "probability" in asked.given:
        raise InputError("probability belongs to reach; search takes objectives: chances, value_added, cost")
    levers = len(asked.dials.room.levers)
    if asked.evaluations < fewest_trials(levers):
        raise InputError(
            f"evaluations={asked.evaluations}: a search among {levers} levers takes at least "
            f"{fewest_trials(levers)}; name fewer levers, or more evaluations"
        )
    return Question(tuple(objectives_named(names, asked.region)), asked, command)


def found_for(question: Question, workers: int | None = None, say: Say = aloud) -> Found:
    """Searches, compares the best and runs them at full size; whatever was run before is not run again.

    Raises:
        FolderHeld, FolderDiffers, CannotWrite, InTheWay; Interrupted when stopped.
    """
    asked, targets = question.asked, load_targets(region=question.asked.region)
    worlds = {world_name(point.world): point.world for point in asked.plan.points}
    base = {name: judged(asked.in_world(world), targets, {}, workers) for name, world in worlds.items()}
    with claimed(asked.results, header.header(asked.region)) as store:
        tries = Tries(pairs_of(asked.plan, asked.pairs), store, workers, asked.evaluations, say)
        levels = {name: one.levels(asked.base) for name, one in base.items()}
        scores = Scores(asked, tries, question.objectives, levels)
        archive: Archive[Scored] = Archive(scores.scored, asked.evaluations)
        room = room_of(asked)
        course = front(archive, room, scores.choices, asked.plan.seed, question.counts_cost)
        points = on_front(archive, question.counts_cost)
        dearest = max(archive.known[point].cost for point in points)
        amount = asked.cap if asked.cap is not None else SHARE * dearest
        found = Found(question, scores, archive, course, points, amount, base)
        equals = brought_to(found, room)
        compared = in_unseen_pairs(found, list(equals.values()), store, workers, say)
    found.chosen = [
        Chosen(why, equal, one, *write(asked, scores, why, equal, question.command), regret)
        for (why, equal), (one, regret) in zip(equals.items(), compared, strict=True)
    ]
    reforms = {one.name: one.path for one in found.chosen}
    for name, world in worlds.items():
        found.judged[name] = judged(asked.in_world(world), targets, reforms, workers)
    return found


def room_of(asked: Asked) -> Room:
    """Where packages may be looked for: dials, then when, then where."""
    own = asked.dials.room
    return Room((*own.usual, 0.0, 0.0), (*own.doses, 0.0, 0.0), own.levers)


def brought_to(found: Found, room: Room) -> dict[str, Equal]:
    """The package that is best for each thing, and the one best for all alike, at equal spending."""
    best = best_for_each(found)
    tried: dict[Point, float] = {point: one.cost for point, one in found.archive.known.items()}

    def cost_of(point: Point) -> float:
        if point not in tried:
            tried[point] = found.scores.scored([point])[0].cost
        return tried[point]

    equals: dict[str, Equal] = {}
    same: set[str] = set()
    for why, point in best.items():
        equal = Equal(point, cost_of(point), True)
        if found.amount >= LEAST_MONEY:
            equal = at_cost(point, room, found.amount, cost_of, len(found.question.asked.dials.all))
        text = text_of(found.scores.package(equal.point))
        if text not in same and found.scores.package(equal.point).values:
            equals[why] = equal
            same.add(text)
    return equals


def best_for_each(found: Found) -> dict[str, Point]:
    """Of the front, within the money: the best for each thing, and by the sum of what each makes of its
    range."""
    within = [point for point in found.front if found.archive.known[point].cost <= found.amount]
    within = within or found.front
    table = np.array([found.archive.known[point].wanted for point in within])
    best = {one.name: within[int(table[:, k].argmax())] for k, one in enumerate(found.question.wanted)}
    if len(best) > 1:
        sizes = np.maximum(np.ptp(table, axis=0), 1e-12)
        best[ALIKE] = within[int(((table - table.min(axis=0)) / sizes).sum(axis=1).argmax())]
    return best


def in_unseen_pairs(
    found: Found, equals: list[Equal], store: Store, workers: int | None, say: Say
) -> list[tuple[Scored, tuple[Regret, ...]]]:
    """What each package comes to, and its regrets, in pairs that the search has not seen."""
    asked, scores = found.question.asked, found.scores
    if not equals:
        return []
    tries = Tries(pairs_of(asked.plan, NUMBER, UNSEEN), store, workers, None, say)
    values = tries.values([asked.scenario, *(scores.scenario(one.point) for one in equals)])
    by_objective = [
        regrets(
            np.array([in_runs(one, values[k], values[0], tries, asked.region) for k in range(1, len(values))])
        )
        for one in found.question.wanted
    ]
    unseen = Scores(asked, tries, found.question.objectives, scores.levels)
    return [
        (unseen.score(values[k + 1]), tuple(those[k] for those in by_objective)) for k in range(len(equals))
    ]


def in_runs(one: Objective, values: np.ndarray, base: np.ndarray, tries: Tries, region: str) -> np.ndarray:
    """What a package adds to an objective in each run: value added [100 m yuan], a target's value as it is
    shown, or how many targets are met."""
    if not one.targets:
        added: np.ndarray = (values - base)[:, tries.column(VALUE_ADDED)]
        return added
    targets = load_targets(region=region)
    if len(one.targets) == 1:
        (name,) = one.targets
        gap: np.ndarray = (values - base)[:, tries.column(name)]
        return gap * targets[name].about.shown.factor
    met = [
        [targets[name].is_met_by(value) for value in values[:, tries.column(name)]] for name in one.targets
    ]
    return np.sum(met, axis=0, dtype=float)


def write(asked: Asked, scores: Scores, why: str, equal: Equal, command: str) -> tuple[str, str]:
    """Writes a package as a reform; its name and where it lies."""
    about = {
        "label_en": f"best found for {why}",
        "label_zh": f"{why}最优方案",
        "description": f"A package that sanxiang search found, at {equal.cost:,.1f} 亿 beyond {asked.base}.",
        "command": command,
    }
    name, path = keep_reform(asked, scores.package(equal.point), f"best_{why}"[:50], about)
    return name, str(path)
