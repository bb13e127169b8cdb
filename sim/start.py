"""The economy of end-2015: firms synthesised, warmed up for eight quarters, given a balance sheet."""

import numpy as np

from agents.bank import Bank, BankParameters
from agents.carriers import CarrierFamilies, CarrierParameters, Carriers
from agents.chart import PREFECTURES, Account, Accounts
from agents.economy import CELLS, INDUSTRIES, Economy, new_firms
from agents.firms import FirmParameters
from agents.firms.start import equip_firms
from agents.flows import Flow
from agents.government import GovernmentParameters, Governments
from agents.knowledge import Spillovers
from agents.ledger import Ledger
from agents.markets.digital import DigitalNetwork, DigitalParameters
from agents.markets.grants import SELECTIONS
from agents.markets.missions import MissionParameters, Missions
from agents.markets.products import ProductMarkets, segments
from agents.markets.relocation import RelocationParameters
from agents.markets.talent import Surroundings, TalentMarket, TalentParameters
from agents.population import Population
from agents.prefectures import PrefectureParameters, Prefectures
from agents.rest import RestOfEconomy, RestParameters
from agents.settlement import firm_sharing
from agents.universities import Universities, UniversityParameters
from scenarios.errors import InputError, unknown
from scenarios.load import load_levers
from scenarios.region import Region
from scenarios.spec import RunSpec
from scenarios.worlds import FIRST_QUARTER
from sim.circumstances import Setting
from sim.draws import Draws
from sim.emerging_share import beta_quantiles
from sim.policy_steps import RD_SUBSIDY
from sim.synthesis import synthesise
from sim.warm_up import warm_up

ROOM_FOR_GROWTH = 1.8  # rows per firm of end-2015; more are made when needed
EMERGING_QUANTILES = 512


def begin(spec: RunSpec, region: Region, setting: Setting, draws: Draws) -> Economy:
    """The economy at the end of 2015, ready for its first quarter.

    Money of the warm-up is forgotten: the first balance sheet is that of its end.
    """
    table = synthesise(region, spec.parameters, draws, spec.scale)
    firms = settle_firms(table, setting.parameters.productivity_level)
    economy = assemble(spec, region, setting, firms)
    now = setting.circumstances(FIRST_QUARTER, active=False)
    economy.markets = ProductMarkets.at_start(firms, setting.parameters.home_share)
    conditions = setting.conditions(economy.markets, now)
    for k, (start, stop) in enumerate(segments(firms)):
        ratio = table["cash_ratio"][rows_of_industry(table, k)]
        equip_firms(firms.arrays(), ratio, economy.behaviour, conditions[k], start, stop)
    warm_up(economy, setting, draws)
    open_books(economy, setting)
    return economy


def settle_firms(table: dict[str, np.ndarray], productivity_level: float) -> Population:
    """The synthesised firms as a population, industry by industry."""
    counts = np.bincount(table["industry"], minlength=INDUSTRIES)
    firms = new_firms((counts * ROOM_FOR_GROWTH).astype(np.int64) + 64)
    for k in range(INDUSTRIES):
        rows = rows_of_industry(table, k)
        own = {name: column[rows] for name, column in table.items()}
        firms.add(
            k,
            own["id"].astype(np.int64),
            prefecture=own["prefecture"],
            ownership=own["ownership"],
            entry_quarter=-own["age_quarters"],
            emerging_share=own["emerging_share"],
            log_productivity=own["log_productivity"] + productivity_level,
            log_quality=own["log_quality"],
            markup=own["markup"],
            trailing_sales=own["sales_annual"].astype(np.float64),
            does_research=own["does_research"].astype(np.int64),
            log_research_propensity=own["research_propensity_log"],
            log_patent_propensity=own["patent_propensity_log"],
            certificate_expiry=own["certificate_expiry_quarter"],
            intellectual_property_test=own["ip_test"],
        )
    return firms


def rows_of_industry(table: dict[str, np.ndarray], industry: int) -> slice:
    """Where the firms of an industry stand in the table, which is sorted by industry."""
    return slice(*np.searchsorted(table["industry"], [industry, industry + 1]).tolist())


def assemble(spec: RunSpec, region: Region, setting: Setting, firms: Population) -> Economy:
    """All actors and accounts around the firms; markets are set when the firms are equipped."""
    values = spec.parameters
    population = region.prefectures.population_2020
    governments = begin_governments(spec, population)
    rest = RestOfEconomy(RestParameters(**values["rest"]), governments, population, spec.scale)
    universities = begin_universities(spec, region, setting)
    sharing = firm_sharing(
        governments.parameters, rest.parameters, universities.parameters, universities.contract_weights
    )
    spillovers = Spillovers(
        region.prefectures.distances,
        INDUSTRIES,
        setting.parameters.technology_weight,
        setting.parameters.distance_decay,
    )
    return Economy(
        firms=firms,
        behaviour=FirmParameters(**values["firms"]),
        parameters=setting.parameters,
        scale=spec.scale,
        markets=None,  # type: ignore[arg-type]
        knowledge=spillovers,
        ledger=Ledger(Accounts(len(universities)), sharing),
        governments=governments,
        rest=rest,
        bank=Bank(BankParameters(**values["bank"])),
        universities=universities,
        carriers=begin_carriers(spec, region, universities),
        prefectures=begin_prefectures(spec, region),
        relocation=RelocationParameters(**values["relocation"]),
        missions=Missions(MissionParameters(**values["missions"])),
        talent=begin_talent(spec, region),
        network=DigitalNetwork(DigitalParameters(**values["digital"]), population, spec.scale),
        entry_weights=entry_weights(firms),
        emerging_quantiles=beta_quantiles(EMERGING_QUANTILES, values["firms"]),
        prefecture_of_host=np.concatenate([region.institutions.prefecture, np.arange(CELLS) % PREFECTURES]),
        quarter=FIRST_QUARTER,
    )


