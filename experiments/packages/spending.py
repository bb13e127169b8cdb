"""How far a package's spending goes beyond what may be spent, and in which year it costs most."""

from __future__ import annotations

import numpy as np

from experiments.packages.asked import Asked
from experiments.packages.measured import YEARS, cost_of
from experiments.packages.tries import Tries
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.values.tables import YI


def excess(asked: Asked, tries: Tries, values: np.ndarray, cost: float) -> float:
    """What is spent beyond the cap, or in a year beyond the fiscal cap, as a share of it; 0 or less: nothing.

    values: every measure of the package [pair, measure]. cost: beyond the base [100 m yuan].
    """
    found = [-1.0]
    if asked.cap is not None:
        found.append((cost - asked.cap) / max(asked.cap, 1.0))
    cap = load_fiscal_cap(asked.region)
    if cap is not None:
        found.append(most_in_a_year(tries, values) * YI / cap.yuan - 1.0)
    return max(found)


def most_in_a_year(tries: Tries, values: np.ndarray) -> float:
    """Public cost of the year in which a package costs most, with all that is in force [100 m yuan]."""
    return max(float(np.nanmean(values[:, tries.column(cost_of(year))])) for year in YEARS)
