"""`sanxiang prior`: sets of parameters drawn from their priors that are compatible with 2016-20.

Each candidate is a draw of every parameter with a distribution. Its level constants are solved as `fit-base`
solves the central ones, then its years 2016-20 are compared with what was published: a candidate whose path
lies further away than twice the distance that counts as a hit is not kept (rejection sampling, one step of
approximate Bayesian computation: Beaumont, Zhang and Balding 2002, Genetics 162).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from experiments.compute.parallel import in_parallel
from experiments.evidence.facts.fact import load_facts
from experiments.evidence.fit_base import Baseline, levels, shortened
from experiments.evidence.parameter_file import plain
from experiments.evidence.past import Past
from experiments.evidence.secant import Unknown, first_slopes, solve
from scenarios.drawn import Numbers, Values, drawn_values, priors_digest, with_distribution
from scenarios.load import load_parameters
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from scenarios.values.errors import InputError

REPLICATIONS = 2
"""Runs of the whole province per step; luck moves a level of 2020 by about a hundredth."""
ROUNDS, TOLERANCE = 5, 0.01
LEVEL_MET = 0.03
"""A level constant counts as solved when its gap is below this [log points]."""
TIMES = 2.0
"""Distances of a hit that a candidate may lie off: what is published errs, and so do two runs."""
CHECKED = (
    "GDP",
    "value added of emerging industries",
    "R&D of enterprises",
    "local revenue",
    "real growth, mean since 2016",
    "certified",
    "entry",
    "exit",
    "inventions in force",
)
"""The facts of a region, by name, that behaviour decides; places and universities are given."""
BATCH = 8

Measure = Callable[[Sequence[float]], list[float]]


@dataclass(frozen=True)
class Candidate:
    """A candidate with its solved constants, and what of 2016-20 it misses."""

    number: int
    solved: Values
    misses: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """All candidates of a drawing, in order; the last one is the last that was needed."""

    candidates: tuple[Candidate, ...]
    region: str

    @property
    def kept(self) -> tuple[Candidate, ...]:
        """Those that meet 2016-20."""
        return tuple(one for one in self.candidates if not one.misses)

    @property
    def missed(self) -> Counter[str]:
        """How many candidates miss each figure."""
        return Counter(
            name for one in self.candidates for name in {miss.split(" in 2")[0] for miss in one.misses}
        )


def draw(
    sets: int,
    workers: int | None = None,
    say: Callable[[str], None] = print,
    region: str = DEFAULT_REGION,
    most: int = 100,
) -> Drawing:
    """Tries candidates 0, 1, 2 ... until so many are kept.

    most: candidates per set before it gives up.

    Raises:
        InputError: no parameter has a distribution, the region has no facts.yaml, or too few candidates meet
            2016-20.
    """
    load_facts(region)
    if not with_distribution(load_parameters(region=region)):
        raise InputError(f"region {region}: no parameter has a distribution as its prior")
    slopes, found = central_slopes(region), list[Candidate]()
    while sum(not one.misses for one in found) < sets:
        if len(found) >= most * sets:
            raise InputError(f"{len(found)} candidates tried and fewer than {sets} meet 2016-20")
        numbers = range(len(found), len(found) + BATCH)
        found += in_parallel(partial(candidate, region, slopes), numbers, workers)
        say(f"{len(found)} tried, {sum(not one.misses for one in found)} kept")
    kept = [n for n, one in enumerate(found) if not one.misses]
    return Drawing(tuple(found[: kept[sets - 1] + 1]), region)


def central_slopes(region: str) -> np.ndarray:
    """How the gaps of the levels answer the constants, at the central parameters."""
    world = Baseline(REPLICATIONS, 1, region)
    unknowns, measure = problem(world)
    place = np.array([u.coordinate(u.start) for u in unknowns])
    return first_slopes(unknowns, measure, place, np.asarray(measure([u.start for u in unknowns])))


def candidate(region: str, slopes: np.ndarray, number: int) -> Candidate:
    """Draws, solves and checks one candidate."""
    world, unmet = rebased(region, slopes, drawn_values(load_parameters(region=region), number))
    return Candidate(number, world.values, (*unmet, *misses(world.runs)))


def rebased(region: str, slopes: np.ndarray, drawn: Values) -> tuple[Baseline, list[str]]:
    """The baseline under drawn parameters, its level constants solved, and the levels that are not met."""
    world = Baseline(REPLICATIONS, 1, region, drawn)
    unknowns, measure = problem(world)
    best = solve(unknowns, measure, ROUNDS, TOLERANCE, slopes)
    gaps = measure([shortened(value) for value in best])
    unmet = [abs(gap) > LEVEL_MET for gap in gaps]
    return world, [f"level of {one.name}" for one, far in zip(unknowns, unmet, strict=True) if far]


def problem(world: Baseline) -> tuple[list[Unknown], Measure]:
    """The unknowns of a baseline's levels, and the function that measures their gaps."""
    moved = levels(world.region)

    def measure(points: Sequence[float]) -> list[float]:
        medians = world.run(dict(zip((level.key for level in moved), points, strict=True)))
        return [level.gap(medians) for level in moved]

    return [world.unknown(level) for level in moved], measure


