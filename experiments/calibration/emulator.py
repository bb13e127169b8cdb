"""What a run of 2016-20 gives as a function of its parameters: a surrogate learnt from the table, with its error.

The mean of each statistic is a small neural network of the parameters that move any statistic, each as the
normal score of its place in its prior; several networks are averaged (scikit-learn's MLPRegressor). What a
network misses is luck, which no parameter explains, and the surrogate's own error, which is measured on rows
it has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from scenarios.drawn import even_share

CHANCE = 0.01
"""Of taking any parameter for one that matters where none does, over all parameters and statistics."""
HELD_OUT = 0.1  # share of the rows that measures the error
NETWORKS = 4
HIDDEN = (64, 64)


@dataclass(frozen=True)
class Emulator:
    """A fitted surrogate.

    keys: of the parameters it knows. places: of these among all drawn ones. centre, spread: of the statistics
    [statistic]. weights: per network, per layer, (matrix, offset). unexplained: variance of what it misses on
    rows not learnt from, over the variance of the statistic [statistic]. error: its own covariance, luck taken
    off where known [statistic, statistic].
    """

    keys: tuple[str, ...]
    places: np.ndarray
    centre: np.ndarray
    spread: np.ndarray
    weights: tuple[tuple[tuple[np.ndarray, np.ndarray], ...], ...]
    unexplained: np.ndarray
    residuals: np.ndarray

    def mean(self, scores: np.ndarray, xp: object = np) -> np.ndarray:
        """The statistics at normal scores [..., parameter] of its own parameters; xp: the array library."""
        total = 0.0
        for network in self.weights:
            held = scores
            for layer, (matrix, offset) in enumerate(network):
                held = held @ matrix + offset
                if layer < len(network) - 1:
                    held = xp.tanh(held)
            total = total + held
        return total / len(self.weights) * self.spread + self.centre


def scores(names: Sequence[str], candidates: Sequence[int] | np.ndarray) -> np.ndarray:
    """The place of candidates in their priors as normal scores [candidate, parameter]."""
    shares = np.array([[even_share(int(one), name) for name in names] for one in candidates])
    return np.asarray(special.ndtri(shares))


def influential(scores_: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The parameters that move a statistic: rank correlation of score or squared score beyond chance."""
    rows, parameters = scores_.shape
    limit = CHANCE / (2 * parameters * values.shape[1])
    least = abs(stats.norm.ppf(limit / 2)) / np.sqrt(rows - 1)
    ranked = standard(stats.rankdata(values, axis=0))
    found = np.zeros(parameters, bool)
    for form in (scores_, scores_**2):
        found |= (np.abs(standard(stats.rankdata(form, axis=0)).T @ ranked) / rows > least).any(axis=1)
    return np.flatnonzero(found)


def standard(values: np.ndarray) -> np.ndarray:
    """Columns less their mean over their standard deviation."""
    return np.asarray((values - values.mean(axis=0)) / values.std(axis=0))


def fitted(names: Sequence[str], scores_: np.ndarray, values: np.ndarray, seed: int = 0) -> Emulator:
    """A surrogate of the statistics [row, statistic] of rows without nan."""
    from sklearn.neural_network import MLPRegressor

    places = influential(scores_, values)
    learnt = np.arange(len(values)) % round(1.0 / HELD_OUT) != 0
    x, centre, spread = scores_[:, places], values[learnt].mean(axis=0), values[learnt].std(axis=0)
    y = (values - centre) / spread
    networks = []
    for k in range(NETWORKS):
        network = MLPRegressor(
            hidden_layer_sizes=HIDDEN, activation="tanh", alpha=3e-2, learning_rate_init=2e-3, batch_size=128,
            early_stopping=True, n_iter_no_change=15, max_iter=300, random_state=seed + k,
        )  # fmt: skip
        network.fit(x[learnt], y[learnt])
        networks.append(tuple(zip(network.coefs_, network.intercepts_, strict=True)))
    bare = Emulator(
        tuple(names[k] for k in places), places, centre, spread, tuple(networks), np.empty(0), np.empty(0)
    )
    missed = (bare.mean(x[~learnt]) - values[~learnt])
    unexplained = missed.var(axis=0) / values[~learnt].var(axis=0)
    return Emulator(*(getattr(bare, n) for n in ("keys", "places", "centre", "spread", "weights")), unexplained, missed)
