"""Incubators: seats by prefecture, who sits in them and until when, and what a seat does to a firm.

A seat is a place in a science and technology incubator or makerspace that a firm of the model may take; teams
and small traders, most of the published tenants, are no firms of the model.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.block import block_of
from agents.engine.records import kept
from agents.engine.rules import stage
from agents.people.migration import whole_persons

FIRST_KNOWN, LAST_KNOWN = 2016, 2020


@kept
class IncubatorParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/incubators.yaml and the region's."""

    seats_2016: float
    seats_2017: float
    seats_2018: float
    seats_2019: float
    seats_2020: float
    seeking: float
    largest_tenant: float
    stay: float
    stay_spread: float
    research_preferred: float
    seat_cost: float
    tenant_growth: float
    business_stealing: float


@stage
def tenants_of(seat_until, quarter, starts, stops, rows):
    """Rows of the firms that sit in an incubator in a quarter, into `rows`; returns how many there are."""
    found = 0
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            rows[found] = i
            found += 1 if seat_until[i] > quarter else 0
    return found


@stage
def admit(cells, order, reserved, free, taken, admitted):
    """Gives seats to applicants of `cells` in their order while there are any; sets `admitted` to 1.

    reserved: seats kept for firms of a cell. free: other seats of each prefecture that nobody holds.
    taken: by cell. Returns how many were admitted.
    """
    places, number = len(free), 0
    for n in range(len(order)):
        cell = cells[order[n]]
        place = cell % places
        own = taken[cell] < reserved[cell]
        if own or free[place] > 0:
            free[place] -= 0 if own else 1
            taken[cell] += 1
            admitted[order[n]] = 1
            number += 1
    return number


@stage
def free_seats(seats, reserved, taken, free):
    """Writes the seats of each prefecture, kept for nobody, that nobody holds; 0 where more sit than may."""
    places = len(free)
    for place in range(places):
        free[place] = seats[place]
    for cell in range(len(taken)):
        free[cell % places] -= max(taken[cell] - reserved[cell], 0)
    for place in range(places):
        free[place] = max(free[place], 0)


@stage
def sales_of_tenants(firm, quarter, p):
    """Annual sales [yuan] of the tenants of a block and of all its other firms."""
    tenants, others = 0.0, 0.0
    for i in range(len(firm.id)):
        sits = firm.seat_until[i] > quarter
        tenants += firm.trailing_sales[i] if sits else 0.0
        others += 0.0 if sits else firm.trailing_sales[i]
    return tenants, others


@stage
def grow_tenants(firms, quarter, p, starts, stops):
    """A year in an incubator: tenants win customers, a part of them from other firms of the industry at home.

    Source: gains of subsidised incubators in Guangdong are offset at their neighbours, Wong, Tong and Zhang
    (2024); US incubators: faster growth, Amezcua (2010). Both sizes are priors.
    """
    for k in range(len(starts)):
        firm = block_of(firms, starts[k], stops[k])
        tenants, others = sales_of_tenants(firm, quarter, p)
        stolen = p.business_stealing * p.tenant_growth * tenants / others if others > 0.0 else 0.0
        for i in range(len(firm.id)):
            change = p.tenant_growth if firm.seat_until[i] > quarter else -stolen
            firm.log_customer_capital[i] += change


class Seats(NamedTuple):
    """What there is: seats of each prefecture, and seats kept for firms of a cell."""

    general: np.ndarray
    reserved: np.ndarray


class Incubators:
    """Seats, and who took, kept and left one in the quarter.

    shares: of each prefecture in the seats. weights: of each cell in entry. taken: seats held, by cell.
    owed: what a programme still has to pay for seats that were taken [yuan, prefecture].
    seats, free: as they stood when the quarter's seats were given. own: seats of the prefectures that no
    programme pays for. crowded: firms let in where no seat was left, which may never be.
    """

    def __init__(
        self, parameters: IncubatorParameters, weights: np.ndarray, places: int, scale: float
    ) -> None:
        self.parameters, self.weights, self.scale = parameters, weights, scale
        self.shares = np.array([sum(weights[place::places].tolist()) for place in range(places)])
        self.taken = np.zeros(len(weights), np.int64)
        self._usual_seats: dict[int, np.ndarray] = {}  # by year, once it has come
        self.own = np.zeros(places, np.int64)
        self.seats = Seats(self.own.copy(), self.taken.copy())
        self.owed: dict[str, np.ndarray] = {}
        self.tenants = 0
        self.open_quarter()

    def open_quarter(self) -> None:
        """Forgets who came and went."""
        self.before = self.tenants
        self.applied = self.admitted = self.finished = self.left = self.crowded = 0

    def usual_seats(self, year: int) -> np.ndarray:
        """Seats of each prefecture that no programme pays for; from 2020 on as many as then."""
        known = min(max(year, FIRST_KNOWN), LAST_KNOWN)
        if known not in self._usual_seats:
            all_seats = getattr(self.parameters, f"seats_{known}")
            self._usual_seats[known] = self.divided(all_seats * self.scale, self.shares)
        return self._usual_seats[known]

    def seats_for(self, budget: int) -> int:
        """Seats that a year's budget [yuan] keeps."""
        return int(budget // max(round(self.parameters.seat_cost), 1))

    def divided(self, seats: float, shares: np.ndarray) -> np.ndarray:
        """So many seats in proportion to the shares, in whole seats."""
        whole = np.zeros(len(shares), np.int64)
        total = sum(shares.tolist())
        if total > 0.0:
            whole_persons(seats * shares / total, 0.5, whole)
        return whole

    def look(self, cells: np.ndarray, finished: int) -> None:
        """Takes in who sits now, by the cell of each, and how many have just finished."""
        self.taken = np.bincount(cells, minlength=len(self.taken)).astype(np.int64)
        self.finished, self.tenants = finished, len(cells)

    def give(self, cells: np.ndarray, order: np.ndarray) -> np.ndarray:
        """Seats for applicants, of whom `cells` tell, in this order; returns whether each got one."""
        free, admitted = np.zeros(len(self.shares), np.int64), np.zeros(len(cells), np.int64)
        free_seats(*self.seats, self.taken, free)
        before = self.taken.copy()
        self.admitted = int(admit(cells, order, self.seats.reserved, free, self.taken, admitted))
        self.applied, self.tenants = len(cells), self.tenants + self.admitted
        beyond = np.maximum(self._held(np.array([before, self.taken])) - self.seats.general, 0)
        self.crowded = int(np.maximum(beyond[1] - beyond[0], 0).sum())
        return admitted != 0

    def leave(self, number: int) -> None:
        """So many tenants close."""
        self.left += number
        self.tenants -= number

    @property
    def all_seats(self) -> float:
        """Seats of the quarter, those kept for firms of some cells among them."""
        return float(self.seats.general.sum() + self.seats.reserved.sum())

    def used_beyond_own(self) -> np.ndarray:
        """Seats of each prefecture that programmes have added for everybody and that are taken."""
        return np.minimum(np.maximum(self._held(self.taken) - self.own, 0), self.seats.general - self.own)

    def _held(self, taken: np.ndarray) -> np.ndarray:
        """Seats kept for nobody that are held in each prefecture; taken: by cell, in its last axis."""
        beyond = np.maximum(taken - self.seats.reserved, 0)
        held: np.ndarray = beyond.reshape(*taken.shape[:-1], -1, len(self.shares)).sum(axis=-2)
        return held
