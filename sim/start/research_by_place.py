"""How much more of their sales firms do research with in one prefecture than in another."""

import numpy as np
from numpy.typing import NDArray

from sim.start.strata import exponentials, logs

Array = NDArray[np.float64]


def log_research_by_place(research: Array | None, sales: Array, weight: float) -> Array:
    """Log of a firm's research by prefecture over the mean's; weighted by sales the factors average one.

    A prefecture's firms do more where its share of industry's research exceeds its share of their sales.
    research: of industry by prefecture, in any unit and all positive; None where nothing is published, and
    then no place differs. sales: of the firms of each [yuan]; a place without firms, as small populations
    have, is like the mean. weight: how much of the log difference holds.
    """
    if research is None:
        return np.zeros(sales.size)
    relative = exponentials(weight * (logs(research) - logs(np.maximum(sales, 1.0))))
    parts = zip(relative.tolist(), sales.tolist(), strict=True)  # added up in their order
    mean = sum(factor * sold for factor, sold in parts) / sum(sales.tolist())
    return np.where(sales > 0.0, logs(relative / mean), 0.0)
