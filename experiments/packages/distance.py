"""How far a target is from being reached with a probability: what is reached with it, less what is wanted.

Chances of a target are often near 0 or 1, where no search can feel its way. What a package adds to a target
is the same within a little in every run of equal luck, so the search adds its mean effect to what each run of
the policy in force reaches, at full size, and reads off what is reached with the probability wanted: a smooth
quantity, with a distance below 0 where the target is missed. The distribution of the runs is smoothed by a
Gaussian kernel. Source: Silverman (1986), Density Estimation, section 3.4, for its width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.targets import Target

LEAST_WIDTH = 1e-9  # of the kernel, in the unit of the distance
NARROW = 1e-6  # of the width: how well what is reached is solved for


@dataclass(frozen=True)
class Levels:
    """What the runs of a scenario reach, by target [run, in plain units], with targets they are judged by."""

    targets: Mapping[str, Target]
    values: Mapping[str, np.ndarray]

    @property
    def unit(self) -> float:
        """Of a distance: that of the target as it is shown, or standard deviations where there are
        several."""
        if len(self.targets) > 1:
            return 1.0
        (target,) = self.targets.values()
        return 1.0 / target.about.shown.factor

    def of(self, names: Sequence[str]) -> Levels:
        """Of some targets alone."""
        return Levels({one: self.targets[one] for one in names}, {one: self.values[one] for one in names})

    def distances(self, effects: Mapping[str, float]) -> np.ndarray:
        """How far each run is beyond the target, or beyond the one it misses most, with these effects added.

        effects: [plain units]. A run without a value is left out.
        """
        found = []
        for name, target in self.targets.items():
            own = self.values[name]
            per = self.unit if len(self.targets) == 1 else max(float(np.nanstd(own)), 1e-12)
            found.append((own + effects.get(name, 0.0) - target.threshold) / per)
        distances = np.min(found, axis=0)
        return distances[np.isfinite(distances)]

    def spread(self) -> float:
        """The standard deviation of distances."""
        return max(float(self.distances({}).std()), LEAST_WIDTH)


def width(values: np.ndarray) -> float:
    """The width of the kernel."""
    quarter, three = np.quantile(values, [0.25, 0.75])
    spread = min(float(values.std()), float(three - quarter) / 1.349) or float(values.std())
    return max(0.9 * spread * len(values) ** -0.2, LEAST_WIDTH)


def reached_with(probability: float, values: np.ndarray) -> float:
    """What so large a share of the smoothed distribution reaches or exceeds."""
    from scipy.optimize import brentq
    from scipy.special import ndtr

    kernel = width(values)
    ends = float(values.min()) - 9.0 * kernel, float(values.max()) + 9.0 * kernel
    missing = lambda at: float(ndtr((values - at) / kernel).mean()) - probability  # noqa: E731
    return float(brentq(missing, *ends, xtol=NARROW * kernel))


def chance(values: np.ndarray) -> float:
    """The share of the smoothed distribution at 0 and above."""
    from scipy.special import ndtr

    return float(ndtr(values / width(values)).mean())
