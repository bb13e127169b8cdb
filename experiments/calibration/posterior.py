"""The posterior of the parameters given statistics of 2016-20, by Hamiltonian Monte Carlo on the surrogate.

Statistics are taken as Normal about the surrogate's mean. Their covariance is the sum of what published
figures err by, of luck and the surrogate's error, and of a discrepancy of the model: an error of each year
of a series that no parameter can mend, whose size is learnt as well (Kennedy and O'Hagan 2001, JRSS B 63).
Sampler: the No-U-Turn Sampler (Hoffman and Gelman 2014, Journal of Machine Learning Research 15) of
NumPyro.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from experiments.calibration.emulator import Emulator, mean_of
from experiments.calibration.statistics import Statistic, covariance

DISCREPANCY = 0.03
"""Scale of the half-Normal prior of a series' discrepancy [log points]: a few per cent a year."""


@dataclass(frozen=True)
class Problem:
    """What is learnt from: statistics in the order of the surrogate's, and which of them.

    chosen: places of the fitted ones among all. discrepancy: scale of the half-Normal prior of a series'
    discrepancy [log points].
    """

    emulator: Emulator
    statistics: tuple[Statistic, ...]
    chosen: np.ndarray
    discrepancy: float = DISCREPANCY

    @property
    def fitted(self) -> tuple[Statistic, ...]:
        """The fitted statistics."""
        return tuple(self.statistics[k] for k in self.chosen)

    @property
    def series(self) -> tuple[str, ...]:
        """The series that have a discrepancy."""
        return series_of(self.fitted)

    @property
    def published(self) -> np.ndarray:
        """The published figures on the scale of comparison [fitted]."""
        return np.array([one.target for one in self.fitted])

    @property
    def errors(self) -> np.ndarray:
        """Covariance of all errors but the discrepancy [fitted, fitted]."""
        seen = self.emulator.residual[np.ix_(self.chosen, self.chosen)]
        return covariance(self.fitted) + seen

    @property
    def members(self) -> np.ndarray:
        """Which statistic is of which series [fitted, series]."""
        return members_of(self.fitted)


def has_discrepancy(one: Statistic) -> bool:
    """Whether the model may miss each year of it."""
    return one.log and one.year is not None


def series_of(statistics: Sequence[Statistic]) -> tuple[str, ...]:
    """The series that have a discrepancy: those by year that are compared as logarithms."""
    return tuple(dict.fromkeys(one.fact for one in statistics if has_discrepancy(one)))


def members_of(statistics: Sequence[Statistic]) -> np.ndarray:
    """Which statistic is of which series [statistic, series]."""
    series = series_of(statistics)
    return np.array(
        [[has_discrepancy(one) and one.fact == name for name in series] for one in statistics], np.float64
    ).reshape(len(statistics), len(series))


