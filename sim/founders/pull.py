"""What draws founders to a cell or keeps them from it, beside the profit earned there: named factors by cell.

A part that moves entry adds its own factor here; all are multiplied. 1 everywhere changes nothing.
"""

from collections.abc import Callable

import numpy as np

from agents.economy import Economy
from agents.founders.would_be import WouldBeFounders

Factor = Callable[[Economy], np.ndarray]


def of_stock(economy: Economy) -> np.ndarray:
    """How many can found, over their usual number."""
    return economy.of(WouldBeFounders).pull(economy.quarter)


def of_approval(economy: Economy) -> np.ndarray:
    """How easily a firm is approved and registered, over what is usual."""
    return economy.of(WouldBeFounders).approval


FACTORS: dict[str, Factor] = {"stock": of_stock, "approval": of_approval}


def pull_of_cells(economy: Economy) -> np.ndarray:
    """The factor on expected entry by cell."""
    pull = np.ones(economy.geography.cells)
    for factor in FACTORS.values():
        pull = pull * factor(economy)
    return pull
