"""Central budget investment: a national pool for each field, and what the province wins of it.

What was usual to 2020 is part of the transfers and of the investment that the base holds; here is what
projects beyond that win. Others ask for several times the pool: of what the province asks for it gets the
pool over all that is asked, so that the more it asks, the smaller the part.
Source of the form: a contest for a given prize, Tullock (1980).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.numbers.elementary import log_, yuan

NOBODY = -1e300  # the key of a firm that may not apply


@kept
class CentralInvestmentParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/central_investment.yaml."""

    pool: float
    oversubscription: float
    quality_weight: float
    size_weight: float
    least_sales: float
    project_share: float
    grant_rate: float
    largest_grant: float
    preparation: float
    cofinancing: float
    institution_share: float
    additional_investment: float


@rule
def success_share(pool, others, asked):
    """Share of what the province asks for that it wins of a field's pool [all yuan]."""
    total = others + asked
    return min(1.0, pool / total) if total > 0.0 else 0.0


@rule
def chance_of_project(share, rank, weight):
    """Chance of a project: the share that its field wins, more for the better. rank: in (0, 1), 1 is best."""
    return min(1.0, share * (1.0 + weight * (2.0 * rank - 1.0)))


@rule
def asked_for(capital, price, p):
    """Central money [yuan] that a project asks for: a rate of the plant it adds, up to a largest sum."""
    return min(p.largest_grant, p.grant_rate * p.project_share * capital * price)


@rule
def project_key(log_sales, luck, weight):
    """Firms with the highest keys have a project ready: more often the large ones, to the power of `weight`.

    The noise is Gumbel, so this is sampling without replacement.
    """
    return weight * log_sales - log_(-log_(luck))


@stage
def list_projects(firms, p, price, luck, starts, stops, keys, asks):
    """Writes key and money asked for [yuan] of every firm's project, both by row; see `asked_for`."""
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            able = (firms.trailing_sales[i] >= p.least_sales) & (firms.emerging_share[i] > 0.0)
            keys[i] = project_key(firms.log_sales[i], luck[i], p.size_weight) if able else NOBODY
            asks[i] = yuan(firms.emerging_share[i] * asked_for(firms.capital[i], price, p)) if able else 0


@stage
def pay_for_plant(firms, rows, grants, p, spent, invested):
    """Winners pay for plant that they would not have built, as far as cash goes; writes `spent` [yuan].

    grants: what each got [yuan]; what is not spent so stays with the firm. Adds to `invested` [prefecture].
    """
    for n in range(len(rows)):
        i = rows[n]
        spent[n] = max(0, min(yuan(p.additional_investment * float(grants[n])), firms.deposits[i]))
        firms.deposits[i] -= spent[n]
        invested[firms.prefecture[i]] += spent[n]


@stage
def finish_plant(firms, rows, quantity):
    """The plant of the firms in `rows` begins to produce."""
    for n in range(len(rows)):
        firms.capital[rows[n]] += quantity[n]


@dataclass
class CentralInvestment:
    """What was asked for and won in the quarter, and the plant that is being built of it.

    asked, won: by industry [yuan]. projects, winners: number asked for and won. to_firms, to_institutions:
    what of the money won went on to each, plant: what firms build of it beyond their plans [yuan]. builder,
    quantity, due: of plant under way: id of the firm, fixed capital, quarter in which it is ready. It stands
    apart from the firm's own orders, which it does not delay.
    """

    parameters: CentralInvestmentParameters
    industries: int
    asked: np.ndarray = field(init=False)
    won: np.ndarray = field(init=False)
    builder: np.ndarray = field(init=False)
    quantity: np.ndarray = field(init=False)
    due: np.ndarray = field(init=False)
    projects: int = 0
    winners: int = 0
    to_firms: int = 0
    to_institutions: int = 0
    plant: int = 0

    def __post_init__(self) -> None:
        self.builder, self.due = np.zeros((2, 0), np.int64)
        self.quantity = np.zeros(0)
        self.open_quarter()

    def begin_plant(self, builder: np.ndarray, quantity: np.ndarray, due: int) -> None:
        """Firms begin to build, all to be ready in one quarter."""
        self.builder = np.concatenate([self.builder, builder])
        self.quantity = np.concatenate([self.quantity, quantity])
        self.due = np.concatenate([self.due, np.full(len(builder), due)])

    def ready(self, quarter: int) -> tuple[np.ndarray, np.ndarray]:
        """Takes out the plant that is ready: whose, and how much."""
        now = self.due <= quarter
        if not now.any():
            return self.builder[:0], self.quantity[:0]
        found = self.builder[now], self.quantity[now]
        self.builder, self.quantity, self.due = self.builder[~now], self.quantity[~now], self.due[~now]
        return found

    def open_quarter(self) -> None:
        """Forgets the last round."""
        self.asked, self.won = np.zeros((2, self.industries), np.int64)
        self.projects = self.winners = self.to_firms = self.to_institutions = self.plant = 0

    def pools(self, national: np.ndarray, scale: float) -> np.ndarray:
        """The national pool of each field [yuan/year]: by the size of its national market."""
        return self.parameters.pool * scale * national / national.sum()

    def cost_of(self, asked: np.ndarray) -> np.ndarray:
        """What projects cost the province as far as it can tell beforehand [yuan].

        Preparing them, and its part of those that are likely to be won. asked: central money [yuan].
        """
        p = self.parameters
        return (p.preparation + p.cofinancing / p.oversubscription) * asked
