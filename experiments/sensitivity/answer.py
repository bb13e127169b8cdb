"""What targets hang on, as a function: runs what the folder lacks, keeps it, and reads the answer.

import experiments as sanxiang

found = sanxiang.sensitivity("scenario=plan", "targets=sei_va")
found.table()                        # pandas: one row per target and thing
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from experiments.answer.probability import Probability, probability
from experiments.calibration.emulator import influential
from experiments.compute.sweep_run import refuse_other_region
from experiments.drawn.things import LUCK, SPLIT, TAUGHT, Thing, Things
from experiments.plan.patience import Say, aloud
from experiments.sensitivity import screening
from experiments.sensitivity.found import Sensitivity, Value
from experiments.sensitivity.indices import Inputs, correlation_of
from experiments.sensitivity.question import MEMBERS, Measure, Question, measures_of, question_of
from experiments.sensitivity.runs import Runs
from experiments.sensitivity.screening import MATTERS, Effects, Factor
from experiments.sensitivity.shares import (
    Judged,
    Sample,
    Told,
    luck_of,
    resampled_clusters,
    shares_of,
    with_probes,
)
from experiments.store import header
from experiments.store.store import claimed
from scenarios.targets import Target, load_targets
from scenarios.values.errors import InputError

MOST_INPUTS = 40
"""Of a surrogate."""


def sensitivity(*words: str, workers: int | None = None) -> Sensitivity:
    """What targets hang on, in the words of `sanxiang sensitivity`.

    Raises:
        InputError, ModelDiffers: as question_of. FolderHeld, FolderDiffers, CannotWrite.
    """
    return answer(question_of(words), workers)


def answer(question: Question, workers: int | None = None, say: Say = aloud) -> Sensitivity:
    """The answer to a question.

    Raises:
        FolderHeld, FolderDiffers, CannotWrite, InTheWay. InputError: too many runs failed.
    """
    plan, region = question.plan, question.plan.region
    with claimed(plan.results, header.with_own(header.header(region), plan.own)) as store:
        refuse_other_region(store, region)
        runs = Runs(store, question, workers, say)
        factors = screening.groups_of(runs.things.things)
        sample, twins, groups = runs.sample(), runs.twins(), runs.groups(factors)
        refuse_failed(sample)
        first, spreads = screened(question, runs, factors, range(question.trajectories), groups, sample)
        later = screening.members_of(factors, first.relative(spreads), MEMBERS)
        second = None
        if later:
            numbers = runs.numbers_of_members()
            second, _ = screened(question, runs, later, numbers, runs.members(later), sample)
    return read(question, runs.things, first, second, spreads, sample, twins)


def refuse_failed(sample: np.ndarray) -> None:
    """Refuses a sample of which a tenth or more has no result: what is left would be another sample.

    Raises:
        InputError.
    """
    failed = int(np.isnan(sample).any(axis=(1, 2)).sum())
    if failed * 10 >= len(sample):
        raise InputError(
            f"{failed} of {len(sample)} runs of the sample have no result; `sanxiang sweep` with the same "
            "words says why"
        )


def columns_of(measures: list[Measure], rows: np.ndarray, targets: dict[str, Target]) -> np.ndarray:
    """What runs came to of each measure, as tables show it [measure, run]."""
    places = {name: at for at, name in enumerate(targets)}
    found = []
    for one in measures:
        own = rows[:, one.scenario, places[one.target]]
        own = own - rows[:, 0, places[one.target]] if one.effect else own
        found.append(own * targets[one.target].about.shown.factor)
    return np.array(found)


def thresholds_of(measures: list[Measure], targets: dict[str, Target]) -> np.ndarray:
    """What has to be reached, as tables show it; not a number where nothing has [measure]."""
    return np.array(
        [
            np.nan if one.effect else targets[one.target].threshold * targets[one.target].about.shown.factor
            for one in measures
        ]
    )


def screened(
    question: Question,
    runs: Runs,
    factors: tuple[Factor, ...],
    numbers: range,
    rows: np.ndarray,
    sample: np.ndarray,
) -> tuple[Effects, np.ndarray]:
    """The statistics of a step, and the standard deviation of each value in the sample."""
    targets = load_targets(region=question.plan.region)
    measures = measures_of(question.scenarios, question.plan.region)
    known = columns_of(measures, sample, targets)
    corners = screening.corners_of(len(factors), numbers)
    thresholds = thresholds_of(measures, targets)
    effects = screening.effects_of(factors, corners, columns_of(measures, rows, targets), known, thresholds)
    return effects, np.nanstd(known, axis=1)


def read(
    question: Question,
    things: Things,
    first: Effects,
    second: Effects | None,
    spreads: np.ndarray,
    sample: np.ndarray,
    twins: np.ndarray,
) -> Sensitivity:
    """The answer that finished runs give."""
    region = question.plan.region
    targets, measures = load_targets(region=region), measures_of(question.scenarios, region)
    values, others = columns_of(measures, sample, targets), columns_of(measures, twins, targets)
    draws = [things.values(things.draw(n)) for n in range(len(sample))]
    inputs = inputs_of(things, first, second, spreads, draws, values)
    thresholds, sets = thresholds_of(measures, targets), len(question.plan.sets.values)
    asked = [place for place, one in enumerate(measures) if one.target in question.told]
    learnt = shares_told(inputs, draws, values, thresholds, sets, asked)
    found = []
    for place, one in enumerate(measures):
        luck = luck_of(values[place][: len(twins)], others[place], float(np.nanvar(values[place])))
        chance = (
            None if one.effect else chance_of(values[place], thresholds[place], targets[one.target], sets)
        )
        found.append(Value(one, targets[one.target], values[place], chance, learnt.get(place), luck))
    return Sensitivity(question, things, tuple(inputs), first, second, spreads, tuple(found))


def chance_of(values: np.ndarray, threshold: float, target: Target, sets: int) -> Probability:
    """The probability of a target in the sample."""
    factor = target.about.shown.factor
    hits = [None if np.isnan(one) else target.is_met_by(one / factor) for one in values.tolist()]
    return probability(hits, resampled_clusters(len(values), sets))


def inputs_of(
    things: Things,
    first: Effects,
    second: Effects | None,
    spreads: np.ndarray,
    draws: list[dict[str, float]],
    values: np.ndarray,
) -> list[Thing]:
    """What enters the surrogates: what passed the screening, the strongest first, and what the sample shows.

    A parameter of no group that passed enters where its rank correlation with a value is beyond chance.
    """
    strength: dict[str, float] = {}
    for effects in (first, second):
        if effects is None:
            continue
        for factor, relative in zip(effects.factors, effects.relative(spreads).tolist(), strict=True):
            single = len(factor.things) == 1 and factor.name == factor.things[0].name
            if single and factor.kind != LUCK and factor.name != SPLIT and relative >= MATTERS:
                strength[factor.name] = relative
    names = [name for name in draws[0] if len({each[name] for each in draws}) > 1]
    whole = np.isfinite(values).all(axis=0)
    if names and whole.sum() > FEWEST_RANKED:
        places = normal_scores(draws, names)[whole]
        for at in influential(places, values[:, whole].T).tolist():
            strength.setdefault(names[at], MATTERS)
    order = sorted(strength, key=lambda name: -strength[name])[:MOST_INPUTS]
    return [things.things[name] for name in order]


FEWEST_RANKED = 40  # runs


def places_of(draws: list[dict[str, float]], names: list[str]) -> np.ndarray:
    """The places of what runs drew among all of them, between 0 and 1 [run, thing]; equal draws share one."""
    table = np.array([[each[name] for name in names] for each in draws])
    return np.asarray((stats.rankdata(table, axis=0) - 0.5) / len(table))


def normal_scores(draws: list[dict[str, float]], names: list[str]) -> np.ndarray:
    """Places as normal scores."""
    return np.asarray(stats.norm.ppf(places_of(draws, names)))


def shares_told(
    inputs: list[Thing],
    draws: list[dict[str, float]],
    values: np.ndarray,
    thresholds: np.ndarray,
    sets: int,
    asked: list[int],
) -> dict[int, Told]:
    """The shares of each value that is asked for and varies, by its place."""
    # The mean of equal numbers may be another number, so that their standard deviation is not 0.
    varies = [place for place in asked if np.nanmax(values[place]) > np.nanmin(values[place])]
    if not inputs or not varies:
        return {}
    names = [one.name for one in inputs]
    places = places_of(draws, names)
    tied = tuple(place for place, one in enumerate(inputs) if one.learnt)
    tied = tied if len(tied) > 1 else ()
    correlation = correlation_of(places[:, list(tied)][: sets or None]) if tied else None
    groups = tuple(TAUGHT if place in tied else one.name for place, one in enumerate(inputs))
    sample = Sample(
        places,
        Inputs(tuple(names), groups, np.sort(places, axis=0), tied, correlation),
        tuple(one.kind for one in inputs),
        resampled_clusters(len(values[0]), sets),
    )
    told = shares_of(
        with_probes(sample), [Judged(values[place], float(thresholds[place])) for place in varies]
    )
    return dict(zip(varies, told, strict=True))
