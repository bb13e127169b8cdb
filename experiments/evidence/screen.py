"""`sanxiang screen`: which parameters an answer hangs on, by Morris's elementary effects.

Each trajectory moves one parameter at a time through its prior, from 5 to 95 per cent of it, in an order of
its own. The level constants are solved again after every move, as for any set of parameters. What is read is
how far a move shifts the chance of each target in the baseline, and how it changes what each scenario adds to
emerging value added. One factor is no parameter but the luck: what moves no more than it cannot be told from
nothing. Source: Morris (1991), Technometrics 33; Campolongo, Cariboni and Saltelli (2007), Environmental
Modelling and Software 22, for the mean of absolute effects. Trajectories and statistics are SALib's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import NormalDist
from typing import Any

import numpy as np

from experiments.answer.dose_runs import VALUE_ADDED, measures, published_targets
from experiments.answer.text_table import fitted, terminal_width
from experiments.compute.parallel import in_parallel
from experiments.evidence.drawing import central_slopes, rebased
from scenarios.drawn import Numbers, Values, changed, with_distribution
from scenarios.load import load_parameters, load_scenarios
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import BASELINE, Scenario
from scenarios.targets import load_targets
from scenarios.values.errors import InputError
from sim.model import choose
from sim.run import simulate

LEVELS = 4
LOW, HIGH = 0.05, 0.95  # of each prior
LUCK = "luck"
OTHER_LUCK = 1_000
"""Added to the number of a replication where the factor `luck` is high."""
POINT = 0.01  # of a probability
SPREAD_RUNS = 40
"""Central runs whose values say how far luck and the world spread a target."""


@dataclass(frozen=True)
class Setting:
    """What every evaluation shares; the first scenario is the baseline."""

    region: str
    scale: float
    scenarios: tuple[Scenario, ...]
    slopes: np.ndarray
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Screened:
    """Effects of moving each factor from 5 to 95 per cent of its prior, the last factor being luck.

    names: of the factors. shifts: {target: [factor]}, mean absolute shift of its probability in the baseline.
    flips: {scenario: [factor]}, moves that turned the sign of what it adds to emerging value added, both ends
    being further from nothing than luck alone ever moved it. trajectories: moves of each factor.
    """

    names: tuple[str, ...]
    shifts: Mapping[str, np.ndarray]
    flips: Mapping[str, np.ndarray]
    trajectories: int

    @property
    def most(self) -> np.ndarray:
        """The largest shift of any target's probability [factor]."""
        return np.max(list(self.shifts.values()), axis=0)

    def deciding(self) -> list[int]:
        """Factors that shift a probability by a point and by more than luck, or turn a sign; widest first."""
        matters = np.sum(list(self.flips.values()), axis=0) > 0
        for shift in self.shifts.values():
            matters |= shift >= max(POINT, float(np.nextafter(shift[-1], np.inf)))
        matters[-1] = False
        return [int(place) for place in np.argsort(-self.most, kind="stable") if matters[place]]


def screen(
    trajectories: int = 4,
    scale: float = 0.1,
    workers: int | None = None,
    say: Callable[[str], None] = print,
    region: str = DEFAULT_REGION,
) -> Screened:
    """Screens all parameters of a region that have a distribution as their prior.

    Raises:
        InputError: there is none, or fewer than two trajectories are asked for.
    """
    from SALib.sample import morris  # loads pandas and plotting: only where a screen is asked for

    numbers = load_parameters(region=region)
    keys = tuple((group, name) for group, name, _ in with_distribution(numbers))
    if not keys:
        raise InputError(f"region {region}: no parameter has a distribution as its prior")
    if trajectories < 2:
        raise InputError(f"--trajectories {trajectories}: at least 2, since a spread is read off them")
    setting = Setting(region, scale, scenarios_of(region), central_slopes(region), keys)
    problem = {"num_vars": len(keys) + 1, "names": names_of(keys), "bounds": [[LOW, HIGH]] * (len(keys) + 1)}
    places = np.asarray(morris.sample(problem, trajectories, num_levels=LEVELS, seed=1))
    number = np.repeat(np.arange(trajectories), len(keys) + 2)
    number += np.where(places[:, -1] > 0.5, OTHER_LUCK, 0)
    say(f"{len(keys)} parameters, {trajectories} trajectories: {len(places)} sets to solve and run")
    found = np.array(
        in_parallel(partial(evaluated, setting), list(zip(places, number.tolist(), strict=True)), workers)
    )
    return screened(setting, problem, places, found, central(setting, number, workers))


def names_of(keys: Sequence[tuple[str, str]]) -> list[str]:
    """Names of the factors: the parameters, and luck."""
    return [*(f"{group}.{name}" for group, name in keys), LUCK]


def evaluated(setting: Setting, at: tuple[np.ndarray, int]) -> np.ndarray:
    """The targets of the baseline [as tables show them], then what each scenario adds to value added [亿]."""
    place, number = at
    drawn = values_at(load_parameters(region=setting.region), setting.keys, place)
    world, _ = rebased(setting.region, setting.slopes, drawn)
    return measured(setting, changed(world.parameters, world.values), number)


def values_at(numbers: Numbers, keys: Sequence[tuple[str, str]], place: np.ndarray) -> Values:
    """The parameters' values at a place between 0 and 1 of each prior."""
    found: Values = {}
    for (group, name), share in zip(keys, place.tolist(), strict=False):  # the last place is that of luck
        number = numbers[group][name]
        assert number.prior is not None
        found[group, name] = number.prior.quantile(share, number.range)
    return found


