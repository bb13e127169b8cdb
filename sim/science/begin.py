"""Universities, knowledge, inventions and their market at the end of 2015."""

from typing import Any

from agents.science.contract_register import Registration
from agents.science.inventions import InventionParameters, Inventions
from agents.science.spillovers import Spillovers
from agents.science.technology_market import TechnologyMarket, TechnologyMarketParameters
from agents.science.universities import Universities, UniversityParameters
from scenarios.region.region import Region
from scenarios.spec import RunSpec
from sim.part import Start
from sim.setting import Setting


def begin(start: Start) -> dict[str, Any]:
    """Institutions and their market; no invention is on offer yet."""
    spec, region, p = start.spec, start.region, start.setting.parameters
    return {
        "universities": begin_universities(spec, region, start.setting),
        "knowledge": Spillovers(
            region.prefectures.distances, region.geography.industries, p.technology_weight, p.distance_decay
        ),
        "inventions": Inventions(InventionParameters(**spec.parameters["inventions"])),
        "technology": begin_technology_market(spec, region),
        "registration": Registration(**vars(region.contract_register)),
    }


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


def begin_technology_market(spec: RunSpec, region: Region) -> TechnologyMarket:
    """The technology market of the region's groups of prefectures."""
    places = region.prefectures
    parameters = TechnologyMarketParameters(**spec.parameters["technology_market"])
    sizes = len(region.institutions.names), region.geography.industries
    return TechnologyMarket(parameters, places.distances, places.group, *sizes, spec.scale)
