"""Prints a digest of every elementary function, distribution and draw over many inputs.

A script, to be run compiled, in plain Python and for other processors: the lines must be equal.
"""

import hashlib
import sys

import numpy as np

from agents.engine.rules import stage
from agents.numbers.distributions import negative_binomial_quantile, poisson_quantile, stochastic_round
from agents.numbers.elementary import exp_, log_, normal_quantile, pow_, yuan
from sim.luck.draws import Draws

EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 708.0, 709.0, 709.5, 1e4, -708.0, -708.0001, -707.9999, -1e4]
EDGES += [
    5e-324,
    2.2250738585072014e-308,
    1e-300,
    1.7976931348623157e308,
    np.inf,
    -np.inf,
    2.0**-0.5,
    2.0**0.5,
]


@stage
def apply_to_reals(x, y, u, results):
    for i in range(len(x)):
        results[0, i] = exp_(x[i])
        results[1, i] = log_(x[i])
        results[2, i] = pow_(x[i], y[i])
        results[3, i] = normal_quantile(u[i])


@stage
def apply_to_counts(mean, u, results):
    for i in range(len(mean)):
        results[0, i] = poisson_quantile(mean[i], u[i])
        results[1, i] = negative_binomial_quantile(mean[i], 0.7, u[i])
        results[2, i] = stochastic_round(mean[i], u[i])
        results[3, i] = yuan(1e6 * mean[i])


def inputs(n: int) -> tuple[np.ndarray, ...]:
    """Reals of all sizes and edges, powers, and uniforms, the same in every process."""
    a, b, c, u = (np.empty((4, n)) for _ in range(4))
    for quarter, out in enumerate((a, b, c, u)):
        Draws(2021).fill(0, quarter, np.arange(n), out, 0, n)
    x = (a[0] - 0.5) * np.where(a[1] < 0.5, 20.0, 1450.0)
    x[: len(EDGES)] = EDGES
    y = 4.0 * b[0] - 2.0
    mean = 8.0 * c[0] * c[0] + np.where(c[1] < 0.01, 200.0, 0.0)
    return x, y, mean, u[0]


def main(n: int) -> None:
    """Print one digest a function."""
    x, y, mean, u = inputs(n)
    reals, counts = np.empty((4, n)), np.empty((4, n), np.int64)
    apply_to_reals(x, y, u, reals)
    apply_to_counts(mean, u, counts)
    for row in (x, u, *reals, *counts):
        print(hashlib.sha256(np.ascontiguousarray(row).tobytes()).hexdigest())


if __name__ == "__main__":
    main(int(sys.argv[1]))
