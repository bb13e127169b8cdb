"""Amenities for skilled people: homes, places in schools and clinics that a lever builds for them.

A place serves one skilled person and the family. It is built in a year, wears, and is worth to whom it serves
a part of what it costs. Talent is served before other skilled workers; in a prefecture everybody of a kind is
served as likely as another. What there is without the lever stands in the region's index of amenities.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.people.migration import whole_persons


@kept
class AmenityParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/amenities.yaml."""

    place_cost: float
    works_lag: float
    wear: float
    service_yield: float
    valuation: float
    works_at_home: float


@rule
def worth_of_place(price, p):
    """What a place is worth a year to the person whom it serves [yuan]; price: of goods, 2015Q4 = 1."""
    return p.valuation * p.service_yield * p.place_cost * price


@rule
def share_served(places, persons):
    """Share of so many persons for whom there is a place."""
    return min(1.0, places / persons) if persons > 0.0 else 0.0


@stage
def share_out(places, talent, skilled, of_talent, of_skilled):
    """Writes the share of either kind of person that is served in each prefecture, talent first."""
    for a in range(len(places)):
        there, able = float(places[a]), float(talent[a])
        of_talent[a] = share_served(there, able)
        of_skilled[a] = share_served(max(0.0, there - able), float(skilled[a]))


class Amenities:
    """Places by prefecture: in use, and under way by the quarter in which they open.

    places: whole ones. before, opened, worn: of the quarter. talent, skilled: share of either kind that is
    served [prefecture]. worth: a year, per person served [yuan]. spent: of the quarter [yuan, prefecture].
    kept: money paid for the next place, not yet a whole one [yuan, prefecture].
    """

    def __init__(self, parameters: AmenityParameters, places: int) -> None:
        self.parameters = parameters
        self.places, self.before, self.opened, self.worn = np.zeros((4, places), np.int64)
        self.spent, self.kept = np.zeros((2, places), np.int64)
        self.under_way: dict[int, np.ndarray] = {}
        self.talent, self.skilled = np.zeros((2, places))
        self.worth = 0.0

    @property
    def any(self) -> bool:
        """Whether there is a place, in use or under way."""
        return bool(self.under_way) or bool(self.places.any())

    def open_quarter(self) -> None:
        """Remembers the count and forgets what opened and wore out."""
        self.before = self.places.copy()
        self.opened[:] = self.worn[:] = self.spent[:] = 0

    def build(self, spent: np.ndarray, cost: int, quarter: int) -> None:
        """Begins as many whole places as the money [yuan, prefecture] pays for, at a cost each [yuan]."""
        self.spent += spent
        whole, self.kept = np.divmod(self.kept + spent, max(cost, 1))
        if whole.any():
            due = quarter + max(1, int(self.parameters.works_lag))
            self.under_way[due] = self.under_way.get(due, 0) + whole

    def move(self, quarter: int) -> None:
        """What is ready opens, and a part of what there is wears out."""
        self.opened[:] = self.under_way.pop(quarter, 0)
        whole_persons(0.25 * self.parameters.wear * self.places, 0.5, self.worn)
        self.worn[:] = np.minimum(self.worn, self.places)
        self.places += self.opened - self.worn

    def serve(self, talent: np.ndarray, skilled: np.ndarray, price: float) -> None:
        """Who is served: talent first, then skilled workers [persons by prefecture]."""
        self.worth = float(worth_of_place(price, self.parameters))
        share_out(self.places, talent, skilled, self.talent, self.skilled)

    def in_kind(self, served: np.ndarray, net_pay: np.ndarray) -> np.ndarray:
        """What amenities add to pay in the mean, as a share of it [cell].

        served: share of the persons of a prefecture. net_pay: of each cell [yuan/year].
        """
        by_cell: np.ndarray = served * self.worth / net_pay.reshape(-1, len(served))
        return by_cell.ravel()
