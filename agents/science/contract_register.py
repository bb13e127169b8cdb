"""Registered technology contracts: an administrative figure in nominal yuan, apart from what was traded.

Sellers register what they sell at an office of the province. How much is registered of a yuan traded, goods
and works that go with it included, rose from year to year: the figure grows by that as well.
"""

from dataclasses import dataclass

import numpy as np

from agents.engine.rules import stage

FIRST_YEAR, LAST_YEAR = 2016, 2020


@dataclass(frozen=True)
class Registration:
    """Yuan registered per yuan traded.

    firms, universities: by year of 2016 to 2020, by kind of seller. by_group: how much is registered of a
    yuan in each region group against others; it divides a total and does not change it.
    """

    firms: np.ndarray
    universities: np.ndarray
    by_group: np.ndarray

    def of_firms(self, services: np.ndarray, year: int) -> np.ndarray:
        """Registered contracts of firms by region group [yuan], given what they sold [yuan]."""
        weighted = services * self.by_group
        total = sum(weighted.tolist())
        if total == 0.0:
            return np.zeros(len(weighted))
        return weighted * (_of_year(self.firms, year) * sum(services.tolist()) / total)

    def of_universities(self, contracts: np.ndarray, year: int) -> np.ndarray:
        """Registered contracts of universities by region group [yuan], given what they sold [yuan]."""
        return contracts * _of_year(self.universities, year)


def _of_year(coverage: np.ndarray, year: int) -> float:
    """The coverage of a year; after 2020 that of 2020, for nothing is known of a further rise."""
    return float(coverage[min(max(year, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR])


def sums_of_groups(amounts: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    """Amounts [int64] added up by region group, exactly [float64]."""
    sums = np.zeros(groups)
    _add_by_group(amounts, group, sums)
    return sums


@stage
def _add_by_group(amounts, group, sums):
    for n in range(len(amounts)):
        sums[group[n]] += float(amounts[n])  # whole yuan, far fewer than 2**53
