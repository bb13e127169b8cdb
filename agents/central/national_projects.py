"""National research projects (国家科技计划) of universities and firms, and the match that the province adds.

What is usually won is given: of universities the part of their money that comes as projects, of firms a
number of projects whose money the base holds. The match makes more applications succeed, by a response that
nobody has measured; what is won in addition comes from the centre, over the years of a project.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.numbers.distributions import poisson_quantile
from agents.numbers.elementary import exp_, log_

NOBODY = -1e300  # the key of a firm that may not apply
YEAR = 4  # quarters


@kept
class NationalProjectParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/national_projects.yaml, and the region's."""

    response: float
    competitive: float
    quality_weight: float
    project_years: float
    university_project: float
    firm_project: float
    firm_projects: float
    ability_weight: float


@rule
def added_share(response, match):
    """Projects won in addition, over those that are usual, where the province adds `match` to each yuan."""
    return exp_(response * match) - 1.0


@rule
def weight_of_rank(rank, weight):
    """How much likelier than others an applicant of this rank wins. rank: in (0, 1), 1 is the best."""
    return 1.0 + weight * (2.0 * rank - 1.0)


@rule
def standing_key(log_knowledge, luck, weight):
    """Firms with the highest keys win: more often the able ones. The noise is Gumbel."""
    return weight * log_knowledge - log_(-log_(luck))


@stage
def count_added(money, ranks, p, share, luck, counts):
    """Writes how many projects each institution wins in addition in a year.

    money: of usual projects [yuan/year]. share: see `added_share`.
    """
    for u in range(len(money)):
        mean = share * weight_of_rank(ranks[u], p.quality_weight) * float(money[u]) / p.university_project
        counts[u] = poisson_quantile(mean, luck[u])


@stage
def rank_firms(firms, p, luck, starts, stops, keys):
    """Writes the key of each row; who does no research wins no project."""
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            able = firms.research[i] > 0.0
            keys[i] = standing_key(firms.log_knowledge[i], luck[i], p.ability_weight) if able else NOBODY


def ranks_of(values: np.ndarray) -> np.ndarray:
    """The place of each among all, in (0, 1); equal values stand in their order."""
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = (np.arange(len(values)) + 0.5) / max(len(values), 1)
    return ranks


@dataclass
class NationalProjects:
    """National projects that were won in addition, and what of their money is still to come.

    ahead: money of institutions [yuan] by quarter from now on and institution. firm, yearly, years: id, money
    a year [yuan] and years to come of firms' projects. matched, won: projects of the round whose match is
    paid, and those among them that were won in addition. awarded, paid, lapsed: central money of the quarter
    [yuan]: what was won, what was paid, what firms that are gone did not get. match: yuan added to each yuan
    this year.
    """

    parameters: NationalProjectParameters
    institutions: int
    matched: int = 0
    won: int = 0
    awarded: int = 0
    paid: int = 0
    lapsed: int = 0
    match: float = 0.0
    ahead: np.ndarray = field(init=False)
    firm: np.ndarray = field(init=False)
    yearly: np.ndarray = field(init=False)
    years: np.ndarray = field(init=False)
    opening: int = 0

    def __post_init__(self) -> None:
        self.ahead = np.zeros((YEAR * self.duration, self.institutions), np.int64)
        self.firm, self.yearly, self.years = np.zeros((3, 0), np.int64)

    @property
    def duration(self) -> int:
        """Years of a project."""
        return int(self.parameters.project_years + 0.5)

    @property
    def promised(self) -> int:
        """Central money still to come [yuan]."""
        return int(self.ahead.sum()) + int((self.yearly * self.years).sum())

    def open_quarter(self) -> None:
        """Forgets what was won and paid in the last quarter."""
        self.opening = self.promised if self.under_way else 0
        self.matched = self.won = self.awarded = self.paid = self.lapsed = 0

    @property
    def under_way(self) -> bool:
        """Whether money of projects is still to come."""
        return bool(len(self.firm)) or bool(self.ahead.any())

    def award_institutions(self, counts: np.ndarray) -> None:
        """Projects won by institutions: their money comes in even parts from this quarter on."""
        each = int(self.parameters.university_project) // len(self.ahead)
        self.ahead += each * counts
        self.won += int(counts.sum())
        self.awarded += each * len(self.ahead) * int(counts.sum())

    def due_now(self) -> np.ndarray:
        """Takes out what institutions are to get this quarter [yuan]."""
        due = self.ahead[0].copy()
        self.ahead[:-1], self.ahead[-1] = self.ahead[1:].copy(), 0
        self.paid += int(due.sum())
        return due

    def award_firms(self, ids: np.ndarray) -> None:
        """Projects won by firms: their money comes once a year, the first part now."""
        each = int(self.parameters.firm_project) // self.duration
        self.firm = np.concatenate([self.firm, ids])
        self.yearly = np.concatenate([self.yearly, np.full(len(ids), each)])
        self.years = np.concatenate([self.years, np.full(len(ids), self.duration)])
        self.won += len(ids)
        self.awarded += each * self.duration * len(ids)

    def pay_first_year(self, new: int) -> np.ndarray:
        """The first year's money [yuan] of so many projects that were just won; those of one year end."""
        first = len(self.firm) - new
        amounts = self.yearly[first:].copy()
        self.years[first:] -= 1
        self.paid += int(amounts.sum())
        self._keep(self.years > 0)
        return amounts

    def drop(self, gone: np.ndarray) -> None:
        """Projects of firms that left end, and what was to come of them lapses."""
        self.lapsed += int((self.yearly * self.years)[gone].sum())
        self._keep(~gone)

    def pay_year(self) -> np.ndarray:
        """A year's money of each firm's project [yuan], in their order; those that end are forgotten."""
        amounts = self.yearly.copy()
        self.years -= 1
        self.paid += int(amounts.sum())
        self._keep(self.years > 0)
        return amounts

    def _keep(self, kept: np.ndarray) -> None:
        self.firm, self.yearly, self.years = self.firm[kept], self.yearly[kept], self.years[kept]
