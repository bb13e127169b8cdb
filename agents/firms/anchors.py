"""The firm that stands for a cell: the one with the largest knowledge stock among its neighbours."""

import numpy as np

from agents.engine.population import Population
from agents.engine.rules import stage
from agents.firms.totals import N_PREFECTURES


def anchors(firms: Population) -> np.ndarray:
    """Row of the firm with the most knowledge in each cell [126]; -1 where none does research."""
    found = np.full(len(firms.start) * N_PREFECTURES, -1)
    _find(firms.arrays(), firms.start, firms.stop, np.zeros(len(found)), found)
    return found


@stage
def _find(firms, starts, stops, best, found):
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            cell = k * N_PREFECTURES + firms.prefecture[i]
            if firms.knowledge[i] > best[cell]:
                best[cell] = firms.knowledge[i]
                found[cell] = i
