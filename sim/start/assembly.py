"""All actors and accounts of a run before its first quarter, with their parameters and regional data."""

from typing import Any

import numpy as np

from agents.economy import CELLS, INDUSTRIES, Economy
from agents.engine.population import Population
from agents.finance.bank import Bank, BankParameters
from agents.finance.funds import FundData, FundParameters, Funds
from agents.finance.guarantee import GuaranteeCorporation, GuaranteeParameters
from agents.firms import FirmParameters
from agents.firms.credit import CreditParameters
from agents.money.chart import PREFECTURES, Accounts
from agents.money.flows import Flow
from agents.money.ledger import Ledger
from agents.money.settlement import firm_sharing
from agents.people.talent_market import Surroundings, TalentMarket, TalentParameters
from agents.products.markets import segments
from agents.rest.rest_of_economy import RestOfEconomy, RestParameters
from agents.science.contract_register import Registration
from agents.science.inventions import InventionParameters, Inventions
from agents.science.spillovers import Spillovers
from agents.science.technology_market import TechnologyMarket, TechnologyMarketParameters
from agents.science.universities import Universities, UniversityParameters
from agents.state.carriers import CarrierFamilies, CarrierParameters, Carriers
from agents.state.government import GovernmentParameters, Governments
from agents.state.grants import SELECTIONS
from agents.state.missions import MissionParameters, Missions
from agents.state.networks import DigitalNetwork, DigitalParameters
from agents.state.prefectures import PrefectureParameters, Prefectures
from agents.state.relocation import RelocationParameters
from scenarios.load import load_levers
from scenarios.region.region import Region
from scenarios.spec import RunSpec
from scenarios.values.errors import InputError, unknown
from scenarios.worlds.world import FIRST_QUARTER
from sim.setting import Setting
from sim.start.emerging import beta_quantiles
from sim.state.policy import RD_SUBSIDY

EMERGING_QUANTILES = 512


def assemble(spec: RunSpec, region: Region, setting: Setting, firms: Population) -> Economy:
    """All actors and accounts around the firms; `sim.start.opening` sets the markets, before anybody reads them."""
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
    accounts = Accounts(len(universities), len(region.funds.names))
    return Economy(
        firms=firms,
        behaviour=FirmParameters(**values["firms"]),
        parameters=setting.parameters,
        scale=spec.scale,
        markets=None,  # type: ignore[arg-type]
        knowledge=spillovers,
        ledger=Ledger(accounts, sharing),
        governments=governments,
        rest=rest,
        bank=Bank(BankParameters(**values["bank"])),
        universities=universities,
        carriers=begin_carriers(spec, region, universities),
        inventions=Inventions(InventionParameters(**values["inventions"])),
        technology=begin_technology_market(spec, region),
        registration=Registration(**vars(region.contract_register)),
        prefectures=begin_prefectures(spec, region),
        relocation=RelocationParameters(**values["relocation"]),
        missions=Missions(MissionParameters(**values["missions"])),
        talent=begin_talent(spec, region),
        network=DigitalNetwork(DigitalParameters(**values["digital"]), population, spec.scale),
        **begin_finance(spec, region, accounts),
        entry_weights=entry_weights(firms),
        emerging_quantiles=beta_quantiles(EMERGING_QUANTILES, values["firms"]),
        prefecture_of_host=np.concatenate([region.institutions.prefecture, np.arange(CELLS) % PREFECTURES]),
        quarter=FIRST_QUARTER,
    )


def begin_governments(spec: RunSpec, population: np.ndarray) -> Governments:
    """Province and prefectures, with a programme for each lever that has an account."""
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


def begin_technology_market(spec: RunSpec, region: Region) -> TechnologyMarket:
    """The technology market of the region's groups of prefectures."""
    places = region.prefectures
    parameters = TechnologyMarketParameters(**spec.parameters["technology_market"])
    institutions = len(region.institutions.names)
    return TechnologyMarket(parameters, places.distances, places.group, institutions, INDUSTRIES, spec.scale)


def begin_finance(spec: RunSpec, region: Region, accounts: Accounts) -> dict[str, Any]:
    """How the bank rates firms, the guarantee corporation and the region's funds, by field of Economy."""
    values, scale = spec.parameters, spec.scale
    data = FundData(**{name: getattr(region.funds, name) for name in FundData._fields})
    return {
        "credit": CreditParameters(**values["credit"]),
        "guarantee": GuaranteeCorporation(GuaranteeParameters(**values["guarantee"]), scale),
        "funds": Funds(FundParameters(**values["funds"]), data, accounts, scale),
    }


def entry_weights(firms: Population) -> np.ndarray:
    """Share of entrants by cell: where the firms of end-2015 are."""
    weights = np.zeros(CELLS)
    for k, (start, stop) in enumerate(segments(firms)):
        counts = np.bincount(firms.prefecture[start:stop], minlength=PREFECTURES)
        weights[k * PREFECTURES : (k + 1) * PREFECTURES] = counts
    return weights / weights.sum()
