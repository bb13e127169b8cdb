"""The luck of firms in a quarter: one array per purpose, filled by group, one number per firm."""

import numpy as np

from agents.engine.population import Population
from agents.firms.certification import AttitudeLuck
from agents.firms.conditions import Luck
from agents.firms.entry import EntryLuck
from sim.luck.draws import WORDS, Draws, Purpose


class FirmPurpose(Purpose):
    """What firms draw for, and entrants whether founded here or moved here."""

    CUSTOMER_JUMP = 0
    INNOVATION = 1
    PATENTS = 2
    PATENT_LAPSE = 3

    START_RESEARCH = 4
    LIQUIDATION = 5
    EXIT = 6
    PATENT_VALUE = 7

    CERTIFICATION = 8
    GRANT_APPLICATION = 9
    DIGITALISATION = 10
    MISUSE = 11

    ENTRY_SIZE = 12
    ENTRY_PRODUCTIVITY = 13
    ENTRY_QUALITY = 14
    ENTRY_MARKUP = 15

    ENTRY_EMERGING_SHARE = 16
    ENTRY_RESEARCH = 17
    ENTRY_RESEARCH_PROPENSITY = 18
    ENTRY_PATENT_PROPENSITY = 19

    ENTRY_INTELLECTUAL_PROPERTY = 20
    ENTRY_CASH = 21
    ENTRY_OWNERSHIP = 22
    ENTRY_SHOCK = 23

    LASTING_SHOCK = 76
    BRIEF_SHOCK = 77

    CERTIFICATE_SEEKING = 80
    CERTIFICATE_COST = 81
    RELABELLING = 82
    AUDIT = 83

    CERTIFICATE_DOUBT = 84


EVERY_QUARTER = (FirmPurpose.CUSTOMER_JUMP.group, FirmPurpose.START_RESEARCH.group)
WHEN_DUE = FirmPurpose.CERTIFICATION.group
ATTITUDES = FirmPurpose.CERTIFICATE_SEEKING.group
LASTING_QUARTER = 0  # for which what lasts is drawn, whenever it is asked for
ENTRY_GROUPS = (  # they follow each other
    FirmPurpose.ENTRY_SIZE.group,
    FirmPurpose.ENTRY_EMERGING_SHARE.group,
    FirmPurpose.ENTRY_INTELLECTUAL_PROPERTY.group,
)
DUE = {purpose: purpose.word for purpose in FirmPurpose if purpose.group == WHEN_DUE}
OF_ENTRY = {p: (ENTRY_GROUPS.index(p.group), p.word) for p in FirmPurpose if p.group in ENTRY_GROUPS}


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

    def of_january(self, firms: Population, quarter: int) -> tuple[np.ndarray, np.ndarray]:
        """The draws of the year's lasting and brief shocks, by row."""
        self._fill(0, FirmPurpose.LASTING_SHOCK.group, firms, quarter)
        return self._drawn[0, FirmPurpose.LASTING_SHOCK.word], self._drawn[0, FirmPurpose.BRIEF_SHOCK.word]

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
        size=words[FirmPurpose.ENTRY_SIZE],
        productivity=words[FirmPurpose.ENTRY_PRODUCTIVITY],
        quality=words[FirmPurpose.ENTRY_QUALITY],
        markup=words[FirmPurpose.ENTRY_MARKUP],
        emerging_share=words[FirmPurpose.ENTRY_EMERGING_SHARE],
        research=words[FirmPurpose.ENTRY_RESEARCH],
        research_propensity=words[FirmPurpose.ENTRY_RESEARCH_PROPENSITY],
        patent_propensity=words[FirmPurpose.ENTRY_PATENT_PROPENSITY],
        intellectual_property=words[FirmPurpose.ENTRY_INTELLECTUAL_PROPERTY],
        cash=words[FirmPurpose.ENTRY_CASH],
        ownership=words[FirmPurpose.ENTRY_OWNERSHIP],
        shock=words[FirmPurpose.ENTRY_SHOCK],
    )


def lasting(draws: Draws, firms: Population, purpose: Purpose) -> np.ndarray:
    """A permanent trait's draws by row: the same whenever they are drawn, so that no firm has to keep it."""
    by_row = np.empty(firms.capacity)
    draws.fill_word(purpose, LASTING_QUARTER, firms.id, by_row, (firms.start, firms.stop))
    return by_row


def attitude_luck(draws: Draws, ids: np.ndarray) -> AttitudeLuck:
    """The draws of what firms think of certificates, in the order of their ids."""
    drawn = np.empty((WORDS, len(ids)))
    draws.fill(ATTITUDES, LASTING_QUARTER, ids, drawn, 0, len(ids))
    return AttitudeLuck(
        seeking=drawn[FirmPurpose.CERTIFICATE_SEEKING.word],
        relabelling=drawn[FirmPurpose.RELABELLING.word],
        audit=drawn[FirmPurpose.AUDIT.word],
    )
