"""How much more of their sales firms do research with in one prefecture than in another."""

import numpy as np
from numpy.typing import NDArray

from sim.start.strata import exponentials, logs

Array = NDArray[np.float64]


def log_research_by_place(ratios: Array | None, sales: Array, weight: float) -> Array:
    """Log of a firm's research by prefecture over the mean's; weighted by sales the factors average one.

    ratios: research over revenue of all industry, a positive share by prefecture; None where nothing is
    published, and then no place differs. sales: of the firms of each [yuan], not all zero. weight: how much
    of the log difference holds for the firms, since the ratios are those of all industry.
    """
    if ratios is None:
        return np.zeros(sales.size)
    relative = exponentials(weight * logs(ratios))
    parts = zip(relative.tolist(), sales.tolist(), strict=True)  # added up in their order
    mean = sum(factor * sold for factor, sold in parts) / sum(sales.tolist())
    return logs(relative / mean)
