"""People who would found a technology firm: whole persons by prefecture and industry.

Some can found as soon as they dare; others are held back by credit until somebody stands for their loan.
Both kinds come from graduates, from the staff of firms and from founders whose firms have closed; they leave
by founding or by giving up. A stock, no agents.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.firms.conditions import years_since_2016
from agents.numbers.elementary import exp_, log_
from agents.people.migration import whole_persons

HANDFUL = 2.0  # persons added to both sides of a ratio, so that a cell with hardly anybody says little
FREE, HELD_BACK = 0, 1


@kept
class FounderParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/founders.yaml."""

    founding: float
    giving_up: float
    from_graduates: float
    trying_again: float
    usual_exit: float
    held_back: float
    stock_elasticity: float


@dataclass
class Waiting:
    """Persons of one kind by cell: how many now and at the last count, and who came and went since."""

    persons: np.ndarray
    before: np.ndarray
    came: np.ndarray
    founded: np.ndarray
    gave_up: np.ndarray

    @classmethod
    def of(cls, persons: np.ndarray) -> "Waiting":
        """So many, of whom nobody has moved."""
        return cls(persons, persons.copy(), *np.zeros((3, len(persons)), np.int64))

    def open_quarter(self) -> None:
        """Remembers the count and forgets who came and went."""
        self.before = self.persons.copy()
        for moves in (self.came, self.founded, self.gave_up):
            moves[:] = 0

    def take_in(self, persons: np.ndarray) -> None:
        """Some come [cell]."""
        self.came += persons
        self.persons += persons

    def found(self, persons: np.ndarray) -> None:
        """Some found a firm [cell]; who founds where nobody waited has come for it in the same quarter."""
        self.take_in(np.maximum(persons - self.persons, 0))
        self.founded += persons
        self.persons -= persons

    def lose(self, share: float, luck: float) -> None:
        """A share gives up."""
        gone = np.zeros(len(self.persons), np.int64)
        whole_persons(share * self.persons, luck, gone)
        self.gave_up += gone
        self.persons -= gone


@rule
def usual_stock(start, growth, quarter):
    """Persons who usually wait in a cell to found: their number at the start, growing as entry does."""
    return start * exp_(log_(1.0 + growth) * years_since_2016(quarter))


@stage
def pull_of_stock(persons, start, growth, quarter, f, pull):
    """Writes what the stock of those who can found does to entry: a factor by cell, 1 at its usual level.

    Source of the form: a matching of people to openings with a constant elasticity to the people, as
    Petrongolo and Pissarides (2001) survey it for jobs; the elasticity is a prior.
    """
    for cell in range(len(persons)):
        usual = usual_stock(start[cell], growth, quarter)
        relative = (float(persons[cell]) + HANDFUL) / (usual + HANDFUL)
        pull[cell] = exp_(f.stock_elasticity * log_(relative))


@rule
def over_usual(persons, usual, cell):
    """Persons of a cell's prefecture over their usual number."""
    place = cell % len(persons)
    return (float(persons[place]) + HANDFUL) / (float(usual[place]) + HANDFUL)


@stage
def expect_newcomers(inflow, staff, usual_staff, f, expected):
    """Writes who leaves a job to found [persons a quarter, cell], in step with the skilled people there.

    staff: by prefecture. Founders stay where they live; where in it the industries stand, entry has decided.
    """
    for cell in range(len(inflow)):
        expected[cell] = (1.0 - f.from_graduates) * inflow[cell] * over_usual(staff, usual_staff, cell)


@stage
def expect_graduates(inflow, graduates, usual_graduates, f, expected):
    """Adds who would found right after graduating [persons, cell], in step with those who stay; yearly."""
    for cell in range(len(inflow)):
        expected[cell] += 4.0 * f.from_graduates * inflow[cell] * over_usual(graduates, usual_graduates, cell)


@stage
def add_failed(closed, f, expected):
    """Adds founders of firms that have closed and try again [persons, cell]."""
    for cell in range(len(closed)):
        expected[cell] += f.trying_again * float(closed[cell])


