"""Universities and research institutes: what they receive, the research they perform, patents, knowledge.

Their research is what they spend, and they spend what they received: provincial core funds, national
projects, contracts of firms and platform money. Luck comes in as uniforms in (0, 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.money.flows import Flow
from agents.money.ledger import Ledger
from agents.money.posting import pay
from agents.numbers.elementary import exp_, log_
from agents.numbers.shares import MILLION, parts_of, ration, rounded_down, split

KINDS = ("university", "institute")
RESEARCH_WAGES, RESEARCH_MATERIALS = int(Flow.RESEARCH_WAGES), int(Flow.RESEARCH_MATERIALS)
CAPITAL_EXPENDITURE = int(Flow.CAPITAL_EXPENDITURE)


@dataclass(frozen=True)
class UniversityParameters:
    """Values, units, ranges and sources: configs/parameters/universities.yaml."""

    university_funding_2016: float
    university_growth_2017: float
    university_growth_to_2020: float
    university_growth_after_2020: float
    institute_funding_2016: float
    institute_growth_2017: float
    institute_growth_to_2020: float
    institute_growth_after_2020: float
    growth_2016: float
    province_share_of_funding: float
    contracts_to_universities: float
    wage_share: float
    material_share: float
    materials_at_home: float
    knowledge_depreciation: float
    university_patents_2015: float
    institute_patents_2015: float
    university_patents_per_research: float
    institute_patents_per_research: float
    research_elasticity_of_patents: float
    patent_lapse: float
    high_value_lapse: float


def funding(parameters: UniversityParameters, kind: str, year: int) -> float:
    """Core and project money of all universities or all institutes [yuan/year] in a year."""
    p = parameters
    amount = getattr(p, f"{kind}_funding_2016")
    if year < 2016:
        return amount / (1.0 + p.growth_2016)
    for passed in range(2017, year + 1):
        period = "2017" if passed == 2017 else "to_2020" if passed <= 2020 else "after_2020"
        amount *= 1.0 + getattr(p, f"{kind}_growth_{period}")
    return amount


@rule
def patent_mean(research, weight, scale, elasticity):
    """Expected applications of an institution in a quarter.

    `scale` applications of a sector for a quarter's research of 1 yuan, were it one institution; `weight`,
    its share of the sector, keeps the sum the same however many share it.
    Source of the form: patent production function, Hausman, Hall and Griliches (1984).
    """
    return scale * weight * exp_(elasticity * log_(max(research, 1.0) / weight)) if weight > 0.0 else 0.0


@stage
def spend_on_research(books, accounts, prefecture, shares, research):
    """Every institution spends all that its account holds, on staff, materials and equipment: its research.

    accounts: of the first institution, households in the first prefecture, rest, outside. shares: millionths
    for wages and materials, and of materials and equipment bought at home.
    """
    first, households, rest, outside = accounts
    for u in range(len(research)):
        payer, spent = first + u, books.balance[first + u]
        wages, materials = rounded_down(spent, shares[0]), rounded_down(spent, shares[1])
        at_home = rounded_down(spent - wages, shares[2])
        materials_at_home = min(materials, at_home)
        away = spent - wages - at_home - (materials - materials_at_home)
        pay(books, payer, households + prefecture[u], wages, RESEARCH_WAGES)
        pay(books, payer, rest, materials_at_home, RESEARCH_MATERIALS)
        pay(books, payer, outside, materials - materials_at_home, RESEARCH_MATERIALS)
        pay(books, payer, rest, at_home - materials_at_home, CAPITAL_EXPENDITURE)
        pay(books, payer, outside, away, CAPITAL_EXPENDITURE)
        research[u] = spent


class Examination(NamedTuple):
    """How applications become inventions in force, and which of them are of high value."""

    lag: int  # quarters from application to grant
    high_value: np.ndarray  # share of grants of each institution
    past_ten: tuple[float, ...]  # share of the stock of the start filed ten years ago, by kind


class PatentClimate(NamedTuple):
    """What institutions meet alike in a quarter."""

    applications: float  # level over that of 2020 at the same research
    shift: float  # of the share of grants of high value since 2020
    maturing: np.ndarray  # share of inventions not of high value that turns ten, by kind
    factor: float = 1.0  # of the share of grants of high value, by how they were filed


CALM = PatentClimate(1.0, 0.0, np.zeros(len(KINDS)))


class Holdings(NamedTuple):
    """What institutions learn with and hold, one element each; as in `Universities`."""

    research: np.ndarray
    weights: np.ndarray
    patent_scale: np.ndarray
    knowledge: np.ndarray
    valid: np.ndarray
    high_value: np.ndarray
    pending: np.ndarray
    high_value_share: np.ndarray  # of grants
    granted_plain: np.ndarray  # of the quarter's grants those expected not to be of high value


class LearningRates(NamedTuple):
    """Of a quarter."""

    depreciation: float  # of knowledge
    patent_elasticity: float  # of applications to research
    lapse: float  # of patents in force
    high_value_lapse: float
    applications: float  # level over that of 2020 at the same research
    shift: float  # of the share of grants of high value
    factor: float  # likewise


@stage
def learn_from_research(holdings, slot, price, size, luck, rates, maturing):
    """Knowledge grows; what was filed a lag ago is granted, old patents lapse, new ones are filed.

    Whole numbers by luck. slot: of what was filed a lag ago. size: of the economy, 1 for the province.
    maturing: share of the inventions not of high value that turns ten, one each.
    """
    valid, high_value, pending = holdings.valid, holdings.high_value, holdings.pending
    for u in range(len(holdings.research)):
        real = float(holdings.research[u]) / price
        holdings.knowledge[u] = (1.0 - rates.depreciation) * holdings.knowledge[u] + real
        granted = pending[slot, u]
        lapsed = min(valid[u], int(rates.lapse * valid[u] + luck[0, u]))
        share = min(1.0, max(0.0, holdings.high_value_share[u] + rates.shift) * rates.factor)
        holdings.granted_plain[u] = (1.0 - share) * granted
        matured = maturing[u] * (valid[u] - high_value[u])
        worth_new = int(share * granted + matured + luck[1, u])
        worth_lapsed = min(high_value[u], int(rates.high_value_lapse * high_value[u] + luck[2, u]))
        valid[u] = valid[u] + granted - lapsed
        high_value[u] = min(valid[u], high_value[u] + worth_new - worth_lapsed)
        scale = holdings.patent_scale[u] * size * rates.applications
        filed = patent_mean(real / size, holdings.weights[u], scale, rates.patent_elasticity)
        pending[slot, u] = int(filed + luck[3, u])


@stage
def knowledge_by_cell(fields, prefecture, knowledge, weight, cells):
    """Adds each institution's knowledge, divided among its fields, to the cells [field, prefecture]."""
    for u in range(len(knowledge)):
        for k in range(cells.shape[0]):
            cells[k, prefecture[u]] += fields[u, k] * knowledge[u] * weight[u]


