"""Claims that stand for some quarters before they are decided, by who claimed and which programme shall pay.

standing.register(firms.id[rows], offers.divide(RESEARCH_SUPPORT, claims, firms.id[rows]))   # January
standing.give_up(ids_of_leavers)
for programme, parts in standing.of(firms.id[rows]): ...                                     # fourth quarter
"""

import numpy as np

from agents.money.offers import Divided


class StandingClaims:
    """Claims of a year, one element per claimant: `ids` in order, and `parts` [yuan] by programme."""

    def __init__(self) -> None:
        self.ids = np.zeros(0, np.int64)
        self.parts: Divided = []

    def register(self, ids: np.ndarray, parts: Divided) -> None:
        """Claims arise, in place of those of the year before, which were decided."""
        order = np.argsort(ids, kind="stable")
        self.ids, self.parts = ids[order], [(programme, part[order]) for programme, part in parts]
        for programme, part in self.parts:
            programme.claim(int(part.sum()))

    def of(self, ids: np.ndarray) -> Divided:
        """What the members of these ids have claimed of each programme [yuan], in the order of `ids`."""
        places, known = self._places(ids)
        return [(programme, np.where(known, part[places], 0)) for programme, part in self.parts]

    def give_up(self, ids: np.ndarray) -> None:
        """The claims of members who leave are withdrawn."""
        if not len(self.ids):
            return
        places, known = self._places(ids)
        for programme, part in self.parts:
            programme.give_up(int(part[places[known]].sum()))
            part[places[known]] = 0

    def close(self) -> None:
        """All are decided."""
        self.ids, self.parts = np.zeros(0, np.int64), []

    @property
    def waiting(self) -> int:
        """What is not yet decided [yuan]."""
        return sum(int(part.sum()) for _, part in self.parts)

    def _places(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where each id stands, and whether it is there at all."""
        places = np.minimum(np.searchsorted(self.ids, ids), max(len(self.ids) - 1, 0))
        return places, self.ids[places] == ids if len(self.ids) else np.zeros(len(ids), bool)