class WouldBeFounders:
    """The stock of would-be founders, of both kinds.

    start: persons who can found in each cell at the end of 2015, if entry is to be as usual. inflow: who came
    a quarter then from jobs and universities together. growth: of entry a year.
    closed: firms of each cell that closed this quarter. approval: how easily firms of each cell are approved
    and registered, over what is usual: a factor on entry. beyond: entry that the world lets one expect over
    what its growth to 2020 would bring; who comes is so many times as many. usual: who usually waits then.
    """

    def __init__(self, parameters: FounderParameters, cells: int, growth: float) -> None:
        """Nobody anywhere, before `settle`."""
        self.parameters, self.growth = parameters, growth
        self.start, self.inflow, self.approval = np.zeros(cells), np.zeros(cells), np.ones(cells)
        self.free, self.held_back = (Waiting.of(np.zeros(cells, np.int64)) for _ in range(2))
        self.usual_staff: np.ndarray | None = None  # skilled people when they were first counted
        self.usual_graduates: np.ndarray | None = None  # who began in the first summer
        self.closed = np.zeros(cells, np.int64)
        self.beyond = self.usual = 1.0

    def settle(self, entrants: np.ndarray, firms: np.ndarray) -> None:
        """The stock with which entry is as usual; entrants expected in a quarter and firms, by cell."""
        p, growth = self.parameters, self._growth_of_stock
        self.start = entrants / p.founding
        replaced = self.start * (p.founding + p.giving_up + growth)
        again = (1.0 - p.held_back) * p.trying_again * 0.25 * p.usual_exit * firms
        self.inflow = np.maximum(replaced - again, 0.0) / (1.0 - p.held_back)
        whole = np.zeros((2, len(entrants)), np.int64)
        whole_persons(self.start, 0.5, whole[FREE])
        usual = replaced / (1.0 - p.held_back) * p.held_back / (p.giving_up + growth)
        whole_persons(usual, 0.5, whole[HELD_BACK])
        self.free, self.held_back = Waiting.of(whole[FREE]), Waiting.of(whole[HELD_BACK])

    @property
    def _growth_of_stock(self) -> float:
        """Of those who usually wait [share a quarter]."""
        # Entry that falls faster than people give up would leave no usual stock of those held back.
        return max(0.25 * self.growth, -0.5 * self.parameters.giving_up)

    def expect(self, beyond: float) -> None:
        """What the world lets one expect of a quarter's entry; who waits becomes more or fewer as people come
        and give up, and that alone moves nobody to found or not to."""
        self.beyond = beyond
        self.usual += (self.parameters.giving_up + self._growth_of_stock) * (beyond - self.usual)

    def open_quarter(self) -> None:
        """A new quarter: nobody has moved yet."""
        self.free.open_quarter()
        self.held_back.open_quarter()

    def pull(self, quarter: int) -> np.ndarray:
        """Factor on entry by cell of how many can found, over their usual number."""
        pull = np.empty(len(self.start))
        start = self.start * self.usual
        pull_of_stock(self.free.persons, start, self.growth, quarter, self.parameters, pull)
        return pull

    def come(self, staff: np.ndarray, graduates: np.ndarray, luck: np.ndarray) -> None:
        """Newcomers of a quarter join; luck: [2], of those who can found and of those who cannot.

        staff: skilled people, graduates: those who began to work this quarter; by prefecture [persons].
        """
        p, expected, inflow = self.parameters, np.zeros(len(self.start)), self.inflow * self.beyond
        if self.usual_staff is None and staff.any():
            self.usual_staff = staff.copy()
        expect_newcomers(inflow, staff, staff if self.usual_staff is None else self.usual_staff, p, expected)
        if graduates.any():
            self.usual_graduates = graduates.copy() if self.usual_graduates is None else self.usual_graduates
            expect_graduates(inflow, graduates, self.usual_graduates, p, expected)
        add_failed(self.closed, p, expected)
        self._divide(expected, luck)
        self.closed[:] = 0

    def _divide(self, expected: np.ndarray, luck: np.ndarray) -> None:
        whole = np.zeros((2, len(expected)), np.int64)
        whole_persons((1.0 - self.parameters.held_back) * expected, float(luck[FREE]), whole[FREE])
        whole_persons(self.parameters.held_back * expected, float(luck[HELD_BACK]), whole[HELD_BACK])
        self.free.take_in(whole[FREE])
        self.held_back.take_in(whole[HELD_BACK])

    def give_up(self, luck: np.ndarray) -> None:
        """Some of both kinds give up; luck: [2]."""
        for one, own in zip((self.free, self.held_back), luck.tolist(), strict=True):
            one.lose(self.parameters.giving_up, own)
