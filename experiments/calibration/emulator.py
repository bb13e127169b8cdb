"""What 2016-20 becomes as a function of the parameters: a surrogate learnt from simulations, with its error.

The mean of each statistic is a small neural network of the parameters that move any statistic, each as the
normal score of its place in its prior; several networks are averaged (scikit-learn's MLPRegressor). They
learn from runs of a part of the province; a ridge regression on runs of the whole near the posterior
corrects them (`with_correction`). What the surrogate misses is luck, which no parameter explains, and its
own error; both are measured together on runs it has not learnt from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import special, stats

from scenarios.drawn import even_share

CHANCE = 0.01
"""Of taking any parameter for one that matters where none does, over all parameters and statistics."""
ONE_IN = 10
"""One row in so many measures the error."""
NETWORKS = 4
HIDDEN = (64, 64)
PENALTIES = np.logspace(-1.0, 4.0, 16)

Layers = tuple[tuple[np.ndarray, np.ndarray], ...]  # matrix and offset of each layer


@dataclass(frozen=True)
class Emulator:
    """A fitted surrogate.

    keys: its parameters. places: of these among all drawn ones. centre, spread: of the statistics
    [statistic]. networks: layers of each. slope, shift: what the whole province gives beyond the networks,
    linear in the scores [parameter, statistic], [statistic]. unexplained: variance that it misses on rows
    it has not learnt from, over the variance of these rows [statistic]. residual: covariance of what it
    misses [statistic, statistic].
    """

    keys: tuple[str, ...]
    places: np.ndarray
    centre: np.ndarray
    spread: np.ndarray
    networks: tuple[Layers, ...]
    slope: np.ndarray
    shift: np.ndarray
    unexplained: np.ndarray = field(default_factory=lambda: np.empty(0))
    residual: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))

    def mean(self, scores: np.ndarray) -> np.ndarray:
        """The statistics at normal scores [..., parameter] of its own parameters."""
        return np.asarray(mean_of(self, scores, np.tanh))


def mean_of(emulator: Emulator, scores: np.ndarray, tanh: object) -> np.ndarray:
    """The surrogate's mean in any array library, whose `tanh` is given."""
    total = sum(output(layers, scores, tanh) for layers in emulator.networks)
    by_networks = total / len(emulator.networks) * emulator.spread + emulator.centre
    return by_networks + scores @ emulator.slope + emulator.shift


def output(layers: Layers, scores: np.ndarray, tanh: object) -> np.ndarray:
    """What one network gives."""
    held = scores
    for matrix, offset in layers[:-1]:
        held = tanh(held @ matrix + offset)  # type: ignore[operator]
    matrix, offset = layers[-1]
    return held @ matrix + offset


def scores_of(names: Sequence[str], candidates: Sequence[int] | np.ndarray) -> np.ndarray:
    """The place of candidates in their priors as normal scores [candidate, parameter]."""
    shares = np.array([[even_share(int(one), name) for name in names] for one in candidates])
    return np.asarray(special.ndtri(shares))


def influential(scores: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The parameters that move a statistic: rank correlation with score or squared score beyond chance.

    Source of the limit: Bonferroni over parameters, statistics and both forms, Normal approximation.
    """
    rows, parameters = scores.shape
    limit = CHANCE / (2 * parameters * values.shape[1])
    least = abs(float(stats.norm.ppf(limit / 2))) / np.sqrt(rows - 1)
    ranked, found = standard(stats.rankdata(values, axis=0)), np.zeros(parameters, bool)
    for form in (scores, scores**2):
        moved = np.abs(standard(stats.rankdata(form, axis=0)).T @ ranked) / rows
        found |= (moved > least).any(axis=1)
    return np.flatnonzero(found)


def standard(values: np.ndarray) -> np.ndarray:
    """Columns less their mean over their standard deviation; a column that never varies is 0."""
    spread = values.std(axis=0)
    return np.asarray((values - values.mean(axis=0)) / np.where(spread > 0.0, spread, 1.0))


def fit(names: Sequence[str], scores: np.ndarray, values: np.ndarray, seed: int = 0) -> Emulator:
    """A surrogate from rows of the table: scores [row, parameter], values without nan [row, statistic]."""
    from sklearn.neural_network import MLPRegressor

    places, learnt = influential(scores, values), np.arange(len(values)) % ONE_IN != 0
    own, centre = scores[:, places], values[learnt].mean(axis=0)
    spread = np.maximum(values[learnt].std(axis=0), 1e-12)
    networks = []
    for k in range(NETWORKS):
        network = MLPRegressor(
            hidden_layer_sizes=HIDDEN, activation="tanh", alpha=0.03, learning_rate_init=0.002,
            batch_size=128, early_stopping=True, n_iter_no_change=15, max_iter=400, random_state=seed + k,
        )  # fmt: skip
        network.fit(own[learnt], (values[learnt] - centre) / spread)
        networks.append(tuple(zip(network.coefs_, network.intercepts_, strict=True)))
    bare = Emulator(
        keys=tuple(names[k] for k in places),
        places=places,
        centre=centre,
        spread=spread,
        networks=tuple(networks),
        slope=np.zeros((len(places), values.shape[1])),
        shift=np.zeros(values.shape[1]),
    )
    return judged(bare, own[~learnt], values[~learnt])


def judged(emulator: Emulator, scores: np.ndarray, values: np.ndarray) -> Emulator:
    """The surrogate with the error that it has on rows it has not learnt from."""
    missed = emulator.mean(scores) - values
    return replace(
        emulator,
        unexplained=missed.var(axis=0) / np.maximum(values.var(axis=0), 1e-24),
        residual=covariance_of(missed),
    )


def with_correction(emulator: Emulator, scores: np.ndarray, values: np.ndarray) -> Emulator:
    """The surrogate corrected by runs of the whole province: scores [run, parameter], [run, statistic].

    The penalty of the ridge regression is chosen by leaving one run out, its error measured by tenths left
    out.
    """
    from sklearn.linear_model import RidgeCV
    from sklearn.model_selection import cross_val_predict

    missed = values - emulator.mean(scores)
    ridge = RidgeCV(PENALTIES, alpha_per_target=True)
    left_out = missed - cross_val_predict(ridge, scores, missed, cv=min(ONE_IN, len(values)))
    ridge.fit(scores, missed)
    return replace(
        emulator,
        slope=emulator.slope + ridge.coef_.T,
        shift=emulator.shift + ridge.intercept_,
        unexplained=left_out.var(axis=0) / np.maximum(values.var(axis=0), 1e-24),
        residual=covariance_of(left_out),
    )


def covariance_of(missed: np.ndarray) -> np.ndarray:
    """Covariance about zero, shrunk as Ledoit and Wolf (2004) do, since runs are few and statistics many."""
    from sklearn.covariance import LedoitWolf

    size = np.maximum(np.sqrt((missed**2).mean(axis=0)), 1e-12)
    return np.asarray(LedoitWolf(assume_centered=True).fit(missed / size).covariance_ * np.outer(size, size))