def published(statistics: Sequence[Statistic], given: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    """What would be published of runs if the model were true [run, statistic], as the sampler believes.

    Each run has errors of figures and a discrepancy of each series, of a size of its own.
    """
    members = members_of(statistics)
    wide = np.abs(DISCREPANCY * luck.standard_normal((len(given), members.shape[1])))
    apart = np.sqrt(wide**2 @ members.T) * luck.standard_normal(given.shape)
    zero = np.zeros(len(statistics))
    return np.asarray(given + apart + luck.multivariate_normal(zero, covariance(statistics), len(given)))


@dataclass(frozen=True)
class Sampled:
    """Draws from the posterior.

    scores: normal scores of the surrogate's parameters [draw, parameter]. discrepancy: its standard
    deviation [draw, series, log points]. effective, split: worst effective sample size and split R-hat of
    any parameter. divergent: draws at which the integration broke down.
    """

    scores: np.ndarray
    discrepancy: np.ndarray
    effective: float
    split: float
    divergent: int


class Sampler:
    """Draws from the posterior of a problem; what is compiled once serves for other figures, too."""

    def __init__(self, problem: Problem, draws: int = 500, chains: int = 2, warm_up: int = 300) -> None:
        import jax

        jax.config.update("jax_enable_x64", True)
        self.problem, self.chains = problem, chains
        of_chains = jax.vmap(partial(chain, problem, draws, warm_up), in_axes=(0, None))
        self.drawn = jax.jit(jax.vmap(of_chains))

    def given(self, figures: np.ndarray, seed: int = 0) -> Sampled:
        """Draws given figures on the scale of comparison [fitted]: each chain's `draws`."""
        return self.given_each(figures[None], [seed])[0]

    def given_each(self, figures: np.ndarray, seeds: Sequence[int]) -> list[Sampled]:
        """The same for several truths at once [truth, fitted], each with a seed of its own.

        Truths move in step, and ten of them take hardly longer than one; another number of them is compiled
        anew.
        """
        import jax

        keys = [jax.random.split(jax.random.PRNGKey(seed), self.chains) for seed in seeds]
        found, divergent = self.drawn(np.stack(keys), figures)
        return [
            sampled({name: np.asarray(found[name][k]) for name in found}, np.asarray(divergent[k]))
            for k in range(len(figures))
        ]


def sampled(found: Mapping[str, np.ndarray], divergent: np.ndarray) -> Sampled:
    """Draws by name [chain, draw, ...] as one, with what the chains say of each other."""
    from numpyro.diagnostics import summary

    learnt = {name: found[name] for name in ("scores", "discrepancy") if name in found}
    told = summary(learnt, group_by_chain=True)
    scores, wide = (learnt.get(name, np.zeros((*divergent.shape, 0))) for name in ("scores", "discrepancy"))
    return Sampled(
        scores.reshape(-1, scores.shape[-1]),
        wide.reshape(divergent.size, wide.shape[-1]),
        float(min(np.min(one["n_eff"]) for one in told.values())),
        float(max(np.max(one["r_hat"]) for one in told.values())),
        int(divergent.sum()),
    )


def chain(problem: Problem, draws: int, warm_up: int, key: Any, figures: Any) -> tuple[Any, Any]:
    """One chain: its draws by name [draw, ...], and at which the integration broke down [draw]."""
    from numpyro.infer import MCMC, NUTS

    kernel = NUTS(partial(model, problem), target_accept_prob=0.85)
    sampler = MCMC(kernel, num_warmup=warm_up, num_samples=draws, progress_bar=False)
    sampler.run(key, figures, extra_fields=("diverging",))
    return sampler.get_samples(), sampler.get_extra_fields()["diverging"]


def model(problem: Problem, observed: Any) -> None:
    """The joint distribution of parameters and figures, as NumPyro reads it.

    What the model misses of each figure of a series is a draw of its own, so that the covariance of all other
    errors stays as it is and is taken apart once: a twentieth of the time of a covariance that moves.
    """
    import jax.numpy as jnp
    import numpyro
    from numpyro.distributions import HalfNormal, Normal

    scores = numpyro.sample("scores", Normal(0.0, 1.0).expand([len(problem.emulator.keys)]).to_event(1))
    missed = observed - mean_of(only(problem.emulator, problem.chosen), scores, jnp.tanh)
    if problem.series:
        each = HalfNormal(problem.discrepancy).expand([len(problem.series)]).to_event(1)
        wide = numpyro.sample("discrepancy", each)
        rows, series = np.nonzero(problem.members)
        apart = numpyro.sample("apart", Normal(0.0, 1.0).expand([len(rows)]).to_event(1))
        missed = missed.at[rows].add(-wide[series] * apart)
    whole = np.linalg.inv(np.linalg.cholesky(problem.errors))
    numpyro.factor("observed", -0.5 * jnp.sum((whole @ missed) ** 2))


def only(emulator: Emulator, chosen: np.ndarray) -> Emulator:
    """The surrogate of some statistics alone: what it gives for others need not be computed."""
    networks = tuple(
        (*layers[:-1], (layers[-1][0][:, chosen], layers[-1][1][chosen])) for layers in emulator.networks
    )
    return Emulator(
        emulator.keys, emulator.places, emulator.centre[chosen], emulator.spread[chosen], networks,
        emulator.slope[:, chosen], emulator.shift[chosen],
    )  # fmt: skip


def problem_of(emulator: Emulator, statistics: Sequence[Statistic], last: int) -> Problem:
    """The problem of learning from the fitted statistics that were known at the end of a year."""
    known = [k for k, one in enumerate(statistics) if one.fitted and one.known <= last]
    return Problem(emulator, tuple(statistics), np.array(known))
