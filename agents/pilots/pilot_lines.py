"""Pilot lines, testing and validation platforms: capacity by field and place, a queue, what a booking does.

What inventions bring on average, with the lines of 2020 and after the usual lag, is in how research and
licences raise productivity. A booking on a line of the programme adds to that: the invention becomes a
product more often, and earlier.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.elementary import exp_


class PilotParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/pilots.yaml."""

    usual_success: float
    success_gain: float
    usual_lag: float
    lag_saved: float
    reach: float
    seeking: float
    project_cost: float
    largest_gain: float
    patience: float
    line_cost: float
    running_cost: float
    wear: float
    works_at_home: float


@rule
def success_chance(access, p):
    """Chance that an invention with this access to a line, 0 to 1, becomes a product."""
    return min(1.0, p.usual_success + p.success_gain * access)


@rule
def quarters_to_market(access, p):
    """Whole quarters from the booking until the product is sold, at least one."""
    return max(1, int(p.usual_lag - p.lag_saved * access + 0.5))


@rule
def usual_gain(yearly_research, knowledge, price, elasticity, p):
    """What a project for a line brings on average without it [log points].

    The part of a year's research that it costs, as growth of the stock of knowledge times its elasticity.
    knowledge: yuan at 2016Q1 prices. price: of research, 1 in 2016Q1.
    """
    cost = min(p.project_cost, yearly_research / price)
    return elasticity * cost / max(knowledge, cost, 1.0)


@rule
def product_gain(usual, p):
    """What a success brings [log points], given the mean over successes and failures."""
    return min(p.largest_gain, usual / p.usual_success)


@stage
def chances_of(access, p, chances):
    """Writes the chance of each invention."""
    for n in range(len(access)):
        chances[n] = success_chance(access[n], p)


@stage
def usual_gains(research, knowledge, price, elasticity, p, gains):
    """Writes what a project of each firm usually brings [log points]; research: yuan/quarter."""
    for n in range(len(research)):
        gains[n] = usual_gain(4.0 * research[n], knowledge[n], price, elasticity, p)


@stage
def product_gains(usual, p, gains):
    """Writes what a success of each brings [log points]."""
    for n in range(len(usual)):
        gains[n] = product_gain(usual[n], p)


COLUMNS = {
    "firm": np.int64,  # id
    "cell": np.int64,  # when it applied
    "since": np.int64,  # quarter of the application
    "gain": np.float64,  # of a success [log points]
    "luck": np.float64,  # uniform
    "access": np.float64,  # to the line that it is booked on
    "due": np.int64,  # quarter of the outcome; 0 while it waits
    "usual_due": np.int64,  # quarter in which it would have been known without a line
}


class Pilots:
    """Inventions that wait for a line or are on one; one element each, in the order in which they applied."""

    firm: np.ndarray
    cell: np.ndarray
    since: np.ndarray
    gain: np.ndarray
    luck: np.ndarray
    access: np.ndarray
    due: np.ndarray
    usual_due: np.ndarray

    def __init__(self) -> None:
        for name, kind in COLUMNS.items():
            setattr(self, name, np.zeros(0, kind))

    def __len__(self) -> int:
        return len(self.firm)

    def add(self, firm: np.ndarray, cell: np.ndarray, gain: np.ndarray, luck: np.ndarray, now: int) -> None:
        """Takes in applicants."""
        n = len(firm)
        new = {"firm": firm, "cell": cell, "gain": gain, "luck": luck, "since": np.full(n, now)}
        for name, kind in COLUMNS.items():
            own = np.asarray(new.get(name, np.zeros(n)), kind)
            setattr(self, name, np.concatenate([getattr(self, name), own]))

    def keep(self, kept: np.ndarray) -> None:
        """Forgets all but the chosen ones."""
        for name in COLUMNS:
            setattr(self, name, getattr(self, name)[kept])

    @property
    def waits(self) -> np.ndarray:
        """Whether each still waits."""
        found: np.ndarray = self.due == 0
        return found


