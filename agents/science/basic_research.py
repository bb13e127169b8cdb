"""Basic research that a fund adds: what it brings comes years later, is seldom and sometimes large.

Money of the fund is research of institutions like any other, but nothing is filed or disclosed of it at once.
A share of it becomes an invention after three to five years, of heavy-tailed quality; firms file patents that
build on it, as often as studies found for public science; and it adds to what the institution knows.
Source: Azoulay, Graff Zivin, Li and Sampat (2019), Review of Economic Studies 86, for patents of firms.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.numbers.distributions import pareto, poisson_quantile
from agents.numbers.elementary import log_
from agents.science.inventions import field_of, invention_id

APART = 1 << 19  # first ordinal of what basic research brings, apart from other inventions of its quarter
PATENTS = 1 << 18  # beside it: first ordinal of patents of firms
NOBODY = -1e300  # the key of a firm that does no research


@kept
class BasicResearchParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/basic_research.yaml."""

    usual_share: float
    research_per_invention: float
    quality_mean: float
    quality_tail: float
    shortest_lag: float
    longest_lag: float
    patents_per_research: float
    kept_here: float
    ability_weight: float


@rule
def lag_of(luck, p):
    """Quarters from research to its result, evenly between the shortest and the longest, both included."""
    return int(p.shortest_lag + luck * (p.longest_lag - p.shortest_lag + 1.0))


@rule
def basic_quality(luck, p):
    """Quality of an invention from basic research: Pareto, so that most are worth little and a few much.

    Source of the form: Scherer and Harhoff (2000), Research Policy 29.
    """
    return p.quality_mean * pareto(p.quality_tail, luck)


@rule
def user_key(log_knowledge, luck, weight):
    """Firms with the highest keys build on a result: more often those that know more. The noise is Gumbel."""
    return weight * log_knowledge - log_(-log_(luck))


@stage
def count_results(research, price, p, luck, inventions, patents):
    """Draws how many inventions and patents of firms come of each institution's basic research of a quarter.

    research: [yuan] at the `price` of research. luck: shape (2, n). Returns how many all are.
    """
    found = 0
    for u in range(len(research)):
        real = float(research[u]) / price
        inventions[u] = poisson_quantile(real / p.research_per_invention, luck[0, u])
        patents[u] = poisson_quantile(real * p.patents_per_research * p.kept_here, luck[1, u])
        found += inventions[u] + patents[u]
    return found


@stage
def number_results(inventions, patents, quarter, ids, owner, is_patent):
    """Writes id, institution and kind of each result to be, institution by institution."""
    n = 0
    for u in range(len(inventions)):
        for ordinal in range(inventions[u]):
            ids[n], owner[n], is_patent[n] = invention_id(quarter, u, APART + ordinal), u, 0
            n += 1
        for ordinal in range(patents[u]):
            ids[n], owner[n], is_patent[n] = invention_id(quarter, u, APART + PATENTS + ordinal), u, 1
            n += 1


@stage
def describe_results(owner, fields, quarter, p, luck, due, field, quality):
    """Writes when each result comes, its field and its quality. luck: shape (3, n)."""
    for n in range(len(owner)):
        due[n] = quarter + lag_of(luck[0, n], p)
        field[n] = field_of(luck[1, n], fields, owner[n])
        quality[n] = basic_quality(luck[2, n], p)


@stage
def rank_users(firms, p, luck, start, stop, keys):
    """Writes the key of rows `start` to `stop`; who does no research builds on nothing."""
    for i in range(start, stop):
        able = firms.research[i] > 0.0
        keys[i - start] = (
            user_key(firms.log_knowledge[i], luck[i - start], p.ability_weight) if able else NOBODY
        )


@stage
def file_patents(firms, rows, slot):
    """The firms in `rows` file a patent more each, to be granted with the quarter's others."""
    for n in range(len(rows)):
        firms.pending_patents[slot, rows[n]] += 1


class Results(NamedTuple):
    """What basic research will bring, one element each."""

    id: np.ndarray  # for luck
    owner: np.ndarray  # institution
    field: np.ndarray
    due: np.ndarray  # quarter
    is_patent: np.ndarray  # 1 if a patent of a firm, 0 if an invention of the institution
    quality: np.ndarray

    def chosen(self, which: np.ndarray) -> "Results":
        """Some of them."""
        return Results(*(column[which] for column in self))


def nothing() -> Results:
    """No result."""
    return Results(*np.zeros((len(Results._fields), 0), np.int64))._replace(quality=np.zeros(0))


class BasicResearch:
    """What the fund pays for and what is under way.

    funded: of the quarter by institution [yuan]. under_way: results to come. knowledge: to be added to
    institutions' [yuan at prices of 2016Q1], by quarter from now on, shape (lag, n). begun, inventions,
    patents: of the quarter: results that will come, those that came; lost: patents that no firm could file.
    before: results under way when the quarter began.
    """

    def __init__(self, parameters: BasicResearchParameters, institutions: int) -> None:
        self.parameters = parameters
        self.under_way = nothing()
        lag = int(0.5 * (parameters.shortest_lag + parameters.longest_lag))
        self.knowledge = np.zeros((lag + 1, institutions))
        self.funded = np.zeros(institutions, np.int64)
        self.idle = True
        self.open_quarter()

    def open_quarter(self) -> None:
        """Forgets what came in the last quarter."""
        self.before = len(self.under_way.id)
        self.begun = self.inventions = self.patents = self.lost = 0

    def begin(self, results: Results, real: np.ndarray) -> None:
        """Takes note of what the quarter's research [yuan at prices of 2016Q1] will bring."""
        joined = zip(self.under_way, results, strict=True)
        self.under_way = Results(*(np.concatenate(pair) for pair in joined))
        self.begun += len(results.id)
        self.make_room(len(real))
        self.knowledge[-1] += real

    def make_room(self, institutions: int) -> None:
        """For institutes that have joined since, of which no knowledge is under way yet."""
        lag, known = self.knowledge.shape
        if known < institutions:
            self.knowledge = np.concatenate([self.knowledge, np.zeros((lag, institutions - known))], axis=1)

    def due_now(self, quarter: int) -> Results:
        """Takes out the results of the quarter."""
        now = self.under_way.due <= quarter
        if not now.any():
            return nothing()
        found, self.under_way = self.under_way.chosen(now), self.under_way.chosen(~now)
        return found

    def knowledge_now(self, institutions: int) -> np.ndarray:
        """Takes out what institutions know from now on [yuan at prices of 2016Q1]."""
        self.make_room(institutions)
        now = self.knowledge[0].copy()
        self.knowledge[:-1], self.knowledge[-1] = self.knowledge[1:].copy(), 0.0
        return now
