"""Simulation-based calibration: are known parameters recovered, and intervals as wide as they say?

Rows of the table are taken as truths, one in ten, which the surrogate has not learnt from. To the
statistics of each, errors of figures are added as they are believed to be, and parameters are learnt from
them alone. Over many truths the rank of a true parameter among the draws is uniform if, and only if, the
method is right. So is the rank of what a run gave among what is forecast of it: of statistics that were held
out, and of 2019 and 2020 where nothing after 2018 is shown. Tests are corrected for their number by Holm.
Source: Talts, Betancourt, Simpson, Vehtari and Gelman (2018), Validating Bayesian inference algorithms with
simulation-based calibration, arXiv:1804.06788.

Every ten truths are kept in the folder of the table as soon as they are done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import numpy as np
from scipy import stats

from experiments.calibration.calibrate import learnable, learnt_from, names_of_drawn, values_of_rows
from experiments.calibration.emulator import ONE_IN, scores_of
from experiments.calibration.pasts_table import digest_of, table_in
from experiments.calibration.posterior import Problem, Sampled, Sampler, problem_of, published
from experiments.calibration.predictive import forecast
from experiments.calibration.statistics import covariance
from experiments.compute.parallel import one_by_one
from experiments.evidence.past import YEARS
from experiments.plan.size import processors
from experiments.store.own_files import OwnPath
from scenarios.values.errors import InputError

DRAWS, CHAINS, WARM_UP = 250, 2, 200
KEPT = 99  # draws that a truth is ranked among
BINS = 10
LEVELS = (0.5, 0.8, 0.9)
REJECTED = 0.01
TOGETHER = 10  # truths of one file
LAST, EARLY = YEARS[-1], YEARS[-1] - 2
"""Years to which figures are shown: all of them, and all but the last two."""


@dataclass(frozen=True)
class Ranks:
    """Ranks of what is true, 0 to KEPT [truth, name], by name.

    kinds: "parameter", "held out" or "future" for each name. effective: least effective sample size of any
    truth's parameters. divergent: share of draws at which the integration broke down.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    ranks: np.ndarray
    effective: float = np.nan
    divergent: float = 0.0

    def alone(self) -> np.ndarray:
        """Chance of ranks so uneven if they are uniform, each name by itself [name]."""
        return np.array([uneven(column) for column in self.ranks.T])

    def p_values(self) -> np.ndarray:
        """The same corrected for the number of tests [name]."""
        return holm(self.alone())

    @property
    def rejected(self) -> list[str]:
        """The names whose ranks are not uniform."""
        return [name for name, p in zip(self.names, self.p_values(), strict=True) if p < REJECTED]

    def of(self, kind: str) -> np.ndarray:
        """The ranks of one kind [truth, name]."""
        return self.ranks[:, [one == kind for one in self.kinds]]

    def coverage(self, level: float, kind: str = "parameter") -> float:
        """Share of truths inside the central interval of a level, over all names of a kind."""
        return float(inside(self.of(kind), level).mean())


def inside(ranks: np.ndarray, level: float) -> np.ndarray:
    """Which ranks lie inside the central interval of a level."""
    return np.abs((ranks + 0.5) / (KEPT + 1) - 0.5) <= level / 2.0


