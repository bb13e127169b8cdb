"""Simulation-based calibration: are known parameters recovered, and intervals as wide as they say?

Rows of the table are taken as truths, one in ten, which the surrogate has not learnt from. To the
statistics of each, errors of figures are added as they are believed to be, and parameters are learnt from
them alone. Over many truths the rank of a true parameter among the draws is uniform if, and only if, the
method is right; tests are corrected for their number by Holm. Source: Talts, Betancourt, Simpson, Vehtari
and Gelman (2018), Validating Bayesian inference algorithms with simulation-based calibration,
arXiv:1804.06788.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from scipy import stats

from experiments.calibration.calibrate import learnable, learnt_from, names_of_drawn, values_of_rows
from experiments.calibration.emulator import ONE_IN, scores_of
from experiments.calibration.pasts_table import table_in
from experiments.calibration.posterior import DISCREPANCY, Problem, Sampler, problem_of
from experiments.calibration.statistics import covariance
from experiments.compute.parallel import in_parallel
from experiments.evidence.past import YEARS
from experiments.store.own_files import OwnPath
from scenarios.values.errors import InputError

DRAWS, CHAINS, WARM_UP = 200, 2, 150
KEPT = 99  # draws that a truth is ranked among
BINS = 10
LEVELS = (0.5, 0.8, 0.9)
REJECTED = 0.01


@dataclass(frozen=True)
class Ranks:
    """Ranks of true parameters, 0 to KEPT [truth, parameter], by the parameters' names."""

    names: tuple[str, ...]
    ranks: np.ndarray

    def p_values(self) -> np.ndarray:
        """Chance of ranks so uneven if they are uniform, corrected for the number of tests [parameter]."""
        bare = np.array([uneven(column) for column in self.ranks.T])
        return holm(bare)

    @property
    def rejected(self) -> list[str]:
        """The parameters whose ranks are not uniform."""
        return [name for name, p in zip(self.names, self.p_values(), strict=True) if p < REJECTED]

    def coverage(self, level: float) -> float:
        """Share of truths inside the central interval of a level, over all parameters."""
        place = (self.ranks + 0.5) / (KEPT + 1)
        return float((np.abs(place - 0.5) <= level / 2.0).mean())


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


def ranks_of(folder: OwnPath, truths: int, workers: int | None = None) -> Ranks:
    """Ranks over so many truths of a folder's table.

    Raises:
        InputError: the table has fewer rows that can be truths.
    """
    ready = prepared(folder)
    places = ready.truths
    if truths > len(places):
        raise InputError(f"{truths} truths: one row in {ONE_IN} is one, and the table has {len(places)}")
    batches = np.array_split(places[:truths], max(1, min(truths, 8)))
    found = in_parallel(partial(ranked, folder), [batch.tolist() for batch in batches], workers)
    return Ranks(ready.problem.emulator.keys, np.concatenate(found))


@dataclass(frozen=True)
class Prepared:
    """A surrogate of a table, and the rows that it has not learnt from."""

    problem: Problem
    rows: np.ndarray
    scores: np.ndarray
    truths: np.ndarray


@cache
def prepared(folder: OwnPath) -> Prepared:
    """The table of a folder, ready to be learnt from."""
    table = table_in(folder)
    statistics = learnable(table.region)
    rows = values_of_rows(statistics, table)
    whole = np.flatnonzero(~np.isnan(rows).any(axis=1))
    emulator = learnt_from(rows, table.region)
    scores = scores_of(names_of_drawn(table.region), whole)[:, emulator.places]
    apart = np.flatnonzero(np.arange(len(whole)) % ONE_IN == 0)
    return Prepared(problem_of(emulator, statistics, YEARS[-1]), rows[whole], scores, apart)


def ranked(folder: OwnPath, truths: Sequence[int]) -> np.ndarray:
    """Ranks of the true parameters of some rows [truth, parameter]."""
    ready = prepared(folder)
    problem = ready.problem
    sampler, found = Sampler(problem, DRAWS, CHAINS, WARM_UP), []
    for truth in truths:
        luck = np.random.default_rng(truth)
        draws = sampler.given(published(problem, ready.rows[truth, problem.chosen], luck), truth).scores
        kept = draws[np.linspace(0, len(draws) - 1, KEPT).round().astype(np.int64)]
        found.append((kept < ready.scores[truth]).sum(axis=0))
    return np.stack(found)


def published(problem: Problem, given: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    """What would be published of a run: with the errors of figures, and a discrepancy of each series."""
    wide = np.abs(DISCREPANCY * luck.standard_normal(len(problem.series)))
    apart = (problem.members @ wide) * luck.standard_normal(len(given))
    return np.asarray(
        given + apart + luck.multivariate_normal(np.zeros(len(given)), covariance(problem.fitted))
    )


def lines(found: Ranks) -> list[str]:
    """What the ranks say."""
    p, inside = found.p_values(), ", ".join(f"{found.coverage(one):.1%} of {one:.0%}" for one in LEVELS)
    worst = np.argsort(p)[:5]
    return [
        f"{len(found.ranks)} known truths, ranks of {len(found.names)} parameters",
        f"not uniform at {REJECTED:.0%} after correction: {', '.join(found.rejected) or 'none'}",
        f"inside the intervals: {inside}",
        *(f"  p {p[k]:.3f}  {found.names[k]}" for k in worst),
    ]
