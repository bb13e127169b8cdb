"""What a calibration learnt: each parameter's prior and posterior, confounded pairs, each statistic's fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from experiments.calibration.calibrate import Calibrated, values_of_whole
from experiments.calibration.statistics import Statistic, covariance, load_statistics
from scenarios.drawn import key_of
from scenarios.load import load_parameters

LEARNT = 0.1
"""A parameter counts as learnt about when a tenth of its prior's variance is gone."""
CONFOUNDED = 0.5
"""Pairs whose posterior correlation, of ranks, is at least so large either way are named."""
SPREAD = (0.05, 0.5, 0.95)
NOISE_SEED = 20_201_231


@dataclass(frozen=True)
class OfParameter:
    """One parameter: 5, 50 and 95 % of prior and posterior in its own unit.

    contraction: 1 less posterior over prior variance of its normal score. shift: the posterior mean's
    distance from the prior's, in standard deviations of the prior.
    """

    name: str
    unit: str
    prior: tuple[float, ...]
    posterior: tuple[float, ...]
    contraction: float
    shift: float

    @property
    def learnt(self) -> bool:
        """Whether 2016-20 says something about it."""
        return self.contraction >= LEARNT


def of_parameters(found: Calibrated) -> list[OfParameter]:
    """The surrogate's parameters, most learnt about first; all others are as their priors."""
    numbers, scores = load_parameters(region=found.asked.region), found.final.scores
    rows = []
    for place, name in enumerate(found.problem.emulator.keys):
        group, own = key_of(name)
        number = numbers[group][own]
        assert number.prior is not None
        posterior = special.ndtr(np.quantile(scores[:, place], SPREAD))
        rows.append(
            OfParameter(
                name,
                number.unit,
                tuple(number.prior.quantile(share, number.range) for share in SPREAD),
                tuple(number.prior.quantile(float(share), number.range) for share in posterior),
                1.0 - float(scores[:, place].var()),
                float(scores[:, place].mean()),
            )
        )
    return sorted(rows, key=lambda one: -one.contraction)


def confounded(found: Calibrated) -> list[tuple[str, str, float]]:
    """Pairs of parameters that 2016-20 ties together, with their correlation of ranks, strongest first."""
    ranks = np.argsort(np.argsort(found.final.scores, axis=0), axis=0)
    tied: np.ndarray = np.atleast_2d(np.corrcoef(ranks.T))
    names = found.problem.emulator.keys
    pairs = [
        (names[a], names[b], float(tied[a, b]))
        for a in range(len(names))
        for b in range(a + 1, len(names))
        if abs(tied[a, b]) >= CONFOUNDED
    ]
    return sorted(pairs, key=lambda pair: -abs(pair[2]))


@dataclass(frozen=True)
class OfStatistic:
    """One statistic: 5, 50 and 95 % over the table's rows, over the sets' own runs, and with all errors.

    replicated: what would be published if the posterior were true: runs with figures' errors and the
    discrepancy. p: chance that such a figure lies as far out as the published one, both tails. missed: the
    median's distance from what was published, in per cent of it where it is a level, else in its unit.
    """

    statistic: Statistic
    prior: tuple[float, ...]
    posterior: tuple[float, ...]
    replicated: tuple[float, ...]
    p: float
    missed: float


def of_statistics(found: Calibrated) -> list[OfStatistic]:
    """All statistics of the region, in the order of its file."""
    every = load_statistics(found.asked.region)
    runs = values_of_whole(every, found.final)
    noise = np.random.default_rng(NOISE_SEED).multivariate_normal(
        np.zeros(len(every)), covariance(every), len(runs)
    )
    wide = np.array([[series == one.fact for one in every] for series in found.problem.series])
    apart = np.sqrt(found.discrepancy**2 @ wide) if len(wide) else np.zeros_like(runs)
    published = runs + noise + apart * np.random.default_rng(NOISE_SEED + 1).standard_normal(runs.shape)
    prior = {
        one.name: column for one, column in zip(found.problem.statistics, found.prior_rows.T, strict=True)
    }
    return [
        OfStatistic(
            one,
            spread(one, prior[one.name]) if one.name in prior else (np.nan,) * 3,
            spread(one, runs[:, k]),
            spread(one, published[:, k]),
            tail(published[:, k], one.target),
            missed(one, float(np.nanmedian(runs[:, k]))),
        )
        for k, one in enumerate(every)
    ]


def spread(one: Statistic, values: np.ndarray) -> tuple[float, ...]:
    """5, 50 and 95 % in the statistic's unit."""
    return tuple(one.shown(float(value)) for value in np.nanquantile(values, SPREAD))


def tail(values: np.ndarray, at: float) -> float:
    """Share of values as far out as `at`, both tails."""
    known = values[~np.isnan(values)]
    above = (float((known >= at).sum()) + 0.5) / (len(known) + 1.0)
    return 2.0 * min(above, 1.0 - above)


def missed(one: Statistic, median: float) -> float:
    """How far a median lies off: per cent of the figure for a level, else its own unit."""
    return 100.0 * (one.shown(median) / one.value - 1.0) if one.log else median - one.value