class PilotLines:
    """The lines of the programme, and what firms bring to them.

    capacity: bookings a year by cell of field and place. reach: of a line for a firm of another prefecture.
    wanted, left_over: by field, what was applied for in the last year, and the part of a booking that the
        capacity of a quarter left.
    before: inventions waiting or on a line at the end of the last quarter. applied, booked, products: that
        came, got a line, became products in this one. finished, gave_up, closed: that went, at last with
        their firm.
    works, runs: paid for in the quarter [yuan]. access_sum: of the quarter's bookings.
    """

    def __init__(
        self, parameters: PilotParameters, industries: int, distances: np.ndarray, scale: float
    ) -> None:
        self.parameters, self.scale = parameters, scale
        self.industries, self.places = industries, len(distances)
        self.reach = np.array([[exp_(-float(d) / parameters.reach) for d in row] for row in distances])
        self.capacity = np.zeros((industries, self.places))
        self.wanted, self.left_over = np.zeros(industries), np.zeros(industries)
        self.pilots = Pilots()
        self.open_quarter()

    def open_quarter(self) -> None:
        """Counts of the quarter begin anew."""
        self.before = len(self.pilots)
        self.applied = self.booked = self.finished = self.products = self.gave_up = self.closed = 0
        self.works = self.runs = 0
        self.access_sum = 0.0

    @property
    def idle(self) -> bool:
        """Whether there is neither a line nor anybody on one."""
        return not len(self.pilots) and not self.capacity.any()

    def field_of(self, cells: np.ndarray) -> np.ndarray:
        """The field of each cell."""
        found: np.ndarray = cells // self.places
        return found

    def wear_out(self) -> None:
        """A quarter of wear."""
        self.capacity *= 1.0 - 0.25 * self.parameters.wear

    def want(self, cells: np.ndarray) -> None:
        """Takes note of who applied in the quarter, by cell; what a year brings follows slowly."""
        now = np.bincount(self.field_of(cells), minlength=self.industries).astype(np.float64)
        first = self.wanted == 0.0
        self.wanted = np.where(first, 4.0 * now, 0.75 * self.wanted + now)

    def access(self, cells: np.ndarray) -> np.ndarray:
        """How well firms of these cells can use the lines of their field, 0 to 1: the mean over lines."""
        fields = self.capacity.sum(axis=1)
        near = self.capacity @ self.reach  # by field and place of the firm; distances are the same both ways
        mean = np.divide(near, fields[:, None], out=np.zeros_like(near), where=fields[:, None] > 0.0)
        found: np.ndarray = mean.ravel()[cells]
        return found

    def free_bookings(self) -> np.ndarray:
        """Whole bookings that each field can take this quarter; a part of one is left for the next."""
        there = self.left_over + 0.25 * self.capacity.sum(axis=1)
        whole: np.ndarray = there.astype(np.int64)
        self.left_over = there - whole
        return whole

    def book(self, places: np.ndarray, quarter: int) -> None:
        """Inventions in these places of the table go on a line."""
        pilots, p = self.pilots, self.parameters
        access = self.access(pilots.cell[places])
        lags = [quarters_to_market(one, p) for one in access.tolist()]
        pilots.access[places] = access
        pilots.due[places] = quarter + np.array(lags, np.int64)
        pilots.usual_due[places] = quarter + quarters_to_market(0.0, p)
        self.booked += len(places)
        self.access_sum += sum(access.tolist())

    def first_in_line(self, meant: np.ndarray | None, free: np.ndarray, most: int) -> np.ndarray:
        """Places in the table of those who come next, the longest waiting first, at most so many.

        meant: whether each cell is; None: all. free: bookings left by field, from which they are taken.
        """
        pilots = self.pilots
        chosen: list[int] = []
        fields = self.field_of(pilots.cell)
        may = pilots.waits if meant is None else pilots.waits & meant[pilots.cell]
        for place in np.flatnonzero(may).tolist():
            if len(chosen) == most:
                break
            if free[fields[place]] > 0:
                free[fields[place]] -= 1
                chosen.append(place)
        return np.array(chosen, np.int64)

    def short(self) -> np.ndarray:
        """Bookings a year that are wanted and cannot be had, by field."""
        waiting = self.field_of(self.pilots.cell[self.pilots.waits])
        queue = np.bincount(waiting, minlength=self.industries)
        return np.maximum(self.wanted + queue - self.capacity.sum(axis=1), 0.0)

    def outcomes(self, quarter: int) -> tuple[np.ndarray, np.ndarray]:
        """Places in the table, and log points by which their firms change this quarter.

        A success is sold from its due quarter on. Where it would have come without a line, too, what it
        brings is part of what research usually yields from the usual quarter on, and is taken back then.
        """
        pilots, p = self.pilots, self.parameters
        chance = np.empty(len(pilots))
        chances_of(pilots.access, p, chance)
        sold = (pilots.due == quarter) & (pilots.luck < chance)
        usual = (pilots.due > 0) & (pilots.usual_due == quarter) & (pilots.luck < p.usual_success)
        self.products += int(sold.sum())
        change = pilots.gain * (sold.astype(np.float64) - usual.astype(np.float64))
        places = np.flatnonzero(change)
        return places, change[places]

    def forget(self, quarter: int, there: np.ndarray) -> None:
        """Forgets the finished, those who lost patience, and those whose firm is not there any more."""
        pilots = self.pilots
        known = np.maximum(pilots.due, pilots.usual_due)
        finished = (pilots.due > 0) & (known <= quarter) & there
        tired = pilots.waits & (quarter - pilots.since >= int(self.parameters.patience)) & there
        self.finished += int(finished.sum())
        self.gave_up += int(tired.sum())
        self.closed += int((~there).sum())
        pilots.keep(np.flatnonzero(there & ~finished & ~tired))
