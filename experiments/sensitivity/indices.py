"""Sobol' indices of what a surrogate says: shares of a variance that things decide alone, and in all.

    alone     Var(E[Y | X]) / Var(Y), what knowing X would take away
    in all    E[Var(Y | all but X)] / Var(Y), what would be left if all but X were known

Things are independent of each other, but for the parameters that 2016-20 taught about: a set of the posterior
holds them together. As a group these are independent of all else, and the shares of the group are as those of
any other thing. Of one of them, `alone` contains what it says about the others that come with it, and
`in all` only what it decides once the others are known, so that the second may be smaller than the first.
Both need conditional draws, which a Normal copula of the sets gives.

Source: Sobol' (1993), Mathematical Modelling and Computational Experiments 1; Saltelli and others (2010),
Computer Physics Communications 181, for the estimators, which are SALib's; Mara and Tarantola (2012),
Reliability Engineering and System Safety 107, for inputs that depend on each other: the one that is told is
first, or last, in the order in which dependent inputs are made of independent ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

FIRST, LAST = "first", "last"
Says = Callable[[np.ndarray], np.ndarray]
"""What a surrogate says at places [row, input]: [row, what]."""


class Index(NamedTuple):
    """Shares of a variance, alone and in all, over the variance of what the surrogate says [what]."""

    alone: np.ndarray
    in_all: np.ndarray


@dataclass(frozen=True)
class Inputs:
    """The inputs of a surrogate.

    names: of each. groups: for each the group in which its share is told. levels: the places that draws of it
    take, in order [level, input]; None where it takes any. tied: inputs that depend on each other.
    correlation: of their normal scores, in this order [tied, tied].
    """

    names: tuple[str, ...]
    groups: tuple[str, ...]
    levels: np.ndarray | None = None
    tied: tuple[int, ...] = ()
    correlation: np.ndarray | None = None

    def of(self, even: np.ndarray, order: Sequence[int] | None = None) -> np.ndarray:
        """Places of inputs from independent even ones; order: of the tied inputs, the first one is free.

        even: [row, input]; the columns of tied inputs belong to those in `order`, one by one.
        """
        found = self._tied(even, range(len(self.tied)) if order is None else order)
        if self.levels is None:
            return found
        step = np.minimum((found * len(self.levels)).astype(np.int64), len(self.levels) - 1)
        return np.asarray(np.take_along_axis(self.levels, step, axis=0))

    def _tied(self, even: np.ndarray, order: Sequence[int]) -> np.ndarray:
        if not self.tied:
            return even
        from scipy.special import ndtr, ndtri

        assert self.correlation is not None
        lower = np.linalg.cholesky(self.correlation[np.ix_(order, order)])
        scores = ndtri(np.clip(even[:, list(self.tied)], 1e-12, 1 - 1e-12)) @ lower.T
        found = even.copy()
        found[:, [self.tied[place] for place in order]] = ndtr(scores)
        return found


def indices(says: Says, inputs: Inputs, size: int, seed: int) -> dict[str, Index]:
    """The shares of each group of inputs; size: rows of the design, a power of 2."""
    names = list(dict.fromkeys(inputs.groups))
    if len(names) == 1:
        return {names[0]: _all_of(says, inputs, size, seed)}
    problem = problem_of(inputs.groups)
    found = analysed(problem, says(inputs.of(design(problem, size, seed))), seed)
    return {name: Index(found[0][place], found[1][place]) for place, name in enumerate(names)}


def of_tied(says: Says, inputs: Inputs, size: int, seed: int) -> dict[int, Index]:
    """The shares of each tied input: alone with what comes with it, in all once the others are known."""
    found = {}
    for at, place in enumerate(inputs.tied):
        rest = [one for one in range(len(inputs.tied)) if one != at]
        alone = _of_one(says, inputs, [at, *rest], FIRST, size, seed)
        in_all = _of_one(says, inputs, [*rest, at], LAST, size, seed)
        found[place] = Index(alone.alone, in_all.in_all)
    return found


def _of_one(says: Says, inputs: Inputs, order: Sequence[int], which: str, size: int, seed: int) -> Index:
    """The shares of the independent input that stands first or last in an order of the tied ones."""
    free = inputs.tied[0 if which == FIRST else -1]
    groups = ["own" if place == free else "rest" for place in range(len(inputs.groups))]
    problem = problem_of(groups)
    values = says(inputs.of(design(problem, size, seed), order))
    alone, in_all = analysed(problem, values, seed)
    at = list(dict.fromkeys(groups)).index("own")
    return Index(alone[at], in_all[at])


def problem_of(groups: Sequence[str]) -> dict[str, object]:
    """Inputs in groups, as SALib takes them."""
    count = len(groups)
    return {
        "num_vars": count,
        "names": [f"x{place}" for place in range(count)],
        "groups": list(groups),
        "bounds": [[0.0, 1.0]] * count,
    }


def design(problem: dict[str, object], size: int, seed: int) -> np.ndarray:
    """Even places, and mixtures of each two of them [row, input]."""
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, size, calc_second_order=False, seed=seed))


def analysed(problem: dict[str, object], values: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Shares alone and in all [group, what] of values [row, what]; 0 of what does not vary."""
    from SALib.analyze import sobol

    groups = len(dict.fromkeys(problem["groups"]))  # type: ignore[call-overload]
    alone, in_all = np.zeros((groups, values.shape[1])), np.zeros((groups, values.shape[1]))
    for what in range(values.shape[1]):
        if np.ptp(values[:, what]) > 0.0:
            found = sobol.analyze(
                problem, values[:, what], calc_second_order=False, num_resamples=2, seed=seed
            )
            alone[:, what], in_all[:, what] = found["S1"], found["ST"]
    return alone, in_all


def _all_of(says: Says, inputs: Inputs, size: int, seed: int) -> Index:
    """The shares of the only group: all, of what varies."""
    values = says(inputs.of(np.random.default_rng(seed).uniform(size=(size, len(inputs.groups)))))
    varies = (np.ptp(values, axis=0) > 0.0).astype(float)
    return Index(varies, varies)


def correlation_of(values: np.ndarray) -> np.ndarray:
    """Correlation of the normal scores of columns [set, parameter], shrunk as Ledoit and Wolf (2004) do."""
    from scipy import stats
    from sklearn.covariance import LedoitWolf

    scores = stats.norm.ppf(stats.rankdata(values, axis=0) / (len(values) + 1.0))
    covariance = LedoitWolf().fit(scores).covariance_
    spread = np.sqrt(np.diag(covariance))
    return np.asarray(covariance / np.outer(spread, spread))
