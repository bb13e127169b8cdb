"""National innovation carriers: platforms hosted by institutions or by the firms of a cell.

Once a year candidates from the provincial pool compete in a national round, family by family; every few years
a carrier is reviewed and may lose its title. Hosts are numbered: institutions first, then the cells
(industry by industry, place by place). Luck comes in as uniforms in (0, 1).
"""

from dataclasses import dataclass

import numpy as np

from agents.engine.population import Population
from agents.engine.rules import stage
from agents.money.ledger import Ledger
from agents.money.programme import Programme
from agents.numbers.shares import split
from agents.state.carrier_round import award, competitors_standing, leads, results, standings, wave


@dataclass(frozen=True)
class CarrierParameters:
    """Values, units, ranges and sources: configs/parameters/carriers.yaml."""

    candidates: float
    patent_weight: float
    fund_effect: float
    fund_reference: float
    competitor_growth: float
    noise_scale: float
    quota_multiple: float
    pool_growth: float
    host_effect: float


@dataclass(frozen=True)
class CarrierFamilies:
    """What is known about the families, one element each.

    count_2015: national carriers at the start. yearly: titles a year for candidates as good as elsewhere.
    provincial: provincial carriers they come from; 0 where unknown, which does not limit.
    """

    names: tuple[str, ...]
    listed: np.ndarray
    hosted_by_universities: np.ndarray
    count_2015: np.ndarray
    yearly: np.ndarray
    provincial: np.ndarray
    spread: float
    review_years: int
    demotion_probability: float


class Carriers:
    """All national carriers, one element each: `id`, `family`, `host`, `since` (year of the title).

    promoted, demoted: of the current year, by family. pool: provincial carriers by family.
    candidate_family, candidate_host: of the current year's round.
    """

    def __init__(
        self,
        parameters: CarrierParameters,
        families: CarrierFamilies,
        universities: int,
        knowledge: np.ndarray,
    ) -> None:
        self.parameters = parameters
        self.families = families
        self.universities = universities
        self.hosts = len(knowledge)
        self.reference: np.ndarray | None = None  # competitors' standing by family, set by the first round
        self.reference_year = 0
        self.pool = np.asarray(families.provincial, dtype=np.int64).copy()
        self.limited = self.pool > 0
        yearly = np.asarray(families.yearly, dtype=np.float64)
        self.quotas = np.ceil(parameters.quota_multiple * yearly).astype(np.int64)  # titles of a year at most
        n = int(parameters.candidates)
        self.candidate_family = np.repeat(np.arange(len(families.names)), n)
        self.candidate_host = np.zeros(len(self.candidate_family), dtype=np.int64)
        self._begin(np.asarray(knowledge, dtype=np.float64))

    def _begin(self, knowledge: np.ndarray) -> None:
        """The carriers of end-2015 go to hosts by knowledge; their reviews are spread over the years."""
        families, hosts = [], []
        for f, count in enumerate(np.asarray(self.families.count_2015).tolist()):
            block = self._hosts_of(f)
            shares = split(int(count), np.maximum(knowledge[block], 1e-9))
            hosts += np.repeat(np.arange(block.start, block.stop), shares).tolist()
            families += [f] * int(count)
        self.family = np.array(families, dtype=np.int64)
        self.host = np.array(hosts, dtype=np.int64)
        self.since = 2015 - np.arange(len(families)) % self.families.review_years
        self.id = np.arange(len(families), dtype=np.int64)
        self.next_id = len(families)
        self.opening = self.by_family()
        self.promoted = np.zeros_like(self.pool)
        self.demoted = np.zeros_like(self.pool)

    def _hosts_of(self, family: int) -> slice:
        if self.families.hosted_by_universities[family]:
            return slice(0, self.universities)
        return slice(self.universities, self.hosts)

    # --- what there is -----------------------------------------------------------------------------------

    def by_family(self) -> np.ndarray:
        """National carriers in each family."""
        return np.bincount(self.family, minlength=len(self.families.names)).astype(np.int64)

    def count(self, listed_only: bool = False) -> int:
        """National carriers under the wide definition, or in the plan's listed families only."""
        return int(np.count_nonzero(self.families.listed[self.family])) if listed_only else len(self.id)

    def host_weight(self) -> np.ndarray:
        """Weight of each host's knowledge in spillovers: above 1 for those with a carrier."""
        weight = np.ones(self.hosts)
        weight[self.host] = self.parameters.host_effect
        return weight

    # --- the year ----------------------------------------------------------------------------------------

    def review(self, year: int, luck: np.ndarray) -> None:
        """Carriers due for review lose the title with the given probability. luck: one per carrier."""
        self.opening = self.by_family()
        age = year - self.since
        due = (age > 0) & (age % self.families.review_years == 0)
        lost = due & (luck < self.families.demotion_probability)
        self.demoted = np.bincount(self.family[lost], minlength=len(self.pool)).astype(np.int64)
        self.pool += np.where(self.limited, self.demoted, 0)
        kept = ~lost
        self.id, self.family, self.host, self.since = (
            values[kept] for values in (self.id, self.family, self.host, self.since)
        )

    def nominate(self, knowledge: np.ndarray, luck: np.ndarray) -> None:
        """Chooses the year's candidates: hosts in proportion to knowledge. luck: one per candidate."""
        at_universities = np.asarray(self.families.hosted_by_universities)[self.candidate_family]
        for kind in (False, True):
            ours = np.flatnonzero(at_universities == kind)
            if not len(ours):
                continue
            block = slice(0, self.universities) if kind else slice(self.universities, self.hosts)
            ladder = np.cumsum(np.maximum(knowledge[block], 1e-9))
            place = np.searchsorted(ladder, luck[ours] * ladder[-1], side="right")
            self.candidate_host[ours] = block.start + np.minimum(place, block.stop - block.start - 1)

    def national_round(
        self,
        year: int,
        knowledge: np.ndarray,
        high_value: np.ndarray,
        grants: np.ndarray,
        luck: np.ndarray,
        luck_of_year: np.ndarray,
        size: float = 1.0,
    ) -> None:
        """Gives the year's titles.

        knowledge, high_value: of every host. grants: yuan per candidate. luck: one per candidate.
        luck_of_year: one per family, for the size of its round. size: of all rounds over a usual year's.
        """
        standing_of = np.zeros(self.hosts)
        standings(knowledge, high_value, self.parameters.patent_weight, standing_of)
        advantage = self._advantage(year, knowledge, standing_of, np.asarray(grants, dtype=np.float64))
        f, p = self.families, self.parameters
        waves = np.array([size * wave(u, f.spread) for u in luck_of_year.tolist()])
        yearly, places = np.asarray(f.yearly, dtype=np.float64), float(int(p.candidates))
        merit = np.zeros(len(advantage))
        results(self.candidate_family, advantage, luck, waves, yearly, places, p.noise_scale, merit)
        self._promote(merit, year)
        self._refill_pool()

    def _advantage(
        self, year: int, knowledge: np.ndarray, standing_of: np.ndarray, grants: np.ndarray
    ) -> np.ndarray:
        """Leads of the candidates [log]; competitors' standing grows from what the first round found."""
        p = self.parameters
        if self.reference is None:
            self.reference = self._first_reference(knowledge, standing_of)
            self.reference_year = year
        reference = self.reference + p.competitor_growth * (year - self.reference_year)
        advantage = np.zeros(len(self.candidate_host))
        hosts, families = self.candidate_host, self.candidate_family
        leads(hosts, families, standing_of, grants, reference, p.fund_effect, p.fund_reference, advantage)
        return advantage

    def _first_reference(self, knowledge: np.ndarray, standing_of: np.ndarray) -> np.ndarray:
        """Standings of competitors at which the yearly titles of each family are what is expected."""
        p, weight = self.parameters, np.maximum(knowledge, 1e-9)
        chances = np.clip(np.asarray(self.families.yearly, dtype=np.float64) / int(p.candidates), 1e-9, 0.95)
        blocks = [self._hosts_of(f) for f in range(len(self.families.names))]
        return np.array(
            [
                competitors_standing(
                    weight, standing_of, block.start, block.stop, float(chance), p.noise_scale
                )
                for block, chance in zip(blocks, chances.tolist(), strict=True)
            ]
        )

    def _promote(self, merit: np.ndarray, year: int) -> None:
        """The best of each family's candidates above the threshold, within quota and pool."""
        quotas = np.where(self.limited, np.minimum(self.quotas, self.pool), self.quotas)
        self.promoted, chosen = np.zeros_like(self.pool), np.empty_like(self.candidate_family)
        n = award(self.candidate_family, merit, quotas, self.promoted, chosen)
        chosen = chosen[:n]
        self.pool -= np.where(self.limited, self.promoted, 0)
        self.id = np.concatenate([self.id, self.next_id + np.arange(n)])
        self.next_id += n
        self.family = np.concatenate([self.family, self.candidate_family[chosen]])
        self.host = np.concatenate([self.host, self.candidate_host[chosen]])
        self.since = np.concatenate([self.since, np.full(n, year)])

    def _refill_pool(self) -> None:
        """The province recognises new provincial carriers: a share of those there are, rounded down."""
        self.pool += (self.pool * self.parameters.pool_growth).astype(np.int64)


