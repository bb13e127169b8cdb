"""What the world would have to be like instead, where no package reaches a target: each thing alone.

The runs of the package that comes nearest, at full size, say it by regression (needs.py); then it is run,
with the package, in pairs of equal luck at the size of the search.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from experiments.answer.probability import Probability, probability
from experiments.packages.distance import Levels, reached_with
from experiments.packages.moved import Checked, by_secant, in_world, with_parameter, world_moved
from experiments.packages.needs import Need, Regression, that_matter
from experiments.packages.reach import Found
from experiments.packages.surroundings import FACTORS, NAMED, Factor, surroundings
from experiments.packages.tries import Pair, Tries, pairs_of
from experiments.plan.patience import Say, aloud
from experiments.store import header
from experiments.store.store import claimed
from scenarios.drawn import with_distribution
from scenarios.load import load_parameters
from scenarios.spec import RunSpec, Scenario
from scenarios.targets import Target
from scenarios.values.tables import frozen

PAIRS = 32
FARTHEST = 8.0  # standard deviations between runs, beyond which nothing is run
RATIO = "ratio"


class Instead(NamedTuple):
    """One thing that would have to be otherwise. factor: of the world, or None where it is a parameter.

    logs: whether slopes are in percent of what is reached. checked: None where nothing was run.
    """

    need: Need
    label: str
    unit: str
    logs: bool
    checked: Checked | None


def instead_of(found: Found, workers: int | None = None, say: Say = aloud) -> list[Instead]:
    """What would have to be otherwise, each alone; nothing where there are too few runs to tell.

    Raises:
        FolderHeld, CannotWrite.
    """
    specs, values = runs_of(found)
    drawn = [surroundings(spec) for spec in specs]
    table = {name: np.array([one[name] for one in drawn]) for name in drawn[0]}
    parameters = parameters_of(specs, found.question.asked.region)
    regression, logs = regression_of(found, values, table)
    chosen = that_matter(regression, parameters)
    if chosen:
        regression, _ = regression_of(found, values, table | {name: parameters[name] for name in chosen})
    movable = [one for one in FACTORS if one.constant is not None]
    needs = {one.name: one for one in regression.needs([*(one.name for one in movable), *chosen])}
    told: list[tuple[Factor | str, Need]] = [
        *((one, needs[one.name]) for one in movable if one.name in needs and is_told(one, needs[one.name])),
        *((name, needs[name]) for name in chosen if name in needs),
    ]
    with claimed(found.question.asked.results, header.header(found.question.asked.region)) as store:
        pairs = pairs_of(found.question.asked.plan, PAIRS)
        check = Check(found, pairs, partial(Tries, store=store, workers=workers, say=say))
        return [check.instead(what, need, logs, say) for what, need in told]


def is_told(factor: Factor, need: Need) -> bool:
    """Whether a factor is told of: always where it is one that is asked for, else where its slope is sure."""
    return factor.name in NAMED or need.slope.sure


def runs_of(found: Found) -> tuple[list[RunSpec], dict[str, np.ndarray]]:
    """The runs at full size of the package that comes nearest, or of what is in force, and each target's
    values.

    Runs without a value are left out.
    """
    asked, final = found.question.asked, found.final
    judged, name = (found.base, asked.base) if final is None else (final.runs, final.name)
    rows = judged.runs[name]
    values = {one: rows[one].to_numpy(dtype=float) for one in found.question.targets}
    known = np.all([np.isfinite(one) for one in values.values()], axis=0)
    units = [unit[0] for unit in asked.judging.units()]
    specs = [units[n] for n in rows.n[known].astype(int)]
    return specs, {one: here[known] for one, here in values.items()}


def regression_of(
    found: Found, values: Mapping[str, np.ndarray], drawn: Mapping[str, np.ndarray]
) -> tuple[Regression, bool]:
    """What is reached on what was drawn: logarithms for a target of levels; several by their distance."""
    targets, probability_wanted = found.question.targets, found.question.asked.probability
    if len(targets) > 1:
        reached = Levels(targets, values).distances({})
        return Regression(reached, drawn, 0.0, probability_wanted), False
    ((name, target),) = targets.items()
    logs = in_logs(target, values[name])
    change = (lambda x: 100.0 * np.log(x)) if logs else (lambda x: x * target.about.shown.factor)
    return Regression(change(values[name]), drawn, float(change(target.threshold)), probability_wanted), logs


def in_logs(target: Target, values: np.ndarray) -> bool:
    """Whether a target is a level that grows from its base."""
    return target.about.anchor == RATIO and target.threshold > 0.0 and bool((values > 0.0).all())


def parameters_of(specs: Sequence[RunSpec], region: str) -> dict[str, np.ndarray]:
    """The parameters that differ between runs and have a prior [run]."""
    numbers = with_distribution(load_parameters(region=region), solved=True)
    found = {
        f"{group}.{name}": np.array([spec.parameters[group][name] for spec in specs])
        for group, name, _ in numbers
    }
    return {name: frozen(values) for name, values in found.items() if np.ptp(values) > 0.0}


class Check:
    """Runs the nearest package with something moved."""

    def __init__(self, found: Found, pairs: Sequence[Pair], tries: partial[Tries]) -> None:
        self.found, self.pairs, self.tries = found, pairs, tries
        final = found.final
        point = found.question.asked.dials.room.usual if final is None else final.point
        self.scenario: Scenario = found.effects.scenario(point)
        self.levels = found.levels if final is None else final.runs.levels(final.name)
        self.usual = self._values(pairs)

    def instead(self, what: Factor | str, need: Need, logs: bool, say: Say) -> Instead:
        """One thing, with what was run."""
        label, unit = (what.label, what.unit) if isinstance(what, Factor) else self._named(what)
        checked, farthest = None, FARTHEST * need.sd
        if need.sd > 0.0:
            # Of what the runs cannot tell, the farthest is run, in the direction in which it seems to help.
            first = math.copysign(farthest, need.slope.mean) if need.shift is None else need.shift.mean
            checked = by_secant(partial(self._run, what), first, self.beyond({}), farthest)
            hits = f"{checked.chance.hits}/{checked.chance.runs}"
            say(f"{label}: run with {checked.shift:+z.3g}, {hits} reach it")
        return Instead(need, label, unit, logs, checked)

    def _named(self, key: str) -> tuple[str, str]:
        group, name = key.split(".")
        number = load_parameters(region=self.found.question.asked.region)[group][name]
        return f"parameters.{key}", number.unit

    def _run(self, what: Factor | str, shift: float) -> Checked:
        asked, world = self.found.question.asked, ""
        if isinstance(what, Factor):
            path = world_moved(asked, what, shift)
            world, pairs = str(path), [in_world(pair, path) for pair in self.pairs]
        else:
            pairs = [with_parameter(pair, what, shift, asked.region) for pair in self.pairs]
        values = self._values(pairs)
        effects = {name: float(np.nanmean(values[name] - self.usual[name])) for name in values}
        return Checked(shift, self.chance(values), self.beyond(effects), world)

    def _values(self, pairs: Sequence[Pair]) -> dict[str, np.ndarray]:
        tries = self.tries(pairs, most=None)
        values = tries.values([self.scenario])[0]
        return {name: values[:, tries.column(name)] for name in self.found.question.targets}

    def beyond(self, effects: Mapping[str, float]) -> float:
        """What is reached less what is wanted, at full size, with these effects."""
        return reached_with(self.found.question.asked.probability, self.levels.distances(effects))

    def chance(self, values: Mapping[str, np.ndarray]) -> Probability:
        """How many of the pairs reach the target."""
        met = [
            [target.is_met_by(value) if np.isfinite(value) else np.nan for value in values[name]]
            for name, target in self.found.question.targets.items()
        ]
        hits = np.where(np.isnan(met).any(axis=0), np.nan, np.min(met, axis=0))
        return probability(hits, [pair.spec.draw for pair in self.pairs])
