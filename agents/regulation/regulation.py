"""Regulation by prefecture and industry: working days that approvals take, and relief from compliance costs.

What was usual in 2020 is in how long firms build, how many are founded and what they spend on overhead; a
reform takes a share of the days off, or of the cost of complying. No money of the state moves.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.numbers.elementary import exp_

WORKING_DAYS = 62.5  # in a quarter: 250 a year
LONGEST_CUT = 0.95  # some days are always needed


@kept
class RegulationParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/regulation.yaml and the region's."""

    approval_days: float
    entry_response: float
    cost_of_waiting: float


@rule
def quarters_saved(cut, p):
    """Quarters by which an approval comes sooner where a share `cut` of its usual days is taken off."""
    return cut * p.approval_days / WORKING_DAYS


@stage
def ease_approval(cut, p, saved, entry):
    """Writes, by cell, the quarters saved and the factor on entry of a cut in approval time [share].

    Entry answers in the log of its factor: `entry_response` is what a reform that leaves no wait would add.
    Source of the size: freer registration in Guangdong, Barwick, Chen, Li and Zhang (2024).
    """
    for cell in range(len(cut)):
        saved[cell] = quarters_saved(cut[cell], p)
        entry[cell] = exp_(p.entry_response * cut[cell])


class Regulation:
    """Approval time and relief of each cell this quarter.

    cut: share of the usual days of approval taken off. saved: quarters by which works begin sooner.
    entry: factor on entry. relief: share of the cost of compliance that firms are spared.
    """

    def __init__(self, parameters: RegulationParameters, cells: int) -> None:
        self.parameters = parameters
        self.cut, self.saved, self.relief = np.zeros(cells), np.zeros(cells), np.zeros(cells)
        self.entry = np.ones(cells)
        self._mean_days: list[float] | None = None  # by place, once somebody has asked

    def approve(self, cut: np.ndarray) -> bool:
        """Takes a share [cell] of the usual days off; returns whether anything differs from before."""
        cut = np.minimum(cut, LONGEST_CUT)
        if np.array_equal(cut, self.cut):
            return False
        self.cut, self._mean_days = cut, None
        ease_approval(cut, self.parameters, self.saved, self.entry)
        return True

    def spare(self, relief: np.ndarray) -> None:
        """Spares firms a share [cell] of the cost of compliance, at most all of it."""
        self.relief = np.minimum(relief, 1.0)

    def days(self) -> np.ndarray:
        """Working days that the approval of an investment takes, by cell."""
        days: np.ndarray = self.parameters.approval_days * (1.0 - self.cut)
        return days

    def mean_days(self, places: int) -> list[float]:
        """Working days of an approval by place, of which there are so many: means over the industries."""
        if self._mean_days is None:
            self._mean_days = [self.parameters.approval_days] * places
            if self.cut.any():
                self._mean_days = self.days().reshape(-1, places).mean(axis=0).tolist()
        return self._mean_days

    def worth(self, incentive_weight: float) -> np.ndarray:
        """Utility of a place to who builds there, by cell: waiting costs what the capital would earn.

        incentive_weight: utility of a yuan per yuan of investment.
        """
        each = incentive_weight * 0.25 * self.parameters.cost_of_waiting
        worth: np.ndarray = each * self.saved
        return worth
