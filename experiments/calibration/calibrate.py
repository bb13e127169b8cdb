"""`sanxiang calibrate`: the posterior of a region, from a table of simulations to whole runs of its sets.

1. The table of simulations of 2016-20 under draws of the priors, at a part of the province's size. 2. A
surrogate of the statistics, and draws from the posterior on it. 3. Rounds: sets of these draws are run
whole, the surrogate is corrected by what they give, and drawn from again. 4. The sets that are kept are run
whole and moved by what their own runs gave, twice, which takes out the
   surrogate's error (smoother.py); constants are read off the last runs, which are held against 2016-20.

Whatever was simulated lies in a folder, and a repeated command goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import numpy as np

from experiments.calibration.emulator import Emulator, covariance_of, fit, scores_of, with_correction
from experiments.calibration.finish import Whole, run_whole
from experiments.calibration.pasts_table import PastsTable, filled
from experiments.calibration.posterior import Problem, Sampled, Sampler, problem_of
from experiments.calibration.smoother import information, smoothed
from experiments.calibration.statistics import Statistic, load_statistics
from experiments.compute.crew import Crew
from experiments.store.own_files import OwnPath
from scenarios.drawn import with_distribution
from scenarios.load import load_parameters
from scenarios.posterior import LAST_DATA
from scenarios.region.folder import DEFAULT_REGION
from scenarios.values.errors import InputError

FIRST_CANDIDATE = 1_000_000
"""Sets that are run whole are numbered from here on: no row of a table has their luck."""
LUCK_CANDIDATE = 2 * FIRST_CANDIDATE
LUCK_SETS, LUCK_RUNS = 10, 5
LEAST_ROWS = 300
FARTHEST = 4.0
"""Scores beyond which no prior's quantile can be told from its end."""


@dataclass(frozen=True)
class Asked:
    """What a calibration is to do.

    rows, scale: of the table. rounds: sets run whole to correct the surrogate, round by round. sets: kept
    at the end, moved in `steps`. trained_to: the last year whose figures are used. draws, warm_up: of each
    of the chains.
    """

    rows: int = 10_000
    scale: float = 0.1
    rounds: tuple[int, ...] = (300, 300)
    sets: int = 400
    steps: int = 2
    trained_to: int = LAST_DATA
    chains: int = 2
    draws: int = 500
    warm_up: int = 300
    region: str = DEFAULT_REGION


@dataclass(frozen=True)
class Calibrated:
    """A finished calibration; the sets of `final` are the posterior.

    before: the sets as the sampler drew them. discrepancy: of each set [set, series, log points]. luck:
    covariance of the statistics of whole runs of one set [statistic, statistic]. prior_rows: statistics of
    the table's rows [row, statistic], on the scale of comparison.
    """

    asked: Asked
    problem: Problem
    sampled: Sampled
    before: Whole
    final: Whole
    discrepancy: np.ndarray
    luck: np.ndarray
    prior_rows: np.ndarray
    seconds: float


def calibrate(
    folder: OwnPath, asked: Asked, crew: Crew | None = None, say: Callable[[str], None] = print
) -> Calibrated:
    """Does all of it; what the folder holds already is not simulated again.

    crew: who simulates; all processors of this machine unless given.

    Raises:
        InputError: fewer rows than a surrogate can learn from, a year without figures, or a folder of another
            region, size, model or set of priors.
    """
    if asked.rows < LEAST_ROWS:
        raise InputError(f"{asked.rows} rows: a surrogate needs at least {LEAST_ROWS}")
    began, statistics = time.monotonic(), learnable(asked.region)
    table = filled(folder, asked.rows, asked.scale, asked.region, crew, say)
    rows = values_of_rows(statistics, table)
    emulator = learnt_from(rows, asked.region)
    work = Work(folder, asked, statistics, crew, say)
    for number, sets in enumerate(asked.rounds):
        sampled = drawn(problem_of(emulator, statistics, asked.trained_to), asked, number)
        wholes = work.whole(f"round-{number}", emulator, sampled.scores[spread_over(sampled.scores, sets)])
        emulator = with_correction(emulator, wholes.scores, work.values(wholes))
    problem = problem_of(emulator, statistics, asked.trained_to)
    sampled = drawn(problem, asked, len(asked.rounds))
    chosen = spread_over(sampled.scores, asked.sets)
    before = work.whole("drawn", emulator, sampled.scores[chosen])
    luck = work.luck(emulator, before)
    final, discrepancy = work.moved(problem, before, sampled.discrepancy[chosen][before.place], luck)
    return Calibrated(
        asked, problem, sampled, before, final, discrepancy, luck, rows, time.monotonic() - began
    )