def begin_governments(spec: RunSpec, population: np.ndarray) -> Governments:
    """The province with a programme for each lever that has an account."""
    governments = Governments(
        GovernmentParameters(**spec.parameters["government"]),
        population,
        spec.scale,
        spec.scenario.closure.value,
    )
    for name, lever in load_levers().items():
        programme = lever.about.programme
        if programme is not None:
            code = flow_of(programme.account, name)
            check_selection(programme.rule, name)
            governments.add_programme(name, code, programme.carry_over, programme.rule)
    return governments


def begin_universities(spec: RunSpec, region: Region, setting: Setting) -> Universities:
    """The universities and institutes of end-2015."""
    institutions = region.institutions
    return Universities(
        UniversityParameters(**spec.parameters["universities"]),
        institutions.names,
        institutions.kind,
        institutions.prefecture,
        institutions.share,
        institutions.fields,
        setting.bases["high_value_share_2020"],
        spec.scale,
    )


def flow_of(account: str, lever: str) -> Flow:
    """The flow that a lever's account names. Raises: InputError with the nearest name."""
    if account not in Flow.__members__:
        raise InputError(f"lever {lever}: {unknown('account', account, Flow.__members__)}")
    return Flow[account]


def check_selection(selection: str, lever: str) -> None:
    """Refuses a rule for claims that nobody knows. Raises: InputError with the nearest name."""
    if lever == RD_SUBSIDY and selection not in SELECTIONS:
        raise InputError(f"lever {lever}: {unknown('rule', selection, SELECTIONS)}")


def begin_prefectures(spec: RunSpec, region: Region) -> Prefectures:
    """The 14 prefectures, before they know a year's revenue."""
    about = region.prefectures
    return Prefectures(
        PrefectureParameters(**spec.parameters["prefectures"]),
        about.population_2020,
        about.distances,
        about.to_gateway,
        about.on_railway,
        about.relocation_incentive,
    )


def begin_carriers(spec: RunSpec, region: Region, universities: Universities) -> Carriers:
    """The national carriers of end-2015 with their hosts: institutions, then the firms of each cell."""
    families = region.carriers.families
    known = CarrierFamilies(
        names=tuple(f.name for f in families),
        listed=np.array([f.listed for f in families]),
        hosted_by_universities=np.array([f.host == "university" for f in families]),
        count_2015=np.array([f.count_2015 for f in families]),
        yearly=np.array([f.yearly_designations for f in families]),
        provincial=np.array([f.provincial_2020 for f in families]),
        spread=region.carriers.designation_spread,
        review_years=region.carriers.review_years,
        demotion_probability=region.carriers.demotion_probability,
    )
    by_prefecture = np.tile(region.carriers.prefecture_share, INDUSTRIES)
    knowledge = np.concatenate([universities.knowledge, by_prefecture])
    return Carriers(CarrierParameters(**spec.parameters["carriers"]), known, len(universities), knowledge)


def begin_talent(spec: RunSpec, region: Region) -> TalentMarket:
    """The market for skilled people before the firms are known: scarce nowhere."""
    known = region.talent
    surroundings = Surroundings(
        amenity=known.amenity.copy(),
        living_cost=known.living_cost.copy(),
        graduates=known.graduates_share.copy(),
        postgraduates=known.postgraduates_share.copy(),
        graduates_of=dict(known.graduates),
        postgraduates_of=dict(known.postgraduates),
    )
    return TalentMarket(TalentParameters(**spec.parameters["talent"]), surroundings, INDUSTRIES, spec.scale)


def entry_weights(firms: Population) -> np.ndarray:
    """Share of entrants by cell: where the firms of end-2015 are."""
    weights = np.zeros(CELLS)
    for k, (start, stop) in enumerate(segments(firms)):
        counts = np.bincount(firms.prefecture[start:stop], minlength=PREFECTURES)
        weights[k * PREFECTURES : (k + 1) * PREFECTURES] = counts
    return weights / weights.sum()


def open_books(economy: Economy, setting: Setting) -> None:
    """The first balance sheet: what everybody holds when 2016 begins; the outside account closes it."""
    ledger, accounts = economy.ledger, economy.ledger.accounts
    deposits, loans = economy.money_of_firms()
    quarterly = setting.rest_value_added(0)
    province, prefectures = economy.governments.opening_balances()
    rest, households = economy.rest.opening_balances(quarterly)
    bonds = round(economy.governments.parameters.bonds_2015 * economy.scale)
    balances: list[tuple[Account, np.ndarray | int]] = [
        (accounts.province, province),
        (accounts.prefectures, prefectures),
        (accounts.rest, rest),
        (accounts.households, households),
        (accounts.bank, economy.bank.opening_own_funds(loans, bonds)),
    ]
    ledger.set_opening(balances, bonds, deposits, loans)
    economy.rest.give_credit_lines(ledger)
