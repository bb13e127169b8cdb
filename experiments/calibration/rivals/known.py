"""Problems with known truths: one that is linear, one that is bent, and the model's own table."""

from __future__ import annotations

from functools import partial

import numpy as np
from scipy import stats

from experiments.calibration.calibrate import learnable, names_of_drawn, values_of_rows
from experiments.calibration.emulator import ONE_IN, influential, scores_of, standard
from experiments.calibration.pasts_table import PastsTable
from experiments.calibration.posterior import published
from experiments.calibration.rivals.trial import Exact, Luck, Simulate, Trial
from experiments.calibration.statistics import Statistic
from scenarios.values.errors import InputError

LINEAR = np.array(
    [
        [1.0, 0.5, 0.0, 0.0, 0.3, -0.2],
        [0.0, 0.8, 0.6, 0.0, -0.4, 0.3],
        [0.2, 0.0, 0.7, 0.5, 0.0, 0.6],
        [0.0, 0.1, 0.0, 0.2, 0.1, 0.1],
    ]
)
"""Slopes [parameter, statistic]; of the last parameter figures say little."""
LUCK, ERROR = 0.3, 0.3
MANY = 400_000  # draws of the prior that an exact posterior of a bent problem is chosen from
STRONGEST = 12
"""Of the model's parameters so many are scored: those that move a statistic most."""
FIGURES = 7  # seed of what is published of the model's truths


def linear(rows: int, truths: int) -> Trial:
    """Four parameters, six statistics linear in them, Normal luck and errors: the posterior is Normal."""

    def simulate(scores: np.ndarray, luck: Luck) -> np.ndarray:
        return np.asarray(scores @ LINEAR + LUCK * luck.standard_normal((len(scores), LINEAR.shape[1])))

    def exact(figures: np.ndarray, count: int, luck: Luck) -> np.ndarray:
        wide = LUCK**2 + ERROR**2
        spread = np.linalg.inv(np.eye(len(LINEAR)) + LINEAR @ LINEAR.T / wide)
        return luck.multivariate_normal(spread @ LINEAR @ figures / wide, spread, count)

    return toy("linear", len(LINEAR), rows, truths, simulate, exact)


def bent(rows: int, truths: int) -> Trial:
    """Three parameters, five statistics bent in them, Normal luck and errors: posteriors like bananas."""

    def mean(scores: np.ndarray) -> np.ndarray:
        a, b, c = scores.T
        return np.column_stack([a + 0.6 * b**2, b * np.exp(0.3 * c), np.tanh(2.0 * c), a * c, np.abs(b)])

    def simulate(scores: np.ndarray, luck: Luck) -> np.ndarray:
        return np.asarray(mean(scores) + LUCK * luck.standard_normal((len(scores), 5)))

    def exact(figures: np.ndarray, count: int, luck: Luck) -> np.ndarray:
        tried = luck.standard_normal((MANY, 3))
        fit = -0.5 * ((mean(tried) - figures) ** 2).sum(axis=1) / (LUCK**2 + ERROR**2)
        weight = np.exp(fit - fit.max())
        return tried[luck.choice(MANY, count, p=weight / weight.sum())]

    return toy("bent", 3, rows, truths, simulate, exact)


def toy(name: str, parameters: int, rows: int, truths: int, simulate: Simulate, exact: Exact) -> Trial:
    """A problem whose model is a function."""
    luck = np.random.default_rng(parameters)
    scores, known = luck.standard_normal((rows, parameters)), luck.standard_normal((truths, parameters))
    given = simulate(scores, luck)
    statistics = tuple(made_up(f"y{k + 1}") for k in range(given.shape[1]))
    publish = partial(published, statistics)
    return Trial(
        name=name,
        names=tuple(f"p{k + 1}" for k in range(parameters)),
        scores=scores,
        given=given,
        scored=np.arange(parameters),
        statistics=statistics,
        publish=publish,
        truths=known,
        figures=publish(simulate(known, luck), luck),
        simulate=simulate,
        exact=exact,
    )


def made_up(name: str) -> Statistic:
    """A statistic of no country."""
    return Statistic(
        fact=name, name=name, year=None, column=name, before="", change="", log=False, size=0, value=0.0,
        unit="1", level_error=0.0, year_error=ERROR, used_for="fit", source="made up", broken="",
    )  # fmt: skip


def of_table(table: PastsTable, truths: int) -> Trial:
    """The model's own table: one row in ten may be a truth, the others are what methods learn from.

    Raises:
        InputError: the table has fewer truths.
    """
    fitted = tuple(one for one in learnable(table.region) if one.fitted)
    rows = values_of_rows(fitted, table)
    whole = np.flatnonzero(~np.isnan(rows).any(axis=1))
    apart = np.arange(len(whole)) % ONE_IN == 0
    if not 0 < truths <= apart.sum():
        raise InputError(f"{truths} truths: one row in {ONE_IN} is one, and the table has {apart.sum()}")
    names, values = names_of_drawn(table.region), rows[whole]
    scores = scores_of(names, whole)
    moving = influential(scores[~apart], values[~apart])
    own, publish = scores[:, moving], partial(published, fitted)
    return Trial(
        name="the model",
        names=tuple(names[k] for k in moving),
        scores=own[~apart],
        given=values[~apart],
        scored=strongest(own[~apart], values[~apart]),
        statistics=fitted,
        publish=publish,
        truths=own[apart][:truths],
        figures=publish(values[apart][:truths], np.random.default_rng(FIGURES)),
    )


def strongest(scores: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Places of the parameters that move a statistic most, by rank correlation."""
    ranked = [standard(stats.rankdata(one, axis=0)) for one in (scores, values)]
    tie = np.abs(ranked[0].T @ ranked[1] / len(scores)).max(axis=1)
    return np.sort(np.argsort(-tie)[:STRONGEST])