class Universities:
    """All institutions side by side, one element each.

    The first `core` are those of the start, which have core and project money; others join (joining.py).
    kind: place in KINDS. members: for luck. fields: shares of their knowledge by industry, shape (n, fields).
    research: spent in this quarter [yuan]; basic: of it what a fund for basic research paid, if there is one.
    projects_received: of the quarter's usual projects of the centre [yuan].
    knowledge: stock [yuan at prices of 2016Q1]. valid, high_value: patents in force.
    pending: applications by quarter of grant, shape (lag, n). high_value_share:
    of grants. granted_plain: of the quarter's grants those not of high value, as expected.
    """

    def __init__(
        self,
        parameters: UniversityParameters,
        names: Sequence[str],
        kind: Sequence[str],
        prefecture: np.ndarray,
        share: np.ndarray,
        fields: np.ndarray,
        examination: Examination,
        scale: float,
    ) -> None:
        self.parameters = parameters
        self.names = tuple(names)
        self.core = len(self.names)
        self.members = np.arange(self.core)
        self.kind = np.array([KINDS.index(word) for word in kind], dtype=np.int64)
        self.prefecture = np.asarray(prefecture, dtype=np.int64)
        self.weights = _within_kind(np.asarray(share, dtype=np.float64), self.kind)
        self.fields = np.ascontiguousarray(fields, dtype=np.float64)
        self.examination = examination
        self.high_value_share = np.ascontiguousarray(examination.high_value, dtype=np.float64)
        self.granted_plain = np.zeros(len(self.names))
        self.scale = scale
        self.research = np.zeros(len(self.names), dtype=np.int64)
        self.basic: np.ndarray | None = None
        self.projects_received = 0
        self.pending = np.zeros((examination.lag, len(self.names)), dtype=np.int64)
        self._funded_year: int | None = None
        self._begin()

    def _begin(self) -> None:
        """Knowledge, patents and applications as a history of the first year's research left them."""
        p = self.parameters
        quarterly = self.expected_research(2015)
        self.knowledge = quarterly / ((p.knowledge_depreciation + p.growth_2016) / 4.0)
        self.valid = np.zeros(len(self.names), dtype=np.int64)
        self.patent_scale = np.zeros(len(self.names))
        for number, kind in enumerate(KINDS):
            ours = self.kind == number
            stock = round(getattr(p, f"{kind}_patents_2015") * self.scale)
            if ours.any():
                self.valid[ours] = split(stock, self.weights[ours])
            self.patent_scale[ours] = getattr(p, f"{kind}_patents_per_research")
        other = (1.0 - self.high_value_share) * (1.0 - np.array(self.examination.past_ten)[self.kind])
        self.high_value = np.rint(self.valid * (1.0 - other)).astype(np.int64)
        for u in range(len(self.names)):
            mean = self._mean_filed(u, float(quarterly[u]))
            lag = self.examination.lag
            self.pending[:, u] = [int(mean * (n + 1)) - int(mean * n) for n in range(lag)]

    def _mean_filed(self, u: int, research: float) -> float:
        p = self.parameters
        return patent_mean(
            research / self.scale,
            float(self.weights[u]),
            float(self.patent_scale[u]) * self.scale,
            p.research_elasticity_of_patents,
        )

    def expected_research(self, year: int) -> np.ndarray:
        """Core and project money in a quarter of a year of each institution that has any [yuan]."""
        p, funded = self.parameters, slice(self.core)
        totals = np.array([funding(p, "university", year), funding(p, "institute", year)])
        return totals[self.kind[funded]] * self.weights[funded] * (self.scale / 4.0)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def contract_weights(self) -> np.ndarray:
        """How contracts of firms divide: among universities only, as the published figure is theirs."""
        return np.where(self.kind == KINDS.index("university"), self.weights, 0.0)

    def usual_projects(self, year: int) -> np.ndarray:
        """The centre's projects that each institution has in a quarter of a year [yuan]."""
        funding = self.expected_research(year).astype(np.int64)
        return funding - parts_of(funding, round(self.parameters.province_share_of_funding * MILLION))

    @property
    def applied_research(self) -> np.ndarray:
        """Research of the quarter of which something is filed and disclosed at once [yuan]."""
        return self.research if self.basic is None else self.research - self.basic

    # --- the quarter -------------------------------------------------------------------------------------

    def receive_core(self, ledger: Ledger, year: int) -> None:
        """The province's core funds and the centre's projects [yuan], as far as the province can pay."""
        accounts = ledger.accounts
        if self._funded_year != year:
            self._funded_year, self._funding = year, self.expected_research(year).astype(np.int64)
            share = round(self.parameters.province_share_of_funding * MILLION)
            self._core = parts_of(self._funding, share)
            self._projects = self._funding - self._core
        core, projects = self._core, self._projects
        available = int(ledger.balance[accounts.province])
        if int(core.sum()) > available:
            core = ration(available, core)
            projects = self._funding - core
        ledger.post_each(accounts.province, accounts.universities, core, Flow.UNIVERSITY_CORE)
        ledger.post_each(accounts.central, accounts.universities, projects, Flow.UNIVERSITY_PROJECT)
        self.projects_received = int(projects.sum())

    def perform_research(self, ledger: Ledger) -> None:
        """Spends what the accounts hold on staff, materials and equipment: that is their research [yuan]."""
        p, chart = self.parameters, ledger.accounts
        self.research = np.empty(len(self), dtype=np.int64)
        accounts = (chart.first_university, chart.households.start, chart.rest, chart.outside)
        shares = tuple(round(x * MILLION) for x in (p.wage_share, p.material_share, p.materials_at_home))
        spend_on_research(ledger.books, accounts, self.prefecture, shares, self.research)
        ledger.look_at_books()

    def learn(self, quarter: int, price: float, luck: np.ndarray, climate: PatentClimate = CALM) -> None:
        """Knowledge and patents after a quarter. price: of research, 1 in 2016Q1. luck: shape (4, n)."""
        p, luck = self.parameters, np.ascontiguousarray(luck)
        rates = LearningRates(
            depreciation=p.knowledge_depreciation / 4.0,
            patent_elasticity=p.research_elasticity_of_patents,
            lapse=p.patent_lapse / 4.0,
            high_value_lapse=p.high_value_lapse / 4.0,
            applications=climate.applications,
            shift=climate.shift,
            factor=climate.factor,
        )
        names = Holdings._fields[1:]
        holdings = Holdings(self.applied_research, *(getattr(self, name) for name in names))
        slot, maturing = quarter % self.examination.lag, climate.maturing[self.kind]
        learn_from_research(holdings, slot, price, self.scale, luck, rates, maturing)

    def knowledge_cells(self, places: int, weight: np.ndarray | None = None) -> np.ndarray:
        """Knowledge that can spill over [yuan at prices of 2016Q1], shape (fields, places)."""
        cells = np.zeros((self.fields.shape[1], places))
        weight = np.ones(len(self)) if weight is None else weight
        knowledge_by_cell(self.fields, self.prefecture, self.knowledge, weight, cells)
        return cells

    def by_kind(self, values: np.ndarray) -> list[float]:
        """Sums over all of each kind, in the order of KINDS, of one value each."""
        sums: list[float] = np.bincount(self.kind, weights=values, minlength=len(KINDS)).tolist()
        return sums

    def research_by_kind(self) -> list[int]:
        """Research performed this quarter [yuan] by all of each kind, in the order of KINDS."""
        return [int(one) for one in self.by_kind(self.research)]  # exact: far fewer than 2**53 yuan


def _within_kind(weights: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Weights that add up to one within universities and within institutes."""
    shares = weights.copy()
    for number in range(len(KINDS)):
        ours = kind == number
        total = sum(weights[ours].tolist())
        if total > 0.0:
            shares[ours] = weights[ours] / total
    return shares
