"""Governments and what they run at the end of 2015."""

from typing import Any

import numpy as np

from agents.economy import Economy
from agents.money.flows import Flow
from agents.science.universities import Universities
from agents.state.carriers import CarrierFamilies, CarrierParameters, Carriers
from agents.state.evaluation import Evaluation, EvaluationParameters
from agents.state.government import GovernmentParameters, Governments
from agents.state.missions import MissionParameters, Missions
from agents.state.networks import DigitalNetwork, DigitalParameters
from agents.state.prefectures import PrefectureParameters, Prefectures
from scenarios.load import load_levers
from scenarios.region.region import Region
from scenarios.spec import RunSpec
from sim.part import Balance, Start
from sim.setting import Setting


def begin(start: Start) -> dict[Any, Any]:
    """Two tiers of government, carriers with their hosts, no mission and no public works yet."""
    spec, region, values = start.spec, start.region, start.spec.parameters
    population, of_institutions = region.prefectures.population_2020, region.institutions.prefecture
    return {
        "governments": begin_governments(spec, population),
        "prefectures": begin_prefectures(spec, region),
        "missions": Missions(MissionParameters(**values["missions"])),
        "network": begin_network(spec, region),
        Evaluation: Evaluation(EvaluationParameters(**values["evaluation"])),
        "carriers": begin_carriers(spec, region, start.made["universities"]),
        "prefecture_of_host": np.concatenate([of_institutions, region.geography.place_of_cell]),
    }


def forget(economy: Economy) -> None:
    """What was audited and judged begins anew."""
    economy.of(Evaluation).open_quarter()


def begin_network(spec: RunSpec, region: Region) -> DigitalNetwork:
    """Digital networks before any public works."""
    population, supplier = region.prefectures.population_2020, region.industries.network_supplier
    return DigitalNetwork(DigitalParameters(**spec.parameters["digital"]), population, supplier, spec.scale)


def balances(economy: Economy, setting: Setting) -> list[Balance]:
    """Treasuries of the province and the prefectures."""
    province, prefectures = economy.governments.opening_balances()
    accounts = economy.ledger.accounts
    return [(accounts.province, province), (accounts.prefectures, prefectures)]


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
            code = Flow[programme.account]
            governments.add_programme(name, code, programme.carry_over, programme.rule)
    for own in spec.scenario.own:
        if own.account is not None:
            governments.add_programme(own.name, Flow[own.account], own.carry_over, own.rule)
    return governments


def begin_prefectures(spec: RunSpec, region: Region) -> Prefectures:
    """The prefectures, before they know a year's revenue."""
    about = region.prefectures
    return Prefectures(
        PrefectureParameters(**spec.parameters["prefectures"]),
        about.population_2020,
        about.distances,
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
    by_prefecture = np.tile(region.carriers.prefecture_share, region.geography.industries)
    knowledge = np.concatenate([universities.knowledge, by_prefecture])
    return Carriers(CarrierParameters(**spec.parameters["carriers"]), known, len(universities), knowledge)