def misses(runs: Sequence[Past]) -> list[str]:
    """The checked facts and years whose median lies further off than TIMES the distance of a hit.

    Raises:
        InputError: the region has no facts.yaml.
    """
    known, found = load_region(runs[0].region), list[str]()
    for fact in load_facts(runs[0].region).values():
        if fact.name not in CHECKED or fact.measurement is None:
            continue
        values = np.median([fact.measurement.read_past(run) for run in runs], axis=0)
        found += [
            f"{fact.name} in {cell.label}"
            for cell in fact.cells(known)
            if not within(cell.low, cell.high, float(values[cell.place]))
        ]
    return found


def within(low: float, high: float, value: float) -> bool:
    """Whether a value lies within TIMES the distance of a hit from the middle of what is accepted."""
    middle, half = (low + high) / 2.0, (high - low) / 2.0
    return abs(value - middle) <= TIMES * half


def lines(drawing: Drawing) -> list[str]:
    """What was kept, what the others missed, and which parameters 2016-20 says something about."""
    tried, kept = len(drawing.candidates), len(drawing.kept)
    numbers = load_parameters(region=drawing.region)
    met = f"2016-20 met within {TIMES:g} times the distance of a hit (docs/PLAUSIBILITY.md)"
    return [
        f"{tried} candidates tried, {kept} kept ({kept / tried:.0%}): {met}",
        "missed by",
        *(f"  {count / tried:4.0%}  {name}" for name, count in drawing.missed.most_common()),
        "parameters whose kept mean lies furthest from the prior's [standard deviations of it]",
        *(f"  {shift:+z5.2f}  {name}" for name, shift in shifts(drawing, numbers)[:15]),
    ]


def shifts(drawing: Drawing, numbers: Numbers) -> list[tuple[str, float]]:
    """Distance of the kept mean from the mean of all, in standard deviations of all, widest first."""
    every = [drawn_values(numbers, one.number) for one in drawing.candidates]
    kept = np.array([not one.misses for one in drawing.candidates])
    found = []
    for group, name, _ in with_distribution(numbers):
        values = np.array([values[group, name] for values in every])
        found.append((f"{group}.{name}", float((values[kept].mean() - values.mean()) / values.std())))
    return sorted(found, key=lambda pair: -abs(pair[1]))


def file_text(drawing: Drawing) -> str:
    """The text of prior.yaml: see scenarios/drawn.py."""
    solved = list(drawing.kept[0].solved)
    rows = [
        f"- [{one.number}, {', '.join(plain(one.solved[key]) for key in solved)}]" for one in drawing.kept
    ]
    return "\n".join(
        [
            "# Parameters drawn from their priors, kept where 2016-20 is met; by sanxiang prior --write DIR",
            f"priors: {priors_digest(load_parameters(region=drawing.region))}",
            f"tried: {len(drawing.candidates)}",
            f"solved: [{', '.join('.'.join(key) for key in solved)}]",
            "kept:",
            *rows,
            "",
        ]
    )