def measured(setting: Setting, parameters: Mapping[str, Mapping[str, float]], number: int) -> np.ndarray:
    """What is read of the runs of all scenarios with these parameters and one replication's luck."""
    usual = choose(BASELINE, scale=setting.scale, replication=number, region=setting.region)
    usual = replace(usual, parameters=parameters)
    runs = simulate([replace(usual, scenario=one) for one in setting.scenarios])
    found = [measures(run, setting.scale)[VALUE_ADDED] for run in runs]
    return np.array([*published_targets(runs[0]).values(), *(one - found[0] for one in found[1:])])


def scenarios_of(region: str) -> tuple[Scenario, ...]:
    """The scenarios of a region, the baseline first."""
    known = load_scenarios(region=region)
    return tuple(({BASELINE: known[BASELINE]} | known).values())


@dataclass(frozen=True)
class Central:
    """The targets of central runs [as tables show them]: with each evaluation's luck, median and spread."""

    same_luck: np.ndarray
    median: np.ndarray
    spread: np.ndarray


def central(setting: Setting, numbers: np.ndarray, workers: int | None) -> Central:
    """Runs of the whole province say how far luck and the world spread a target, runs of `scale` how each
    evaluation's luck lies."""
    whole = replace(setting, scale=1.0)
    of_whole = np.array(in_parallel(partial(baseline_targets, whole), range(SPREAD_RUNS), workers))
    different = np.unique(numbers)
    of_luck = np.array(in_parallel(partial(baseline_targets, setting), different.tolist(), workers))
    return Central(
        same_luck=of_luck[np.searchsorted(different, numbers)],
        median=np.median(of_whole, axis=0),
        spread=of_whole.std(axis=0, ddof=1),
    )


def baseline_targets(setting: Setting, number: int) -> list[float]:
    """The targets of one baseline run at the central parameters."""
    (run,) = simulate([choose(BASELINE, scale=setting.scale, replication=number, region=setting.region)])
    return list(published_targets(run).values())


def screened(
    setting: Setting, problem: Mapping[str, Any], places: np.ndarray, found: np.ndarray, known: Central
) -> Screened:
    """The statistics of all moves."""
    from SALib.analyze import morris

    targets, others = load_targets(region=setting.region), setting.scenarios[1:]
    shifts: dict[str, np.ndarray] = {}
    for place, target in enumerate(targets.values()):
        value = known.median[place] + found[:, place] - known.same_luck[:, place]
        chance = chances(value, target.threshold * target.about.shown.factor, known.spread[place])
        analysed = morris.analyze(problem, places, chance, num_levels=LEVELS, seed=1)
        shifts[target.name] = np.asarray(analysed["mu_star"]) * (HIGH - LOW)
    moved, ends = moves(places), found[:, len(targets) :]
    flips = {one.name: turned(moved, ends[:, place]) for place, one in enumerate(others)}
    return Screened(tuple(problem["names"]), shifts, flips, len(places) // (len(problem["names"]) + 1))


def chances(value: np.ndarray, threshold: float, spread: float) -> np.ndarray:
    """The probability that a target is met when luck and world spread it Normally about a value."""
    if spread == 0.0:
        return np.asarray((value >= threshold).astype(float))
    bell = NormalDist()
    return np.array([bell.cdf(one) for one in ((value - threshold) / spread).tolist()])


def moves(places: np.ndarray) -> np.ndarray:
    """[move, (row before, row after, factor)] of all moves; trajectories follow each other."""
    changes = np.diff(places, axis=0) != 0.0
    single = np.flatnonzero(changes.sum(axis=1) == 1)
    own = single[(single + 1) % (places.shape[1] + 1) != 0]  # not from one trajectory to the next
    return np.column_stack([own, own + 1, changes[own].argmax(axis=1)])


def turned(moved: np.ndarray, effect: np.ndarray) -> np.ndarray:
    """How often each factor turned the sign of an effect that was larger, before and after, than the widest
    move by luck [factor]; a small effect has no sign that could be told from nothing."""
    before, after, factor = moved.T
    luck = int(factor.max())
    noise = np.abs(effect[after] - effect[before])[factor == luck].max(initial=0.0)
    told = np.minimum(np.abs(effect[before]), np.abs(effect[after])) > noise
    turns = (effect[after] * effect[before] < 0.0) & told & (factor != luck)
    return np.bincount(factor[turns], minlength=luck + 1)


def lines(found: Screened) -> list[str]:
    """The table of what decides, widest first, and how many parameters do not."""
    decide = found.deciding()
    head = ("parameter", "largest shift of P", "of target", "also above a point", "turns the sign of")
    moved = f"moved from {LOW:.0%} to {HIGH:.0%} of its prior, {found.trajectories} times"
    return [
        *fitted([head, *(row(found, place) for place in decide)], left=(0, 2, 3, 4), limit=terminal_width()),
        "",
        f"{len(decide)} of {len(found.names) - 1} parameters decide something, each {moved}: they move the",
        "probability of a target by a point and by more than luck (the last line of `--format json`),",
        "or turn the sign of what a scenario adds to emerging value added",
    ]


def row(found: Screened, place: int) -> tuple[str, str, str, str, str]:
    """One parameter of the table."""
    shift = {target: float(values[place]) for target, values in found.shifts.items()}
    widest = max(shift, key=lambda target: shift[target])
    floor = {target: max(POINT, float(values[-1])) for target, values in found.shifts.items()}
    also = [target for target in shift if target != widest and shift[target] >= floor[target]]
    turns = [f"{name} ({int(own[place])})" for name, own in found.flips.items() if own[place]]
    return (
        found.names[place],
        f"{100 * shift[widest]:.1f} points",
        widest,
        ", ".join(also) or "-",
        ", ".join(turns) or "-",
    )
