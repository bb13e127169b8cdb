"""The economy: all populations, markets and accounts; the whole state between two quarters."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from agents.engine.population import Population
from agents.finance.bank import Bank
from agents.finance.funds import Funds
from agents.finance.guarantee import GuaranteeCorporation
from agents.firms import Firm, FirmParameters
from agents.firms.bill import Totals
from agents.firms.credit import CreditParameters
from agents.firms.totals import N_CELL_TOTALS
from agents.money.chart import PREFECTURES
from agents.money.flows import N_FIRM_FLOWS
from agents.money.ledger import Ledger
from agents.money.ledger_firms import money_held
from agents.people.talent_market import TalentMarket
from agents.products.markets import ProductMarkets
from agents.rest.rest_of_economy import RestOfEconomy
from agents.science.contract_register import Registration
from agents.science.inventions import Inventions
from agents.science.spillovers import Spillovers
from agents.science.technology_market import TechnologyMarket, TransferPolicy
from agents.science.universities import Universities
from agents.state.carriers import Carriers
from agents.state.government import Governments
from agents.state.missions import MissionOffer, Missions
from agents.state.networks import DigitalNetwork
from agents.state.prefectures import Prefectures
from agents.state.relocation import RelocationParameters

INDUSTRIES = 9
CELLS = INDUSTRIES * PREFECTURES
POLICY_COLUMNS = (
    "research_support_rate",
    "research_support_cap",
    "super_deduction_addition",
    "certification_award",
)


class EconomyParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/economy.yaml."""

    home_share: float
    outside_growth: float
    productivity_level: float
    frontier_gap: float
    frontier_growth: float
    technology_weight: float
    distance_decay: float
    university_weight: float
    wage_2016: float
    vat_coverage: float
    vat_surcharge: float
    relabelled_counted: float
    technology_sme_sales: float
    technology_sme_staff: float
    enterprise_patents_2015: float
    digital_core_firms_2020: float
    digital_rest_premium: float
    technology_value_added_2015: float
    technology_value_added_2016: float
    technology_value_added_2017: float
    technology_value_added_2018: float
    technology_value_added_2019: float
    technology_value_added_2020: float

    def technology_value_added(self, year: int) -> float:
        """Central value added of technology firms [yuan/year]; before 2015 and after 2020 the nearest."""
        return getattr(self, f"technology_value_added_{min(max(year, 2015), 2020)}")


@dataclass
class Counts:
    """What came and went, and what of public money was misused, in the quarter."""

    entrants: int = 0
    spin_offs: int = 0  # among the entrants
    insolvent: int = 0
    closed: int = 0
    certified_new: int = 0
    certified_lapsed: int = 0
    certified_left: int = 0
    patents_granted: int = 0
    patents_lapsed: int = 0
    high_value_new: int = 0
    high_value_lapsed: int = 0
    misused: int = 0  # yuan of grants paid out to owners
    relocated: int = 0  # firms that came from outside
    mission_awards: int = 0
    milestones: int = 0
    mission_misused: int = 0  # yuan of mission money paid out to owners
    misuse_found: int = 0  # yuan of it that audits found
    clawed_back: int = 0  # yuan of that which was returned

    @property
    def exits(self) -> int:
        return self.insolvent + self.closed


@dataclass
class FinanceOffer:
    """What levers offer this quarter to guaranteed firms and to funds; it lapses unless offered again."""

    guaranteed_share: float = 0.0  # of a loan
    guarantee_fee: float = 0.0  # share of the guaranteed sum a year
    fund_budget: float = 0.0  # yuan/year at the size of the real province
    fund_government_share: float = 0.0  # of the money of funds for an industry
    fund_loss_compensation: float = 0.0  # share of its distributions that the state gives up


def empty_totals() -> Totals:
    """Totals of a quarter before anything happened."""
    return Totals(
        np.zeros((N_FIRM_FLOWS, PREFECTURES), np.int64),
        np.zeros((CELLS, N_CELL_TOTALS), np.int64),
        np.zeros(2, np.int64),
        np.zeros(1, np.int64),
        np.zeros(1, np.int64),
    )


@dataclass
class Economy:
    """Everything that exists. A quarter changes it; between two quarters it is consistent to the yuan."""

    firms: Population
    behaviour: FirmParameters
    parameters: EconomyParameters
    scale: float
    markets: ProductMarkets
    knowledge: Spillovers
    ledger: Ledger
    governments: Governments
    rest: RestOfEconomy
    bank: Bank
    universities: Universities
    carriers: Carriers
    inventions: Inventions
    technology: TechnologyMarket
    registration: Registration
    prefectures: Prefectures
    relocation: RelocationParameters
    missions: Missions
    talent: TalentMarket
    network: DigitalNetwork
    credit: CreditParameters
    guarantee: GuaranteeCorporation
    funds: Funds
    entry_weights: np.ndarray  # share of entrants by cell, shape (126,)
    emerging_quantiles: np.ndarray  # of the emerging share of entrants, equally spaced
    prefecture_of_host: np.ndarray  # of institutions, then of cells
    quarter: int = 0  # 0 is 2016Q1
    # What levers offer in the quarter, beside the policy columns of firms
    transfer_policy: TransferPolicy = field(default_factory=TransferPolicy)
    mission_offer: MissionOffer = field(default_factory=MissionOffer)
    finance_offer: FinanceOffer = field(default_factory=FinanceOffer)
    # What happened in the quarter
    totals: Totals = field(default_factory=empty_totals)
    counts: Counts = field(default_factory=Counts)
    province: list[int] = field(default_factory=list)  # sums of `totals.cells` over all cells, by column
    firm_flows: list[int] = field(default_factory=list)  # sums of `totals.flows`, by flow, once settled
    rest_value_added: int = 0  # yuan
    # What is remembered of earlier quarters
    claims_paid: float = 1.0  # share of the research grants claimed that was paid last time
    stocks: Any = None  # counted at the end of the last quarter, for the identities

    @property
    def year(self) -> int:
        return 2016 + self.quarter // 4

    def appropriate(self, programme: str, yuan_per_year: float) -> None:
        """A lever asks for this year's budget of a programme [yuan/year at the size of the real province]."""
        self.governments.programmes[programme].appropriate(round(yuan_per_year * self.scale), self.year)

    def withdraw_offers(self) -> None:
        """Offers lapse each quarter; a lever that should last offers again."""
        for name in POLICY_COLUMNS:
            getattr(self.firms, name)[:] = 0.0
        self.transfer_policy = TransferPolicy()
        self.mission_offer.withdraw()
        self.talent.award = self.network.voucher = 0.0
        self.finance_offer = FinanceOffer()

    def forget_quarter(self) -> None:
        """Sums of flows begin anew each quarter."""
        for sums in self.totals:
            sums[...] = 0
        self.counts = Counts()
        self.guarantee.open_quarter()
        self.funds.open_quarter()

    def money_of_firms(self) -> tuple[int, int]:
        """Deposits and loans of all firms [yuan]."""
        firms = self.firms
        return money_held(firms.deposits, firms.loans, firms.start, firms.stop)


def new_firms(capacity: np.ndarray) -> Population:
    """An empty population of firms with room for `capacity` in each industry."""
    return Population(Firm, segments=INDUSTRIES, capacity_per_segment=capacity.tolist())
