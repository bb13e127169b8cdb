"""The posterior of the parameters given statistics of 2016-20, by Hamiltonian Monte Carlo on the surrogate.

Statistics are taken as Normal about the surrogate's mean. Their covariance is the sum of what published
figures err by, of luck and the surrogate's error, and of a discrepancy of the model: an error of each year
of a series that no parameter can mend, whose size is learnt as well (Kennedy and O'Hagan 2001, JRSS B 63).
Sampler: the No-U-Turn Sampler (Hoffman and Gelman 2014, Journal of Machine Learning Research 15) of
NumPyro.
"""

from __future__ import annotations

from collections.abc import Sequence
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

    chosen: places of the fitted ones among all.
    """

    emulator: Emulator
    statistics: tuple[Statistic, ...]
    chosen: np.ndarray

    @property
    def fitted(self) -> tuple[Statistic, ...]:
        """The fitted statistics."""
        return tuple(self.statistics[k] for k in self.chosen)

    @property
    def series(self) -> tuple[str, ...]:
        """The series that have a discrepancy: those by year that are compared as logarithms."""
        return tuple(dict.fromkeys(one.fact for one in self.fitted if has_discrepancy(one)))

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
        found = np.zeros((len(self.fitted), len(self.series)))
        for row, one in enumerate(self.fitted):
            if has_discrepancy(one):
                found[row, self.series.index(one.fact)] = 1.0
        return found


def has_discrepancy(one: Statistic) -> bool:
    """Whether the model may miss each year of it."""
    return one.log and one.year is not None


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
    """Draws from the posterior of a problem; what is compiled serves for other figures, too."""

    def __init__(self, problem: Problem, draws: int = 500, chains: int = 2, warm_up: int = 300) -> None:
        import jax
        from numpyro.infer import MCMC, NUTS

        jax.config.update("jax_enable_x64", True)
        kernel = NUTS(partial(model, problem), target_accept_prob=0.85)
        self.problem = problem
        self.sampler = MCMC(
            kernel, num_warmup=warm_up, num_samples=draws, num_chains=chains, chain_method="vectorized",
            progress_bar=False,
        )  # fmt: skip

    def given(self, figures: np.ndarray, seed: int = 0) -> Sampled:
        """Draws given figures on the scale of comparison [fitted]: each chain's `draws`."""
        import jax
        from numpyro.diagnostics import summary

        self.sampler.run(jax.random.PRNGKey(seed), figures, extra_fields=("diverging",))
        told = summary(self.sampler.get_samples(group_by_chain=True), group_by_chain=True)
        found = self.sampler.get_samples()
        return Sampled(
            np.asarray(found["scores"]),
            np.asarray(found.get("discrepancy", np.zeros((len(found["scores"]), 0)))),
            float(min(np.min(one["n_eff"]) for one in told.values())),
            float(max(np.max(one["r_hat"]) for one in told.values())),
            int(np.asarray(self.sampler.get_extra_fields()["diverging"]).sum()),
        )


def model(problem: Problem, observed: Any) -> None:
    """The joint distribution of parameters and figures, as NumPyro reads it."""
    import jax.numpy as jnp
    import numpyro
    from numpyro.distributions import HalfNormal, MultivariateNormal, Normal

    scores = numpyro.sample("scores", Normal(0.0, 1.0).expand([len(problem.emulator.keys)]).to_event(1))
    errors = jnp.asarray(problem.errors)
    if problem.series:
        each = HalfNormal(DISCREPANCY).expand([len(problem.series)]).to_event(1)
        errors = errors + jnp.diag(problem.members @ numpyro.sample("discrepancy", each) ** 2)
    mean = mean_of(only(problem.emulator, problem.chosen), scores, jnp.tanh)
    numpyro.sample("observed", MultivariateNormal(mean, errors), obs=observed)


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
