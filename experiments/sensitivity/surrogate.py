"""A surrogate of what runs come to: a sparse polynomial of what they draw, with its cross-validated error.

Each input is the place of a draw in its distribution, from 0 to 1. The polynomial is one of Legendre's
polynomials in single inputs and in pairs, so many that twice as many are tried as there are runs; the lasso
keeps those that foretell runs left out. What it misses is luck, what was not put in, and its own error.
Source: Blatman and Sudret (2011), Journal of Computational Physics 230: sparse polynomial chaos with a
hyperbolic set of terms. The lasso is scikit-learn's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import numpy as np

NORM = 0.75
"""Of degrees of a pair: below 1 it prefers low degrees in both (Blatman and Sudret's q)."""
HIGHEST = 10  # degree
TERMS_A_RUN = 2
FOLDS = 10
PENALTIES = 30
CLOSE = 1e-3
"""How nearly the lasso is solved."""
STEPS = 20_000


@dataclass(frozen=True)
class Surrogate:
    """A fitted polynomial of one value.

    degrees: of each term in each input [term, input]. coefficients: [term]. offset: the mean. penalty: of the
    lasso. explained: share of the variance of runs left out that it foretells, at least 0. noise: standard
    deviation of what it misses of runs left out.
    """

    degrees: np.ndarray
    coefficients: np.ndarray
    offset: float
    penalty: float
    explained: float
    noise: float

    def mean(self, places: np.ndarray) -> np.ndarray:
        """The value at places [row, input]."""
        used = np.flatnonzero(self.coefficients)
        return np.asarray(basis(places, self.degrees[used]) @ self.coefficients[used] + self.offset)


def fit(places: np.ndarray, values: np.ndarray) -> Surrogate:
    """A surrogate from runs: places [run, input], values without nan [run].

    Its error is that on each tenth of the runs after all, the penalty too, was learnt from the others.
    """
    degrees = terms(places.shape[1], TERMS_A_RUN * len(values))
    design = basis(places, degrees)
    missed = np.empty(len(values))
    for left_out in tenths(len(values)):
        learnt = np.setdiff1d(np.arange(len(values)), left_out)
        model = chosen(design[learnt], values[learnt])
        missed[left_out] = values[left_out] - model.predict(design[left_out])
    whole = chosen(design, values)
    variance = float(values.var())
    explained = 1.0 - float((missed**2).mean()) / variance if variance > 0.0 else 0.0
    return Surrogate(
        degrees, whole.coef_, float(whole.intercept_), float(whole.alpha_), max(0.0, explained),
        float(np.sqrt((missed**2).mean())),
    )  # fmt: skip


def fitted_again(known: Surrogate, places: np.ndarray, values: np.ndarray) -> Surrogate:
    """The same from other runs, with its penalty and error as they were."""
    from sklearn.linear_model import Lasso

    model = Lasso(known.penalty, tol=CLOSE, max_iter=STEPS)
    model.fit(basis(places, known.degrees), values)
    return replace(known, coefficients=model.coef_, offset=float(model.intercept_))


def chosen(design: np.ndarray, values: np.ndarray):  # type: ignore[no-untyped-def]
    """The lasso whose penalty foretells runs left out best."""
    from sklearn.linear_model import LassoCV

    model = LassoCV(alphas=PENALTIES, cv=FOLDS, tol=CLOSE, max_iter=STEPS)
    return model.fit(design, values)


def tenths(runs: int) -> Iterator[np.ndarray]:
    """The places of each tenth of the runs: every tenth one."""
    return (np.arange(first, runs, FOLDS) for first in range(FOLDS))


@cache
def terms(inputs: int, most: int) -> np.ndarray:
    """The degrees of terms in single inputs and pairs, of the highest order that has at most so many."""
    found = terms_to(inputs, 1)
    for order in range(2, HIGHEST + 1):
        more = terms_to(inputs, order)
        if len(more) > most:
            break
        found = more
    return found


def terms_to(inputs: int, order: int) -> np.ndarray:
    """The degrees of all terms whose norm is at most `order` [term, input]; the constant is none."""
    rows = []
    for one in range(inputs):
        for degree in range(1, order + 1):
            row = [0] * inputs
            row[one] = degree
            rows.append(row)
    both = [
        (a, b)
        for a in range(1, order + 1)
        for b in range(1, order + 1)
        if (a**NORM + b**NORM) ** (1.0 / NORM) <= order + 1e-9
    ]
    for one, other in combinations(range(inputs), 2):
        for a, b in both:
            row = [0] * inputs
            row[one], row[other] = a, b
            rows.append(row)
    return np.array(rows, dtype=np.int64).reshape(-1, inputs)


def basis(places: np.ndarray, degrees: np.ndarray) -> np.ndarray:
    """The terms at places between 0 and 1 [row, term]: each has mean 0 and variance 1 over even places."""
    from scipy.special import eval_legendre

    most = int(degrees.max(initial=0))
    of_degree = [
        np.sqrt(2.0 * degree + 1.0) * eval_legendre(degree, 2.0 * places - 1.0) for degree in range(most + 1)
    ]
    found = np.ones((len(places), len(degrees)))
    for place in range(degrees.shape[1]):
        for degree in range(1, most + 1):
            with_it = degrees[:, place] == degree
            found[:, with_it] *= of_degree[degree][:, place, None]
    return found