class Work:
    """Whole runs of sets, kept in the folder under what they were asked for."""

    def __init__(
        self,
        folder: OwnPath,
        asked: Asked,
        statistics: tuple[Statistic, ...],
        crew: Crew | None,
        say: Callable[[str], None],
    ) -> None:
        self.folder, self.asked, self.statistics = folder, asked, statistics
        self.crew, self.say = crew, say

    def whole(
        self, name: str, emulator: Emulator, scores: np.ndarray, numbers: np.ndarray | None = None
    ) -> Whole:
        """Sets at scores [set, parameter] run whole; numbers: their candidates, by place if none."""
        path = self.folder / f"whole-{self.asked.trained_to}-{name}.npz"
        candidates = FIRST_CANDIDATE + np.arange(len(scores)) if numbers is None else numbers
        if path.exists():
            held = np.load(BytesIO(path.read()), allow_pickle=False)
            if np.array_equal(held["asked"], scores) and np.array_equal(held["numbers"], candidates):
                return Whole(
                    tuple(held["names"].tolist()),
                    *(held[key] for key in ("place", "candidates", "scores", "measures", "read")),
                )
        found = run_whole(self.asked.region, emulator, scores, candidates, self.crew)
        content = BytesIO()
        np.savez(
            content, asked=scores, numbers=candidates, names=np.array(found.names), place=found.place,
            candidates=found.candidates, scores=found.scores, measures=found.measures, read=found.read,
        )  # fmt: skip
        path.write(content.getvalue())
        self.say(f"{name}: {len(found.candidates)} of {len(scores)} sets run whole")
        return found

    def values(self, wholes: Whole) -> np.ndarray:
        """The statistics of whole runs [set, statistic]."""
        return values_of_whole(self.statistics, wholes)

    def luck(self, emulator: Emulator, drawn_sets: Whole) -> np.ndarray:
        """Covariance of the statistics of whole runs that differ by luck alone [statistic, statistic]."""
        few = np.linspace(0, len(drawn_sets.scores) - 1, LUCK_SETS).round().astype(np.int64)
        again = np.repeat(few, LUCK_RUNS)
        numbers = np.array([LUCK_CANDIDATE + k for k in range(len(again))])
        runs = self.whole("luck", emulator, drawn_sets.scores[again], numbers)
        values, of = self.values(runs), again[runs.place]
        apart = np.concatenate([values[of == k] - values[of == k].mean(axis=0) for k in few])
        return covariance_of(apart) * LUCK_RUNS / (LUCK_RUNS - 1)

    def moved(
        self, problem: Problem, before: Whole, discrepancy: np.ndarray, luck: np.ndarray
    ) -> tuple[Whole, np.ndarray]:
        """The sets moved step by step, each by its own last whole run, and their discrepancies."""
        own = luck[np.ix_(problem.chosen, problem.chosen)]
        runs, precisions = before, None
        for step in range(self.asked.steps):
            told = information(problem, discrepancy, own)
            given = self.values(runs)[:, problem.chosen]
            scores, precisions = smoothed(
                problem, runs.scores, given, told, precisions, self.asked.steps, step
            )
            scores = np.clip(scores, -FARTHEST, FARTHEST)
            runs = self.whole(f"moved-{step + 1}", problem.emulator, scores, runs.candidates)
            discrepancy = discrepancy[runs.place]
            precisions = [precisions[k] for k in runs.place]
        return runs, discrepancy


def learnable(region: str) -> tuple[Statistic, ...]:
    """The statistics that a surrogate is made of: all that say something of their own."""
    return tuple(one for one in load_statistics(region) if one.used_for != "follows")


def values_of_rows(statistics: tuple[Statistic, ...], table: PastsTable) -> np.ndarray:
    """The statistics of a table's rows [row, statistic]; nan where a row has none."""
    return np.column_stack([one.of(table) for one in statistics])


def values_of_whole(statistics: tuple[Statistic, ...], wholes: Whole) -> np.ndarray:
    """The statistics of whole runs [set, statistic]."""
    by_column = wholes.columns()
    return np.column_stack([one.read(by_column, 1.0) for one in statistics])


def learnt_from(rows: np.ndarray, region: str, seed: int = 0) -> Emulator:
    """A surrogate of the rows that have every statistic."""
    whole = np.flatnonzero(~np.isnan(rows).any(axis=1))
    names = names_of_drawn(region)
    return fit(names, scores_of(names, whole), rows[whole], seed)


def names_of_drawn(region: str) -> list[str]:
    """The parameters that are drawn, level constants among them."""
    numbers = load_parameters(region=region)
    return [f"{group}.{name}" for group, name, _ in with_distribution(numbers, solved=True)]


def drawn(problem: Problem, asked: Asked, seed: int) -> Sampled:
    """Draws from the posterior on the surrogate as it is."""
    return Sampler(problem, asked.draws, asked.chains, asked.warm_up).given(problem.published, seed)


def spread_over(draws: np.ndarray, count: int) -> np.ndarray:
    """Places of `count` draws, evenly spread over all of them."""
    if count > len(draws):
        raise InputError(f"{count} sets of {len(draws)} draws: each set is a draw of its own")
    return np.linspace(0, len(draws) - 1, count).round().astype(np.int64)
