"""The posterior of the parameters given statistics of 2016-20, by Hamiltonian Monte Carlo on the surrogate.

Statistics are taken as Normal about the surrogate's mean. Their covariance is the sum of what published figures
err by, of luck and the surrogate's error (both seen in runs of the whole province), and of a discrepancy of
the model: an error of each year of a series that no parameter can mend, whose size is learnt as well.
Sampler: the No-U-Turn Sampler (Hoffman and Gelman 2014, Journal of Machine Learning Research 15) of NumPyro.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.calibration.emulator import Emulator
from experiments.calibration.statistics import Statistic, covariance

DISCREPANCY = 0.03
"""Scale of the half-Normal prior of the discrepancy of a series [log points]: a few per cent a year."""


@dataclass(frozen=True)
class Sampled:
    """Draws from the posterior.

    scores: [draw, parameter] normal scores of the surrogate's parameters. discrepancy: [draw, series] its
    standard deviation [log points]. series: the facts with a discrepancy. effective: the least effective
    sample size of any parameter. divergent: draws at which the sampler broke off.
    """

    scores: np.ndarray
    discrepancy: np.ndarray
    series: tuple[str, ...]
    effective: float
    split: float
    divergent: int


def groups(statistics: Sequence[Statistic]) -> tuple[str, ...]:
    """The series whose years may each err by more than published figures do: those compared as logarithms."""
    return tuple(dict.fromkeys(one.fact for one in statistics if one.log and one.year is not None))


def sample(
    emulator: Emulator,
    statistics: Sequence[Statistic],
    chosen: np.ndarray,
    observed: np.ndarray,
    residual: np.ndarray,
    shift: np.ndarray,
    draws: int = 1000,
    chains: int = 2,
    seed: int = 0,
) -> Sampled:
    """Draws from the posterior given the `chosen` statistics [places among the surrogate's].

    observed: figures on the scale of comparison [chosen]. residual: covariance of luck and of the surrogate's
    error [chosen, chosen]. shift: what the whole province gives beyond the surrogate's mean [chosen].
    """
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from numpyro.infer import MCMC, NUTS
    from numpyro.diagnostics import summary

    numpyro.set_host_device_count(chains)
    jax.config.update("jax_enable_x64", True)
    own = [statistics[k] for k in chosen]
    series = groups(own)
    member = np.array([[float(one.fact == name and one.log) for name in series] for one in own])
    fixed = covariance(tuple(own)) + residual
    weights = jax.tree_util.tree_map(jnp.asarray, emulator.weights)
    centre, spread = jnp.asarray(emulator.centre[chosen]), jnp.asarray(emulator.spread[chosen])

    def mean(scores: Any) -> Any:
        total = 0.0
        for network in weights:
            held = scores
            for layer, (matrix, offset) in enumerate(network):
                held = held @ matrix + offset
                if layer < len(network) - 1:
                    held = jnp.tanh(held)
            total = total + held[..., chosen]
        return total / len(weights) * spread + centre

    def model() -> None:
        scores = numpyro.sample("scores", dist.Normal(0.0, 1.0).expand([len(emulator.keys)]).to_event(1))
        wide = numpyro.sample("discrepancy", dist.HalfNormal(DISCREPANCY).expand([len(series)]).to_event(1))
        errors = fixed + jnp.diag(jnp.asarray(member) @ wide**2)
        numpyro.sample(
            "observed", dist.MultivariateNormal(mean(scores) + shift, errors), obs=jnp.asarray(observed)
        )

    kernel = NUTS(model, target_accept_prob=0.9)
    runs = MCMC(kernel, num_warmup=draws // 2, num_samples=draws, num_chains=chains,
                chain_method="sequential", progress_bar=False)  # fmt: skip
    runs.run(jax.random.PRNGKey(seed), extra_fields=("diverging",))
    by_chain = runs.get_samples(group_by_chain=True)
    told = summary(by_chain, group_by_chain=True)
    found = runs.get_samples()
    return Sampled(
        np.asarray(found["scores"]),
        np.asarray(found["discrepancy"]),
        series,
        float(min(np.min(one["n_eff"]) for one in told.values())),
        float(max(np.max(one["r_hat"]) for one in told.values())),
        int(np.asarray(runs.get_extra_fields()["diverging"]).sum()),
    )
