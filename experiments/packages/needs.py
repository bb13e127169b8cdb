"""What the world would have to be like for a target to be reached: a regression over runs that drew it.

What runs of one policy reach is regressed on all that they drew of the world at once, on unknown bases and
what the model misses, and on the few parameters that surely matter beside these. What is missing, over the
slope of one thing, is how far this one alone would have to be from what one expects. Errors are of a
bootstrap over runs, in which slope and what is missing are drawn together. Far beyond what runs drew a line
is a guess: it is run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from experiments.answer.probability import CONFIDENCE
from experiments.packages.distance import reached_with
from experiments.why.bootstrap import Estimate

RESAMPLES, LUCK = 400, 1979
MOST_PARAMETERS = 3
SURE = 0.05  # of a chance finding among all parameters
SPARE = 8  # runs beyond the number of what is regressed on


class Need(NamedTuple):
    """How far something alone would have to move.

    expected, sd: of what runs drew, in its unit. slope: of what is reached [percent of it, or its unit] by
    unit. shift: by which it would have to move; None where the slope cannot be told from nothing.
    """

    name: str
    expected: float
    sd: float
    slope: Estimate
    shift: Estimate | None

    @property
    def in_sds(self) -> Estimate | None:
        """The shift in standard deviations between runs."""
        return None if self.shift is None or self.sd <= 0.0 else self.shift.times(1.0 / self.sd)


@dataclass(frozen=True)
class Regression:
    """What is reached in each run, and what it drew. reached: as a logarithm where `logs`.

    drawn: by name [run]. wanted: the threshold, like `reached`. probability: with which it is to be reached.
    """

    reached: np.ndarray
    drawn: Mapping[str, np.ndarray]
    wanted: float
    probability: float

    @property
    def names(self) -> list[str]:
        """What is regressed on: all that differs between runs."""
        return [name for name, values in self.drawn.items() if np.ptp(values) > 0.0]

    def needs(self, of: Sequence[str]) -> list[Need]:
        """What each of some things would have to be, with errors; nothing of those that never differ."""
        names = self.names
        if len(self.reached) < len(names) + SPARE:
            return []
        rows = np.random.default_rng(LUCK).integers(0, len(self.reached), (RESAMPLES, len(self.reached)))
        slopes = np.array([self._slopes(names, row) for row in rows])
        missing = np.array([self._missing(row) for row in rows])
        every = np.arange(len(self.reached))
        here, gap = self._slopes(names, every), self._missing(every)
        found = []
        for name in of:
            if name in names:
                place = names.index(name)
                slope = estimate(here[place], slopes[:, place])
                shift = estimate(gap / here[place], missing / slopes[:, place]) if slope.sure else None
                values = self.drawn[name]
                found.append(Need(name, float(values.mean()), float(values.std(ddof=1)), slope, shift))
        return found

    def _slopes(self, names: Sequence[str], rows: np.ndarray) -> np.ndarray:
        """Least squares in units of standard deviations, so that nothing is large by its unit."""
        table = np.stack([self.drawn[name] for name in names], axis=1)
        sizes, means = table.std(axis=0), table.mean(axis=0)
        scaled = np.column_stack([np.ones(len(rows)), ((table - means) / sizes)[rows]])
        found: np.ndarray = np.linalg.lstsq(scaled, self.reached[rows], rcond=None)[0][1:] / sizes
        return found

    def _missing(self, rows: np.ndarray) -> float:
        return self.wanted - reached_with(self.probability, self.reached[rows])

    def residuals(self) -> np.ndarray:
        """What is left of what is reached."""
        names = self.names
        table = (
            np.stack([self.drawn[name] for name in names], axis=1)
            if names
            else np.empty((len(self.reached), 0))
        )
        scaled = np.column_stack([np.ones(len(table)), table - table.mean(axis=0)])
        fitted: np.ndarray = scaled @ np.linalg.lstsq(scaled, self.reached, rcond=None)[0]
        return self.reached - fitted


def estimate(value: float, resampled: np.ndarray) -> Estimate:
    """A value with the percentiles of its resamples."""
    known = resampled[np.isfinite(resampled)]
    low, high = np.quantile(known, [0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2])
    return Estimate(float(value), min(float(low), float(value)), max(float(high), float(value)))


def that_matter(regression: Regression, parameters: Mapping[str, np.ndarray]) -> list[str]:
    """The few parameters that go surely with what is left of what is reached, the strongest first.

    As many are looked at as there are, so each has to be that much surer (Bonferroni).
    """
    from scipy.special import betainc

    left, count = regression.residuals(), len(parameters)
    degrees = len(left) - len(regression.names) - 2
    if degrees < SPARE or not count:
        return []
    found = []
    for name, values in parameters.items():
        if np.ptp(values) > 0.0:
            r2 = float(np.corrcoef(values, left)[0, 1]) ** 2
            found.append((1.0 - float(betainc(0.5, 0.5 * degrees, min(r2, 1.0))), name))
    sure = sorted(one for one in found if one[0] * count < SURE)
    return [name for _, name in sure[:MOST_PARAMETERS]]
