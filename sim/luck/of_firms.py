"""The luck of firms in a quarter: one array per purpose, filled by group, one number per firm."""

import numpy as np

from agents.engine.population import Population
from agents.firms.certification import AttitudeLuck
from agents.firms.conditions import Luck
from agents.firms.entry import EntryLuck
from sim.luck.draws import WORDS, Draws, Purpose

EVERY_QUARTER = (Purpose.CUSTOMER_JUMP.group, Purpose.START_RESEARCH.group)
WHEN_DUE = Purpose.CERTIFICATION.group
ATTITUDES = Purpose.CERTIFICATE_SEEKING.group
LASTING_QUARTER = 0  # for which what lasts is drawn, whenever it is asked for
ENTRY_GROUPS = (  # they follow each other
    Purpose.ENTRY_SIZE.group,
    Purpose.ENTRY_EMERGING_SHARE.group,
    Purpose.ENTRY_INTELLECTUAL_PROPERTY.group,
)
DUE = {purpose: purpose.word for purpose in Purpose if purpose.group == WHEN_DUE}
OF_ENTRY = {p: (ENTRY_GROUPS.index(p.group), p.word) for p in Purpose if p.group in ENTRY_GROUPS}


class FirmLuck:
    """Fills and holds the draws of all firms.

    The arrays are used again: what was drawn is good until the next call.
    """

    def __init__(self, draws: Draws) -> None:
        self.draws = draws
        self._make_room(0)

    def _make_room(self, capacity: int) -> None:
        self._drawn = np.empty((len(EVERY_QUARTER), WORDS, capacity))
        self._luck = Luck(*self._drawn[0], *self._drawn[1])

    def __reduce__(self) -> tuple:
        return FirmLuck, (self.draws,)  # a copy draws anew: nothing is kept from one quarter to the next

    def of_quarter(self, firms: Population, quarter: int) -> Luck:
        """The draws that every quarter needs, by row."""
        for place, group in enumerate(EVERY_QUARTER):
            self._fill(place, group, firms, quarter)
        return self._luck

    def when_due(self, firms: Population, quarter: int) -> dict[Purpose, np.ndarray]:
        """The draws of yearly and half-yearly decisions, by purpose and row."""
        self._fill(0, WHEN_DUE, firms, quarter)
        return {purpose: self._drawn[0, word] for purpose, word in DUE.items()}

    def _fill(self, place: int, group: int, firms: Population, quarter: int) -> None:
        if self._drawn.shape[2] != firms.capacity:
            self._make_room(firms.capacity)
        self.draws.fill_segments(group, quarter, firms.id, self._drawn[place], firms.start, firms.stop)


def entry_luck(draws: Draws, ids: np.ndarray, quarter: int) -> EntryLuck:
    """The draws of entrants' traits, in the order of their ids."""
    drawn = np.empty((len(ENTRY_GROUPS), WORDS, len(ids)))
    draws.fill_groups(ENTRY_GROUPS[0], quarter, ids, drawn)
    words = {purpose: drawn[place] for purpose, place in OF_ENTRY.items()}
    return EntryLuck(
        size=words[Purpose.ENTRY_SIZE],
        productivity=words[Purpose.ENTRY_PRODUCTIVITY],
        quality=words[Purpose.ENTRY_QUALITY],
        markup=words[Purpose.ENTRY_MARKUP],
        emerging_share=words[Purpose.ENTRY_EMERGING_SHARE],
        research=words[Purpose.ENTRY_RESEARCH],
        research_propensity=words[Purpose.ENTRY_RESEARCH_PROPENSITY],
        patent_propensity=words[Purpose.ENTRY_PATENT_PROPENSITY],
        intellectual_property=words[Purpose.ENTRY_INTELLECTUAL_PROPERTY],
        cash=words[Purpose.ENTRY_CASH],
        ownership=words[Purpose.ENTRY_OWNERSHIP],
    )


def lasting(draws: Draws, firms: Population, purpose: Purpose) -> np.ndarray:
    """A permanent trait's draws by row: the same whenever they are drawn, so that no firm has to keep it."""
    drawn = np.empty((WORDS, firms.capacity))
    draws.fill_segments(purpose.group, LASTING_QUARTER, firms.id, drawn, firms.start, firms.stop)
    return np.asarray(drawn[purpose.word])


def attitude_luck(draws: Draws, ids: np.ndarray) -> AttitudeLuck:
    """The draws of what firms think of certificates, in the order of their ids."""
    drawn = np.empty((WORDS, len(ids)))
    draws.fill(ATTITUDES, LASTING_QUARTER, ids, drawn, 0, len(ids))
    return AttitudeLuck(
        seeking=drawn[Purpose.CERTIFICATE_SEEKING.word],
        relabelling=drawn[Purpose.RELABELLING.word],
        audit=drawn[Purpose.AUDIT.word],
    )
