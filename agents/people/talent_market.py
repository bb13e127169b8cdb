"""The market for skilled people: whole persons by prefecture and industry, their pay and their moves.

Skilled workers limit what firms with research can hire; high-end talent, people with a postgraduate degree or
equal standing who do research, moves what research yields. Both come as graduates and leave; talent also
comes from outside, drawn by pay, top-ups and places. A stock, no agents.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.firms.conditions import LocalLabour, like_everywhere
from agents.numbers.sums import sum_in_order
from agents.people.migration import (
    Seen,
    Terms,
    change_cells,
    count_leavers,
    count_trained,
    field_totals,
    invite,
    place_graduates,
    read_market,
    weigh_jobs,
    whole_persons,
)

KNOWN_FROM, KNOWN_TO = 2016, 2020


@kept
class TalentParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/talent.yaml."""

    pay_elasticity: float
    resident_elasticity: float
    amenity_weight: float
    cluster_elasticity: float
    living_cost_elasticity: float
    home_weight: float
    skilled_share: float
    reserve: float
    pay_response: float
    pay_lowest: float
    pay_highest: float
    lowest_hiring: float
    learning_loss: float
    job_changes: float
    training: float
    researcher_pay: float
    pay_wedge: float
    award_years: float
    talent_share: float
    talent_effect: float
    excess_lowest: float
    excess_highest: float
    graduates_to_technology: float
    postgraduates_to_research: float
    graduates_growth: float
    graduates_staying: float
    skilled_leaving: float
    talent_leaving: float
    pool_ratio: float
    pool_growth: float
    arrivals: float


@dataclass(frozen=True)
class Surroundings:
    """What is given from outside: places by prefecture, and who graduates where, in which field.

    amenity, living_cost: [place]. graduates, postgraduates: shares [place of study, field] adding to one.
    graduates_of, postgraduates_of: persons by year at the size of the real province.
    """

    amenity: np.ndarray
    living_cost: np.ndarray
    graduates: np.ndarray
    postgraduates: np.ndarray
    graduates_of: dict[int, float]
    postgraduates_of: dict[int, float]


@dataclass
class Stock:
    """Persons of one kind by cell: how many now and at the last count, and who came and went since.

    in_kind: what amenities of a lever and top-ups add to their pay, as a share of it.
    """

    persons: np.ndarray
    before: np.ndarray
    graduated: np.ndarray
    arrived: np.ndarray  # from outside; skilled workers: trained on the job
    changed: np.ndarray  # from or to another cell; adds to zero
    left: np.ndarray
    in_kind: np.ndarray
    top_up: float = 0.0  # of those who are there, not of those who come

    @classmethod
    def of(cls, cells: int) -> "Stock":
        """Nobody anywhere."""
        persons, before, graduated, arrived, changed, left = np.zeros((6, cells), np.int64)
        return cls(persons, before, graduated, arrived, changed, left, np.zeros(cells))

    def begin(self, persons: np.ndarray) -> None:
        """Sets how many there are."""
        self.persons, self.before = persons, persons.copy()

    def open_quarter(self) -> None:
        """Remembers the count and forgets who came and went."""
        self.before = self.persons.copy()
        for moves in (self.graduated, self.arrived, self.changed, self.left):
            moves[:] = 0


