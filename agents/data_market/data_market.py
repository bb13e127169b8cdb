"""The market for data: a platform that opens public data and trades others, and firms that learn to use them.

Only what is digital can use data: a firm gains in proportion to its digitalised processes and to what is on
offer, and takes years to do so. When the platform closes, what it gave goes as it came.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage

GONE = 1e-9  # index of the data on offer below which there are none


@kept
class DataMarketParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/data_market.yaml."""

    platform_cost: float
    build_up: float
    uptake: float
    gain: float


@rule
def data_gain_after(before, digital, on_offer, luck, s):
    """What data give a firm after a year [log points of productivity]: it learns a part of what it might use.

    on_offer: index of the data on offer, 0 to 1. The draw lets firms differ: its mean is `uptake`.
    """
    possible = s.gain * digital * on_offer
    return before + min(1.0, 2.0 * luck * s.uptake) * (possible - before)


@stage
def use_data(firms, luck, on_offer, s, starts, stops):
    """A year of all firms with what data are on offer; returns the mean gain of a firm [log points]."""
    total, number = 0.0, 0
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            before = float(firms.data_gain[i])
            firms.data_gain[i] = data_gain_after(before, firms.digital[i], on_offer, luck[i], s)
            after = float(firms.data_gain[i])
            # One by one: the difference of two of 32 bits would be one of 32 where compiled.
            firms.log_productivity[i] = firms.log_productivity[i] - before + after
            total += after
            number += 1
    return total / float(max(number, 1))


class DataMarket:
    """The platform, and what firms make of its data.

    paid_for: index of the platform that is paid for this quarter. on_offer: index of the data there are,
    which follow it. mean_gain: of a firm, as of January [log points of productivity].
    """

    def __init__(self, parameters: DataMarketParameters) -> None:
        self.parameters = parameters
        self.paid_for = self.on_offer = self.mean_gain = 0.0

    @property
    def idle(self) -> bool:
        """Whether there are no data and nobody gains from any."""
        return self.on_offer <= 0.0 and self.mean_gain <= 0.0

    def collect(self, paid_for: float) -> None:
        """A quarter of putting data on the platform, or of losing them where nobody pays."""
        self.paid_for = min(1.0, paid_for)
        self.on_offer += 0.25 * self.parameters.build_up * (self.paid_for - self.on_offer)
        if self.on_offer < GONE:
            self.on_offer = 0.0

    def be_used(self, arrays: object, luck: np.ndarray, starts: np.ndarray, stops: np.ndarray) -> None:
        """A year of use by firms."""
        mean = float(use_data(arrays, luck, self.on_offer, self.parameters, starts, stops))
        self.mean_gain = mean if mean > GONE else 0.0
