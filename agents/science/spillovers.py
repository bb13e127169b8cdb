"""Knowledge within reach: the stocks of all cells, weighted by technology and by distance."""

import numpy as np

from agents.engine.rules import stage
from agents.numbers.elementary import exp_


class Spillovers:
    """The pool that the firms of each prefecture and industry can learn from.

    weights: of the knowledge of cell b for the firms of cell a, shape (cells, cells); 1 for their own cell.
        The same both ways, as distances are.
    pool, before: now and a quarter ago [yuan at 2016Q1 prices] by cell.
    """

    def __init__(
        self, distances: np.ndarray, industries: int, technology_weight: float, decay: float
    ) -> None:
        reach = np.array([[exp_(-float(d) / decay) for d in row] for row in distances])
        technology = np.full((industries, industries), technology_weight)
        np.fill_diagonal(technology, 1.0)
        self.weights = np.ascontiguousarray(np.kron(technology, reach))
        self.pool = np.zeros(len(self.weights))
        self.before = np.zeros(len(self.weights))

    def update(self, firms: np.ndarray, institutions: np.ndarray, institution_weight: float) -> None:
        """Takes the stocks of firms and institutions by cell; what was the pool becomes the one before."""
        self.before, self.pool = self.pool, np.zeros(len(firms))
        _weigh(self.weights, firms, institutions, institution_weight, self.pool)
        if not self.before.any():
            self.before = self.pool.copy()


@stage
def _weigh(weights, firms, institutions, institution_weight, pool):
    # Cell by cell of origin: the cells that it reaches are independent, so several are done at once.
    for b in range(len(firms)):
        stock, reach = firms[b] + institution_weight * institutions[b], weights[b]
        for a in range(len(pool)):
            pool[a] += reach[a] * stock
