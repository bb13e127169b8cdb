"""Each year's change of emerging value added in every cell, divided among what brought it about.

A firm's emerging value added of a year is the sum of its quarters in whole yuan, each rounded as the totals
of cells round it. What a firm made in the year less what it made in the year before is
- of one that came in the year: entry;
- of one that left in the year: exit. What it still made in that year is missing in the next one, as exit too;
- of any other: reclassification, this year's value added times the change of its emerging share in January,
  and growth at the emerging share of the year before, which is the rest.
A firm that changes prefecture takes last year's with it: a transfer, which adds to zero over the province.
So the parts of a cell add up to its change without a remainder, however its firms came, moved and left.
Source of the form: Foster, Haltiwanger and Krizan (2001), of levels; Haltiwanger (1997), of entry and exit.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.elementary import yuan

# Parts by origin: column ORIGINS * part + origin of `told` and `owed`
ENTRY, GROWTH, RECLASSIFICATION, EXIT = range(4)
PARTS = 4
START, FOUNDED, SPIN_OFF, ARRIVED = range(4)  # firms of end-2015, of founders, on inventions, from outside
LATELY = 3  # further on for those that came since policies may differ
ORIGINS = 7
TRANSFER, COVERAGE = range(PARTS * ORIGINS, PARTS * ORIGINS + 2)
N_COLUMNS = PARTS * ORIGINS + 2


class Marks(NamedTuple):
    """What tells where a firm is from, and since when it is here.

    start: ids of the firms of end-2015 are below. moved, spin_off: bits set in the ids of such firms. lately:
    first quarter in which policies may differ. first: that of the year. A firm has its quarter of entry from
    its column: one from outside may have had its id for years.
    """

    start: int
    moved: int
    spin_off: int
    lately: int
    first: int


@dataclass
class Change:
    """What is remembered of the year and the one before, by cell [yuan].

    told: the year's change by part and origin, then transfer and coverage. owed: what the year already
    takes from the next one's. emerging: made since January. covered: counted beside what firms made.
    moved: made last year by firms that changed prefecture in this one.
    """

    told: np.ndarray
    owed: np.ndarray
    emerging: np.ndarray
    emerging_before: np.ndarray
    covered: np.ndarray
    covered_before: np.ndarray
    moved: int = 0

    @classmethod
    def of(cls, cells: int) -> "Change":
        """Nothing made and nothing owed."""
        told, owed = np.zeros((2, cells, N_COLUMNS), np.int64)
        return cls(told, owed, *np.zeros((4, cells), np.int64))

    def begin_year(self) -> None:
        """January: the year becomes the year before; what firms that left made in it is missing now."""
        self.told, self.owed = self.owed, np.zeros_like(self.owed)
        self.emerging_before, self.emerging = self.emerging, np.zeros_like(self.emerging)
        self.covered_before, self.covered = self.covered, np.zeros_like(self.covered)
        self.moved = 0

    def cover(self, counted: np.ndarray) -> None:
        """Adds what the quarter's statistics count in each cell beside what firms made [yuan, int64]."""
        self.covered = self.covered + counted

    def transfer(self, cells: tuple[np.ndarray, np.ndarray], before: np.ndarray, year: np.ndarray) -> None:
        """Firms go from one cell to another; before, year: what each made last year and since January."""
        for cell, sign in zip(cells, (-1, 1), strict=True):
            np.add.at(self.told[:, TRANSFER], cell, sign * (before - year))
            np.add.at(self.owed[:, TRANSFER], cell, sign * year)
        self.moved += int(before.sum())

    def gaps(self) -> np.ndarray:
        """By cell, the published change of the year less its parts [yuan]: zero."""
        published = self.emerging + self.covered - self.emerging_before - self.covered_before
        gaps: np.ndarray = published - self.told.sum(axis=1)
        return gaps

    def by_part(self) -> np.ndarray:
        """What is told of the year [part, origin, cell], without transfer and coverage."""
        return self.told[:, : PARTS * ORIGINS].T.reshape(PARTS, ORIGINS, -1)


@rule
def is_later(member, marks):
    """Whether a firm came after the start; one from outside may have had its id before."""
    return member >= marks.start or (member & marks.moved) != 0


@rule
def origin_of(member, entry, marks):
    """Where the firm of that id and quarter of entry is from."""
    came = FOUNDED if (member & marks.spin_off) == 0 else SPIN_OFF
    came = came if (member & marks.moved) == 0 else ARRIVED
    came = came if entry < marks.lately else came + LATELY
    return came if is_later(member, marks) else START


@rule
def is_new(member, entry, marks):
    """Whether a firm came in this year."""
    return is_later(member, marks) and entry >= marks.first


@rule
def reclassified(made, share, shift):
    """The part of emerging value added [yuan] that is there because the share changed by `shift`."""
    return yuan(float(made) * (shift / share)) if share > 0.0 else 0


@stage
def tell_firms(firms, marks, starts, stops, told):
    """Adds the change of each firm that is there at the year's end to `told`; its next year begins."""
    places = len(told) // len(starts)
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            cell, member, entry = k * places + firms.prefecture[i], firms.id[i], firms.entry_quarter[i]
            origin, made = origin_of(member, entry, marks), firms.emerging_year[i]
            change = made - firms.emerging_last_year[i]
            shifted = reclassified(made, firms.emerging_share[i], float(firms.emerging_shift[i]))
            if is_new(member, entry, marks):
                told[cell, ORIGINS * ENTRY + origin] += change
            else:
                told[cell, ORIGINS * RECLASSIFICATION + origin] += shifted
                told[cell, ORIGINS * GROWTH + origin] += change - shifted
            firms.emerging_last_year[i] = made
            firms.emerging_year[i] = 0


@stage
def tell_leavers(firms, marks, rows, cells, told, owed):
    """Adds the change of firms that leave, at `rows` and in `cells`, to `told`, and what it owes the next."""
    for j in range(len(rows)):
        i, cell = rows[j], cells[j]
        member, entry, made = firms.id[i], firms.entry_quarter[i], firms.emerging_year[i]
        origin = origin_of(member, entry, marks)
        part = ENTRY if is_new(member, entry, marks) else EXIT
        told[cell, ORIGINS * part + origin] += made - firms.emerging_last_year[i]
        owed[cell, ORIGINS * EXIT + origin] -= made