def uneven(ranks: np.ndarray) -> float:
    """P of the chi-squared test of uniform ranks in BINS bins."""
    found = np.bincount((ranks * BINS) // (KEPT + 1), minlength=BINS)
    return float(stats.chisquare(found).pvalue)


def holm(values: np.ndarray) -> np.ndarray:
    """P values corrected for their number (Holm 1979)."""
    order, count = np.argsort(values), len(values)
    raised = np.maximum.accumulate(values[order] * (count - np.arange(count)))
    found = np.empty(count)
    found[order] = np.minimum(raised, 1.0)
    return found


@dataclass(frozen=True)
class Prepared:
    """A surrogate of a table and the rows that it has not learnt from.

    rows: statistics [truth, statistic]. scores: of the surrogate's parameters [truth, parameter].
    """

    problem: Problem
    rows: np.ndarray
    scores: np.ndarray

    @property
    def digest(self) -> str:
        """A checksum of all that ranks follow from [16 hexadecimal digits]."""
        settings = np.array([DRAWS, CHAINS, WARM_UP, KEPT, EARLY, len(self.rows)], np.float64)
        errors = covariance(self.problem.statistics).ravel()
        networks = self.problem.emulator.networks
        weights = [part.ravel() for layers in networks for layer in layers for part in layer]
        return digest_of(np.concatenate([settings, errors, self.rows.ravel(), *weights]))


def prepared(folder: OwnPath, rows: int | None = None) -> Prepared:
    """The table of a folder, or its first rows, ready to be learnt from."""
    table = table_in(folder, rows)
    statistics = learnable(table.region)
    values = values_of_rows(statistics, table)
    whole = np.flatnonzero(~np.isnan(values).any(axis=1))
    emulator = learnt_from(values, table.region)
    truths = whole[np.arange(len(whole)) % ONE_IN == 0]
    scores = scores_of(names_of_drawn(table.region), truths)[:, emulator.places]
    return Prepared(problem_of(emulator, statistics, LAST), values[truths], scores)


def ranks_of(
    folder: OwnPath,
    truths: int,
    workers: int | None = None,
    rows: int | None = None,
    say: Callable[[str], None] = print,
) -> Ranks:
    """Ranks over so many truths of a folder's table; those that the folder holds are not made again.

    Raises:
        InputError: the table has fewer rows that can be truths.
    """
    refuse_too_many(folder, truths, rows)
    ready = prepared(folder, rows)
    if truths > len(ready.rows):
        raise InputError(too_many(truths, len(ready.rows)))
    firsts = range(0, truths, TOGETHER)
    paths = {first: folder / f"ranks-{ready.digest}-{first:05}.npz" for first in firsts}
    missing = [first for first in firsts if not paths[first].exists()]
    count = min(workers or processors(), len(missing))
    shares = [missing[k::count] for k in range(count)]
    for done in one_by_one(partial(ranked, ready, paths), shares, count):
        say(f"{TOGETHER * len(done):,} truths ranked")
    parts = [np.load(BytesIO(paths[first].read()), allow_pickle=False) for first in firsts]
    names, kinds = names_of(ready)
    ranks = np.concatenate([part["ranks"] for part in parts])[:truths]
    effective, divergent = ([float(part[name]) for part in parts] for name in ("effective", "divergent"))
    return Ranks(names, kinds, ranks, min(effective), float(np.mean(divergent)))


def refuse_too_many(folder: OwnPath, truths: int, rows: int | None) -> None:
    """Refuses more truths than a table can have, before a surrogate is learnt from it."""
    most = -(-len(table_in(folder, rows).values) // ONE_IN)
    if truths > most:
        raise InputError(too_many(truths, most))


def too_many(truths: int, most: int) -> str:
    """More truths than there are, in words."""
    return f"{truths} truths: one row in {ONE_IN} is one, and the table has {most}"


def ranked(ready: Prepared, paths: Mapping[int, OwnPath], firsts: Sequence[int]) -> list[int]:
    """Ranks some truths, ten from each of `firsts` on, and keeps them in files."""
    late = ready.problem
    both = Both(late, problem_of(late.emulator, late.statistics, EARLY))
    for first in firsts:
        ranks, drawn = both.of_truths(ready, range(first, first + TOGETHER))
        content = BytesIO()
        np.savez(
            content, ranks=ranks, effective=min(one.effective for one in drawn),
            divergent=np.mean([one.divergent for one in drawn]) / (DRAWS * CHAINS),
        )  # fmt: skip
        paths[first].write(content.getvalue())
    return list(firsts)


class Both:
    """Samplers of one surrogate for all figures and for those to `EARLY`; compiled once for all truths."""

    def __init__(self, late: Problem, early: Problem) -> None:
        self.late, self.early = late, early
        self.samplers = [Sampler(one, DRAWS, CHAINS, WARM_UP) for one in (late, early)]
        self.shown_early = np.searchsorted(late.chosen, early.chosen)

    def of_truths(self, ready: Prepared, truths: range) -> tuple[np.ndarray, list[Sampled]]:
        """Ranks of the truths that there are [truth, name], and the draws they were found with."""
        wanted = [truth for truth in truths if truth < len(ready.rows)]
        places = [
            min(truth, len(ready.rows) - 1) for truth in truths
        ]  # always as many, so that none compiles
        figures = np.stack([figures_of(self.late, ready, truth) for truth in places])
        shown = (figures, figures[:, self.shown_early])
        drawn = [
            sampler.given_each(seen, places)[: len(wanted)]
            for sampler, seen in zip(self.samplers, shown, strict=True)
        ]
        ranks = [
            self.ranks_of(ready, truth, figures[k], drawn[0][k], drawn[1][k])
            for k, truth in enumerate(wanted)
        ]
        return np.stack(ranks), [*drawn[0], *drawn[1]]

    def ranks_of(
        self, ready: Prepared, truth: int, figures: np.ndarray, late: Sampled, early: Sampled
    ) -> np.ndarray:
        """Ranks of one truth, by name."""
        luck, row = np.random.default_rng([truth, 1]), ready.rows[truth]
        parts = [(late.scores[spaced(late)] < ready.scores[truth]).sum(axis=0)]
        for problem, found, shown, places in (
            (self.late, late, figures, held_out(self.late)),
            (self.early, early, figures[self.shown_early], future(self.late)),
        ):
            kept = spaced(found)
            told = forecast(problem, found.scores[kept], found.discrepancy[kept], shown, places, luck)
            parts.append((told < row[places]).sum(axis=0))
        return np.concatenate(parts)


def spaced(found: Sampled) -> np.ndarray:
    """Places of the draws that a truth is ranked among."""
    return np.linspace(0, len(found.scores) - 1, KEPT).round().astype(np.int64)


def figures_of(problem: Problem, ready: Prepared, truth: int) -> np.ndarray:
    """What is published of a truth, errors added [fitted]."""
    return published(problem.fitted, ready.rows[[truth]][:, problem.chosen], np.random.default_rng(truth))[0]


def held_out(problem: Problem) -> np.ndarray:
    """Places of the statistics that nothing is learnt from."""
    return np.array([k for k, one in enumerate(problem.statistics) if not one.fitted])


def future(problem: Problem) -> np.ndarray:
    """Places of the statistics of years after `EARLY`."""
    return np.array([k for k, one in enumerate(problem.statistics) if one.year and one.year > EARLY])


def names_of(ready: Prepared) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of what is ranked, and the kind of each."""
    problem = ready.problem
    parts = {
        "parameter": list(problem.emulator.keys),
        "held out": [problem.statistics[k].name for k in held_out(problem)],
        "future": [f"{problem.statistics[k].name} from {EARLY}" for k in future(problem)],
    }
    return (
        tuple(name for names in parts.values() for name in names),
        tuple(kind for kind, names in parts.items() for _ in names),
    )
