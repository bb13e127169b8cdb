"""Effects inside the model over sets of parameters: every trial in pairs of runs of equal luck.

effects = measured(["grants"], [central_values(load_parameters())], replications=6, scale=0.1)
effects["grants.total"].value
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from experiments.answer.probability import mean_interval
from experiments.compute.parallel import in_parallel
from experiments.evidence.trials import TRIALS
from experiments.evidence.trials.replication import Replication
from experiments.plan.sweep_plan import SCALES
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import Parameters
from scenarios.values.errors import InputError

MOST_SCALE = 10.0
TAILS = (5.0, 95.0)  # percentiles over sets of parameters


@dataclass(frozen=True)
class Effect:
    """One measurement, in its unit.

    by_draw: its mean over replications for each set of parameters in which it can be taken. value: their
    median, with the 5-95 % interval over the sets, in which the luck of each mean is left; or with one set
    the mean and its 95 % interval over replications.
    """

    value: float
    low: float
    high: float
    by_draw: tuple[float, ...]

    def share_within(self, low: float, high: float) -> float:
        """Share of the sets of parameters whose mean lies in a range."""
        values = np.array(self.by_draw)
        return float(np.mean((values >= low) & (values <= high)))


def measured(
    names: Sequence[str],
    draws: Sequence[Parameters],
    replications: int,
    scale: float,
    region: str = DEFAULT_REGION,
    workers: int | None = None,
) -> dict[str, Effect]:
    """What the trials named measure, by TRIAL.MEASURE; what can be taken in no run is left out.

    Raises:
        InputError: fewer than two replications, which leave no interval, or a scale at which runs fail.
    """
    if replications < 2 or not SCALES[0] <= scale <= MOST_SCALE:
        raise InputError(
            f"evidence needs --replications of at least 2 and --scale from {SCALES[0]:g} to {MOST_SCALE:g}"
        )
    units = [(parameters, number) for parameters in draws for number in range(replications)]
    found = in_parallel(partial(of_unit, names, scale, region), units, workers)
    effects = {}
    for measure in found[0] if found else ():
        values = np.array([one[measure] for one in found]).reshape(len(draws), replications)
        effect = effect_of(values)
        if effect is not None:
            effects[measure] = effect
    return effects


def of_unit(
    names: Sequence[str], scale: float, region: str, unit: tuple[Parameters, int]
) -> dict[str, float]:
    """All measurements of the trials in one replication with one set of parameters."""
    parameters, number = unit
    one = Replication(parameters, number, scale, region)
    return {f"{name}.{measure}": value for name in names for measure, value in TRIALS[name].of(one).items()}


def effect_of(values: np.ndarray) -> Effect | None:
    """The effect from a value for each set of parameters and replication; nan where it cannot be taken."""
    known = [row[np.isfinite(row)] for row in values]
    means = [float(row.mean()) for row in known if len(row)]
    if not means:
        return None
    if len(values) == 1:
        return Effect(means[0], *mean_interval(known[0]), tuple(means))
    low, high = np.percentile(means, TAILS).tolist()
    return Effect(float(np.median(means)), low, high, tuple(means))


def trials_of(measures: Mapping[str, object] | Sequence[str]) -> list[str]:
    """The trials that take some measurements, in the order in which they are told."""
    wanted = {measure.partition(".")[0] for measure in measures}
    return [name for name in TRIALS if name in wanted]
