"""How firms and institutions file where support goes by the value of inventions and not by their number.

What a share of fewer filings does to high-value inventions is mostly composition: those that are given up are
the ones of little value, so that the share rises and the number stays. Only `real_gain` adds inventions.
Source: Dang and Motohashi (2015), China Economic Review 35, for what support by count added.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept


@kept
class FilingParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/filing.yaml."""

    platform_cost: float
    fewer_filings: float
    selective: float
    real_gain: float


def filings_kept(quality: float, p: FilingParameters) -> float:
    """Filings over those at the same research with support as in 2020. quality: index of the lever."""
    return 1.0 - p.fewer_filings * quality


def value_factor(quality: float, p: FilingParameters) -> float:
    """High-value share of what is filed over that of 2020: by composition, and by real gain."""
    composed = (1.0 - p.fewer_filings * quality * (1.0 - p.selective)) / (1.0 - p.fewer_filings * quality)
    return composed * (1.0 + p.real_gain * quality)


class Filing:
    """The quality index as it was paid for, now and when what is granted now was filed.

    filed: index by quarter of filing, modulo the lag. plain: of firms' grants of the quarter those not of
    high value, as expected. idle: nothing was ever offered.
    """

    def __init__(self, parameters: FilingParameters, lag: int) -> None:
        self.parameters = parameters
        self.filed = np.zeros(lag)
        self.now = self.at_grant = 0.0
        self.plain = 0.0
        self.idle = True

    def move(self, quarter: int, quality: float) -> None:
        """A quarter with this index begins; what is granted in it was filed a lag ago."""
        slot = quarter % len(self.filed)
        self.at_grant, self.filed[slot], self.now = float(self.filed[slot]), quality, quality
