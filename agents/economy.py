"""The economy: all populations, markets and accounts; the whole state between two quarters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from agents.engine.population import Population
from agents.finance.bank import Bank
from agents.finance.funds import Funds
from agents.finance.guarantee import GuaranteeCorporation
from agents.firms import Firm, FirmParameters
from agents.firms.credit import CreditParameters
from agents.firms.totals import Totals, new_totals
from agents.geography import Geography
from agents.money.claims import StandingClaims
from agents.money.families import Family
from agents.money.flows import N_FIRM_FLOWS
from agents.money.ledger import Ledger
from agents.money.ledger_firms import money_held
from agents.money.offers import Offers
from agents.people.talent_market import TalentMarket
from agents.products.markets import ProductMarkets
from agents.projects.choice import RelocationParameters
from agents.rest.rest_of_economy import RestOfEconomy
from agents.science.contract_register import Registration
from agents.science.inventions import Inventions
from agents.science.spillovers import Spillovers
from agents.science.technology_market import TechnologyMarket
from agents.science.universities import Universities
from agents.state.carriers import Carriers
from agents.state.government import Governments
from agents.state.missions import Missions
from agents.state.networks import DigitalNetwork
from agents.state.prefectures import Prefectures


class EconomyParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/economy.yaml."""

    home_share: float
    outside_growth: float
    outside_growth_persistence: float
    rival_response_national: float
    rival_response_provincial: float
    rival_cost_elasticity: float
    imitation_yield: float
    rival_yield: float
    productivity_level: float
    frontier_gap: float
    frontier_growth: float
    material_reference_gap: float
    material_reference_growth: float
    technology_weight: float
    distance_decay: float
    university_weight: float
    wage_2016: float
    research_capitalised: float
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
    marginal: int = 0  # among the entrants: founded on a start-up loan alone
    insolvent: int = 0
    closed: int = 0
    certified_new: int = 0
    certified_lapsed: int = 0
    certified_left: int = 0
    patents_granted: int = 0
    patents_lapsed: int = 0
    high_value_new: int = 0
    high_value_pledged: int = 0  # counted as of high value because they were pledged
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


class Stocks(NamedTuple):
    """What is counted in pieces at one moment."""

    firms: int
    certified: int
    patents: int
    high_value: int


def empty_totals(geography: Geography) -> Totals:
    """Totals of a quarter before anything happened."""
    return new_totals(N_FIRM_FLOWS, geography.places, geography.cells)


@dataclass
class Economy:
    """Everything that exists. A quarter changes it; between two quarters it is consistent to the yuan."""

    geography: Geography
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
    entry_weights: np.ndarray  # share of entrants by cell
    certificate_take_up: np.ndarray  # of firms in a prefecture over that of all firms
    emerging_quantiles: np.ndarray  # of the emerging share of entrants, equally spaced
    research_of_place: np.ndarray  # log of how much more research firms of each prefecture do than the mean
    prefecture_of_host: np.ndarray  # of institutions, then of cells
    quarter: int = 0  # 0 is 2016Q1
    offers: Offers = field(default_factory=Offers)  # what levers offer in the quarter
    # What happened in the quarter
    totals: Totals = field(init=False)
    counts: Counts = field(default_factory=Counts)
    province: list[int] = field(default_factory=list)  # sums of `totals.cells` over all cells, by column
    firm_flows: list[int] = field(default_factory=list)  # sums of `totals.flows`, by flow, once settled
    rest_value_added: int = 0  # yuan
    # What is remembered of earlier quarters
    standing: StandingClaims = field(
        default_factory=StandingClaims
    )  # on research grants, until they are paid
    claims_paid: float = 1.0  # share of the research grants claimed that was paid last time
    stocks: Stocks | None = None  # at the end of the last quarter; nobody counted before the first
    # What parts brought that has no field here, by class
    others: dict[type, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.totals = empty_totals(self.geography)

    @property
    def year(self) -> int:
        return 2016 + self.quarter // 4

    def of[T](self, kind: type[T]) -> T:
        """What a part brought, by its class. Raises: KeyError where no part brought one."""
        found: T = self.others[kind]
        return found

    def appropriate(self, programme: str, yuan_per_year: float) -> None:
        """A lever asks for this year's budget of a programme [yuan/year at the size of the real province]."""
        self.governments.programmes[programme].appropriate(round(yuan_per_year * self.scale), self.year)

    def offer(self, family: str, lever: str, to: np.ndarray | None = None, **terms: float) -> None:
        """A lever offers terms of a family (agents/money/families.py); its programme pays what is claimed.

        to: whether each row of firms is meant, where not everybody is.
        """
        programme = self.governments.programmes.get(lever)
        self.offers.make(self.firms, family, lever, programme, to, **terms)

    def offer_to_all(self, offers: Sequence[tuple[Family, str, Any]]) -> None:
        """Levers offer everybody terms that are understood already: of each family, lever, terms."""
        programmes = self.governments.programmes
        for family, lever, terms in offers:
            self.offers.add(family, lever, programmes.get(lever), terms)

    def appropriate_beside(self, lever: str, block: str, yuan_per_year: float, cells: np.ndarray) -> None:
        """A block asks for this year's budget of its account, opened with the first; see `appropriate`."""
        if yuan_per_year > 0.0 or block in self.governments.programmes:
            self.governments.open_account(lever, block, cells)
            self.appropriate(block, yuan_per_year)

    def offer_here(
        self,
        family: str,
        lever: str,
        cells: np.ndarray,
        account: str | None,
        to: np.ndarray | None = None,
        **terms: float,
    ) -> None:
        """A lever offers terms in some cells in place of its own; a block's account pays what they add."""
        paying = self.governments.programmes.get(account) if account else None
        self.offers.make_here(self.firms, (family, lever, terms), cells, paying, to)

    def cells_of(self, rows: np.ndarray) -> np.ndarray:
        """The cell of each firm."""
        cells: np.ndarray = self.firms.segment_of(rows) * self.geography.places + self.firms.prefecture[rows]
        return cells

    def money_of_firms(self) -> tuple[int, int]:
        """Deposits and loans of all firms [yuan]."""
        firms = self.firms
        return money_held(firms.deposits, firms.loans, firms.start, firms.stop)


def new_firms(capacity: np.ndarray) -> Population:
    """An empty population of firms with room for `capacity` in each industry."""
    return Population(Firm, segments=len(capacity), capacity_per_segment=capacity.tolist())
