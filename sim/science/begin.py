"""Universities, knowledge, inventions and their market at the end of 2015."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from agents.economy import Economy
from agents.engine.population import Population
from agents.firms.innovation import grant_quarters, high_value_rate
from agents.products.markets import segments
from agents.science.basic_research import BasicResearch, BasicResearchParameters
from agents.science.brokers import BrokerParameters, Brokers
from agents.science.contract_register import Registration
from agents.science.filing import Filing, FilingParameters
from agents.science.inventions import InventionParameters, Inventions
from agents.science.other_owners import OtherOwners, PatentParameters
from agents.science.patent_ages import INSTITUTIONS, OTHERS, PatentAges
from agents.science.spillovers import Spillovers
from agents.science.technology_market import TechnologyMarket, TechnologyMarketParameters
from agents.science.universities import Examination, Universities, UniversityParameters
from scenarios.region.region import Region
from scenarios.spec import RunSpec
from sim.part import Start
from sim.setting import Setting


def begin(start: Start) -> dict[Any, Any]:
    """Institutions and their market; no invention is on offer yet."""
    spec, region, p = start.spec, start.region, start.setting.parameters
    ages = begin_ages(spec, start.setting)
    emerging = emerging_by_industry(start.firms)
    return {
        PatentAges: ages,
        OtherOwners: begin_other_owners(spec, start.setting, ages, emerging[-1]),
        BasicResearch: BasicResearch(
            BasicResearchParameters(**spec.parameters["basic_research"]), len(region.institutions.names)
        ),
        Filing: Filing(
            FilingParameters(**spec.parameters["filing"]), grant_quarters(start.setting.behaviour)
        ),
        "universities": begin_universities(spec, region, start.setting, ages, emerging[:-1]),
        "knowledge": Spillovers(
            region.prefectures.distances, region.geography.industries, p.technology_weight, p.distance_decay
        ),
        "inventions": Inventions(InventionParameters(**spec.parameters["inventions"])),
        "technology": begin_technology_market(spec, region),
        Brokers: Brokers(BrokerParameters(**spec.parameters["brokers"]), len(region.prefectures.groups)),
        "registration": Registration(**vars(region.contract_register)),
    }


def forget(economy: Economy) -> None:
    """What basic research brought begins anew."""
    economy.of(BasicResearch).open_quarter()


def begin_ages(spec: RunSpec, setting: Setting) -> PatentAges:
    """Ages of the inventions of end-2015. Other owners let them lapse as firms do."""
    innovation, institutions = setting.behaviour.innovation, spec.parameters["universities"]["patent_lapse"]
    lapses = (innovation.patent_lapse, institutions / 4.0, institutions / 4.0, innovation.patent_lapse)
    growth = spec.parameters["patents"]["filing_growth"]
    return PatentAges(growth, lapses, grant_quarters(setting.behaviour))


def emerging_by_industry(firms: Population) -> list[float]:
    """The emerging share of firms' sales in each industry, and last in all of them."""
    sums = []
    for start, stop in segments(firms):
        sales, shares = firms.trailing_sales[start:stop], firms.emerging_share[start:stop]
        sums.append((sum((sales * shares).tolist()), sum(sales.tolist())))
    sums.append((sum(emerging for emerging, _ in sums), sum(sold for _, sold in sums)))
    return [emerging / sold if sold > 0.0 else 0.0 for emerging, sold in sums]


def begin_other_owners(
    spec: RunSpec, setting: Setting, ages: PatentAges, emerging_share: float
) -> OtherOwners:
    """Persons, agencies and other bodies; in emerging industries as often as products are."""
    rate = high_value_rate(emerging_share, 0.0, setting.behaviour)
    lapse = setting.behaviour.innovation.patent_lapse
    given = PatentParameters(**spec.parameters["patents"])
    return OtherOwners(given, lapse, rate, ages.past_ten[OTHERS], spec.scale)


def begin_universities(
    spec: RunSpec, region: Region, setting: Setting, ages: PatentAges, emerging: Sequence[float]
) -> Universities:
    """The universities and institutes of end-2015; emerging: share of products in each field's industry."""
    institutions = region.institutions
    own = [sum(w * e for w, e in zip(row, emerging, strict=True)) for row in institutions.fields.tolist()]
    rates = np.array([high_value_rate(share, 0.0, setting.behaviour) for share in own])
    return Universities(
        institution_parameters(spec, setting),
        institutions.names,
        institutions.kind,
        institutions.prefecture,
        institutions.share,
        institutions.fields,
        Examination(ages.lag, rates, ages.past_ten[INSTITUTIONS]),
        spec.scale,
    )


def institution_parameters(spec: RunSpec, setting: Setting) -> UniversityParameters:
    """The parameters of institutions, whose money after 2020 grows as the run's world has it."""
    given, more = UniversityParameters(**spec.parameters["universities"]), setting.institutions_growth
    return replace(
        given,
        university_growth_after_2020=given.university_growth_after_2020 + more,
        institute_growth_after_2020=given.institute_growth_after_2020 + more,
    )


def begin_technology_market(spec: RunSpec, region: Region) -> TechnologyMarket:
    """The technology market of the region's groups of prefectures."""
    places = region.prefectures
    parameters = TechnologyMarketParameters(**spec.parameters["technology_market"])
    sizes = len(region.institutions.names), region.geography.industries
    return TechnologyMarket(parameters, places.distances, places.group, *sizes, spec.scale)