def ask_for_support(
    carriers: Carriers,
    programme: Programme,
    ledger: Ledger,
    firms: Population,
    anchor_rows: np.ndarray,
    prefectures: np.ndarray,
) -> np.ndarray:
    """Divides the programme's money evenly among this year's candidates; returns yuan per candidate.

    anchor_rows: see `anchors`. prefectures: of each host.
    """
    host = carriers.candidate_host
    at_university = host < carriers.universities
    row = np.where(at_university, -1, anchor_rows[np.maximum(host - carriers.universities, 0)])
    eligible = at_university | (row >= 0)
    grants = np.zeros(len(host), dtype=np.int64)
    if not eligible.any():
        return grants
    grants[eligible] = split(programme.can_pay(ledger), np.ones(int(eligible.sum())))
    programme.claim(int(grants.sum()))
    ours, theirs = np.flatnonzero(at_university), np.flatnonzero(row >= 0)
    # Two families may nominate one host: it is paid for each.
    payees = ledger.accounts.first_university + host[ours]
    grants[ours] = programme.support(ledger, payees, grants[ours], prefectures[host[ours]])
    grants[theirs] = programme.disburse(ledger, firms, row[theirs], grants[theirs])
    return grants


def anchors(firms: Population, cells: int) -> np.ndarray:
    """Row of the firm with the most knowledge in each cell, its anchor; -1 where none does research."""
    found = np.full(cells, -1)
    find_anchors(firms.arrays(), firms.start, firms.stop, np.zeros(cells), found)
    return found


@stage
def find_anchors(firms, starts, stops, most, found):
    """Writes the row of the firm with the most knowledge in each cell, and this knowledge."""
    places = len(found) // len(starts)
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            cell = k * places + firms.prefecture[i]
            if firms.knowledge[i] > most[cell]:
                most[cell] = firms.knowledge[i]
                found[cell] = i