class TalentMarket:
    """Skilled workers and high-end talent of the province, and the outside pool of talent.

    local: what firms of a cell meet; all ones before `settle`.
    tightness: wanted skilled workers over the usual supply [cell]. pay: over the country's [cell].
    researchers: research staff of firms [persons, cell]. granted: newcomers with an award in this quarter.
    """

    def __init__(
        self, parameters: TalentParameters, surroundings: Surroundings, industries: int, scale: float
    ) -> None:
        cells = industries * len(surroundings.amenity)
        self.parameters = parameters
        self.surroundings = surroundings
        self.scale = scale
        self.local: LocalLabour = like_everywhere(cells)
        self.skilled, self.talent = Stock.of(cells), Stock.of(cells)
        self.tightness, self.pay = np.ones(cells), np.ones(cells)
        self.employed, self.wanted = np.zeros(cells), np.zeros(cells)
        self.researchers = np.zeros(cells)
        self.pool = np.zeros(industries)
        self.outside_graduates, self.outside_postgraduates = np.zeros(industries), np.zeros(industries)
        self.outside_talent = np.zeros(industries)
        self.granted = 0

    # --- the beginning -----------------------------------------------------------------------------------

    def settle(self) -> None:
        """The stocks that go with the demand seen, and outside weights that give the usual flows."""
        p, persons = self.parameters, np.zeros(len(self.employed), np.int64)
        whole_persons(self.employed * (1.0 + p.reserve), 0.5, persons)
        self.skilled.begin(persons.copy())
        whole_persons(self.researchers * p.talent_share, 0.5, persons)
        self.talent.begin(persons.copy())
        field_totals(self.researchers * p.talent_share * p.pool_ratio, self.pool)
        self.read()
        self._balance_with_outside()

    def _balance_with_outside(self) -> None:
        """Weights of the rest of the country: the share of graduates who stay and of the pool who come."""
        p, s = self.parameters, self.surroundings
        away = (1.0 - p.graduates_staying) / p.graduates_staying
        self._set_outside(self.outside_graduates, self._weights(self.wanted, self.skilled), s.graduates, away)
        weights = self._weights(self.researchers, self.talent)
        self._set_outside(self.outside_postgraduates, weights, s.postgraduates, away)
        whole = np.zeros(len(self.pool))
        field_totals(weights, whole)
        coming = p.arrivals / p.pool_ratio
        self.outside_talent[:] = whole * ((1.0 - coming) / coming)

    def _set_outside(self, outside: np.ndarray, weights: np.ndarray, shares: np.ndarray, away: float) -> None:
        """`away` times what a mean graduate of each field finds in the province."""
        home, within = self.parameters.home_weight, np.zeros(len(outside))
        field_totals(weights, within)
        of_field, at_home = np.zeros(len(outside)), np.zeros(len(outside))
        field_totals(shares.T.ravel(), of_field)
        field_totals(shares.T.ravel() * weights, at_home)
        mean = np.divide(at_home, of_field, out=np.zeros(len(outside)), where=of_field > 0.0)
        outside[:] = away * (within + (home - 1.0) * mean)

    # --- every quarter -----------------------------------------------------------------------------------

    def open_quarter(self) -> None:
        """A new quarter: nobody has moved yet."""
        self.skilled.open_quarter()
        self.talent.open_quarter()
        self.granted = 0

    def see(
        self, staff: np.ndarray, wanted: np.ndarray, research: np.ndarray, wage: float, staff_share: float
    ) -> None:
        """Takes in last quarter's demand: staff [workers], research [yuan/quarter] by cell."""
        p = self.parameters
        self.employed, self.wanted = staff * p.skilled_share, wanted * p.skilled_share
        self.researchers = research * (staff_share / (p.researcher_pay * wage))

    def read(self) -> None:
        """Pay, hiring, the yield of research and skill by cell, from stocks and demand."""
        seen = Seen(self.skilled.persons, self.employed, self.wanted, self.talent.persons, self.researchers)
        read_market(seen, self.parameters, Terms(self.tightness, self.pay, *self.local))

    def change_jobs(self) -> None:
        """Some of the skilled whom nobody wants in their cell go where skilled are short."""
        stock = self.skilled
        change_cells(stock.persons, self.wanted, self.parameters.job_changes, stock.changed)
        stock.persons += stock.changed

    def train(self) -> None:
        """Some of those who do skilled work without being counted as skilled have learned it."""
        stock = self.skilled
        count_trained(stock.persons, self.employed, self.parameters.training, stock.arrived)
        stock.persons += stock.arrived

    # --- once a year -------------------------------------------------------------------------------------

    def graduate(self, year: int, luck: np.ndarray, more: float = 0.0) -> None:
        """Graduates of the summer who look for work in technology firms choose a place; luck: [2].

        more: first degrees and diplomas who look for it beside those who usually do [persons].
        """
        p, s = self.parameters, self.surroundings
        looking = p.graduates_to_technology * self.graduates(s.graduates_of, year) + more
        weights = self._weights(self.wanted, self.skilled)
        self._employ(self.skilled, looking * s.graduates, weights, self.outside_graduates, float(luck[0]))
        looking = p.postgraduates_to_research * self.graduates(s.postgraduates_of, year)
        weights = self._weights(self.researchers, self.talent)
        self._employ(
            self.talent, looking * s.postgraduates, weights, self.outside_postgraduates, float(luck[1])
        )

    def take_trained(self, expected: float, luck: float) -> None:
        """So many who have learned outside firms take up skilled work, by cell as it is wanted there."""
        stock, persons = self.skilled, np.zeros(len(self.wanted), np.int64)
        wanted = sum_in_order(self.wanted)
        if wanted > 0.0:
            whole_persons(expected * self.wanted / wanted, luck, persons)
        stock.arrived += persons
        stock.persons += persons

    def graduates(self, of_year: dict[int, float], year: int) -> float:
        """Graduates of a year [persons at the model's scale]; after the last known year they grow."""
        known = of_year[min(max(year, KNOWN_FROM), KNOWN_TO)]
        for _ in range(KNOWN_TO, year):
            known *= 1.0 + self.parameters.graduates_growth
        return known * self.scale

    def _employ(
        self, stock: Stock, seeking: np.ndarray, weights: np.ndarray, outside: np.ndarray, luck: float
    ) -> None:
        expected, persons = np.zeros(len(weights)), np.zeros(len(weights), np.int64)
        home = self.parameters.home_weight
        place_graduates(np.ascontiguousarray(seeking), weights, outside, home, expected)
        whole_persons(expected, luck, persons)
        stock.graduated += persons
        stock.persons += persons

    def invited(self, top_up: np.ndarray) -> np.ndarray:
        """Talent of the outside pool who would come within a year [persons by cell, not yet whole]."""
        expected = np.zeros(len(top_up))
        invite(self.pool, self._weights(self.researchers, self.talent, top_up), self.outside_talent, expected)
        return expected

    def welcome(self, heads: int, top_up: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """Newcomers of a year; the award is promised to as much of the pool as `heads` awards suffice for.

        top_up: the award as a share of pay [cell]. luck: [2]. Returns newcomers with an award [cell].
        """
        within, promised = np.zeros(len(top_up)), 0.0
        if heads:
            within = self.invited(top_up)
            promised = min(1.0, heads / max(sum_in_order(within), 1e-9))
        return self.take_in(promised, within, luck)

    def take_in(self, promised: float | np.ndarray, within: np.ndarray, luck: np.ndarray) -> np.ndarray:
        """Newcomers of a year where awards are promised to a share of the pool, of each cell if an array.

        within: who would come with an award [persons by cell]. Returns newcomers with an award [cell].
        """
        without = self.invited(np.zeros(len(within)))
        granted, others = np.zeros((2, len(within)), np.int64)
        whole_persons(promised * within, float(luck[0]), granted)
        whole_persons((1.0 - promised) * without, float(luck[1]), others)
        self.talent.arrived += granted + others
        self.talent.persons += granted + others
        self.granted = int(granted.sum())
        self.pool *= 1.0 + self.parameters.pool_growth
        return granted

    def lose(self, luck: np.ndarray) -> None:
        """Those who retire or leave in a year; luck: [2, cell]."""
        p = self.parameters
        for n, (stock, base) in enumerate(
            ((self.skilled, p.skilled_leaving), (self.talent, p.talent_leaving))
        ):
            gone = np.zeros(len(stock.persons), np.int64)
            pay = self.pay * (1.0 + stock.in_kind + stock.top_up)
            count_leavers(stock.persons, pay, base, p.resident_elasticity, luck[n], gone)
            stock.left += gone
            stock.persons -= gone

    def top_up(self, award: float | np.ndarray, wage: float) -> np.ndarray:
        """An award [yuan] as a share of a newcomer's net pay over the years it is meant for [cell]."""
        p = self.parameters
        yearly = 4.0 * wage * p.researcher_pay * (1.0 - p.pay_wedge)
        return award / (p.award_years * yearly * self.pay)

    def net_pay(self, wage: float, over_worker: float) -> np.ndarray:
        """Net pay of persons who cost so many times a worker's `wage` [yuan/quarter] [yuan/year, cell]."""
        return 4.0 * wage * over_worker * (1.0 - self.parameters.pay_wedge) * self.pay

    def _weights(self, jobs: np.ndarray, stock: Stock, top_up: np.ndarray | None = None) -> np.ndarray:
        s, weights = self.surroundings, np.zeros(len(jobs))
        extra = stock.in_kind if top_up is None else stock.in_kind + top_up
        cluster = stock.persons / self.scale
        weigh_jobs(jobs, self.pay, extra, s.amenity, s.living_cost, cluster, self.parameters, weights)
        return weights
