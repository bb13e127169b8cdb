"""A neural posterior: a flow on JAX, conditional on figures, learnt from the table once for all truths.

A normalising flow (coupling layers of rational-quadratic splines, flowjax) is trained on pairs of parameters
and figures, one row in ten of which tells when to stop. Source: Papamakarios and Murray (2016), NeurIPS 29;
Durkan, Bekasov, Murray and Papamakarios (2019), NeurIPS 32.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments.calibration.rivals.trial import Given, Learnt, Trial

LAYERS, WIDTH, PATIENCE, EPOCHS, BATCH = 5, 50, 8, 200, 128
DRAWS = 400


class Flow:
    """Neural posterior estimation in one round."""

    name = "flow (neural posterior)"
    needs: Sequence[str] = ("flowjax",)

    def takes(self, trial: Trial) -> bool:
        """Always."""
        return True

    def prepared(self, trial: Trial) -> Given:
        """Trains the flow."""
        import jax
        import jax.numpy as jnp
        from flowjax.bijections import RationalQuadraticSpline
        from flowjax.distributions import Normal
        from flowjax.flows import coupling_flow
        from flowjax.train import fit_to_data

        scores = trial.scores[:, trial.scored]
        seen = trial.publish(trial.given, np.random.default_rng(0))
        centre, spread = seen.mean(axis=0), seen.std(axis=0)
        made, trained = jax.random.split(jax.random.key(0))
        flow = coupling_flow(
            made, base_dist=Normal(jnp.zeros(scores.shape[1])), cond_dim=seen.shape[1], flow_layers=LAYERS,
            nn_width=WIDTH, transformer=RationalQuadraticSpline(knots=8, interval=4),
        )  # fmt: skip
        flow, _ = fit_to_data(
            trained, flow, data=(jnp.asarray(scores), jnp.asarray((seen - centre) / spread)),
            max_epochs=EPOCHS, max_patience=PATIENCE, batch_size=BATCH, show_progress=False,
        )  # fmt: skip

        def given(figures: np.ndarray, seed: int) -> Learnt:
            condition = jnp.asarray((figures - centre) / spread)
            return Learnt(np.asarray(flow.sample(jax.random.key(seed), (DRAWS,), condition)))

        return given
