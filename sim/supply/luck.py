"""The luck of supply links."""

import numpy as np

from sim.luck.draws import Purpose
from sim.luck.ids import ABOVE


class SupplyPurpose(Purpose):
    """By anchor and place on its list; what a supplier gains and whom it meets by supplier."""

    SUPPLIER_SEARCH = 88
    SUPPLIER_CELL = 89
    SUPPLIER_FIRM = 90
    LINK_LOSS = 91

    SUPPLIER_GAIN = 92
    SUPPLIER_MET = 93


def members(ids: np.ndarray, places: int) -> np.ndarray:
    """Numbers of draws for every place on the lists of these anchors [anchor, place]."""
    return ids[:, None] + ABOVE * np.arange(places)
