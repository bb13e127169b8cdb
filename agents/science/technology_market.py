"""The technology market: inventions of institutions meet firms that look for technology.

Four regional centres bring offers and seekers together; search costs and distance decide who meets, the
price is bargained, and what the buyer makes of the licence depends on how much it can absorb.

    meeting = market.meeting(policy, price)
    seekers = market.seekers(firms, behaviour, quarter, price, luck)
    deals = market.bargain(offers, seekers, market.pair(offers, seekers, meeting, drawn), firms, meeting)
"""

from typing import NamedTuple

import numpy as np

from agents.engine.population import Population
from agents.engine.records import kept
from agents.firms.parameters import FirmParameters
from agents.money.families import TransferPolicy
from agents.science.inventions import Luck
from agents.science.licences import Deals, bargain
from agents.science.technology_search import (
    TURNS,
    Meeting,
    Offers,
    Queues,
    Room,
    Seekers,
    ease_search,
    find_due,
    look_for_technology,
    pair_up,
)


@kept
class TechnologyMarketParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/technology_market.yaml."""

    matching_rate: float
    platform_effect: float
    centre_effect: float
    match_distance: float
    platform_reach: float
    seeking_share: float
    other_field: float
    invention_gain: float
    invention_reach: float
    largest_gain: float
    valuation_years: float
    search_cost: float
    bargaining_power: float
    reservation: float
    cash_share: float
    licensed_knowledge: float
    outside_rate: float
    offers_seen_outside: float
    outside_absorption: float
    platform_cost: float


class TechnologyMarket:
    """The market with its regional centres.

    group: region group of each prefecture. between: mean distance [km] of two groups, 0 within one.
    platform: index at which the platform works, as far as it is paid for. subsidy_paid: share of the
    subsidies asked for that was paid the last time.
    deals: licences of the quarter by region group of the buyer. income, of_inventors: licence money of the
    quarter by institution, and what of it went to inventors [yuan].
    registered, registered_universities: contracts registered in the quarter by region group [yuan].
    """

    def __init__(
        self,
        parameters: TechnologyMarketParameters,
        distances: np.ndarray,
        group: np.ndarray,
        institutions: int,
        industries: int,
        scale: float = 1.0,
    ) -> None:
        self.parameters = parameters
        self.seen_outside = parameters.offers_seen_outside * scale
        self.distances = np.ascontiguousarray(distances, dtype=np.float64)
        self.group = np.array(group, dtype=np.int64)
        self.between = distances_of_groups(self.distances, self.group)
        self.platform, self.subsidy_paid = 0.0, 1.0
        self.institutions, self.industries = institutions, industries
        self.open_quarter()

    def open_quarter(self) -> None:
        """Results of the quarter begin anew."""
        self.deals = np.zeros(len(self.between), dtype=np.int64)
        self.deals_outside = 0
        self.registered, self.registered_universities = np.zeros((2, len(self.between)))
        self.income, self.income_outside, self.of_inventors = np.zeros((3, self.institutions), dtype=np.int64)

    @property
    def licence_income(self) -> np.ndarray:
        """Licence income of each institution in the quarter, from the province and outside [yuan]."""
        return self.income + self.income_outside

    def meeting(self, policy: TransferPolicy, price: float) -> Meeting:
        """What platform, centres and subsidy make of search in a round."""
        made = Meeting(
            group=self.group,
            rate=np.empty(len(self.between)),
            reach=np.empty_like(self.distances),
            between=np.empty_like(self.between),
            search_cost=np.empty_like(self.distances),
            subsidy=policy.deal_subsidy * self.subsidy_paid,
            price=price,
        )
        ease_search(self.distances, self.between, self.platform, policy.centres, self.parameters, made)
        return made

    def seekers_of_groups(self, seekers: Seekers) -> np.ndarray:
        """How many look for technology in each region group."""
        return np.bincount(self.group[seekers.prefecture], minlength=len(self.between))

    def seekers(
        self, firms: Population, behaviour: FirmParameters, quarter: int, price: float, luck: Luck
    ) -> Seekers:
        """The firms of the province that look for technology in the round of this quarter."""
        arrays = firms.arrays()
        due, ends = np.empty(firms.count + 1, dtype=np.int64), np.empty(firms.segments, dtype=np.int64)
        find_due(arrays, quarter // 2 % TURNS, firms.start, firms.stop, due, ends)
        rows = due[: ends[-1]]
        room, drawn = len(rows) + 1, luck(firms.id[rows])
        seekers = Seekers(*np.empty((3, room), dtype=np.int64), *np.empty((2, room)))
        n = look_for_technology(arrays, rows, ends, drawn, behaviour, self.parameters, price, seekers)
        return Seekers(*(column[:n] for column in seekers))

    def pair(self, offers: Offers, seekers: Seekers, meeting: Meeting, luck: np.ndarray) -> np.ndarray:
        """The seeker whom each offer meets, NOBODY or OUTSIDE. luck: one uniform per offer."""
        groups, cells = len(self.between), (2, len(self.group), self.industries)
        counts, chances = np.zeros((2, groups), dtype=np.int64), np.empty((groups, groups))
        first, free = np.zeros(cells, dtype=np.int64)
        room = Room(counts, chances, Queues(first, free, np.empty(len(seekers.row), dtype=np.int64)))
        partner = np.empty(len(offers.field), dtype=np.int64)
        outside = self.parameters.outside_rate * min(1.0, self.seen_outside / max(len(partner), 1))
        pair_up(offers, seekers, luck, meeting, outside, self.parameters, room, partner)
        return partner

    def bargain(
        self, offers: Offers, seekers: Seekers, partner: np.ndarray, firms: Population, meeting: Meeting
    ) -> Deals:
        """Prices and gains of those who agree."""
        place, row, price, place_outside, price_outside = np.empty((5, len(partner)), dtype=np.int64)
        room = Deals(place, row, price, np.empty(len(partner)), place_outside, price_outside)
        buyers = firms.arrays()
        agreed, sold = bargain(offers, seekers, partner, buyers, meeting, self.parameters, room)
        return Deals(*(column[:agreed] for column in room[:4]), *(column[:sold] for column in room[4:]))


def distances_of_groups(distances: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Mean distance [km] between the prefectures of two region groups, 0 within one."""
    groups = int(group.max()) + 1
    members = [np.flatnonzero(group == g).tolist() for g in range(groups)]
    between = np.zeros((groups, groups))
    for g in range(groups):
        for h in range(groups):
            pairs = [float(distances[a, b]) for a in members[g] for b in members[h]]
            between[g, h] = 0.0 if g == h else sum(pairs) / len(pairs)
    return between
